"""The whole window put together: session, workflow, widgets, actions, settings; made by the composition root."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QDialog, QFileDialog, QMenu

from leukoviewer import atomic, paths
from leukoviewer.core.measurements import Kind as MeasurementKind
from leukoviewer.core.window import PRESETS
from leukoviewer.display import colormap
from leukoviewer.errors import CannotWriteError, LeukoError
from leukoviewer.settings import NOTICE_VERSION
from leukoviewer.ui import actions, layouts, reformatting
from leukoviewer.ui.actions import Handler
from leukoviewer.ui.asking import file_for
from leukoviewer.ui.desk import Desk
from leukoviewer.ui.explaining import Explaining
from leukoviewer.ui.exporting import Exporting
from leukoviewer.ui.inspecting import Inspecting
from leukoviewer.ui.key_marks import KeyMarks
from leukoviewer.ui.keying import Keying
from leukoviewer.ui.language import tr
from leukoviewer.ui.language_choice import LanguageChoice
from leukoviewer.ui.main_window import MainWindow
from leukoviewer.ui.marks_beside import MarksBeside
from leukoviewer.ui.measuring import Measuring
from leukoviewer.ui.messages import Kind
from leukoviewer.ui.modeling import Modeling
from leukoviewer.ui.opening import Opening
from leukoviewer.ui.opening_beside import OpeningBeside
from leukoviewer.ui.picture import Picture
from leukoviewer.ui.preferring import Preferring, take_look
from leukoviewer.ui.previewing import Previewing
from leukoviewer.ui.reader import Reader
from leukoviewer.ui.reading import Reading
from leukoviewer.ui.results import Results
from leukoviewer.ui.session import Session
from leukoviewer.ui.settings_store import SettingsStore
from leukoviewer.ui.sharing import Sharing
from leukoviewer.ui.snapshot import png_of
from leukoviewer.ui.values import Tasks
from leukoviewer.ui.view_tools import ViewTools
from leukoviewer.ui.widgets.key_sheet import KeySheet
from leukoviewer.ui.widgets.notice import NoticeDialog
from leukoviewer.ui.workflow import Workflow

# Actions of the right click on the picture; an empty name is a line.
_CONTEXT_MENU = (
    *(f"window.preset{number}" for number in range(1, len(PRESETS) + 1)), "window.dicom", "window.automatic", "",
    "view.invert", "view.reset", "view.magnifier", "", "heatmap.toggle", "model.run", "suspicious.next", "",
    "model.key_image", "file.save_picture",
)  # fmt: skip


class Viewer(QObject):
    """One window with everything behind it.

    Parameters
    ----------
    tasks : Tasks
        What the window can have done.
    store : SettingsStore
        Remembered choices.
    """

    def __init__(self, tasks: Tasks, store: SettingsStore) -> None:
        super().__init__()
        self.store = store
        self.session = Session(self)
        self.workflow = Workflow(self.session, tasks, self)
        take_look(store.value)
        self.window = MainWindow()
        self.previewing = Previewing(self.session, self.workflow, self.window)
        self.picture = Picture(self.session, self.window.slice_view, tasks.project)
        self.reading = Reading(self.session, self.window)
        self.measuring = Measuring(self.session, self.window, go_to=self.reading.go_to, keep=store.keeps)
        self.key_marks = KeyMarks(self.session, self.window, go_to=self.reading.go_to, keep=store.keeps)
        self.modeling = Modeling(self.session, self.workflow, self.window)
        self.explaining = Explaining(self.session, self.workflow, self.window)
        self.results = Results(
            self.session, self.workflow, self.window, go_to=self.reading.go_to, project=tasks.project
        )
        self.reader = Reader(self.session, self.workflow, self.window, store)
        self.reader.join(self.measuring, self.results.tabling.table)
        self.opening = Opening(self.session, self.workflow, self.window, store)
        self.inspecting = Inspecting(self.session, self.workflow, self.window, store)
        self.layouts = layouts.Layouts(self.session, self.workflow, self.window, tasks)
        self.reformatting = reformatting.Reformatting(self.session, self.window, self.layouts)
        self.marks_beside = MarksBeside(self.session, self.layouts, measuring=self.measuring, key_marks=self.key_marks)
        self.view_tools = ViewTools(self.session, self.window, self.layouts, self.reading.cine)
        self.exporting = Exporting(self.session, self.workflow, self.window, tasks.dicom_results)
        self.opening_beside = OpeningBeside(
            self.session, self.workflow, self.window, layouts=self.layouts, tasks=tasks, store=store
        )  # fmt: skip
        self.sharing = Sharing(self.session, self.workflow, self.window, tasks.clean)
        self.preferring = Preferring(self.session, self.workflow, self.window, store=store, reading=self.reading)
        self.desk = Desk(
            self.session, self.workflow, self.window, tasks=tasks, store=store, layouts=self.layouts,
            open_path=self.opening.open, open_beside=self.opening_beside.open,
        )  # fmt: skip
        self.actions: dict[str, QAction] = actions.build(self.window, self._handlers())
        self.window.install(self.actions)
        self.preferring.follow(self.actions)
        self.keying = Keying(self.actions, store, self)
        self.keying.tie(self.window)
        self.languages = LanguageChoice(self.window, store)
        self._is_left = False
        self._scan_error = ""
        self._connect_messages()
        self._connect_checks()
        self._take_choices()
        self.actions["file.open_demo"].setEnabled(paths.demo_patient().is_dir())

    def begin(self, folder: Path | None, *, model: str = "") -> None:
        """Look for models and open the folder, if one is given; to be called when the window stands."""
        self.desk.begin()
        self.workflow.list_models(model or self.store.value.package_id, required=bool(model))
        if folder is None:
            self.workflow.warm_up()
        else:
            self.opening.open(folder)

    def close(self) -> None:
        """Remember the choices, stop all work and wait for its end; may be called more than once."""
        self._leave()
        self.desk.close()
        self.exporting.close()
        self.layouts.close()
        self.workflow.close()

    def _leave(self) -> None:
        """What belongs to the closing of the window: it must not stand there until the last thread has ended."""
        if self._is_left:
            return
        self._is_left = True
        self.reading.cine.stop()
        self.inspecting.close()
        self.results.close()
        self.reader.close()
        self.workflow.stop()
        geometry, layout = self.window.layout_state()
        style = self.session.style
        self.store.change(
            window_geometry=geometry,
            window_layout=layout,
            heatmap_opacity=style.opacity,
            heatmap_threshold=style.threshold,
            heatmap_colormap=style.colormap,
        )

    def show_notice(self, *, to_accept: bool) -> NoticeDialog:
        """The notice on intended use, over the window; the first one must be accepted or the window closes."""
        dialog = NoticeDialog(self.window, to_accept=to_accept)
        if to_accept:
            dialog.accepted.connect(lambda: self.store.change(notice_accepted=NOTICE_VERSION))
            dialog.rejected.connect(self.window.close)
        _show(dialog)
        return dialog

    def save_picture(self) -> None:
        """Ask for a name and save the window as a picture."""
        # As it looked when it was asked for: another patient may be shown when the file is named.
        picture = png_of(self.window)
        name, _ = QFileDialog.getSaveFileName(
            self.window, tr("Save the window as a picture"), "window.png", "PNG (*.png)"
        )
        path = file_for(name, ".png", self.window.message_bar.tell)
        if path is None:
            return
        try:
            atomic.write_bytes(path, picture)
        except CannotWriteError as error:
            self._on_error(error)

    # Handlers of the actions

    def _handlers(self) -> dict[str, Handler]:
        reading, modeling, opening, window = self.reading, self.modeling, self.opening, self.window
        presets: dict[str, Handler] = {
            f"window.preset{n}": lambda n=n: reading.use_preset(n) for n in range(1, len(PRESETS) + 1)
        }
        for kind in MeasurementKind:
            presets[f"measure.{kind.value}"] = lambda on, kind=kind: self.measuring.set_tool(kind, on=on)
        presets |= self.desk.handlers()
        presets |= layouts.handlers(self.layouts) | reformatting.handlers(self.reformatting)
        presets |= self.results.handlers() | self.preferring.handlers()
        presets |= self.exporting.handlers() | self.sharing.handlers() | self.opening_beside.handlers()
        presets |= self.view_tools.handlers() | self.key_marks.handlers()
        presets |= self.reader.handlers()
        return presets | {
            "file.open_folder": opening.choose_folder,
            "file.open_file": opening.choose_file,
            "file.open_demo": opening.open_demo,
            "file.save_picture": self.save_picture,
            "file.export_measurements": self.measuring.export,
            "file.quit": window.close,
            "measure.next": lambda: self.measuring.step(1),
            "measure.previous": lambda: self.measuring.step(-1),
            "measure.text": self.measuring.edit_text,
            "measure.delete": self.measuring.delete,
            "slice.next": lambda: reading.move(1),
            "slice.previous": lambda: reading.move(-1),
            "slice.next10": lambda: reading.move(10),
            "slice.previous10": lambda: reading.move(-10),
            "slice.first": reading.first,
            "slice.last": reading.last,
            "series.next": lambda: opening.step_series(1),
            "series.previous": lambda: opening.step_series(-1),
            "view.invert": reading.set_inverted,
            "view.reset": reading.reset,
            "view.full_screen": self._set_full_screen,
            "view.tags": self.inspecting.show_tags,
            "view.study": self.inspecting.show_study,
            "window.dicom": reading.use_dicom_window,
            "window.automatic": reading.use_automatic_window,
            "window.swap_drag": self._set_swap_drag,
            "model.run": self.workflow.analyze,
            "model.cancel": self._on_escape,
            "heatmap.toggle": reading.set_heatmap_visible,
            "heatmap.more": lambda: reading.change_opacity(1),
            "heatmap.less": lambda: reading.change_opacity(-1),
            "suspicious.next": lambda: modeling.go_to_suspicious(forward=True),
            "suspicious.previous": lambda: modeling.go_to_suspicious(forward=False),
            "help.keys": self._show_keys,
            "help.notice": lambda: self.show_notice(to_accept=False),
        }

    def _on_escape(self) -> None:
        """Out of a field, else out of a measuring tool, else out of full screen, else stop what runs."""
        if self.window.focus_picture() or self.measuring.leave():
            return
        if self.window.isFullScreen():
            self._set_full_screen(False)
        else:
            self.workflow.cancel()

    def _set_full_screen(self, full: bool) -> None:
        # Only this one bit: a maximized window comes back maximized.
        state, bit = self.window.windowState(), Qt.WindowState.WindowFullScreen
        self.window.setWindowState(state | bit if full else state & ~bit)
        self.actions["view.full_screen"].setChecked(full)

    def _show_keys(self) -> None:
        _show(KeySheet(self.window, keymap=self.keying.map, left_drag=self.store.value.left_drag))

    def _set_swap_drag(self, swapped: bool) -> None:
        self.store.change(swap_drag=swapped)

    def _show_menu(self, at: QPoint) -> None:
        """What is wanted most, at the mouse."""
        menu = QMenu(self.window)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for name in _CONTEXT_MENU:
            if name:
                menu.addAction(self.actions[name])
            else:
                menu.addSeparator()
        menu.popup(at)

    def _maximize(self) -> None:
        if self.layouts.toggle_maximized():
            return
        visible = not self.window.are_sides_visible
        self.window.set_sides_visible(visible)
        self.picture.set_model_named(not visible)

    # Messages and switches

    def _connect_messages(self) -> None:
        self.workflow.failed.connect(self._on_scan_error)
        self.session.series_changed.connect(self._forget_scan_error)
        self.workflow.analyzing_changed.connect(lambda running: self._forget_scan_error() if running else None)
        self.measuring.failed.connect(self._on_error)
        self.key_marks.failed.connect(self._on_error)
        for trouble in (self.measuring.note, self.key_marks.trouble):
            trouble.connect(lambda text: self.window.message_bar.tell(text, kind=Kind.WARNING))
        self.store.failed.connect(self._on_error)
        self.desk.failed.connect(self._on_error)
        self.desk.note.connect(self._on_note)
        self.reader.failed.connect(self._on_error)
        self.reader.note.connect(self._on_note)
        for one in (self.exporting, self.sharing, self.opening_beside):
            one.failed.connect(self._on_error)
            one.note.connect(self._on_note)
        for part in (
            self.workflow,
            self.layouts,
            self.reformatting,
            self.opening,
            self.modeling,
            self.results,
            self.view_tools,
            self.key_marks,
        ):
            part.note.connect(self._on_note)
        self.languages.note.connect(self._on_note)
        self.opening.asked.connect(self.window.message_bar.clear)
        self.picture.cursor_told.connect(self.window.set_cursor_text)
        self.window.slice_view.maximize_requested.connect(self._maximize)
        self.window.slice_view.menu_requested.connect(self._show_menu)
        self.window.closing.connect(self._leave)
        # Sentences that stand in panels name keys, too.
        self.session.with_keys = self.keying.told
        self.keying.changed.connect(self.session.result_changed)
        self.session.result_changed.emit()
        application = QGuiApplication.instance()
        if isinstance(application, QGuiApplication):
            application.applicationStateChanged.connect(self._look_again)

    def _look_again(self, state: Qt.ApplicationState) -> None:
        """While this window lay behind another one may have written on the shown series."""
        if state is Qt.ApplicationState.ApplicationActive and not self._is_left:
            for part in (self.measuring, self.key_marks, self.reader):
                part.refresh()

    def _on_scan_error(self, error: LeukoError) -> None:
        """What is wrong with one series must not stand over another one, nor over a new run."""
        self._scan_error = str(error) if self.session.series is not None else ""
        self._on_error(error)

    def _forget_scan_error(self) -> None:
        if self._scan_error and self.window.message_bar.text == self._scan_error:
            self.window.message_bar.clear()

    def _on_error(self, error: LeukoError) -> None:
        self.window.message_bar.tell(str(error), kind=Kind.ERROR)

    def _on_note(self, text: str) -> None:
        self.window.message_bar.tell(self.keying.told(text))

    def _connect_checks(self) -> None:
        """Switches in the menus follow the state, whoever changed it."""
        session, actions_ = self.session, self.actions

        def follow() -> None:
            view = session.view
            actions_["view.invert"].setChecked(view is not None and view.inverted)
            actions_["heatmap.toggle"].setChecked(session.style.visible)

        def follow_tools() -> None:
            for kind in MeasurementKind:
                actions_[f"measure.{kind.value}"].setChecked(self.measuring.tool is kind)

        self.measuring.tool_changed.connect(follow_tools)

        def follow_layout() -> None:
            actions_["layout.link"].setChecked(self.layouts.is_linked)
            actions_["layout.lines"].setChecked(self.layouts.shows_lines)

        self.layouts.changed.connect(follow_layout)
        follow_layout()
        self.reader.follow(actions_)
        session.view_changed.connect(follow)
        self.view_tools.follow(actions_)
        follow()

    def _take_choices(self) -> None:
        """From the settings at the start; changes go back as they are made."""
        store, session = self.store, self.session
        value = store.value
        style = session.style.with_opacity(value.heatmap_opacity).with_threshold(value.heatmap_threshold)
        if value.heatmap_colormap in colormap.NAMES:
            style = style.with_colormap(value.heatmap_colormap)
        session.set_style(style)
        session.set_device(value.device)
        self.window.message_bar.tell(self.keying.problem, kind=Kind.WARNING)
        self.window.restore_layout(value.window_geometry, value.window_layout)
        # Only what the reader chooses here: a device of the command line is meant for this time.
        self.window.model_panel.device_asked.connect(lambda device: store.change(device=device))
        # What was taken by itself is no choice: a better package that comes later must not wait behind it.
        session.model_chosen.connect(lambda model_id: store.change(package_id=model_id))


def _show(dialog: QDialog) -> None:
    """Open without blocking; the dialog frees itself when it is closed."""
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()
