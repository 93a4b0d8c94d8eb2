"""The windows with DICOM tags and study information: opened on demand, following what is shown."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QByteArray, QObject
from PySide6.QtWidgets import QDialog

from leukoviewer.core.attributes import FileAttributes
from leukoviewer.errors import LeukoError
from leukoviewer.ui.language import told, tr
from leukoviewer.ui.main_window import MainWindow
from leukoviewer.ui.session import Session
from leukoviewer.ui.settings_store import SettingsStore
from leukoviewer.ui.study_text import sections_of
from leukoviewer.ui.widgets.dicom_tags import DicomTags
from leukoviewer.ui.widgets.study_information import StudyInformation
from leukoviewer.ui.workflow import Workflow

_NOTHING = "No slice is shown."


class Inspecting(QObject):
    """Ties both windows to the session; closed ones read nothing."""

    def __init__(self, session: Session, workflow: Workflow, window: MainWindow, store: SettingsStore) -> None:
        super().__init__(window)
        self._session, self._workflow, self._store = session, workflow, store
        self._asked: Path | None = None
        self._is_asking = False
        self.tags = DicomTags(window)
        self.study = StudyInformation(window)
        self._dialogs: dict[str, QDialog] = {"tags_geometry": self.tags, "information_geometry": self.study}
        for name, dialog in self._dialogs.items():
            dialog.finished.connect(lambda _, name=name: self._remember(name))
        session.view_changed.connect(self._follow_slice)
        for signal in (session.series_changed, session.volume_changed):
            signal.connect(self._follow_series)
        workflow.attributes_read.connect(self._on_attributes)
        workflow.attributes_failed.connect(self._on_failure)

    def show_tags(self) -> None:
        """The attributes of the shown slice; they follow it until the window is closed."""
        self._show("tags_geometry")
        self._asked = None  # A file may have changed since.
        self._follow_slice()

    def show_study(self) -> None:
        """What is known of the shown series."""
        self._show("information_geometry")
        self._follow_series()

    def close(self) -> None:
        """Close both windows and remember their sizes."""
        for dialog in self._dialogs.values():
            if dialog.isVisible():
                dialog.close()

    def _show(self, name: str) -> None:
        dialog = self._dialogs[name]
        if not dialog.isVisible():
            geometry = getattr(self._store.value, name)
            if geometry:
                dialog.restoreGeometry(QByteArray.fromBase64(geometry.encode("ascii", "ignore")))
            dialog.show()
        dialog.activateWindow()

    def _remember(self, name: str) -> None:
        geometry = bytes(self._dialogs[name].saveGeometry().toBase64().data()).decode("ascii")
        self._store.change(**{name: geometry})

    # Tags

    def _follow_slice(self) -> None:
        if not self.tags.isVisible():
            return
        series, view = self._session.series, self._session.view
        if series is None or view is None:
            self._asked, self._is_asking = None, False
            self.tags.show_trouble(told(_NOTHING), "")
            return
        path = series.slices[view.slice_index].path
        if path != self._asked:
            self._asked, self._is_asking = path, True
            self.tags.announce(self._name())
            self._workflow.read_attributes(path)
        elif not self._is_asking:
            self.tags.rename(self._name())

    def _name(self) -> str:
        """Which slice, and in which file."""
        series, view = self._session.series, self._session.view
        if series is None or view is None:
            return told(_NOTHING)
        header = series.slices[view.slice_index]
        if header.pixels.frames > 1:
            words = tr("Slice {} of {}: frame {} of {}")
            return words.format(view.slice_index + 1, view.slice_count, header.frame + 1, header.path.name)
        return tr("Slice {} of {}: {}").format(view.slice_index + 1, view.slice_count, header.path.name)

    def _on_attributes(self, found: FileAttributes) -> None:
        if self._is_asking:
            self._is_asking = False
            self.tags.show_attributes(self._name(), found)

    def _on_failure(self, error: LeukoError) -> None:
        if self._is_asking:
            self._is_asking = False
            self.tags.show_trouble(self._name(), told(str(error)))

    # Study

    def _follow_series(self) -> None:
        series = self._session.series
        if self.study.isVisible() and series is not None:
            self.study.show_sections(sections_of(series, self._session.volume, self._session.catalog))
        elif self.study.isVisible():
            self.study.show_sections(())
