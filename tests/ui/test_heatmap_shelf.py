"""Heatmaps by other methods are kept beside their own result, and never take its place."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from leukoviewer.core.results import Analysis
from leukoviewer.ui.heatmap_shelf import HeatmapShelf
from tests.display import scene

KEY = ("1.2.3", scene.PACKAGE.id)


@pytest.fixture
def result() -> Analysis:
    return scene.analysis(scene.volume(4))


def _variant(result: Analysis, method: str = "layercam") -> Analysis:
    return replace(result, maps=np.flip(result.maps, axis=2).copy(), heatmap_method=method)


def test_a_result_shows_its_own_heatmap_at_first(result: Analysis) -> None:
    shelf = HeatmapShelf()
    assert shelf.shown(result) is result
    assert shelf.has(result, "gradcam")
    assert not shelf.has(result, "layercam")
    with pytest.raises(KeyError):
        shelf.show(result, "layercam")


def test_kept_variants_are_switched_without_making_them_again(result: Analysis) -> None:
    shelf, variants = HeatmapShelf(), [_variant(result), _variant(result, "fem")]
    assert all(shelf.put(result, variant) for variant in variants)
    assert shelf.shown(result) is result  # keeping is not showing
    for method, shown in (("layercam", variants[0]), ("fem", variants[1]), ("gradcam", result), ("fem", variants[1])):
        shelf.show(result, method)
        assert shelf.shown(result) is shown


@pytest.mark.parametrize(
    "foreign",
    [
        {"series_key": "another"},
        {"package": replace(scene.PACKAGE, id="other-2.0")},
        {"package": replace(scene.PACKAGE, sha256="0" * 64)},
        {"scores": "changed"},
    ],
    ids=["series", "package", "changed package", "scores"],
)
def test_a_variant_of_another_result_is_not_kept(result: Analysis, foreign: dict[str, object]) -> None:
    if "scores" in foreign:
        foreign = {"scores": (replace(result.scores[0], score=0.123), *result.scores[1:])}
    shelf = HeatmapShelf()
    assert not shelf.put(result, replace(_variant(result), **foreign))  # type: ignore[arg-type]
    assert not shelf.has(result, "layercam")


@pytest.mark.parametrize("forget", [lambda shelf: shelf.forget(KEY), lambda shelf: shelf.clear()])
def test_what_is_forgotten_is_neither_kept_nor_shown(result: Analysis, forget) -> None:  # type: ignore[no-untyped-def]
    shelf = HeatmapShelf()
    shelf.put(result, _variant(result))
    shelf.show(result, "layercam")
    forget(shelf)
    assert shelf.shown(result) is result
    assert not shelf.has(result, "layercam")


def test_results_of_two_packages_show_each_their_own_method(result: Analysis) -> None:
    other = replace(result, package=replace(scene.PACKAGE, id="other-2.0"))
    shelf = HeatmapShelf()
    shelf.put(result, _variant(result))
    shelf.show(result, "layercam")
    assert shelf.shown(other) is other
    assert shelf.shown(result).heatmap_method == "layercam"
