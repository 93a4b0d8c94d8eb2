"""The workflow opens, loads and analyzes real folders, and drops what belongs to something else."""

from __future__ import annotations

from collections.abc import Callable, Generator
from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from leukoviewer.core.progress import Progress, Work
from leukoviewer.core.series import Series
from leukoviewer.core.volume import Volume
from leukoviewer.errors import LeukoError, NoBrainError, NothingReadableError
from leukoviewer.packages.archive import Package
from leukoviewer.ui.session import Session
from leukoviewer.ui.values import Tasks
from leukoviewer.ui.workflow import Workflow, why_not
from tests.phantom import write_phantom
from tests.ui.conftest import HEADS, WAIT_MS, Gate, gated_analysis

Make = Callable[..., tuple[Session, Workflow]]


@pytest.fixture
def make(qtbot: QtBot, tasks: Tasks) -> Generator[Make, None, None]:
    """Makes sessions with workflows on the real tasks, or changed ones."""
    made: list[Workflow] = []

    def workflow(**changed: object) -> tuple[Session, Workflow]:
        session = Session()
        made.append(Workflow(session, replace(tasks, **changed)))  # type: ignore[arg-type]
        return session, made[-1]

    yield workflow
    for one in made:
        one.close()


def _open(workflow: Workflow, folder: Path, qtbot: QtBot) -> None:
    with qtbot.waitSignal(workflow.loaded, timeout=WAIT_MS):
        workflow.open(folder)


def _models(workflow: Workflow, qtbot: QtBot) -> None:
    with qtbot.waitSignal(workflow.models_listed, timeout=WAIT_MS):
        workflow.list_models()


def _other(session: Session) -> str:
    assert session.catalog is not None
    assert session.series is not None
    shown = session.series.key
    return next(series.key for series in session.catalog.volumes if series.key != shown)


def test_a_folder_opens_with_its_suggested_series(make: Make, qtbot: QtBot, head_folder: Path) -> None:
    session, workflow = make()
    _open(workflow, head_folder, qtbot)
    assert session.catalog is not None
    assert len(session.catalog.series) == 3
    assert session.series is not None
    assert session.catalog.suggestion is not None
    assert session.series.key == session.catalog.suggestion.key
    assert session.series.description in HEADS.values()
    assert session.volume is not None
    assert workflow.path == head_folder


def test_the_middle_slice_comes_first(make: Make, qtbot: QtBot, head_folder: Path) -> None:
    session, workflow = make()
    arrived: list[int] = []
    session.slice_loaded.connect(arrived.append)
    _open(workflow, head_folder, qtbot)
    assert session.series is not None
    assert arrived[0] == session.series.middle
    assert sorted(arrived) == list(range(len(session.series.slices)))


def test_the_slice_looked_at_last_comes_first_when_a_series_is_shown_again(
    make: Make, qtbot: QtBot, head_folder: Path
) -> None:
    session, workflow = make()
    _open(workflow, head_folder, qtbot)
    assert session.series is not None
    assert session.view is not None
    first, other = session.series.key, _other(session)
    session.set_view(session.view.with_slice(1))
    for key in (other, first):
        arrived: list[int] = []
        connection = session.slice_loaded.connect(arrived.append)
        with qtbot.waitSignal(workflow.loaded, timeout=WAIT_MS):
            workflow.show_series(key)
        session.slice_loaded.disconnect(connection)
    assert arrived[0] == 1


def test_every_series_gets_a_small_picture(make: Make, qtbot: QtBot, head_folder: Path) -> None:
    session, workflow = make()
    _open(workflow, head_folder, qtbot)
    assert session.catalog is not None
    keys = [series.key for series in session.catalog.series]
    qtbot.waitUntil(lambda: all(session.thumbnail(key) is not None for key in keys), timeout=WAIT_MS)
    for key in keys:
        picture = session.thumbnail(key)
        assert picture is not None
        assert picture.ndim == 2
        assert picture.max() > picture.min()


def test_an_empty_folder_is_told_and_leaves_the_open_scan(
    make: Make, qtbot: QtBot, head_folder: Path, tmp_path: Path
) -> None:
    session, workflow = make()
    _open(workflow, head_folder, qtbot)
    shown = session.series
    (tmp_path / "notes.txt").write_text("nothing here")
    with qtbot.waitSignal(workflow.failed, timeout=WAIT_MS) as blocker:
        workflow.open(tmp_path)
    assert blocker.args is not None
    assert isinstance(blocker.args[0], NothingReadableError)
    assert session.series is shown
    assert workflow.path == head_folder


def test_a_model_scores_the_shown_series(make: Make, qtbot: QtBot, head_folder: Path, with_model: Package) -> None:
    session, workflow = make()
    _models(workflow, qtbot)
    _open(workflow, head_folder, qtbot)
    steps: list[Progress] = []
    workflow.analysis_progressed.connect(steps.append)
    with qtbot.waitSignal(workflow.analyzed, timeout=WAIT_MS):
        workflow.analyze()
    result = session.result
    assert result is not None
    assert session.series is not None
    assert result.series_key == session.series.key
    assert result.package.id == with_model.id
    assert len(result.scores) == len(session.series.slices)
    assert steps


def test_switching_the_series_stops_the_run_and_its_result_never_shows(
    make: Make, qtbot: QtBot, head_folder: Path, with_model: Package, tasks: Tasks
) -> None:
    gate = Gate()
    session, workflow = make(analyze=gated_analysis(tasks, gate))
    notes: list[str] = []
    workflow.note.connect(notes.append)
    _models(workflow, qtbot)
    _open(workflow, head_folder, qtbot)
    assert session.series is not None
    first, other = session.series.key, _other(session)
    workflow.analyze()
    assert gate.reached.wait(30)
    with qtbot.waitSignal(workflow.loaded, timeout=WAIT_MS):
        workflow.show_series(other)
        gate.open()
    qtbot.waitUntil(lambda: workflow.is_idle, timeout=WAIT_MS)
    assert not workflow.is_analyzing
    assert session.result is None
    with qtbot.waitSignal(workflow.loaded, timeout=WAIT_MS):
        workflow.show_series(first)
    assert session.result is None
    assert any("stopped" in note for note in notes)


def test_a_result_of_another_series_is_dropped_even_if_the_lane_lets_it_through(
    make: Make, qtbot: QtBot, head_folder: Path, with_model: Package, tasks: Tasks
) -> None:
    def mislabeled(volume: Volume, package_id: str, device: str) -> Work[object]:
        result = yield from tasks.analyze(volume, package_id, device)
        return replace(result, series_key="another")

    session, workflow = make(analyze=mislabeled)
    analyzed: list[bool] = []
    workflow.analyzed.connect(lambda: analyzed.append(True))
    _models(workflow, qtbot)
    _open(workflow, head_folder, qtbot)
    with qtbot.waitSignal(workflow.analyzing_changed, check_params_cb=lambda busy: not busy, timeout=WAIT_MS):
        workflow.analyze()
    assert session.result is None
    assert analyzed == []


def test_a_run_can_be_stopped(make: Make, qtbot: QtBot, head_folder: Path, with_model: Package, tasks: Tasks) -> None:
    gate = Gate()
    session, workflow = make(analyze=gated_analysis(tasks, gate))
    _models(workflow, qtbot)
    _open(workflow, head_folder, qtbot)
    workflow.analyze()
    assert gate.reached.wait(30)
    with qtbot.waitSignal(workflow.note, timeout=WAIT_MS) as blocker:
        workflow.cancel()
        gate.open()
    assert blocker.args == ["The model was stopped; there is no result."]
    assert session.result is None


def test_a_head_without_brain_is_refused_with_the_reason(
    make: Make, qtbot: QtBot, plastic_folder: Path, with_model: Package
) -> None:
    session, workflow = make()
    _models(workflow, qtbot)
    _open(workflow, plastic_folder, qtbot)
    with qtbot.waitSignal(workflow.failed, timeout=WAIT_MS) as blocker:
        workflow.analyze()
    assert blocker.args is not None
    assert isinstance(blocker.args[0], NoBrainError)
    assert session.refusal == str(blocker.args[0])
    assert session.result is None


@pytest.mark.usefixtures("with_model")
def test_opening_another_folder_stops_the_run(
    make: Make, qtbot: QtBot, head_folder: Path, plastic_folder: Path, tasks: Tasks
) -> None:
    gate = Gate()
    session, workflow = make(analyze=gated_analysis(tasks, gate))
    _models(workflow, qtbot)
    _open(workflow, head_folder, qtbot)
    workflow.analyze()
    assert gate.reached.wait(30)
    workflow.open(plastic_folder)
    qtbot.waitUntil(
        lambda: session.series is not None and "PLASTIC" in session.series.patient.patient_id, timeout=WAIT_MS
    )
    gate.open()
    qtbot.waitUntil(lambda: workflow.is_idle, timeout=WAIT_MS)
    assert session.result is None


def test_loading_can_be_stopped_and_what_was_read_stays(
    make: Make, qtbot: QtBot, head_folder: Path, tasks: Tasks
) -> None:
    gate = Gate()

    def load(series: Series, *, first: int | None = None) -> Work[Volume]:
        work = tasks.load(series, first=first)
        try:
            for _ in range(3):
                yield next(work)
            gate.wait()
            return (yield from work)
        finally:
            work.close()

    session, workflow = make(load=load)
    workflow.open(head_folder)
    qtbot.waitUntil(lambda: session.loaded_count == 3, timeout=WAIT_MS)
    assert why_not(session) == "The series is still being read."
    workflow.cancel()
    gate.open()
    qtbot.waitUntil(lambda: bool(session.unread_reason), timeout=WAIT_MS)
    assert session.volume is None
    assert session.loaded_count == 3
    assert session.series is not None
    assert session.hu(session.series.middle) is not None
    assert session.hu(0) is None
    assert "stopped" in why_not(session)


def test_cancel_without_work_does_nothing(make: Make) -> None:
    _, workflow = make()
    workflow.cancel()
    assert workflow.is_idle


def test_a_folder_with_one_slice_opens_and_cannot_be_scored(
    make: Make, qtbot: QtBot, tmp_path: Path, with_model: Package
) -> None:
    write_phantom(tmp_path, slices=1)
    session, workflow = make()
    _models(workflow, qtbot)
    _open(workflow, tmp_path, qtbot)
    assert session.hu(0) is not None
    reason = why_not(session)
    assert reason.startswith("This series cannot be scored: ")
    with qtbot.waitSignal(workflow.note, timeout=WAIT_MS) as blocker:
        workflow.analyze()
    assert blocker.args == [reason]


def test_without_a_scan_or_a_model_the_reason_is_told(
    make: Make, qtbot: QtBot, head_folder: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("LEUKOVIEWER_RESOURCES", str(tmp_path))
    session, workflow = make()
    assert "Open a folder" in why_not(session)
    _models(workflow, qtbot)
    _open(workflow, head_folder, qtbot)
    assert "No model is installed" in why_not(session)


def test_a_damaged_model_is_told_and_not_chosen(
    make: Make, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("LEUKOVIEWER_RESOURCES", str(tmp_path))
    (tmp_path / "models" / "torn-1.0").mkdir(parents=True)
    (tmp_path / "models" / "torn-1.0" / "manifest.json").write_text("{")
    session, workflow = make()
    _models(workflow, qtbot)
    (model,) = session.models
    assert "torn-1.0" in model.problem
    assert session.model is None


def test_a_fault_of_the_program_is_told_as_a_sentence(make: Make, qtbot: QtBot, head_folder: Path) -> None:
    def broken(path: Path) -> Work[None]:
        yield Progress(0, 0)
        raise ZeroDivisionError

    _, workflow = make(discover=broken)
    with qtbot.waitSignal(workflow.failed, timeout=WAIT_MS) as blocker:
        workflow.open(head_folder)
    assert blocker.args is not None
    assert isinstance(blocker.args[0], LeukoError)
    assert "ZeroDivisionError" in str(blocker.args[0])


def test_everything_settles(make: Make, qtbot: QtBot, head_folder: Path) -> None:
    _, workflow = make()
    with qtbot.waitSignal(workflow.became_idle, timeout=WAIT_MS):
        workflow.warm_up()
    workflow.open(head_folder)
    assert not workflow.is_idle
    qtbot.waitUntil(lambda: workflow.is_idle, timeout=WAIT_MS)
