"""The ONNX graph of a network: logits and raw heatmaps in one pass, its weights left in the safetensors file.

Each weight is external data that points into ``weights.safetensors`` by offset and length, in half precision or 8 bits,
followed by a Cast to float32, and by a Mul with the scales of 8 bits, which ONNX Runtime folds when it loads the graph.
(DequantizeLinear would say the same, but ONNX Runtime keeps it and computes it anew for each slice.) So the weights are
stored once for all engines.
"""

from __future__ import annotations

import tempfile
import warnings
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn

from leukoviewer.errors import LeukoError
from leukoviewer.inference.networks import Network
from leukoviewer.packages.eight_bits import SCALE
from leukoviewer.packages.manifest import WEIGHTS
from leukoviewer.packages.tensors import TensorSpec

OPSET = 17
INPUT, OUTPUTS = "images", ("logits", "maps")
_PREFIX = "network."


class _Explained(nn.Module):
    """What is traced: a network whose output is logits and maps."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.network = network

    def forward(self, images: Tensor) -> tuple[Tensor, Tensor]:
        return self.network.explain(images)


def graph_to_bytes(network: Network, example: Tensor, layout: Mapping[str, TensorSpec]) -> bytes:
    """The ONNX graph without weights.

    Parameters
    ----------
    network : Network
        In evaluation mode, on the CPU.
    example : Tensor
        (2, 3, h, w): any number of slices may follow; or (1, 3, d, h, w): always one volume of this size.
    layout : mapping of str to TensorSpec
        Where each weight lies in the safetensors file.

    Raises
    ------
    LeukoError
        The exporter made a weight that is not in the file.
    """
    import onnx

    model = onnx.load_model_from_string(_trace(network, example))
    casts: list[Any] = []
    scales: list[Any] = []
    for tensor in model.graph.initializer:
        spec = layout.get(tensor.name.removeprefix(_PREFIX))
        if spec is None or tuple(tensor.dims) != spec.shape:
            raise LeukoError(f"The graph holds a weight {tensor.name!r} that the network does not have.", thing=tensor)
        casts += _point_outside(tensor, spec)
        if spec.dtype == "I8":
            scales.append(_scale_of(tensor.name, layout))
    model.graph.initializer.extend(scales)
    nodes = [*casts, *model.graph.node]
    for node in nodes:
        node.doc_string = ""  # holds paths of the machine that traced it
    del model.graph.node[:]
    model.graph.node.extend(nodes)
    model.graph.doc_string = model.doc_string = ""
    content: bytes = model.SerializeToString(deterministic=True)
    return content


def _trace(network: Network, example: Tensor) -> bytes:
    axes = {name: {0: "slices"} for name in (INPUT, *OUTPUTS)} if example.ndim == 4 else None
    with warnings.catch_warnings(), torch.no_grad(), tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "graph.onnx"
        # Tracing tells of sizes that become constants (they are), and of the newer exporter, which needs onnxscript.
        warnings.simplefilter("ignore")
        torch.onnx.export(
            _Explained(network),
            (example,),
            path,
            dynamo=False,
            input_names=[INPUT],
            output_names=list(OUTPUTS),
            dynamic_axes=axes,
            opset_version=OPSET,
            # Folding and fusing would make new weights that are not those of the safetensors file.
            do_constant_folding=False,
            training=torch.onnx.TrainingMode.PRESERVE,
        )
        return path.read_bytes()


def _point_outside(tensor: Any, spec: TensorSpec) -> list[Any]:
    """Make an initializer point into the safetensors file; the nodes behind it that make float32 of what is there."""
    from onnx import TensorProto, helper

    name = tensor.name
    tensor.ClearField("raw_data")
    tensor.ClearField("float_data")
    _refer(tensor, spec)
    if spec.dtype == "F32":
        return []
    tensor.data_type = TensorProto.INT8 if spec.dtype == "I8" else TensorProto.FLOAT16
    tensor.name = stored = name.removeprefix(_PREFIX)
    if spec.dtype != "I8":
        return [helper.make_node("Cast", [stored], [name], name=f"cast.{stored}", to=TensorProto.FLOAT)]
    whole = f"{stored}.whole"
    return [
        helper.make_node("Cast", [stored], [whole], name=f"cast.{stored}", to=TensorProto.FLOAT),
        helper.make_node("Mul", [whole, stored + SCALE], [name], name=f"scale.{stored}"),
    ]


def _scale_of(stored: str, layout: Mapping[str, TensorSpec]) -> Any:
    """The scales of a weight of 8 bits as an initializer of its own."""
    from onnx import TensorProto

    name = stored + SCALE
    tensor = TensorProto(name=name, dims=layout[name].shape, data_type=TensorProto.FLOAT)
    _refer(tensor, layout[name])
    return tensor


def _refer(tensor: Any, spec: TensorSpec) -> None:
    from onnx import TensorProto

    tensor.data_location = TensorProto.EXTERNAL
    for key, value in (("location", WEIGHTS), ("offset", spec.offset), ("length", spec.length)):
        tensor.external_data.add(key=key, value=str(value))
