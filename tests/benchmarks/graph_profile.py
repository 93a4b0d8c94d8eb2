"""Where a network's forward pass spends its time: by kind of operation, and how near to the processor's limit."""

from __future__ import annotations

import json
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np

from leukoviewer.inference.torch_engine import load_network
from leukoviewer.packages.archive import Package

RUNS = 8
SIDE = 1024
KINDS = {"Conv": "convolutions", "Gelu": "GELU", "LayerNormalization": "layer norms", "Gemm": "dense layers"}


def profile(package: Package) -> tuple[str, ...]:
    """Sentences on one slice on one thread, in single precision; for a model of slices."""
    milliseconds = _by_kind(package)
    whole = sum(milliseconds.values())
    parts = ", ".join(f"{kind} {spent:.1f}" for kind, spent in milliseconds.most_common())
    billions = _convolution_operations(package) / 1e9
    reached = billions / (milliseconds["convolutions"] / 1e3)
    return (
        f"one slice on one thread: {whole:.1f} ms ({parts})",
        f"convolutions: {billions:.2f} GFLOP at {reached:.0f} GFLOP/s; a product of two matrices of "
        f"{SIDE} x {SIDE} reaches {_product_gflops():.0f} on one thread here",
    )


def _by_kind(package: Package) -> Counter[str]:
    """Milliseconds a slice by kind of operation, as ONNX Runtime's own profiler counts them."""
    import onnxruntime

    rows, columns = package.recipe.plane_shape
    image = np.random.default_rng(0).normal(size=(1, 3, rows, columns)).astype(np.float32)
    with tempfile.TemporaryDirectory() as folder:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.enable_profiling = True
        options.profile_file_prefix = str(Path(folder) / "profile")
        session: Any = onnxruntime.InferenceSession(
            str(package.graph_path), options, providers=["CPUExecutionProvider"]
        )
        for _ in range(RUNS):
            session.run(None, {"images": image})
        events = json.loads(Path(session.end_profiling()).read_text(encoding="utf-8"))
    spent: Counter[str] = Counter()
    for event in events:
        if event.get("cat") == "Node" and event["name"].endswith("kernel_time"):
            spent[KINDS.get(event["args"]["op_name"], "other")] += event["dur"] / 1e3 / RUNS
    return spent


def _convolution_operations(package: Package) -> float:
    """Floating-point operations of a slice's convolutions: two for each weight at each place."""
    import torch
    from torch import nn

    network = load_network(package)
    found = [0]

    def count(layer: nn.Conv2d, _inputs: object, output: torch.Tensor) -> None:
        found[0] += 2 * output.numel() * layer.weight[0].numel()

    hooks = [
        layer.register_forward_hook(count) for layer in network.modules() if isinstance(layer, nn.Conv2d)
    ]  # fmt: skip
    with torch.inference_mode():
        network(torch.zeros(1, 3, *package.recipe.plane_shape))
    for hook in hooks:
        hook.remove()
    return float(found[0])


def _product_gflops() -> float:
    """What a plain product of matrices reaches on one thread."""
    import torch

    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        one = torch.rand(SIDE, SIDE)
        seconds = []
        for _ in range(RUNS):
            started = time.perf_counter()
            one @ one
            seconds.append(time.perf_counter() - started)
    finally:
        torch.set_num_threads(threads)
    return 2 * SIDE**3 / min(seconds) / 1e9
