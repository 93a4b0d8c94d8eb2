"""The ONNX graph of a network: logits and raw heatmaps in one pass, its weights left in the safetensors file.

Each weight is external data that points into ``weights.safetensors`` by offset and length, in half precision, followed
by a Cast to float32 that ONNX Runtime folds when it loads the graph. So the weights are stored once for all engines.
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
    for tensor in model.graph.initializer:
        spec = layout.get(tensor.name.removeprefix(_PREFIX))
        if spec is None or tuple(tensor.dims) != spec.shape:
            raise LeukoError(f"The graph holds a weight {tensor.name!r} that the network does not have.", thing=tensor)
        casts += _point_outside(tensor, spec)
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
    """Make an initializer point into the safetensors file; the Cast node behind it where it is stored in half."""
    from onnx import TensorProto, helper

    name = tensor.name
    tensor.ClearField("raw_data")
    tensor.ClearField("float_data")
    tensor.data_location = TensorProto.EXTERNAL
    for key, value in (("location", WEIGHTS), ("offset", spec.offset), ("length", spec.length)):
        tensor.external_data.add(key=key, value=str(value))
    if spec.dtype == "F32":
        return []
    tensor.data_type = TensorProto.FLOAT16
    tensor.name = name.removeprefix(_PREFIX)
    return [helper.make_node("Cast", [tensor.name], [name], name=f"cast.{tensor.name}", to=TensorProto.FLOAT)]
