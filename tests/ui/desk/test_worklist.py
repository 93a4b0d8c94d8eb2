"""The worklist: many studies are scored in the background while one is read; kept, sorted, opened with the result."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QItemSelectionModel, QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from leukoviewer import app
from leukoviewer.core import worklist as kept
from leukoviewer.core.progress import Progress, Work
from leukoviewer.core.worklist import State
from leukoviewer.packages.archive import Package
from leukoviewer.ui.values import ModelChoice, Tasks
from leukoviewer.ui.viewer import Viewer
from leukoviewer.ui.worklist import Worklist
from leukoviewer.ui.worklist_rows import row_of
from tests.phantom import write_phantom, write_scout
from tests.ui.conftest import WAIT_MS, Gate, analyzed, begun, gated_analysis, opened

SMALL = {"slices": 5, "rows": 64, "columns": 64, "spacing_mm": (3.4, 3.4)}


@pytest.fixture(scope="session")
def ward(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two patients with heads, a plastic head, a scout alone."""
    ward = tmp_path_factory.mktemp("ward")
    for name, brain in (("anna", True), ("berta", True), ("plastic", False)):
        write_phantom(
            ward / name, **SMALL, brain=brain, patient_id=f"ID-{name}", patient_name=f"Doe^{name}", study=name,
        )  # fmt: skip
    write_scout(ward / "scout", patient_id="ID-scout", study="scout")
    (ward / "empty").mkdir()
    return ward


def ended(viewer: Viewer, qtbot: QtBot) -> dict[str, kept.Entry]:
    """The rows by the name of their folder, once nothing runs or waits."""
    worklist = viewer.desk.worklist

    def is_over() -> bool:
        return worklist.is_idle and State.WAITING not in {entry.state for entry in worklist.entries}

    qtbot.waitUntil(is_over, timeout=WAIT_MS)
    return {entry.path.name: entry for entry in worklist.entries}


def table(worklist: Worklist) -> list[list[str]]:
    """What the table shows, from its top."""
    model = worklist.window.view.model()
    columns = range(model.columnCount())
    return [[str(model.index(row, column).data()) for column in columns] for row in range(model.rowCount())]


def test_a_parent_folder_is_scored_study_by_study_with_reasons(viewer: Viewer, ward: Path, qtbot: QtBot) -> None:
    viewer.actions["model.worklist"].trigger()
    worklist = viewer.desk.worklist
    assert worklist.window.isVisible()
    assert "Add folders" in worklist.window.summary
    worklist.window.folders_asked.emit([ward, ward / "empty"])
    rows = ended(viewer, qtbot)
    states = {name: row.state for name, row in rows.items()}
    assert states == {
        "anna": State.DONE, "berta": State.DONE, "plastic": State.REFUSED, "scout": State.REFUSED,
        "empty": State.FAILED,
    }  # fmt: skip
    assert "brain" in rows["plastic"].reason
    assert "localizer" in rows["scout"].reason
    shown = {Path(row[0]).name: row for row in table(worklist)}
    finding = rows["anna"].finding
    assert finding is not None
    assert shown["anna"][1:4] == ["done", "positive" if finding.is_positive else "negative", f"{finding.highest:.2f}"]
    assert shown["plastic"][1] == "refused"
    assert "brain" in shown["plastic"][6]
    assert "5 studies: 2 done, 2 refused, 1 failed" in worklist.window.summary


def test_rows_sort_by_vote_and_score_with_unscored_ones_below(viewer: Viewer, ward: Path, qtbot: QtBot) -> None:
    viewer.actions["model.worklist"].trigger()
    worklist = viewer.desk.worklist
    worklist.add([ward / "plastic", ward / "anna", ward / "berta"])
    rows = ended(viewer, qtbot)
    for column, value in ((2, lambda f: (f.is_positive, f.positive)), (3, lambda f: f.highest)):
        worklist.window.sort_by(column, descending=True)
        names = [next(n for n, row in rows.items() if row.id == one) for one in worklist.window.order()]
        assert names[2] == "plastic"
        found = [rows[name].finding for name in names[:2]]
        assert [value(f) for f in found] == sorted((value(f) for f in found), reverse=True)


def test_enter_opens_a_row_with_its_result_and_nothing_runs_again(
    viewers: Callable[..., Viewer], with_model: Package, tasks: Tasks, ward: Path, qtbot: QtBot
) -> None:
    runs: list[str] = []

    def analyze(volume: object, package_id: str, device: str) -> object:
        runs.append(package_id)
        return tasks.analyze(volume, package_id, device)  # type: ignore[arg-type]

    viewer = begun(viewers(analyze=analyze), qtbot)
    viewer.actions["model.worklist"].trigger()
    window = viewer.desk.worklist.window
    window.folders_asked.emit([ward / "anna", ward / "berta"])
    rows = ended(viewer, qtbot)
    window.select(rows["berta"].id)
    window.view.setCurrentIndex(window.view.selectionModel().selectedRows()[0])
    qtbot.keyClick(window.view, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: viewer.session.volume is not None and viewer.workflow.is_idle, timeout=WAIT_MS)
    result, finding = viewer.session.result, rows["berta"].finding
    assert result is not None
    assert finding is not None
    assert viewer.workflow.path == ward / "berta"
    assert result.vote().positive == finding.positive
    assert max(score.score for score in result.scores) == pytest.approx(finding.highest)
    assert len(viewer.window.ribbon.rows) == 1
    assert runs == ["tiny-1.0"] * 2
    # The very result that a run by hand gives, heatmaps too.
    again = analyzed(viewer, qtbot)
    assert [score.logit for score in again.scores] == pytest.approx([score.logit for score in result.scores])
    assert again.maps.ravel() == pytest.approx(result.maps.ravel())


def test_a_double_click_opens_a_row_of_a_patient_who_shares_the_folder(
    viewer: Viewer, tmp_path: Path, qtbot: QtBot
) -> None:
    for name in ("one", "two"):
        files = write_phantom(tmp_path / "x" / name, **SMALL, patient_id=name, study=name).files
        for path in files:
            path.rename(tmp_path / f"{name}{path.name}")
    viewer.actions["model.worklist"].trigger()
    window = viewer.desk.worklist.window
    viewer.desk.worklist.add([tmp_path])
    qtbot.waitUntil(lambda: len(viewer.desk.worklist.entries) == 2, timeout=WAIT_MS)
    ended(viewer, qtbot)
    index = window.view.model().index(1, 0)
    box = window.view.visualRect(index)
    qtbot.mouseClick(window.view.viewport(), Qt.MouseButton.LeftButton, pos=box.center())
    qtbot.mouseDClick(window.view.viewport(), Qt.MouseButton.LeftButton, pos=box.center())
    qtbot.waitUntil(lambda: viewer.session.volume is not None and viewer.workflow.is_idle, timeout=WAIT_MS)
    assert viewer.session.result is not None


def test_the_list_and_its_results_survive_the_program_without_patients(
    viewers: Callable[..., Viewer], with_model: Package, ward: Path, qtbot: QtBot
) -> None:
    first = begun(viewers(), qtbot)
    first.desk.worklist.add([ward / "anna", ward / "plastic"])
    ended(first, qtbot)
    first.close()
    text = kept.file().read_text(encoding="utf-8")
    for secret in ("Doe", "ID-", "1.2.826"):
        assert secret not in text
        assert all(secret.encode() not in path.read_bytes() for path in kept.results_folder().iterdir())
    if os.name == "posix":
        files = [kept.file(), *kept.results_folder().iterdir()]
        assert all(path.stat().st_mode & 0o077 == 0 for path in files)
    second = begun(viewers(), qtbot)
    second.actions["model.worklist"].trigger()
    rows = ended(second, qtbot)
    assert {name: row.state for name, row in rows.items()} == {"anna": State.DONE, "plastic": State.REFUSED}
    second.desk.worklist.open(rows["anna"].id)
    qtbot.waitUntil(lambda: second.session.volume is not None and second.workflow.is_idle, timeout=WAIT_MS)
    assert second.session.result is not None
    second.desk.worklist.remove([row.id for row in rows.values()])
    assert list(kept.results_folder().iterdir()) == []
    assert json.loads(kept.file().read_text(encoding="utf-8"))["rows"] == []


def test_the_readers_own_run_goes_first_and_the_open_study_stays_usable(
    viewers: Callable[..., Viewer], with_model: Package, head_folder: Path, ward: Path, qtbot: QtBot
) -> None:
    gate = Gate()
    viewer = begun(viewers(analyze=gated_analysis(app._tasks(), gate)), qtbot)
    opened(viewer, head_folder, qtbot)
    viewer.actions["model.run"].trigger()
    qtbot.waitUntil(gate.reached.is_set, timeout=WAIT_MS)
    worklist = viewer.desk.worklist
    worklist.show()
    steps: list[str] = []
    worklist._search.progressed.connect(lambda _, step: steps.append(step.message))
    worklist.add([ward / "anna"])
    qtbot.waitUntil(lambda: len(steps) > 1, timeout=WAIT_MS)
    assert set(steps) == {"Waits for your own work"}
    assert worklist.entries == ()
    before = viewer.session.view
    viewer.reading.move(1)
    assert viewer.session.view != before
    gate.open()
    qtbot.waitUntil(lambda: viewer.session.result is not None, timeout=WAIT_MS)
    assert ended(viewer, qtbot)["anna"].state is State.DONE
    assert viewer.session.series is not None
    assert viewer.session.series.description.startswith("Head")


def test_rows_are_canceled_paused_retried_and_removed(
    viewers: Callable[..., Viewer], with_model: Package, tasks: Tasks, ward: Path, qtbot: QtBot
) -> None:
    gate = Gate()
    viewer = begun(viewers(analyze=gated_analysis(tasks, gate)), qtbot)
    viewer.actions["model.worklist"].trigger()
    worklist = viewer.desk.worklist
    window = worklist.window
    worklist.add([ward / "anna", ward / "berta"])
    qtbot.waitUntil(lambda: gate.reached.is_set() and len(worklist.entries) == 2, timeout=WAIT_MS)
    anna, berta = worklist.entries
    assert (anna.state, berta.state) == (State.RUNNING, State.WAITING)
    assert window.start.text() == "&Pause"
    qtbot.mouseClick(window.start, Qt.MouseButton.LeftButton)
    assert [entry.state for entry in worklist.entries] == [State.WAITING] * 2
    assert window.start.text() == "&Start"
    gate.open()
    window.select(anna.id)
    qtbot.mouseClick(window.cancel, Qt.MouseButton.LeftButton)
    assert [entry.state for entry in worklist.entries] == [State.STOPPED, State.WAITING]
    qtbot.mouseClick(window.start, Qt.MouseButton.LeftButton)
    assert {row.state for row in ended(viewer, qtbot).values()} == {State.STOPPED, State.DONE}
    qtbot.mouseClick(window.retry, Qt.MouseButton.LeftButton)
    assert {row.state for row in ended(viewer, qtbot).values()} == {State.DONE}
    window.view.setFocus()
    qtbot.keyClick(window.view, Qt.Key.Key_Delete)
    assert [entry.path.name for entry in worklist.entries] == ["berta"]


def test_a_folder_is_added_by_button_and_by_drop(
    viewer: Viewer, ward: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    viewer.actions["model.worklist"].trigger()
    window = viewer.desk.worklist.window
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(ward / "scout"))
    qtbot.mouseClick(window.add, Qt.MouseButton.LeftButton)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(ward / name)) for name in ("empty", "plastic")])
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    window.dropEvent(QDropEvent(QPointF(5, 5), Qt.DropAction.CopyAction, data, buttons, keys))
    qtbot.waitUntil(lambda: len(viewer.desk.worklist.entries) == 3, timeout=WAIT_MS)
    assert set(ended(viewer, qtbot)) == {"scout", "empty", "plastic"}
    # Once more is not twice.
    viewer.desk.worklist.add([ward / "scout", ward / "empty"])
    assert len(ended(viewer, qtbot)) == 3


def test_a_sealed_reader_sees_no_votes_in_the_list(viewer: Viewer, ward: Path, qtbot: QtBot) -> None:
    viewer.actions["model.worklist"].trigger()
    worklist = viewer.desk.worklist
    worklist.add([ward / "anna"])
    ended(viewer, qtbot)
    viewer.session.seal.set_on(on=True)
    assert table(worklist)[0][2:5] == ["sealed"] * 3
    viewer.session.seal.set_on(on=False)
    assert table(worklist)[0][2] in {"positive", "negative"}


def test_a_second_program_does_not_take_the_list(
    viewers: Callable[..., Viewer], with_model: Package, ward: Path, qtbot: QtBot
) -> None:
    first, second = begun(viewers(), qtbot), begun(viewers(), qtbot)
    first.desk.worklist.add([ward / "scout"])
    ended(first, qtbot)
    second.actions["model.worklist"].trigger()
    assert "another LeukoViewer" in second.window.message_bar.text
    second.desk.worklist.add([ward / "plastic"])
    ended(second, qtbot)
    second.close()
    assert [entry.path.name for entry in kept.load().entries] == ["scout"]


def test_a_damaged_list_is_kept_aside_and_told(viewer: Viewer) -> None:
    kept.file().parent.mkdir(parents=True, exist_ok=True)
    kept.file().write_text('{"schema": "leukoviewer.worklist/9"}', encoding="utf-8")
    viewer.actions["model.worklist"].trigger()
    assert "kept as worklist.unreadable-1.json" in viewer.window.message_bar.text
    assert kept.file().with_name("worklist.unreadable-1.json").is_file()
    assert viewer.desk.worklist.entries == ()


def test_a_row_whose_folder_is_gone_or_changed_says_so(viewer: Viewer, tmp_path: Path, qtbot: QtBot) -> None:
    files = write_phantom(tmp_path / "head", **SMALL).files
    worklist = viewer.desk.worklist
    worklist.show()
    worklist.add([tmp_path / "head"])
    (row,) = ended(viewer, qtbot).values()
    files[0].unlink()
    worklist.open(row.id)
    qtbot.waitUntil(lambda: "no longer in its folder as it was" in viewer.window.message_bar.text, timeout=WAIT_MS)
    assert viewer.session.result is None
    worklist.retry([row.id])
    assert ended(viewer, qtbot)["head"].state is State.REFUSED
    (tmp_path / "head").rename(tmp_path / "moved")
    qtbot.waitUntil(lambda: viewer.workflow.is_idle, timeout=WAIT_MS)
    worklist.open(row.id)
    assert "no longer there" in viewer.window.message_bar.text


def test_without_a_model_the_list_waits_and_says_why(viewers: Callable[..., Viewer], ward: Path, qtbot: QtBot) -> None:
    def none() -> Work[tuple[ModelChoice, ...]]:
        yield Progress(0, 0)
        return ()

    viewer = viewers(models=none)
    viewer.desk.worklist.show()
    viewer.desk.worklist.add([ward / "anna"])
    qtbot.waitUntil(lambda: len(viewer.desk.worklist.entries) == 1, timeout=WAIT_MS)
    assert viewer.window.message_bar.text == ""
    begun(viewer, qtbot)
    assert "No model is installed" in viewer.window.message_bar.text
    assert viewer.desk.worklist.entries[0].state is State.WAITING


def test_a_score_near_one_is_no_certainty_in_the_list() -> None:
    entry = kept.Entry("a", Path("/x/one"), "f", 28, State.DONE, "", kept.Finding("toy-1", "ab", 5, 28, 4, 0.998))
    assert row_of(entry).fields[3].text == "0.99"


def test_a_probability_says_for_whom_it_does_not_hold() -> None:
    finding = kept.Finding("toy-1", "ab", 5, 28, 4, 0.9, 0.999, fitted_on="validation patients", simulated=True)
    entry = kept.Entry("a", Path("/x/one"), "f", 28, State.DONE, "", finding)
    field = row_of(entry).fields[3]
    assert (field.text, field.sort) == ("above 99 % (simulated patients)", 0.999)
    assert "does not hold for real patients" in field.tip
    real = replace(finding, simulated=False, probability=0.4)
    assert row_of(replace(entry, finding=real)).fields[3].text == "40 %"
    without = replace(finding, probability=None)
    assert row_of(replace(entry, finding=without)).fields[3].text == "0.90"


def test_selection_stays_while_rows_come(viewer: Viewer, ward: Path, qtbot: QtBot) -> None:
    worklist = viewer.desk.worklist
    worklist.show()
    worklist.add([ward / "scout", ward / "empty"])
    rows = ended(viewer, qtbot)
    window = worklist.window
    window.view.selectAll()
    worklist.add([ward / "plastic"])
    ended(viewer, qtbot)
    assert set(window.selected()) == {rows["scout"].id, rows["empty"].id}
    window.view.selectionModel().select(window.view.model().index(0, 0), QItemSelectionModel.SelectionFlag.Clear)
    assert not window.open_study.isEnabled()
    assert window.view.accessibleName()
