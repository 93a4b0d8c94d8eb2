"""Resizing against scikit-image, squares in mm."""

from __future__ import annotations

import numpy as np
import pytest
from skimage.transform import resize

from leukoviewer.errors import RefusedError
from leukoviewer.preprocessing.draft import Draft
from leukoviewer.preprocessing.spatial import Resize, Square, linear_taps, resize_taps

SHAPES = [(512, 512), (512, 600), (600, 512), (256, 256), (300, 257), (100, 90), (700, 513), (1024, 1024)]


@pytest.mark.parametrize("shape", SHAPES)
def test_resizing_equals_scikit_image_within_a_thousandth_of_a_hu(shape: tuple[int, int], make_volume) -> None:
    hu = np.random.default_rng(1).integers(-1024, 3000, (2, *shape)).astype(np.int16)
    ours = Resize(256, 256).apply(Draft.from_volume(make_volume(hu))).values
    for index in range(2):
        theirs = resize(hu[index].astype(np.float64), (256, 256), order=1, mode="reflect", anti_aliasing=True)
        np.testing.assert_allclose(ours[index], theirs, atol=1e-3)


@pytest.mark.parametrize(("inputs", "outputs"), [(512, 256), (600, 256), (256, 256), (90, 256), (4, 2), (1, 8), (2, 1)])
def test_the_weights_of_every_output_pixel_sum_to_one(inputs: int, outputs: int) -> None:
    taps = resize_taps(inputs, outputs)
    np.testing.assert_allclose(taps.weight.sum(axis=1), 1, atol=1e-6)
    assert taps.index.min() >= 0
    assert taps.index.max() < inputs


def test_the_same_size_leaves_the_values_as_they_are(make_volume) -> None:
    hu = np.arange(2 * 64 * 48, dtype=np.int16).reshape(2, 64, 48)
    draft = Resize(64, 48).apply(Draft.from_volume(make_volume(hu)))
    np.testing.assert_array_equal(draft.values, hu)
    assert draft.values.dtype == np.float32


def test_resizing_tells_the_scale_of_each_axis(make_volume) -> None:
    draft = Resize(256, 256).apply(Draft.from_volume(make_volume(np.zeros((2, 512, 600), np.int16))))
    assert draft.mapping().scale == (2.0, 600 / 256)
    assert draft.mapping().offset == (0.0, 0.0)


def test_a_marked_pixel_lands_where_the_mapping_says(make_volume) -> None:
    hu = np.zeros((1, 512, 600), np.int16)
    hu[0, 100:104, 333:337] = 1000
    draft = Resize(256, 256).apply(Draft.from_volume(make_volume(hu)))
    weights = draft.values[0] / draft.values[0].sum()
    row = float((weights.sum(axis=1) * np.arange(256)).sum())
    column = float((weights.sum(axis=0) * np.arange(256)).sum())
    scale = draft.mapping().scale
    assert (row + 0.5) * scale[0] - 0.5 == pytest.approx(101.5, abs=0.05)
    assert (column + 0.5) * scale[1] - 0.5 == pytest.approx(334.5, abs=0.1)


def test_linear_taps_mirror_at_the_edges() -> None:
    taps = linear_taps(np.array([-0.25, 0.0, 1.5, 3.25]), 4)
    values = taps.apply_to_rows(np.array([[0.0], [10.0], [20.0], [30.0]], np.float32))[:, 0]
    np.testing.assert_allclose(values, [2.5, 0.0, 15.0, 27.5])


@pytest.mark.parametrize(
    "case",
    [
        ((512, 600), (0.5, 0.5), 0.0, (600, 600), (-44.0, 0.0)),
        ((600, 512), (0.5, 0.5), 0.0, (600, 600), (0.0, -44.0)),
        ((512, 512), (0.5, 0.5), 0.0, (512, 512), (0.0, 0.0)),
        ((100, 100), (1.0, 2.0), 0.0, (200, 100), (-50.0, 0.0)),
        ((100, 120), (1.0, 1.0), 80.0, (80, 80), (10.0, 20.0)),
        ((60, 120), (1.0, 1.0), 80.0, (80, 80), (-10.0, 20.0)),
    ],
)
def test_a_square_in_mm_is_padded_or_cropped_around_the_center(case, make_volume) -> None:
    shape, spacing_mm, side_mm, expected, offset = case
    hu = np.random.default_rng(2).integers(0, 100, (2, *shape)).astype(np.int16)
    draft = Square(side_mm).apply(Draft.from_volume(make_volume(hu, spacing_mm=spacing_mm)))
    assert draft.values.shape == (2, *expected)
    assert draft.offset == offset
    for row, column in [(0, 0), (expected[0] // 2, expected[1] // 2), (expected[0] - 1, expected[1] - 1)]:
        native = (row + int(offset[0]), column + int(offset[1]))
        inside = 0 <= native[0] < shape[0] and 0 <= native[1] < shape[1]
        assert draft.values[1, row, column] == (hu[1][native] if inside else -1024)


def test_a_square_after_resizing_counts_in_native_pixels(make_volume) -> None:
    draft = Draft.from_volume(make_volume(np.zeros((1, 512, 600), np.int16), spacing_mm=(0.5, 0.5)))
    halved = Square().apply(Resize(256, 300).apply(draft))
    assert halved.values.shape == (1, 300, 300)
    assert halved.offset == (-44.0, 0.0)


def test_a_square_needs_spacing(make_volume) -> None:
    volume = make_volume(np.zeros((1, 20, 30), np.int16), geometry=False)
    with pytest.raises(RefusedError, match="pixel spacing"):
        Square().apply(Draft.from_volume(volume))


@pytest.mark.parametrize("build", [lambda: Resize(4, 256), lambda: Resize(256, 5000), lambda: Square(1.0)])
def test_impossible_sizes_are_refused(build) -> None:
    with pytest.raises(ValueError, match=r"px|mm"):
        build()
