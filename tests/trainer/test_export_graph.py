from __future__ import annotations

from pathlib import Path

import onnx
import pytest
import torch

from leukoviewer.errors import LeukoError
from leukoviewer.inference.networks import build_network
from leukoviewer.packages.archive import Package
from leukoviewer.packages.tensors import layout_of, read_layout, tensors_to_bytes
from trainer.export_graph import OPSET, graph_to_bytes
from trainer.export_weights import stored_tensors


def test_the_graph_is_valid_and_holds_no_weights(tiny_package: Package) -> None:
    onnx.checker.check_model(str(tiny_package.graph_path), full_check=True)
    model = onnx.load(str(tiny_package.graph_path), load_external_data=False)
    assert model.opset_import[0].version == OPSET
    layout = read_layout(tiny_package.weights_path)
    assert len(model.graph.initializer) == len(layout)
    for tensor in model.graph.initializer:
        assert not tensor.raw_data
        entries = {entry.key: entry.value for entry in tensor.external_data}
        spec = layout[tensor.name.removeprefix("network.")]
        assert entries == {
            "location": "weights.safetensors",
            "offset": str(spec.offset),
            "length": str(spec.length),
        }


def test_the_graph_takes_any_number_of_slices_and_gives_logits_and_maps(tiny_package: Package) -> None:
    model = onnx.load(str(tiny_package.graph_path), load_external_data=False)
    (images,) = model.graph.input
    assert images.type.tensor_type.shape.dim[0].dim_param == "slices"
    assert [output.name for output in model.graph.output] == ["logits", "maps"]


def test_the_graph_of_a_volume_takes_one(volume_graph: onnx.ModelProto) -> None:
    shape = volume_graph.graph.input[0].type.tensor_type.shape
    assert [dim.dim_value for dim in shape.dim] == [1, 3, 4, 32, 32]


def test_the_graph_tells_nothing_of_the_machine_that_made_it(tiny_package: Package, repository: Path) -> None:
    content = tiny_package.graph_path.read_bytes()
    assert str(repository).encode() not in content
    assert b".py" not in content


@pytest.fixture(scope="module")
def volume_graph() -> onnx.ModelProto:
    network = build_network("resnet10_3d").eval()
    layout = layout_of(tensors_to_bytes(stored_tensors(network)))
    return onnx.load_model_from_string(graph_to_bytes(network, torch.zeros(1, 3, 4, 32, 32), layout))


def test_a_weight_that_is_not_in_the_file_stops_the_export() -> None:
    network = build_network("test_convnext").eval()
    tensors = stored_tensors(network)
    del tensors["backbone.head.fc.weight"]
    with pytest.raises(LeukoError, match=r"backbone\.head\.fc\.weight"):
        graph_to_bytes(network, torch.zeros(2, 3, 64, 64), layout_of(tensors_to_bytes(tensors)))
