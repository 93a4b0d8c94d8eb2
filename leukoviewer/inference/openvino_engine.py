"""OpenVINO on the processor: a second engine, taken where it was measured to be the faster one.

As with ONNX Runtime, slices run side by side on one thread each. A few more requests than threads stand in a queue, so
that no thread waits until the next slice is handed over.
"""

from __future__ import annotations

import functools
import importlib.util
import sys
import threading
from collections import deque
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np
from numpy.typing import NDArray

from leukoviewer.errors import Canceled, EngineError
from leukoviewer.inference import memory
from leukoviewer.inference.engine import EngineOutput, batch_of
from leukoviewer.inference.openvino_graph import lay_out
from leukoviewer.inference.threads import default_threads
from leukoviewer.packages.archive import Package
from leukoviewer.packages.manifest import Layout

# What reports to its makers how it is used, and its converter of models, which takes half of the time of its import.
# Where their import fails, it goes on without.
_NOT_IMPORTED = ("openvino_telemetry", "openvino.tools.ovc")
# What OpenVINO, another version of it or one that is half there ends in.
_TROUBLE = (RuntimeError, ValueError, TypeError, AttributeError, LookupError, ImportError, MemoryError)
_loading = threading.Lock()
_WAITING = 2
# Slices between two steps of progress on few threads.
_USUAL_BATCH = 8


class OpenVinoEngine:
    """A package's graph in OpenVINO; for models of slices.

    Parameters
    ----------
    package : Package
        Checked; its weights are read by OpenVINO itself, in single precision.
    threads : int, optional
        Slices at a time; by default ``OMP_NUM_THREADS``, or the processors that this process may use.

    batch_size : int, optional
        Slices at a time that :attr:`batch_size` is to recommend.

    Raises
    ------
    EngineError
        OpenVINO is missing, does not take the graph, or the model is one of volumes.
    """

    name = "openvino"
    device = "cpu"

    def __init__(self, package: Package, *, threads: int | None = None, batch_size: int | None = None) -> None:
        if package.manifest.layout is not Layout.SLICES:
            raise EngineError("OpenVINO runs models of single slices only here; ONNX Runtime runs this one.")
        shared = core()
        self._recipe = package.recipe
        threads = threads or default_threads()
        self.batch_size = batch_size or max(threads, _USUAL_BATCH)
        self._stopped = threading.Event()
        self._lock = threading.Lock()
        try:
            model = shared.read_model(str(package.graph_path))
            model.reshape([1, package.manifest.channels, *package.recipe.plane_shape])
            self._takes_gray = lay_out(model, package.recipe.channels)
            options = {
                "INFERENCE_PRECISION_HINT": "f32",
                "INFERENCE_NUM_THREADS": threads,
                "NUM_STREAMS": threads,
                "ENABLE_CPU_PINNING": False,  # two programs would be pinned to the same processors
            }
            compiled = shared.compile_model(model, "CPU", options)
            self._outputs = compiled.output("logits"), compiled.output("maps")
            self._requests = [compiled.create_infer_request() for _ in range(threads + _WAITING)]
        except _TROUBLE as error:
            raise _told(error) from error

    def run(self, values: NDArray[np.float32]) -> EngineOutput:
        """See :meth:`leukoviewer.inference.engine.Engine.run`."""
        images = np.ascontiguousarray(values, dtype=np.float32)[:, None]
        if not self._takes_gray:
            images = batch_of(values, self._recipe, Layout.SLICES)
        with self._lock:
            try:
                logits, maps = zip(*self._results(images), strict=True)
                return EngineOutput(np.concatenate(logits), np.concatenate(maps))
            except (RuntimeError, ValueError, TypeError, MemoryError) as error:
                if self._stopped.is_set():
                    raise Canceled("The computation was stopped.") from error
                raise _told(error) from error
            finally:
                self._drain()

    def stop(self) -> None:
        """See :meth:`leukoviewer.inference.engine.Engine.stop`."""
        self._stopped.set()
        for request in self._requests:
            request.cancel()

    def _results(self, images: NDArray[np.float32]) -> list[tuple[NDArray[np.float32], NDArray[np.float32]]]:
        """Logits and maps by image, in their order."""
        found = []
        running: deque[Any] = deque()
        for index in range(len(images)):
            if len(running) == len(self._requests):
                found.append(self._collected(running.popleft()))
            self._halt()
            request = self._requests[index % len(self._requests)]
            request.start_async({0: images[index : index + 1]}, share_inputs=True)
            running.append(request)
        while running:
            found.append(self._collected(running.popleft()))
        return found

    def _collected(self, request: Any) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        request.wait()
        self._halt()
        logits, maps = (request.get_tensor(output).data.copy() for output in self._outputs)
        return logits, maps

    def _halt(self) -> None:
        if self._stopped.is_set():
            raise Canceled("The computation was stopped.")

    def _drain(self) -> None:
        """Let nothing run on behind an error: the next slices would find their requests taken."""
        for request in self._requests:
            try:
                request.wait()
            except RuntimeError:  # canceled, or the error that was already told
                continue


def is_installed() -> bool:
    """Whether OpenVINO is there; it is not loaded."""
    spec = importlib.util.find_spec("openvino")
    return spec is not None and spec.origin is not None  # a folder left behind has no origin


def library() -> Any:
    """The package ``openvino`` without its reporter, which would send to its makers how it is used."""
    for name in _NOT_IMPORTED:
        sys.modules.setdefault(name, None)  # type: ignore[arg-type]
    try:
        import openvino
    except (ImportError, OSError) as error:
        raise EngineError(
            "OpenVINO is not installed or cannot be loaded; ONNX Runtime does the same, or install it with: "
            "pip install leukoviewer[openvino]."
        ) from error
    return openvino


def core() -> Any:
    """OpenVINO's ``Core``, one for the whole process and never let go.

    Its processor plugin gives the thread that loads it another stack for signals (``sigaltstack``), and takes it back
    when it is let go: wrongly, where two were loaded and the older one goes first. The next signal of that thread (a
    child that ended, Ctrl+C) would then end the program without a word. So it is loaded once, by a thread that ends.

    Raises
    ------
    EngineError
        OpenVINO is missing or has no plugin for this processor.
    """
    openvino = library()
    try:
        with _loading:
            return _core(openvino)
    except _TROUBLE as error:
        raise _told(error) from error


@functools.cache
def _core(openvino: Any) -> Any:
    with ThreadPoolExecutor(1) as loader:
        return loader.submit(_loaded, openvino).result()


def _loaded(openvino: Any) -> Any:
    found = openvino.Core()
    # Mapped weights would change with their file, which Windows could not remove.
    found.set_property({"ENABLE_MMAP": False})
    found.get_property("CPU", "FULL_DEVICE_NAME")  # which loads the plugin
    return found


def _told(error: BaseException) -> EngineError:
    if memory.is_missing(error):
        return memory.too_little()
    return EngineError(
        f"OpenVINO could not run the model ({type(error).__name__}); set the environment variable "
        "LEUKOVIEWER_CALIBRATION to off, and ONNX Runtime runs it.",
        thing=str(error),
    )
