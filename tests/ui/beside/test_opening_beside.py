"""A second study beside the first one, through the real window: linked, told apart, never mixed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from leukoviewer.core.measurements import Kind as MeasurementKind
from leukoviewer.core.progress import Work
from leukoviewer.core.series import Catalog, Series
from leukoviewer.core.volume import Volume
from leukoviewer.display.compose import compose_packed
from leukoviewer.ui.layouts import Layout
from leukoviewer.ui.pane import Pane
from leukoviewer.ui.values import ModelChoice, Tasks
from leukoviewer.ui.viewer import Viewer
from leukoviewer.ui.widgets.slice_view import SliceView
from leukoviewer.ui.widgets.study_banner import Banner
from tests.display import scene
from tests.phantom import write_phantom
from tests.ui.conftest import WAIT_MS, Gate, gated_loading, opened

WHO = {"patient_id": "P-1", "patient_name": "Doe^Jane", "rows": 64, "columns": 56}
CONTROL = Qt.KeyboardModifier.ControlModifier


def dated(date: str) -> Callable[[Any, int], None]:
    def edit(data: Any, _index: int) -> None:
        data.StudyDate = date

    return edit


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A study, an older one of the patient, one of another patient, one without dates and ID, one of two others."""
    base = tmp_path_factory.mktemp("studies")
    older = {"study": "prior", "series": "old", "top_mm": 55.0, "step_mm": 2.5, "thickness_mm": 2.5}
    write_phantom(base / "now", slices=10, edit=dated("20240131"), **WHO)
    write_phantom(base / "prior", slices=21, edit=dated("20210302"), **{**WHO, **older})
    other = {**WHO, "patient_id": "X-9", "patient_name": "Roe^Rick"}
    write_phantom(base / "other", slices=8, edit=dated("20231231"), study="theirs", series="theirs", **other)
    write_phantom(base / "bare", slices=6, edit=dated(""), study="bare", series="bare", **{**WHO, "patient_id": ""})
    for number in (1, 2):
        who = {**WHO, "patient_id": f"Y-{number}", "patient_name": f"Poe^{number}"}
        write_phantom(base / "two" / str(number), slices=4, study=f"s{number}", series=f"s{number}", **who)
    return {path.name: path for path in base.iterdir()}


@pytest.fixture
def viewer(viewers: Callable[..., Viewer], folders: dict[str, Path], qtbot: QtBot) -> Viewer:
    return opened(viewers(), folders["now"], qtbot)


def beside(viewer: Viewer, folder: Path, qtbot: QtBot) -> Pane:
    """The pane with the second study, once it is read."""
    with qtbot.waitSignal(viewer.opening_beside.opened, timeout=WAIT_MS):
        viewer.opening_beside.open(folder)
    (pane,) = viewer.layouts.panes
    qtbot.waitUntil(lambda: pane.session.volume is not None and viewer.workflow.is_idle, timeout=WAIT_MS)
    return pane


def said(view: SliceView) -> Banner:
    return view._overlay.banner


def index(viewer: Viewer | Pane) -> int:
    assert viewer.session.view is not None
    return viewer.session.view.slice_index


def test_a_prior_study_stands_beside_and_each_view_says_which_it_is(
    viewer: Viewer, folders: dict[str, Path], qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    main = viewer.window.slice_view
    before = viewer.session.volume
    assert said(main).title == ""
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(folders["prior"]))
    with qtbot.waitSignal(viewer.opening_beside.opened, timeout=WAIT_MS):
        QTest.keyClick(viewer.window, Qt.Key.Key_B, CONTROL)
    (pane,) = viewer.layouts.panes
    qtbot.waitUntil(lambda: pane.session.volume is not None and viewer.workflow.is_idle, timeout=WAIT_MS)
    assert viewer.session.volume is before
    assert viewer.layouts.layout is Layout.TWO
    assert said(main).title == "Opened first: 2024-01-31, 2 years 11 months later"
    assert said(pane.view).title == "Opened beside: 2021-03-02, 2 years 11 months earlier"
    assert said(main).warning == said(pane.view).warning == ""
    assert pane.view.remark == "Linked by slice fraction: no common frame of reference"
    keys = viewer.window.series_list.keys
    assert len(keys) == 2
    assert all(viewer.session.thumbnail(key) is not None for key in keys)
    assert all(pane.session.catalog.find(key) is not None for key in keys)  # type: ignore[union-attr]


def test_two_views_show_the_other_study_again_after_another_layout(
    viewer: Viewer, folders: dict[str, Path], qtbot: QtBot
) -> None:
    beside(viewer, folders["prior"], qtbot)
    QTest.keyClick(viewer.window, Qt.Key.Key_W)
    (pane,) = viewer.layouts.panes
    assert said(pane.view).title == said(viewer.window.slice_view).title.split(",")[0] == "Opened first: 2024-01-31"
    QTest.keyClick(viewer.window, Qt.Key.Key_F6)
    (pane,) = viewer.layouts.panes
    assert said(pane.view).title.startswith("Opened beside: 2021-03-02")
    assert pane.view.accessibleDescription().startswith("Opened beside: 2021-03-02")


def test_closing_it_goes_back_also_out_of_the_second_study(
    viewer: Viewer, folders: dict[str, Path], qtbot: QtBot
) -> None:
    first = viewer.session.series
    beside(viewer, folders["prior"], qtbot)
    QTest.keyClick(viewer.window, Qt.Key.Key_F4)
    assert viewer.session.series is not first
    assert said(viewer.window.slice_view).title.startswith("Opened beside")
    QTest.keyClick(viewer.window, Qt.Key.Key_B, CONTROL | Qt.KeyboardModifier.ShiftModifier)
    assert viewer.session.series is first
    assert viewer.session.volume is not None
    assert viewer.layouts.panes == ()
    assert len(viewer.window.series_list.keys) == 1
    assert said(viewer.window.slice_view).title == ""
    viewer.actions["file.close_beside"].trigger()
    assert "no study beside" in viewer.window.message_bar.text


def test_slices_are_linked_from_where_the_reader_set_them_until_linking_ends(
    viewer: Viewer, folders: dict[str, Path], qtbot: QtBot
) -> None:
    pane = beside(viewer, folders["prior"], qtbot)
    link = viewer.actions["layout.link"]
    link.trigger()
    viewer.reading.go_to(2)
    assert pane.session.view is not None
    pane.set_state(pane.session.view.with_slice(7))
    QTest.keyClick(viewer.window, Qt.Key.Key_F3, Qt.KeyboardModifier.ShiftModifier)
    assert link.isChecked()
    assert pane.view.remark == "Linked from where you set it"
    viewer.reading.move(3)
    # Three slices of 5 mm are six of 2.5 mm.
    assert (index(viewer), index(pane)) == (5, 13)
    QTest.keyClick(viewer.window, Qt.Key.Key_F4)
    viewer.reading.move(-4)
    assert (index(viewer), index(viewer.layouts.panes[0])) == (9, 3)
    link.trigger()
    link.trigger()
    assert viewer.layouts.panes[0].view.remark.startswith("Linked by slice fraction")


def test_another_patient_is_called_that_in_both_views_and_not_linked(
    viewer: Viewer, folders: dict[str, Path], qtbot: QtBot
) -> None:
    pane = beside(viewer, folders["other"], qtbot)
    for view in (viewer.window.slice_view, pane.view):
        assert said(view).warning == "ANOTHER PATIENT: differs in name, ID"
    assert pane.view.remark == "Not linked: another patient"
    before = index(pane)
    viewer.reading.move(3)
    viewer.actions["layout.link_here"].trigger()
    viewer.reading.move(-2)
    assert index(pane) == before


def test_missing_dates_and_ids_are_told_and_not_guessed(viewer: Viewer, folders: dict[str, Path], qtbot: QtBot) -> None:
    pane = beside(viewer, folders["bare"], qtbot)
    assert said(pane.view).title == "Opened beside: no date"
    assert said(pane.view).warning.startswith("Patient not confirmed")


def test_the_same_study_twice_is_told_and_changes_nothing(
    viewer: Viewer, folders: dict[str, Path], qtbot: QtBot
) -> None:
    catalog = viewer.session.catalog
    viewer.opening_beside.open(folders["now"])
    qtbot.waitUntil(lambda: viewer.workflow.is_idle, timeout=WAIT_MS)
    assert "open already" in viewer.window.message_bar.text
    assert viewer.session.catalog is catalog
    assert viewer.layouts.panes == ()
    pane = beside(viewer, folders["prior"], qtbot)
    viewer.opening_beside.open(folders["now"])
    qtbot.waitUntil(lambda: viewer.workflow.is_idle, timeout=WAIT_MS)
    assert "open already" in viewer.window.message_bar.text
    assert viewer.layouts.panes == (pane,)
    assert viewer.session.beside.is_open


def test_of_several_other_patients_the_reader_chooses(viewer: Viewer, folders: dict[str, Path], qtbot: QtBot) -> None:
    with qtbot.waitSignal(viewer.opening_beside.opened, timeout=WAIT_MS):
        viewer.opening_beside.open(folders["two"])
    assert "several other patients" in viewer.window.message_bar.text
    assert viewer.layouts.panes == ()
    assert len(viewer.window.series_list.keys) == 3


def test_a_result_belongs_to_its_series_and_never_shows_over_the_other_study(
    viewer: Viewer, folders: dict[str, Path], qtbot: QtBot
) -> None:
    volume = viewer.session.volume
    assert volume is not None
    made = scene.analysis(volume)
    viewer.session.set_models((ModelChoice(made.package.id, made.package),), "")
    viewer.session.add_result(made)
    viewer.measuring._on_drawn(MeasurementKind.LENGTH, ((10.0, 10.0), (40.0, 40.0)))
    pane = beside(viewer, folders["prior"], qtbot)
    assert len(viewer.window.slice_view.layer.marks) == 1
    assert pane.view.layer.marks == ()
    other, state = pane.session.volume, pane.session.view
    assert other is not None
    assert state is not None
    assert pane.session.explanation is None
    np.testing.assert_array_equal(pane.view._pixels, compose_packed(other.hu[state.slice_index], state.window))  # type: ignore[arg-type]
    QTest.keyClick(viewer.window, Qt.Key.Key_F4)
    assert viewer.session.result is None
    assert viewer.layouts.panes[0].session.explanation is made


def test_a_copy_with_the_same_identifiers_of_another_patient_is_never_taken_for_the_first(
    viewer: Viewer, qtbot: QtBot, tmp_path: Path
) -> None:
    volume = viewer.session.volume
    assert volume is not None
    made = scene.analysis(volume)
    viewer.session.set_models((ModelChoice(made.package.id, made.package),), "")
    viewer.session.add_result(made)

    def stolen(data: Any, _index: int) -> None:
        data.SeriesInstanceUID, data.StudyInstanceUID = volume.series.series_uid, volume.series.study_uid

    write_phantom(tmp_path, slices=10, brain=False, edit=stolen, **{**WHO, "patient_id": "Z-5"})
    pane = beside(viewer, tmp_path, qtbot)
    assert pane.session.series is not None
    assert pane.session.series.series_uid == volume.series.series_uid
    assert pane.session.explanation is None
    assert said(pane.view).warning == "ANOTHER PATIENT: differs in ID"


def test_in_one_frame_of_reference_two_studies_are_linked_by_position(
    viewer: Viewer, folders: dict[str, Path], qtbot: QtBot, tmp_path: Path
) -> None:
    series = viewer.session.series
    assert series is not None

    def same_frame(data: Any, _index: int) -> None:
        data.StudyDate, data.FrameOfReferenceUID = "20240201", series.frame_of_reference_uid

    write_phantom(tmp_path, slices=10, study="later", series="later", edit=same_frame, **WHO)
    pane = beside(viewer, tmp_path, qtbot)
    assert said(pane.view).title == "Opened beside: 2024-02-01, 1 day later"
    assert pane.view.remark == "Linked by position"
    viewer.reading.go_to(7)
    assert index(pane) == 7


def test_another_one_takes_the_place_of_the_second(viewer: Viewer, folders: dict[str, Path], qtbot: QtBot) -> None:
    beside(viewer, folders["prior"], qtbot)
    QTest.keyClick(viewer.window, Qt.Key.Key_F4)
    pane = beside(viewer, folders["other"], qtbot)
    assert viewer.session.series is not None
    assert viewer.session.series.study_date == "20240131"
    assert pane.session.series is not None
    assert pane.session.series.study_date == "20231231"
    assert len(viewer.window.series_list.keys) == 2


@pytest.fixture
def searching(
    viewers: Callable[..., Viewer], folders: dict[str, Path], gate: Gate, qtbot: QtBot, tasks: Tasks
) -> Viewer:
    """A viewer whose search for the prior study stands before the gate."""

    def discover(path: Path) -> Work[Catalog]:
        if path == folders["prior"]:
            gate.wait()
        return (yield from tasks.discover(path))

    viewer = opened(viewers(discover=discover), folders["now"], qtbot)
    viewer.opening_beside.open(folders["prior"])
    qtbot.waitUntil(gate.reached.is_set, timeout=WAIT_MS)
    return viewer


def test_another_first_folder_while_the_second_is_searched_wins(
    searching: Viewer, folders: dict[str, Path], gate: Gate, qtbot: QtBot
) -> None:
    viewer = searching
    viewer.opening.open(folders["other"])
    qtbot.waitUntil(
        lambda: viewer.session.series is not None and viewer.session.series.study_date == "20231231", timeout=WAIT_MS
    )
    gate.open()
    qtbot.waitUntil(lambda: viewer.workflow.is_idle and viewer.session.volume is not None, timeout=WAIT_MS)
    assert not viewer.session.beside.is_open
    assert viewer.layouts.panes == ()


def test_the_views_may_be_exchanged_while_the_second_is_still_read(
    viewers: Callable[..., Viewer], folders: dict[str, Path], qtbot: QtBot, tasks: Tasks
) -> None:
    gate = Gate()
    gated = gated_loading(tasks, gate)

    def load(series: Series, *, first: int | None = None) -> Work[Volume]:
        return (gated if len(series.slices) == 21 else tasks.load)(series, first=first)

    viewer = viewers(load=load)
    opened(viewer, folders["now"], qtbot)
    viewer.opening_beside.open(folders["prior"])
    qtbot.waitUntil(gate.reached.is_set, timeout=WAIT_MS)
    QTest.keyClick(viewer.window, Qt.Key.Key_F4)
    gate.open()
    qtbot.waitUntil(lambda: viewer.session.volume is not None and viewer.workflow.is_idle, timeout=WAIT_MS)
    assert viewer.session.volume is not None
    assert len(viewer.session.volume) == 21
    assert viewer.layouts.panes[0].session.volume is not None
    assert len(viewer.layouts.panes[0].session.volume) == 10


def test_esc_stops_the_search_and_what_is_not_readable_is_told(
    searching: Viewer, gate: Gate, qtbot: QtBot, tmp_path: Path
) -> None:
    viewer = searching
    QTest.keyClick(viewer.window, Qt.Key.Key_Escape)
    gate.open()
    qtbot.waitUntil(lambda: not viewer.opening_beside.is_searching, timeout=WAIT_MS)
    assert not viewer.session.beside.is_open
    (tmp_path / "note.txt").write_text("no DICOM", encoding="utf-8")
    with qtbot.waitSignal(viewer.opening_beside.failed, timeout=WAIT_MS):
        viewer.opening_beside.open(tmp_path)
    assert viewer.window.message_bar.text
    assert viewer.session.volume is not None


def test_without_a_first_study_the_menu_says_so(viewers: Callable[..., Viewer]) -> None:
    viewer = viewers()
    viewer.actions["file.open_beside"].trigger()
    assert "Open a folder" in viewer.window.message_bar.text


def test_what_is_kept_of_a_session_names_the_folders_of_both_studies(
    viewer: Viewer, folders: dict[str, Path], qtbot: QtBot
) -> None:
    first, beside_ = viewer.session.series, viewer.session.beside
    beside(viewer, folders["prior"], qtbot)
    assert first is not None
    assert beside_.folder_of(first.key, viewer.workflow.path) == folders["now"]
    QTest.keyClick(viewer.window, Qt.Key.Key_F4)
    assert viewer.session.series is not None
    assert beside_.folder_of(viewer.session.series.key, viewer.workflow.path) == folders["prior"]
    kept = viewer.desk.recovery._state()
    assert kept is not None
    assert (kept.path, kept.beside) == (str(folders["now"].absolute()), str(folders["prior"].absolute()))
    assert viewer.reader.judging._folder() == folders["prior"]
