"""The other heatmap methods, against pytorch-grad-cam itself where its scaling allows."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from leukoviewer.core.progress import finish
from leukoviewer.core.volume import Volume
from leukoviewer.errors import EngineError, PackageError, UsageError
from leukoviewer.inference import explain
from leukoviewer.inference.explain import compute, explained, is_offered, methods, missing
from leukoviewer.inference.methods import METHODS
from leukoviewer.inference.onnx_engine import OnnxEngine
from leukoviewer.inference.pipeline import analyze
from leukoviewer.inference.torch_engine import load_network
from leukoviewer.packages.archive import Package
from leukoviewer.packages.manifest import Layout
from leukoviewer.preprocessing.stack import Stack, model_input, prepare
from tests.inference.conftest import head_volume


@pytest.fixture(scope="module")
def stack(head: Volume, tiny_package: Package) -> Stack:
    return finish(prepare(head, tiny_package.recipe))


def test_slices_have_more_methods_than_volumes() -> None:
    assert {"gradcam", "gradcam++", "scorecam", "eigencam", "layercam"} <= set(methods())
    assert set(methods(Layout.VOLUME)) < set(methods(Layout.SLICES))
    assert "scorecam" not in methods(Layout.VOLUME)
    assert is_offered()


def test_grad_cam_by_gradients_equals_the_map_of_every_result(tiny_package: Package, stack: Stack) -> None:
    found = finish(compute(tiny_package, stack, method="gradcam", device="cpu"))
    closed_form = OnnxEngine(tiny_package).run(stack.values[list(stack.mapping.scored)]).maps
    np.testing.assert_allclose(found, closed_form, atol=1e-4 * float(closed_form.max()))


@pytest.mark.parametrize("method", METHODS)
def test_every_method_gives_what_the_library_gives_after_its_scaling(
    method: str, tiny_package: Package, stack: Stack
) -> None:
    import pytorch_grad_cam
    from pytorch_grad_cam.utils.image import scale_cam_image
    from pytorch_grad_cam.utils.model_targets import ClassifierOutputTarget
    from torch import from_numpy, nn

    index = stack.mapping.scored[4]
    found = finish(compute(tiny_package, stack, method=method, device="cpu", slices=[index]))
    assert found.shape == (1, 8, 8)
    assert found.dtype == np.float32
    assert found.min() >= 0
    assert found.max() > 0

    network = load_network(tiny_package)

    class Table(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.backbone = network.backbone

        def forward(self, images: Any) -> Any:
            return self.backbone(images)

    images = from_numpy(model_input(stack.values[[index]], tiny_package.recipe)).requires_grad_()
    layer = network.backbone.get_submodule("stages.3")
    kind = getattr(pytorch_grad_cam, METHODS[method].class_name)
    expected = kind(model=Table(), target_layers=[layer])(images, [ClassifierOutputTarget(0)])
    np.testing.assert_allclose(scale_cam_image(scale_cam_image(found, (256, 256))), expected, atol=1e-3)


@pytest.mark.parametrize("method", methods(Layout.VOLUME))
def test_volume_methods_give_a_map_a_slice(method: str, volume_package: Package) -> None:
    stack = finish(prepare(head_volume(6), volume_package.recipe))
    found = finish(compute(volume_package, stack, method=method, device="cpu"))
    assert found.shape == (6, *volume_package.manifest.map_shape[1:])
    assert np.isfinite(found).all()


def test_progress_is_told_by_slice(tiny_package: Package, stack: Stack) -> None:
    steps = []
    finish(compute(tiny_package, stack, method="eigencam", device="cpu"), on_progress=steps.append)
    assert steps[0].total == 12
    assert steps[0].message == "Computing Eigen-CAM"


def test_no_slices_give_no_maps(tiny_package: Package, stack: Stack) -> None:
    assert finish(compute(tiny_package, stack, method="fem", device="cpu", slices=[])).shape == (0, 8, 8)


def test_a_method_that_is_not_offered_is_answered_with_those_that_are(
    tiny_package: Package, volume_package: Package, stack: Stack
) -> None:
    with pytest.raises(UsageError, match="'magic' is not offered for this model; use gradcam"):
        finish(compute(tiny_package, stack, method="magic"))
    with pytest.raises(UsageError, match="'scorecam' is not offered"):
        finish(compute(volume_package, stack, method="scorecam"))


def test_a_slow_method_can_be_closed_while_it_works(
    tiny_package: Package, stack: Stack, monkeypatch: pytest.MonkeyPatch
) -> None:
    engines = []
    honest = explain._torch_engine
    monkeypatch.setattr(explain, "_torch_engine", lambda *request: engines.append(honest(*request)) or engines[-1])
    work = compute(tiny_package, stack, method="scorecam", device="cpu")
    next(work)
    next(work)  # it runs in its thread now
    work.close()
    with pytest.raises(Exception, match="stopped"):
        engines[0].run(np.zeros((1, 3, 256, 256), np.float32))


def test_without_the_library_the_sentence_says_so(
    tiny_package: Package, stack: Stack, monkeypatch: pytest.MonkeyPatch
) -> None:
    import sys

    monkeypatch.setitem(sys.modules, "pytorch_grad_cam", None)
    with pytest.raises(EngineError, match="pytorch-grad-cam is not installed"):
        finish(compute(tiny_package, stack, method="gradcam", device="cpu"))


def test_methods_tell_nothing_on_standard_error(
    tiny_package: Package, stack: Stack, capsys: pytest.CaptureFixture[str]
) -> None:
    finish(compute(tiny_package, stack, method="scorecam", device="cpu", slices=[12]))
    captured = capsys.readouterr()
    assert captured.out == captured.err == ""


def test_another_method_changes_the_maps_of_a_result_and_nothing_of_its_scores(
    head: Volume, tiny_package: Package
) -> None:
    before = finish(analyze(head, tiny_package, device="cpu"))
    after = finish(explained(before, head, tiny_package, method="layercam", device="cpu"))
    assert (before.heatmap_method, after.heatmap_method) == ("gradcam", "layercam")
    assert after.scores == before.scores
    assert after.package == before.package
    assert after.maps.shape == before.maps.shape
    assert not np.array_equal(after.maps, before.maps)
    assert dict(after.timings_s)["heatmap"] > 0
    assert finish(explained(before, head, tiny_package, method="gradcam")) is before


def test_a_result_of_another_series_is_not_explained(head: Volume, tiny_package: Package) -> None:
    result = replace(finish(analyze(head, tiny_package, device="cpu")), series_key="9.9")
    with pytest.raises(ValueError, match="another series"):
        finish(explained(result, head, tiny_package, method="layercam"))


def test_a_result_of_a_package_that_was_changed_since_is_not_explained(head: Volume, tiny_package: Package) -> None:
    result = finish(analyze(head, tiny_package, device="cpu"))
    older = replace(result, package=replace(result.package, sha256="0" * 64))
    with pytest.raises(PackageError, match=r"tiny-1\.0 was changed since it gave this result; run it again"):
        finish(explained(older, head, tiny_package, method="layercam"))


def test_what_must_be_installed_is_told_for_all_methods_but_the_models_own(monkeypatch: pytest.MonkeyPatch) -> None:
    assert {missing(method) for method in METHODS} == {""}
    monkeypatch.setattr(explain, "is_offered", lambda: False)
    assert [method for method in METHODS if not missing(method)] == ["gradcam"]
    assert missing("fem").startswith("Heatmaps by FEM need PyTorch")
    assert missing("fem").endswith("pip install leukoviewer[gpu].")


def test_every_method_says_in_one_sentence_what_it_shows() -> None:
    tips = [method.tip for method in METHODS.values()]
    assert len(set(tips)) == len(METHODS)
    assert all(tip[0].isupper() and tip.endswith(".") and tip.count(".") == 1 and len(tip) < 100 for tip in tips)
    assert [key for key, method in METHODS.items() if method.slow] == ["scorecam", "ablationcam"]
