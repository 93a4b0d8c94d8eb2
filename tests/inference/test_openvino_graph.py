"""A graph laid out anew for OpenVINO says the same with fewer operations, and only where the form is the known one."""

from __future__ import annotations

from collections import Counter
from typing import Any

import numpy as np
import pytest

from leukoviewer.inference import openvino_graph
from leukoviewer.inference.onnx_engine import OnnxEngine
from leukoviewer.inference.openvino_engine import OpenVinoEngine, core, library
from leukoviewer.packages.archive import Package
from leukoviewer.packages.provenance import Training
from leukoviewer.packages.store import PackageStore
from leukoviewer.preprocessing.recipe import BUILTIN, Channels
from tests.packages_fixture import varied_network

CHANNELS = BUILTIN["leuko-a"].channels


def _read(package: Package) -> Any:
    model = core().read_model(str(package.graph_path))
    model.reshape([1, 3, *package.recipe.plane_shape])
    return model


def _kinds(model: Any) -> Counter[str]:
    return Counter(node.get_type_name() for node in model.get_ops())


def _answers(model: Any, images: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    found = core().compile_model(model, "CPU", {"INFERENCE_PRECISION_HINT": "f32"})({0: images})
    return found["logits"], found["maps"]


def _bundled() -> Package:
    return next(one for one in PackageStore.of_this_machine().packages() if isinstance(one, Package))


def test_norms_of_channels_need_no_transposition_any_more() -> None:
    model = _read(_bundled())
    before = _kinds(model)
    assert before["MVN"] >= 15
    assert before["Transpose"] == pytest.approx(2 * before["MVN"], abs=2)
    assert openvino_graph.lay_out(model, CHANNELS)
    after = _kinds(model)
    assert (after["MVN"], after["Transpose"]) == (0, 0)
    assert list(model.inputs[0].get_shape()) == [1, 1, 256, 256]


def test_the_bundled_model_says_the_same_to_a_hundred_thousandth() -> None:
    package = _bundled()
    values = package.golden().stack
    one, other = OnnxEngine(package).run(values), OpenVinoEngine(package).run(values)
    np.testing.assert_allclose(one.logits, other.logits, atol=1e-5 * max(1.0, float(np.abs(one.logits).max())))
    np.testing.assert_allclose(one.maps, other.maps, atol=1e-5 * float(one.maps.max()))


def test_channels_of_other_means_and_deviations_are_folded_as_well(tiny_package: Package) -> None:
    channels = Channels((0.1, -0.3, 2.0), (0.5, 3.0, 0.01))
    gray = np.random.default_rng(1).random((1, 1, 256, 256), dtype=np.float32)
    mean, std = (np.array(numbers, np.float32)[None, :, None, None] for numbers in (channels.mean, channels.std))
    plain, folded = _read(tiny_package), _read(tiny_package)
    assert openvino_graph.lay_out(folded, channels)
    expected, found = _answers(plain, (gray - mean) / std), _answers(folded, gray)
    np.testing.assert_allclose(found[0], expected[0], rtol=1e-3, atol=1e-3)
    np.testing.assert_allclose(found[1], expected[1], atol=1e-3 * float(expected[1].max()))


def test_a_first_convolution_that_pads_keeps_its_channels(tmp_path: Any) -> None:
    from trainer.export import Description, write

    description = Description("net", "1.0", BUILTIN["leuko-a"], Training("run", "nothing", True))
    package = write(varied_network("resnet18"), tmp_path / "net-1.0", description=description)
    model = _read(package)
    assert not openvino_graph.lay_out(model, CHANNELS)
    assert list(model.inputs[0].get_shape()) == [1, 3, 256, 256]


def test_another_number_of_channels_is_left_alone(tiny_package: Package) -> None:
    model = _read(tiny_package)
    assert not openvino_graph.lay_out(model, Channels((0.5,), (0.2,)))
    assert list(model.inputs[0].get_shape()) == [1, 3, 256, 256]


def _norm(
    axes: list[int],
    order: list[int],
    *,
    scale: tuple[int, ...] = (4,),
    bias: tuple[int, ...] = (),
    is_read: bool = False,
) -> Any:
    """Transpose, normalize, scale, shift, transpose, as ONNX writes a norm of channels; or something like it."""
    library()
    from openvino import Model, opset13

    chance = np.random.default_rng(4)
    image = source = opset13.parameter([1, 4, 4, 4], np.float32)
    kernel = chance.normal(size=(4, 4, 1, 1)).astype(np.float32)
    if bias:  # what is normalized comes from a convolution
        read = opset13.convolution(image, kernel, [1, 1], [0, 0], [0, 0], [1, 1])
        source = opset13.add(read, chance.normal(size=bias).astype(np.float32))
    turned = opset13.transpose(source, np.array(order))
    normal = opset13.mvn(turned, np.array(axes), normalize_variance=True, eps=1e-6, eps_mode="INSIDE_SQRT")
    scaled = opset13.multiply(normal, chance.normal(size=scale).astype(np.float32))
    shifted = opset13.add(scaled, chance.normal(size=scale).astype(np.float32))
    back = opset13.transpose(shifted, np.array([0, 3, 1, 2]))
    if is_read:
        back = opset13.convolution(back, kernel, [1, 1], [0, 0], [0, 0], [1, 1])
    back.output(0).set_names({"logits"})
    copy = opset13.relu(back)
    copy.output(0).set_names({"maps"})
    return Model([back, copy], [image])


@pytest.mark.parametrize(
    ("axes", "order", "left"),
    [([-1], [0, 2, 3, 1], 0), ([3], [0, 2, 3, 1], 0), ([1, 2], [0, 2, 3, 1], 1), ([-1], [0, 3, 2, 1], 1)],
)
def test_only_the_known_form_is_changed_and_the_values_never(axes: list[int], order: list[int], left: int) -> None:
    _holds(_norm(axes, order), _norm(axes, order), left)


def _holds(plain: Any, changed: Any, left: int, *, mean: float = 3.0, spread: float = 1.0) -> None:
    assert not openvino_graph.lay_out(changed, CHANNELS)
    assert _kinds(changed)["MVN"] == left
    image = np.random.default_rng(2).normal(mean, spread, (1, 4, 4, 4)).astype(np.float32)
    np.testing.assert_allclose(_answers(changed, image)[0], _answers(plain, image)[0], atol=1e-4)


@pytest.mark.parametrize("is_read", [False, True])
@pytest.mark.parametrize("bias", [(), (1, 4, 1, 1), (1, 1, 1, 4), (1, 1, 1, 1)])
@pytest.mark.parametrize(("scale", "left"), [((4,), 0), ((1, 1, 1, 4), 0), ((1, 4, 1, 1), 1)])
def test_what_stands_beside_a_norm_takes_over_only_what_is_by_channel(
    scale: tuple[int, ...], left: int, bias: tuple[int, ...], is_read: bool
) -> None:
    plain, changed = (
        _norm([-1], [0, 2, 3, 1], scale=scale, bias=bias, is_read=is_read) for _ in range(2)
    )  # fmt: skip
    _holds(plain, changed, left)


@pytest.mark.parametrize(("mean", "spread"), [(50.0, 1e-3), (30.0, 0.1), (1000.0, 1.0)])
def test_a_large_mean_costs_no_precision(mean: float, spread: float) -> None:
    plain, changed = (_norm([-1], [0, 2, 3, 1], is_read=True) for _ in range(2))
    changed_only = openvino_graph.lay_out(changed, CHANNELS)
    assert not changed_only
    image = np.random.default_rng(2).normal(mean, spread, (1, 4, 4, 4)).astype(np.float32)
    values = image.transpose(0, 2, 3, 1).astype(np.float64)
    normal = (values - values.mean(-1, keepdims=True)) / np.sqrt(values.var(-1, keepdims=True) + 1e-6)
    assert np.isfinite(normal).all()
    np.testing.assert_allclose(_answers(changed, image)[0], _answers(plain, image)[0], atol=5e-3)
