"""Reports and DICOM results out of the real window."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QDialogButtonBox, QFileDialog
from pytestqt.qtbot import QtBot

from leukoviewer import atomic
from leukoviewer.core.measurements import Kind
from leukoviewer.display.report_content import PatientData
from leukoviewer.errors import CannotWriteError
from leukoviewer.ui.viewer import Viewer
from leukoviewer.ui.widgets.report_dialog import ReportWish
from tests.phantom import write_phantom
from tests.ui.conftest import WAIT_MS, analyzed


def test_without_a_result_a_sentence_says_what_to_do(reading: Viewer) -> None:
    for name in ("file.report", "file.dicom_results"):
        reading.window.message_bar.clear()
        reading.actions[name].trigger()
        assert "run the model first" in reading.window.message_bar.text
    assert reading.exporting.dialog is None


def test_a_report_is_asked_for_by_the_menu_and_saved_as_wished(
    reading: Viewer, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    result = analyzed(reading, qtbot)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "case.pdf"), ""))
    reading.actions["file.report"].trigger()
    dialog = reading.exporting.dialog
    assert dialog is not None
    save = dialog.buttons.button(QDialogButtonBox.StandardButton.Save)
    dialog.kinds["pdf"].setChecked(False)
    assert not save.isEnabled()
    for box in dialog.kinds.values():
        box.setChecked(True)
    dialog.patient.setCurrentIndex(dialog.patient.findData(PatientData.FULL))
    dialog.count.setValue(2)
    lowest = int(result.by_native().argmin())
    reading.session.key_images.toggle(result.series_key, lowest)
    with qtbot.waitSignal(reading.exporting.saved, timeout=WAIT_MS):
        save.click()
    assert {path.name for path in tmp_path.iterdir()} == {"case.pdf", "case.html", "case.json"}
    record = json.loads((tmp_path / "case.json").read_text(encoding="utf-8"))
    assert record["patient"]["Patient ID"] == reading.session.series.patient.patient_id  # type: ignore[union-attr]
    assert {one["index"]: one["reason"] for one in record["key_slices"]}[lowest] == "marked by the reader"
    assert len(record["key_slices"]) == 3
    assert record["result"]["package"]["id"] == result.package.id
    assert "case.pdf" in reading.window.message_bar.text


def test_a_report_shows_what_was_measured_on_its_slices_beside_the_heatmap_and_where_wished(
    reading: Viewer, qtbot: QtBot, tmp_path: Path
) -> None:
    result = analyzed(reading, qtbot)
    best = int(result.by_native().argmax())
    pictures = {}
    for name, wish in (("none", ReportWish(("html",), key_slices=1)),
                       ("drawn", ReportWish(("html",), key_slices=1)),
                       ("left_out", ReportWish(("html",), key_slices=1, measurements=False))):  # fmt: skip
        if name == "drawn":
            reading.reading.go_to(best)
            reading.measuring._on_drawn(Kind.LENGTH, ((20.0, 20.0), (50.0, 60.0)))
        with qtbot.waitSignal(reading.exporting.saved, timeout=WAIT_MS):
            reading.exporting.save_report(tmp_path / name, wish)
        page = (tmp_path / f"{name}.html").read_text(encoding="utf-8")
        pictures[name] = re.findall(r'src="data:image/png;base64,([^"]+)"', page)
    changed = [one != other for one, other in zip(pictures["none"], pictures["drawn"], strict=True)]
    # The chart, the slice, the slice with its heatmap.
    assert changed == [False, True, False]
    assert pictures["left_out"][1] == pictures["none"][1]


def test_dicom_results_come_into_a_folder_of_their_own(reading: Viewer, qtbot: QtBot, tmp_path: Path) -> None:
    result = analyzed(reading, qtbot)
    with qtbot.waitSignal(reading.exporting.saved, timeout=WAIT_MS):
        reading.exporting.save_results(tmp_path)
    (folder,) = tmp_path.iterdir()
    names = {path.name for path in folder.iterdir()}
    assert {"structured_report.dcm", "parametric_map.dcm"} < names
    assert len(names) == 2 + sum(len(item.native) for item in result.scores)


@pytest.mark.parametrize("what", ["report", "results"])
def test_a_full_disk_leaves_the_old_files_and_is_told(
    reading: Viewer, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    analyzed(reading, qtbot)
    (tmp_path / "case.json").write_text("old", encoding="utf-8")

    def full(path: Path, *_: object, **__: object) -> None:
        raise CannotWriteError(f"{path.name} cannot be written (No space left on device); choose another place.")

    monkeypatch.setattr(atomic, "write_bytes", full)
    actions: dict[str, Callable[[], None]] = {
        "report": lambda: reading.exporting.save_report(tmp_path / "case", ReportWish(("json",))),
        "results": lambda: reading.exporting.save_results(tmp_path),
    }
    with qtbot.waitSignal(reading.exporting.failed, timeout=WAIT_MS):
        actions[what]()
    assert "No space left" in reading.window.message_bar.text
    assert [path.name for path in tmp_path.iterdir()] == ["case.json"]
    assert (tmp_path / "case.json").read_text(encoding="utf-8") == "old"


def test_a_report_never_replaces_a_file_that_nobody_was_asked_about(
    reading: Viewer, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    analyzed(reading, qtbot)
    (tmp_path / "report.html").write_text("of another patient", encoding="utf-8")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "report"), ""))
    reading.actions["file.report"].trigger()
    reading.exporting._choose_file(ReportWish(("json", "html")))
    assert reading.window.message_bar.text == "report.html is there already; choose another name."
    assert not reading.exporting.is_busy
    assert [path.name for path in tmp_path.iterdir()] == ["report.html"]


def test_what_was_asked_for_is_not_saved_of_another_series(
    reading: Viewer, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    analyzed(reading, qtbot)
    reading.actions["file.report"].trigger()
    reading.actions["file.export"].trigger()
    report, export = reading.exporting.dialog, reading.sharing.dialog
    assert report is not None
    assert export is not None
    wish = export.wish
    write_phantom(tmp_path / "other", slices=10, patient_id="X-9", series="9", study="9")
    with qtbot.waitSignal(reading.workflow.loaded, timeout=WAIT_MS):
        reading.opening.open(tmp_path / "other")
    assert reading.sharing.dialog is None
    assert "Another series is shown now, so nothing was saved" in reading.window.message_bar.text
    for name in ("getSaveFileName", "getExistingDirectory"):
        monkeypatch.setattr(QFileDialog, name, lambda *_: (str(tmp_path / "picture"), ""))
    reading.sharing._choose_place(wish)
    reading.exporting._choose_file(ReportWish(("json",)))
    assert not reading.sharing.is_busy
    assert not reading.exporting.is_busy
    assert [path.name for path in tmp_path.iterdir()] == ["other"]


def test_a_second_wish_does_not_end_the_first_without_a_word(reading: Viewer, qtbot: QtBot, tmp_path: Path) -> None:
    analyzed(reading, qtbot)
    with qtbot.waitSignal(reading.exporting.saved, timeout=WAIT_MS):
        reading.exporting.save_report(tmp_path / "first", ReportWish(("json",)))
        reading.exporting.save_report(tmp_path / "second", ReportWish(("json",)))
        assert "Something is still being saved" in reading.window.message_bar.text
    assert [path.name for path in tmp_path.iterdir()] == ["first.json"]
