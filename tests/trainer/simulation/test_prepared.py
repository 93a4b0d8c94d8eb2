"""A simulated patient as a model sees it: the very bits that its files would give, and the truth on the same grid."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from leukoviewer.core.progress import finish
from leukoviewer.core.results import StackMapping
from leukoviewer.core.volume import AIR_HU, Volume
from leukoviewer.dicom.discovery import discover
from leukoviewer.dicom.loader import load
from leukoviewer.preprocessing.recipe import BUILTIN
from leukoviewer.preprocessing.stack import prepare
from tests.trainer.simulation.records import record_of
from trainer.data.cache import open_volume
from trainer.simulation import prepared, storage
from trainer.simulation.patient import SimulatedPatient, Truth, simulate
from trainer.simulation.protocol import PROTOCOLS, Protocol
from trainer.simulation.template import Template

RECIPES = ("leuko-a", "leuko-b", "leuko-c", "leuko-a-slab5", "leuko-a-aspect")


def _from_files(patient: SimulatedPatient, out: Path) -> Volume:
    storage.write_patient(out, patient, form="dicom", transfer_syntax="explicit")
    (series,) = finish(discover(out / "patients" / patient.record.id)).series
    return finish(load(series))


def _assert_same_stack(patient: SimulatedPatient, volume: Volume, recipe: str) -> None:
    made, read = prepared.stack_of(patient, BUILTIN[recipe]), finish(prepare(volume, BUILTIN[recipe]))
    assert made.values.tobytes() == read.values.tobytes()
    assert made.mapping == read.mapping


@pytest.fixture(scope="module")
def read(ill: SimulatedPatient, tmp_path_factory: pytest.TempPathFactory) -> Volume:
    """The whole patient of grade 2, from its files, as the trainer's cache opens it."""
    out = tmp_path_factory.mktemp("cohort")
    storage.write_patient(out, ill, form="dicom", transfer_syntax="explicit")
    return open_volume(out / "patients" / ill.record.id)


@pytest.mark.parametrize("recipe", RECIPES)
def test_the_stack_is_bit_for_bit_that_of_the_files(recipe: str, ill: SimulatedPatient, read: Volume) -> None:
    _assert_same_stack(ill, read, recipe)


def test_the_volume_is_that_of_the_files(ill: SimulatedPatient, read: Volume) -> None:
    made = prepared.volume_of(ill)
    assert made.hu.dtype == read.hu.dtype == np.int16
    assert np.array_equal(made.hu, read.hu)
    assert made.spacing_mm == read.spacing_mm
    assert made.series.position_mm == read.series.position_mm


@pytest.mark.parametrize("protocol", ["thick_5_wide", "steep", "thin_125", "thick_25", "mixed_3_6"])
def test_it_is_so_for_every_geometry_and_way_of_storing(
    protocol: str, template: Template, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Real thickness, tilt and columns of each protocol; only the slices lie far apart."""
    real = PROTOCOLS[protocol]
    sparse = Protocol((real.low[0], 30.0), (real.high[0], 30.0), 0, real.tilt_deg, real.columns)
    monkeypatch.setitem(PROTOCOLS, protocol, sparse)
    seeds = {"thick_5_wide": 1, "steep": 2, "thin_125": 3, "thick_25": 4, "mixed_3_6": 5}
    patient = simulate(record_of(protocol=protocol, seed=seeds[protocol], scanner="sharp"), template)
    volume = _from_files(patient, tmp_path)
    assert np.array_equal(prepared.volume_of(patient).hu, volume.hu)
    for recipe in ("leuko-a", "leuko-a-slab5", "leuko-a-aspect"):
        _assert_same_stack(patient, volume, recipe)


def test_padding_becomes_air_as_in_the_viewer(ill: SimulatedPatient) -> None:
    stored, scanner = ill.stored.copy(), ill.scanner
    held = scanner.padding
    try:
        scanner.padding = -1500
        stored[:, :9, :9] = -1500
        volume = prepared.volume_of(replace(ill, stored=stored))
    finally:
        scanner.padding = held
    assert (volume.hu[:, :9, :9] == AIR_HU).all()
    assert volume.padding is not None
    assert volume.padding[:, :9, :9].all()


@pytest.mark.parametrize("recipe", RECIPES)
def test_the_share_keeps_the_area_of_the_disease(recipe: str, ill: SimulatedPatient) -> None:
    mapping = prepared.stack_of(ill, BUILTIN[recipe]).mapping
    share = prepared.lesion_share(ill, mapping)
    assert share.dtype == np.float32
    assert share.shape == mapping.stack_shape
    assert 0 <= share.min() <= share.max() <= 1
    native = ill.truth.lesion[::-1]
    for index, group in enumerate(mapping.native):
        area_px = native[list(group)].mean(axis=0).sum() if group else 0
        assert share[index].sum() * mapping.scale[0] * mapping.scale[1] == pytest.approx(area_px, rel=1e-4, abs=1e-3)


def test_the_share_of_a_halved_picture_is_the_mean_of_four_pixels(ill: SimulatedPatient) -> None:
    mapping = prepared.stack_of(ill, BUILTIN["leuko-a"]).mapping
    share = prepared.lesion_share(ill, mapping)
    for index in mapping.scored:
        (native,) = mapping.native[index]
        blocks = ill.truth.lesion[len(ill.planes) - 1 - native].reshape(256, 2, 256, 2).mean(axis=(1, 3))
        assert np.array_equal(share[index], blocks.astype(np.float32))


def test_the_share_lies_where_the_stack_is_dark(ill: SimulatedPatient) -> None:
    """The mask is not mirrored, shifted or in another order: under it the prepared picture is darker."""
    stack = prepared.stack_of(ill, BUILTIN["leuko-a"])
    share = prepared.lesion_share(ill, stack.mapping)
    inside, around = share == 1, (share == 0) & (stack.values > 0.18) & (stack.values < 0.45)
    assert inside.sum() > 1000
    assert stack.values[around].mean() - stack.values[inside].mean() > 0.06


def _with_mask(ill: SimulatedPatient, lesion: np.ndarray) -> SimulatedPatient:
    old = ill.truth
    return replace(ill, truth=Truth(lesion, old.findings, old.lesion_ml, old.area_mm2, old.widening_mm))


@pytest.mark.parametrize(
    ("scale", "offset", "pixel", "share"),
    [
        (2.0, 0.0, (3, 5), {(1, 2): 0.25}),
        (1.0, 0.0, (3, 5), {(3, 5): 1.0}),
        (1.5, 0.0, (1, 1), {(0, 0): 1 / 9, (0, 1): 1 / 9, (1, 0): 1 / 9, (1, 1): 1 / 9}),
        (2.0, -4.0, (0, 0), {(2, 2): 0.25}),
        (2.0, 4.0, (5, 4), {(0, 0): 0.25}),
    ],
    ids=["halved", "as it is", "across an edge", "padded", "cropped"],
)
def test_a_single_pixel_is_shared_out_by_area(
    ill: SimulatedPatient,
    scale: float,
    offset: float,
    pixel: tuple[int, int],
    share: dict[tuple[int, int], float],
) -> None:
    lesion = np.zeros((1, 12, 12), dtype=bool)
    lesion[0][pixel] = True
    mapping = StackMapping(((0,), ()), (1, 12, 12), (2, 8, 8), (scale, scale), (offset, offset))
    found = prepared.lesion_share(_with_mask(ill, lesion), mapping)
    expected = np.zeros((2, 8, 8))
    for place, value in share.items():
        expected[0][place] = value
    assert found == pytest.approx(expected, abs=1e-6)


def test_slice_labels_follow_the_slices_of_the_stack(ill: SimulatedPatient) -> None:
    native = ill.slice_labels[::-1]
    mapping = prepared.stack_of(ill, BUILTIN["leuko-a"]).mapping
    labels = prepared.slice_labels(ill, mapping)
    assert [labels[i] for i in mapping.scored] == [native[mapping.native[i][0]] for i in mapping.scored]
    assert not labels[[i for i in range(len(labels)) if i not in mapping.scored]].any()


def test_a_slab_shows_the_disease_when_one_of_its_slices_does(ill: SimulatedPatient) -> None:
    first = ill.slice_labels[::-1].index(1)
    groups = ((first - 1,), (first - 1, first), ())
    mapping = StackMapping(groups, (len(ill.planes), 512, 512), (3, 256, 256), (2.0, 2.0))
    assert prepared.slice_labels(ill, mapping).tolist() == [0, 1, 0]
