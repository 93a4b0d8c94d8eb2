"""Patients without end: sample i is the same wherever and whenever it is drawn, and no cohort's patient."""

from __future__ import annotations

import itertools
from pathlib import Path

import numpy as np
import pytest
import torch

from leukoviewer.core.progress import finish
from leukoviewer.dicom.discovery import discover
from leukoviewer.dicom.loader import load
from leukoviewer.errors import UsageError
from leukoviewer.preprocessing.recipe import BUILTIN, Recipe
from leukoviewer.preprocessing.spatial import Resize
from leukoviewer.preprocessing.stack import prepare
from tests.trainer.simulation.small import SmallSource
from trainer.data.dataset import Batch
from trainer.simulation import endless, storage
from trainer.simulation.endless import EndlessBatches, EndlessSource, StackSample, open_loader
from trainer.simulation.recruit import DISTRACTORS, PLANS, recruit
from trainer.simulation.template import Template

RECIPE = BUILTIN["leuko-a"]


def _same(one: StackSample, other: StackSample) -> bool:
    return all(torch.equal(a, b) for a, b in zip(one, other, strict=True))


@pytest.fixture
def source(template: Template, monkeypatch: pytest.MonkeyPatch) -> SmallSource:
    monkeypatch.setattr(endless, "held_template", lambda device: template)
    return SmallSource(RECIPE, seed=7)


def test_a_sample_holds_the_stack_and_its_truth(source: SmallSource) -> None:
    index = next(i for i in itertools.count() if source.record(i).grade >= 2)
    sample = source.sample(index)
    assert sample.values.shape == sample.lesion_share.shape == (30, 256, 256)
    assert sample.values.dtype == sample.lesion_share.dtype == torch.float32
    assert (float(sample.labels), int(sample.rows)) == (1.0, index)
    assert 5 <= int(sample.is_scored.sum()) <= 7
    assert sample.slice_labels[~sample.is_scored].sum() == 0
    assert sample.slice_labels.sum() > 0
    marked = sample.lesion_share.sum((1, 2)) > 0
    assert marked[sample.slice_labels > 0].all()
    assert not marked[~sample.is_scored].any()
    assert 0 <= float(sample.values.min()) < float(sample.values.max()) <= 1


def test_a_sample_is_what_the_files_of_the_same_record_give(source: SmallSource, tmp_path: Path) -> None:
    """Bit for bit: both go through the same stored int16."""
    patient, sample = source.patient(3), source.sample(3)
    storage.write_patient(tmp_path, patient, form="dicom", transfer_syntax="explicit")
    (series,) = finish(discover(tmp_path / "patients" / patient.record.id)).series
    stack = finish(prepare(finish(load(series)), RECIPE))
    assert sample.values.numpy().tobytes() == stack.values.tobytes()
    assert tuple(np.flatnonzero(sample.is_scored)) == stack.mapping.scored


def test_a_sample_is_the_same_at_each_call_and_in_any_order(source: SmallSource) -> None:
    first = {index: source.sample(index) for index in (0, 1)}
    again = {index: SmallSource(RECIPE, seed=7).sample(index) for index in (1, 0)}
    assert all(_same(first[index], again[index]) for index in (0, 1))
    assert not _same(first[0], first[1])


def test_the_number_of_threads_changes_no_bit_and_is_given_back(source: SmallSource) -> None:
    before = torch.get_num_threads()
    one = source.sample(4)
    torch.set_num_threads(2)
    try:
        two = source.sample(4)
        assert torch.get_num_threads() == 2
    finally:
        torch.set_num_threads(before)
    assert _same(one, two)


def test_processes_draw_the_same_batches_in_the_same_order(source: SmallSource, warm_home: Path) -> None:
    """On spawned processes, through two epochs of the same processes."""
    batches = EndlessBatches(source, batch_size=1, batches_per_epoch=2)
    alone = {epoch: [EndlessBatches(source).batch(2 * epoch + turn) for turn in (0, 1)] for epoch in (0, 1)}
    loader = open_loader(batches, workers=2)
    for epoch in (0, 1):
        batches.set_epoch(epoch)
        drawn = list(loader)
        assert [int(batch.rows) for batch in drawn] == [2 * epoch, 2 * epoch + 1]
        assert all(_same(one, other) for one, other in zip(drawn, alone[epoch], strict=True))


def test_batches_hold_consecutive_samples_and_epochs_go_on(source: SmallSource) -> None:
    batches = EndlessBatches(source, batch_size=2, batches_per_epoch=1, first=10)
    assert len(batches) == 1
    (first,) = list(open_loader(batches))
    batches.set_epoch(3)
    (later,) = list(open_loader(batches))
    assert (first.rows.tolist(), later.rows.tolist()) == ([10, 11], [16, 17])
    assert first.values.shape == (2, 30, 256, 256)
    assert _same(StackSample(*(part[1] for part in first)), source.sample(11))


def test_without_an_epoch_it_never_ends(source: SmallSource) -> None:
    batches = EndlessBatches(source)
    drawn = [int(batch.rows) for batch in itertools.islice(batches, 3)]
    assert drawn == [0, 1, 2]
    with pytest.raises(TypeError, match="no length"):
        len(batches)


def test_pictures_labels_and_rows_have_the_names_of_a_prepared_batch() -> None:
    assert StackSample._fields[:3] == Batch._fields[:3] == ("values", "labels", "rows")


def test_records_are_those_of_no_cohort() -> None:
    drawn = [EndlessSource(RECIPE, cohort=name, seed=3).record(i) for name in PLANS for i in range(200)]
    cohorts = [r for name in PLANS for r in recruit(name, patients=200, seed=3)]
    assert not {r.id for r in drawn} & {r.id for r in cohorts}
    assert not {r.seed for r in drawn} & {r.seed for r in cohorts}
    assert len({r.id for r in drawn}) == len({r.seed for r in drawn}) == len(drawn)


def test_there_are_more_records_than_a_cohort_has_numbers() -> None:
    ids = [EndlessSource(RECIPE, seed=seed).record(i).id for seed in (0, 1, 10) for i in (0, 1, 99_999, 100_000, 10**7)]
    assert len(set(ids)) == len(ids)


@pytest.mark.parametrize("cohort", PLANS)
def test_patients_are_like_those_of_the_cohort(cohort: str) -> None:
    records = [EndlessSource(RECIPE, cohort=cohort, seed=3).record(i) for i in range(600)]
    assert {r.cohort for r in records} == {cohort}
    assert np.mean([r.positive for r in records]) == pytest.approx(PLANS[cohort].prevalence, abs=0.06)
    assert {r.scanner for r in records} == set(PLANS[cohort].scanners)
    assert {r.protocol for r in records} == set(PLANS[cohort].protocols)


def test_the_seed_and_the_index_make_the_patient() -> None:
    one, other = EndlessSource(RECIPE, seed=1), EndlessSource(RECIPE, seed=2)
    assert one.record(5) == EndlessSource(RECIPE, seed=1).record(5)
    assert len({one.record(5).seed, one.record(6).seed, other.record(5).seed}) == 3


@pytest.mark.parametrize(("prevalence", "share"), [(0.0, 0.0), (0.2, 0.2), (0.9, 0.9), (1.0, 1.0)])
def test_the_prevalence_can_be_chosen(prevalence: float, share: float) -> None:
    own, chosen = EndlessSource(RECIPE), EndlessSource(RECIPE, prevalence=prevalence)
    records = [chosen.record(i) for i in range(400)]
    assert np.mean([r.positive for r in records]) == pytest.approx(share, abs=0.07)
    assert all(r == own.record(i) for i, r in enumerate(records) if r.positive == own.record(i).positive)


def test_all_can_have_a_finding_of_a_group_beside_their_own() -> None:
    wished = EndlessSource(RECIPE, seed=5, finding="hemorrhage")
    records = [wished.record(i) for i in range(300)]
    kinds = {name for one in records for name in one.distractors if name.startswith("hemorrhage_")}
    assert all(any(name.startswith("hemorrhage_") for name in one.distractors) for one in records)
    assert kinds == {name for name in DISTRACTORS if name.startswith("hemorrhage_")}
    assert all(one.distractors == tuple(n for n in DISTRACTORS if n in one.distractors) for one in records)
    assert 0.4 < np.mean([one.positive for one in records]) < 0.6
    assert {one.seed for one in records}.isdisjoint(EndlessSource(RECIPE, seed=5).record(i).seed for i in range(300))


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"cohort": "papers"}, "no cohort named 'papers'"),
        ({"seed": -1}, "seed must lie between"),
        ({"prevalence": 1.2}, "prevalence must lie between 0 and 1"),
        ({"device": "tpu"}, "no device 'tpu'"),
        ({"recipe": Recipe("deep", (Resize(), BUILTIN["leuko-a"].steps[-1]))}, "training needs a depth window"),
    ],
)
def test_an_impossible_source_is_refused(changes: dict[str, object], says: str) -> None:
    with pytest.raises(UsageError, match=says):
        EndlessSource(**{"recipe": RECIPE, **changes})  # type: ignore[arg-type]


def test_impossible_batches_are_refused(source: SmallSource) -> None:
    for wrong in ({"batch_size": 0}, {"first": -1}, {"batches_per_epoch": 0}):
        with pytest.raises(UsageError, match="Batches need at least one sample"):
            EndlessBatches(source, **wrong)
    with pytest.raises(UsageError, match="counted from 0"):
        source.record(-1)
    with pytest.raises(UsageError, match="workers must be 0 or more"):
        open_loader(EndlessBatches(source), workers=-1)
