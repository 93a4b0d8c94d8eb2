"""After a crash what was open is offered again; a clean end leaves nothing, and nobody takes another's session."""

from __future__ import annotations

import itertools
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from leukoviewer.core import saved_session
from leukoviewer.core.measurements import Kind
from leukoviewer.core.window import PRESETS
from leukoviewer.packages.archive import Package
from leukoviewer.settings import NOTICE_VERSION, Settings
from leukoviewer.ui.layouts import Layout
from leukoviewer.ui.recovery import Recovery
from leukoviewer.ui.values import Cutoffs
from leukoviewer.ui.viewer import Viewer
from tests.phantom import write_phantom
from tests.ui.conftest import WAIT_MS, analyzed, begun, opened

# Opens a folder, scrolls, waits until that is written, and dies without a word.
CRASHING = """
import os, sys
from pathlib import Path
from PySide6.QtCore import QEventLoop, QTimer
from leukoviewer import app
from leukoviewer.core import saved_session
from leukoviewer.settings import NOTICE_VERSION, Settings
from leukoviewer.ui.settings_store import SettingsStore
from leukoviewer.ui.viewer import Viewer
application = app._application()
viewer = Viewer(app._tasks(), SettingsStore(Settings(notice_accepted=NOTICE_VERSION)))
viewer.begin(Path(sys.argv[1]))
def look():
    session = viewer.session
    if session.volume is not None:
        session.set_view(session.view.with_slice(3))
    place = viewer.desk.recovery.place
    try:
        if saved_session.load(place).slice_index == 3:
            os._exit(9)
    except (ValueError, AttributeError):
        pass
beat = QTimer()
beat.timeout.connect(look)
beat.start(50)
QTimer.singleShot(60000, lambda: os._exit(1))
application.exec()
"""


def written(viewer: Viewer, qtbot: QtBot) -> Path:
    """The folder of the viewer's session, once everything until now is written."""
    recovery = viewer.desk.recovery
    qtbot.waitUntil(lambda: not recovery._timer.isActive() and not recovery._lane.is_busy, timeout=WAIT_MS)
    recovery._write()
    qtbot.waitUntil(lambda: not recovery._lane.is_busy, timeout=WAIT_MS)
    return recovery.place


def lose(viewer: Viewer, monkeypatch: pytest.MonkeyPatch) -> None:
    """End it as a crash does: its threads are gone and its files stay, the lock's owner being dead."""
    with monkeypatch.context() as patch:
        patch.setattr(saved_session, "remove", lambda _place: None)
        viewer.close()


def offered(viewers: Callable[..., Viewer], qtbot: QtBot) -> Viewer:
    """A new window that looks for lost sessions."""
    viewer = begun(viewers(), qtbot)
    viewer.desk.begin()
    return viewer


def bar_of(viewer: Viewer) -> Recovery:
    return viewer.desk.recovery


def test_a_killed_program_is_offered_and_restored_to_the_slice(
    viewers: Callable[..., Viewer], with_model: Package, head_folder: Path, repository: Path, qtbot: QtBot
) -> None:
    run = subprocess.run(
        [sys.executable, "-c", CRASHING, str(head_folder)], cwd=repository, check=False, timeout=100,
        env={**os.environ, "PYTHONPATH": str(repository)}, capture_output=True,
    )  # fmt: skip
    assert run.returncode == 9, run.stderr.decode()[-2000:]
    (place,) = saved_session.places()
    if os.name == "posix":
        assert all(path.stat().st_mode & 0o077 == 0 for path in (place, *place.iterdir()))
    viewer = offered(viewers, qtbot)
    bar = bar_of(viewer).bar
    assert bar.isVisible()
    assert "(slice 4)" in bar.text
    assert head_folder.name not in bar.text
    qtbot.mouseClick(bar.restore, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: viewer.session.volume is not None and viewer.workflow.is_idle, timeout=WAIT_MS)
    assert viewer.session.view is not None
    assert viewer.session.view.slice_index == 3
    assert not bar.isVisible()
    assert place not in saved_session.places()


def test_series_window_layout_results_limits_and_measurements_come_back(
    viewers: Callable[..., Viewer], with_model: Package, head_folder: Path, qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    first = opened(begun(viewers(), qtbot), head_folder, qtbot)
    other = next(one.key for one in first.session.catalog.series if len(one.slices) == 14)  # type: ignore[union-attr]
    first.workflow.show_series(other)
    qtbot.waitUntil(lambda: first.session.volume is not None and first.workflow.is_idle, timeout=WAIT_MS)
    result = analyzed(first, qtbot)
    first.session.set_cutoffs(Cutoffs(0.25, 2))
    view = first.session.view
    assert view is not None
    first.session.set_view(view.with_slice(9).with_window(PRESETS[3]).with_inverted(inverted=True))
    first.measuring._on_drawn(Kind.LENGTH, ((2.0, 2.0), (20.0, 30.0)))
    first.actions["layout.windows"].trigger()
    place = written(first, qtbot)
    text = b"".join(path.read_bytes() for path in place.iterdir())
    for secret in (b"Phantom", b"1.2.826"):
        assert secret not in text
    lose(first, monkeypatch)
    runs: list[object] = []
    second = begun(viewers(analyze=lambda *given: runs.append(given)), qtbot)
    second.desk.begin()
    bar_of(second).restore()
    qtbot.waitUntil(lambda: second.session.volume is not None and second.workflow.is_idle, timeout=WAIT_MS)
    session = second.session
    assert session.series is not None
    assert len(session.series.slices) == 14
    assert session.view is not None
    assert (session.view.slice_index, session.view.window, session.view.inverted) == (9, PRESETS[3], True)
    assert session.result is not None
    assert [one.logit for one in session.result.scores] == [one.logit for one in result.scores]
    assert session.cutoffs == Cutoffs(0.25, 2)
    assert len(session.measurements.shown) == 1
    assert second.layouts.layout is Layout.WINDOWS
    assert runs == []


def _beside(viewer: Viewer, folder: Path, qtbot: QtBot) -> None:
    with qtbot.waitSignal(viewer.opening_beside.opened, timeout=WAIT_MS):
        viewer.opening_beside.open(folder)
    _settled(viewer, qtbot)


def _settled(viewer: Viewer, qtbot: QtBot) -> None:
    def is_read() -> bool:
        panes = viewer.layouts.panes
        return viewer.workflow.is_idle and all(pane.session.volume is not None for pane in panes)

    qtbot.waitUntil(is_read, timeout=WAIT_MS)


def _standing(viewer: Viewer) -> dict[str, object]:
    """Every view: which study, slice, window; which is the active one and how they scroll."""
    sessions = {pane.view: pane.session for pane in viewer.layouts.panes} | {viewer.window.slice_view: viewer.session}
    views = []
    for cell in viewer.layouts.cells:
        series, view = sessions[cell].series, sessions[cell].view
        assert series is not None
        assert view is not None
        window = view.window.center, view.window.width
        views.append((series.series_uid, view.slice_index, window, view.inverted))
    layouts = viewer.layouts
    how = {
        "layout": layouts.layout,
        "place": layouts.place,
        "linked": layouts.is_linked,
        "here": layouts.is_linked_here,
    }
    return {"views": views, **how}


@pytest.mark.usefixtures("with_model")
@pytest.mark.parametrize("case", list(itertools.product(("on", "off", "here"), ("first", "beside"))), ids=" ".join)
def test_a_study_that_stood_beside_comes_back_with_layout_slices_and_windows(
    viewers: Callable[..., Viewer], tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, case: tuple[str, str]
) -> None:
    link, active = case
    who = {"patient_id": "P-1", "patient_name": "Doe^Jane", "rows": 48, "columns": 40}
    write_phantom(tmp_path / "now", slices=8, **who)
    write_phantom(tmp_path / "prior", slices=8, study="prior", series="prior", **who)
    first = opened(begun(viewers(), qtbot), tmp_path / "now", qtbot)
    _beside(first, tmp_path / "prior", qtbot)
    (pane,) = first.layouts.panes
    scored = analyzed(first, qtbot)
    if active == "beside":
        first.layouts.activate(pane)
    view, other = first.session.view, pane.session.view
    assert view is not None
    assert other is not None
    first.layouts.set_linked(False)
    first.session.set_view(view.with_slice(2).with_window(PRESETS[3]))
    pane.set_state(other.with_slice(5).with_window(PRESETS[1]).with_inverted(inverted=True))
    if link == "here":
        first.layouts.link_here()
    elif link == "on":
        first.layouts.set_linked(True)
    standing = _standing(first)
    assert standing["place"] == (active == "beside")
    place = written(first, qtbot)
    lose(first, monkeypatch)
    second = offered(viewers, qtbot)
    with qtbot.waitSignal(second.opening_beside.opened, timeout=WAIT_MS):
        bar_of(second).restore()
    qtbot.waitUntil(lambda: not bar_of(second).bar.isVisible(), timeout=WAIT_MS)
    _settled(second, qtbot)
    assert _standing(second) == standing
    assert second.session.beside.folder == tmp_path / "prior"
    keys = {one.series_uid: one.key for one in second.session.catalog.series}  # type: ignore[union-attr]
    (result,) = second.session.results_of_series(keys[scored.series_uid])
    assert [one.logit for one in result.scores] == [one.logit for one in scored.scores]
    assert place not in saved_session.places()


def test_where_the_study_beside_is_gone_the_session_stays_offered(
    viewers: Callable[..., Viewer], with_model: Package, head_folder: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    saved = saved_session.SavedSession(str(head_folder), "f" * 32, beside=str(tmp_path / "gone"))
    saved_session.save(saved_session.folder() / "lost", saved)
    viewer = offered(viewers, qtbot)
    bar_of(viewer).restore()
    qtbot.waitUntil(lambda: viewer.session.volume is not None and viewer.workflow.is_idle, timeout=WAIT_MS)
    qtbot.waitUntil(lambda: viewer.window.message_bar.text != "", timeout=WAIT_MS)
    assert bar_of(viewer).bar.isVisible()
    assert (saved_session.folder() / "lost").is_dir()


def test_the_views_of_one_study_come_back_as_they_stood(
    viewers: Callable[..., Viewer], with_model: Package, head_folder: Path, qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    first = opened(begun(viewers(), qtbot), head_folder, qtbot)
    first.actions["layout.four"].trigger()
    _settled(first, qtbot)
    first.layouts.activate(first.layouts.panes[1])
    _settled(first, qtbot)
    first.reading.move(2)
    standing = _standing(first)
    written(first, qtbot)
    lose(first, monkeypatch)
    second = offered(viewers, qtbot)
    bar_of(second).restore()
    qtbot.waitUntil(lambda: len(second.layouts.panes) == 3, timeout=WAIT_MS)
    _settled(second, qtbot)
    assert _standing(second) == standing


def test_a_clean_end_leaves_nothing_to_offer(
    viewers: Callable[..., Viewer], with_model: Package, head_folder: Path, qtbot: QtBot
) -> None:
    first = opened(begun(viewers(), qtbot), head_folder, qtbot)
    place = written(first, qtbot)
    assert saved_session.load(place) is not None
    first.close()
    assert saved_session.places() == ()
    assert not bar_of(offered(viewers, qtbot)).bar.isVisible()


def test_a_running_window_keeps_its_own(
    viewers: Callable[..., Viewer], with_model: Package, head_folder: Path, qtbot: QtBot
) -> None:
    first = opened(begun(viewers(), qtbot), head_folder, qtbot)
    place = written(first, qtbot)
    second = offered(viewers, qtbot)
    assert not bar_of(second).bar.isVisible()
    second.close()
    assert saved_session.load(place) is not None


def test_forgotten_is_forgotten_and_the_next_older_one_is_offered(
    viewers: Callable[..., Viewer], with_model: Package, qtbot: QtBot, tmp_path: Path
) -> None:
    for number in (1, 2):
        saved_session.save(
            saved_session.folder() / f"old{number}", saved_session.SavedSession(str(tmp_path), slice_index=number)
        )
        os.utime(saved_session.folder() / f"old{number}" / saved_session.STATE, (number * 1000, number * 1000))
    viewer = offered(viewers, qtbot)
    bar = bar_of(viewer).bar
    assert "(slice 3)" in bar.text
    third = offered(viewers, qtbot)
    assert "(slice 2)" in bar_of(third).bar.text
    third.close()
    qtbot.mouseClick(bar.forget, Qt.MouseButton.LeftButton)
    assert "(slice 2)" in bar.text
    qtbot.mouseClick(bar.forget, Qt.MouseButton.LeftButton)
    assert not bar.isVisible()
    assert saved_session.places() == ()


@pytest.mark.parametrize(
    "text",
    [
        "{", '{"schema": "leukoviewer.session/9"}', "[]", "\x00",
        json.dumps({"schema": saved_session.SCHEMA, "path": 3}),
    ],
)  # fmt: skip
def test_a_damaged_session_is_one_sentence_and_kept(
    viewers: Callable[..., Viewer], with_model: Package, qtbot: QtBot, text: str
) -> None:
    place = saved_session.folder() / "lost"
    place.mkdir(parents=True)
    (place / saved_session.STATE).write_text(text, encoding="utf-8")
    viewer = offered(viewers, qtbot)
    assert not bar_of(viewer).bar.isVisible()
    assert viewer.window.message_bar.text == saved_session.KEPT_ASIDE.format("session.unreadable-1")
    assert (place.with_name("session.unreadable-1") / saved_session.STATE).read_text(encoding="utf-8") == text
    # Told once.
    again = offered(viewers, qtbot)
    assert again.window.message_bar.text == ""


def test_a_session_whose_folder_is_gone_stays_offered(
    viewers: Callable[..., Viewer], with_model: Package, qtbot: QtBot, tmp_path: Path
) -> None:
    saved_session.save(saved_session.folder() / "lost", saved_session.SavedSession(str(tmp_path / "gone")))
    viewer = offered(viewers, qtbot)
    bar_of(viewer).restore()
    assert "no longer there" in viewer.window.message_bar.text
    assert bar_of(viewer).bar.isVisible()
    viewer.close()
    assert len(saved_session.places()) == 1


def test_changed_slices_are_told_and_the_session_stays(
    viewers: Callable[..., Viewer], with_model: Package, qtbot: QtBot, head_folder: Path
) -> None:
    saved = saved_session.SavedSession(str(head_folder), series="other slices", slice_index=2)
    saved_session.save(saved_session.folder() / "lost", saved)
    viewer = offered(viewers, qtbot)
    bar_of(viewer).restore()
    qtbot.waitUntil(lambda: viewer.session.volume is not None and viewer.workflow.is_idle, timeout=WAIT_MS)
    assert "its session stays kept" in viewer.window.message_bar.text
    assert len([place for place in saved_session.places() if place.name == "lost"]) == 1


def test_nothing_is_written_where_folders_are_not_remembered(
    viewers: Callable[..., Viewer], with_model: Package, head_folder: Path, qtbot: QtBot
) -> None:
    viewer = begun(viewers(Settings(notice_accepted=NOTICE_VERSION, keep_recent=False)), qtbot)
    opened(viewer, head_folder, qtbot)
    written(viewer, qtbot)
    assert saved_session.places() == ()
    viewer.store.change(keep_recent=True)
    viewer.reading.move(1)
    place = written(viewer, qtbot)
    assert saved_session.places() == (place,)
    viewer.store.change(keep_recent=False)
    assert saved_session.places() == ()


def test_scrolling_writes_at_most_once_a_second(
    viewers: Callable[..., Viewer], with_model: Package, head_folder: Path, qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    viewer = opened(begun(viewers(), qtbot), head_folder, qtbot)
    written(viewer, qtbot)
    saves: list[int] = []
    monkeypatch.setattr(saved_session, "save", lambda _place, state: saves.append(state.slice_index))
    for _ in range(6):
        viewer.reading.move(-1)
    assert saves == []
    qtbot.waitUntil(lambda: saves != [], timeout=WAIT_MS)
    assert viewer.session.view is not None
    assert saves == [viewer.session.view.slice_index]
