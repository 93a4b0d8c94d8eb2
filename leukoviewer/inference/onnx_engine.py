"""ONNX Runtime on the processor: the engine that every installation has.

Slices run side by side, one thread each, in place of many threads on one slice: threads inside a layer wait for each
other, which costs up to three times the time as soon as anything else runs. And a slice's result is then the same to
the bit however many threads work.
"""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from leukoviewer.errors import Canceled, EngineError
from leukoviewer.inference import memory
from leukoviewer.inference.engine import EngineOutput, batch_of
from leukoviewer.inference.threads import default_threads
from leukoviewer.packages.archive import Package
from leukoviewer.packages.manifest import WEIGHTS, Layout

_ONLY_ERRORS = 3
_FROM_MEMORY = "add_external_initializers_from_files_in_memory"
# Slices between two steps of progress on few threads.
_USUAL_BATCH = 8


class OnnxEngine:
    """A package's graph in ONNX Runtime.

    Parameters
    ----------
    package : Package
        Checked; its weights are read at once, so that the file may change, move or go while the engine lives.
    threads : int, optional
        Threads that work; by default ``OMP_NUM_THREADS``, or the processors that this process may use.
    batch_size : int, optional
        Slices at a time that :attr:`batch_size` is to recommend.
    weights : bytes, optional
        A file of weights of the same layout, used instead of the package's own.

    Raises
    ------
    EngineError
        ONNX Runtime is missing or does not take the graph.
    """

    name = "onnxruntime"
    device = "cpu"

    def __init__(
        self,
        package: Package,
        *,
        threads: int | None = None,
        batch_size: int | None = None,
        weights: bytes | None = None,
    ) -> None:
        onnxruntime = _library()
        self._threads = threads or default_threads()
        self._recipe, self._layout = package.recipe, package.manifest.layout
        self._side_by_side = self._layout is Layout.SLICES
        self.batch_size = batch_size or max(self._threads, min(4 * self._threads, _USUAL_BATCH))
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1 if self._side_by_side else self._threads
        options.inter_op_num_threads = 1
        options.log_severity_level = _ONLY_ERRORS
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        graph: str | bytes = str(package.graph_path)
        if weights is None and hasattr(options, _FROM_MEMORY):  # older ones map the file
            weights = package.weights_path.read_bytes()
        if weights is not None:
            _give_weights(options, weights)
            graph = package.graph_path.read_bytes()
        self._session: Any = _translated(
            lambda: onnxruntime.InferenceSession(graph, sess_options=options, providers=["CPUExecutionProvider"])
        )
        self._input = self._session.get_inputs()[0].name
        self._run_options: Any = onnxruntime.RunOptions()
        self._run_options.log_severity_level = _ONLY_ERRORS + 1

    def run(self, values: NDArray[np.float32]) -> EngineOutput:
        """See :meth:`leukoviewer.inference.engine.Engine.run`."""
        singles = np.split(values, len(values)) if self._side_by_side else [values]
        workers = min(self._threads, len(singles))
        if workers == 1:
            outputs = [self._run(single) for single in singles]
        else:
            with ThreadPoolExecutor(workers, thread_name_prefix="leukoviewer-slice") as pool:
                outputs = list(pool.map(self._run, singles))
        logits = np.concatenate([output.logits for output in outputs])
        return EngineOutput(logits, np.concatenate([output.maps for output in outputs]))

    def stop(self) -> None:
        """See :meth:`leukoviewer.inference.engine.Engine.stop`."""
        self._run_options.terminate = True

    def _run(self, values: NDArray[np.float32]) -> EngineOutput:
        batch = batch_of(values, self._recipe, self._layout)
        call = partial(self._session.run, ("logits", "maps"), {self._input: batch}, self._run_options)
        try:
            logits, maps = _translated(call)
        except EngineError as error:
            if self._run_options.terminate:
                raise Canceled("The computation was stopped.") from error
            raise
        try:
            return EngineOutput(logits, maps)
        except ValueError as error:
            raise EngineError("The model's graph gives results of another form; install the model again.") from error


def _library() -> Any:
    """ONNX Runtime, told before it starts to report to nobody.

    Its official builds from 1.31 on write down how they are used and send it to Microsoft; a program that reads scans
    of patients sends nothing to anybody. The variable works only before the first import (Privacy.md of ONNX Runtime).
    """
    os.environ["ORT_DISABLE_TELEMETRY"] = "1"
    try:
        import onnxruntime
    except ImportError as error:
        raise EngineError("ONNX Runtime is not installed; install LeukoViewer again.") from error
    return onnxruntime


def _give_weights(options: Any, weights: bytes) -> None:
    """Let the session read these bytes where the graph names the file of weights."""
    replace = getattr(options, _FROM_MEMORY, None)
    if replace is None:
        raise EngineError("This version of ONNX Runtime takes no weights from memory; install a newer one.")
    replace([WEIGHTS], [weights], [len(weights)])


def _translated(call: Any) -> Any:
    """Call ONNX Runtime; its exceptions derive from RuntimeError or Exception alone, and say what they are in words."""
    from onnxruntime.capi import onnxruntime_pybind11_state as native

    found = (kind for kind in vars(native).values() if isinstance(kind, type) and issubclass(kind, Exception))
    kinds: tuple[type[Exception], ...] = (*found, RuntimeError, ValueError, MemoryError)
    try:
        return call()
    except kinds as error:
        if memory.is_missing(error):
            raise memory.too_little() from error
        raise EngineError(
            f"ONNX Runtime could not run the model ({type(error).__name__}).", thing=str(error)
        ) from error
