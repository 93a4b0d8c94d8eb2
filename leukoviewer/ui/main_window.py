"""The main window: lays out the widgets and the menus, takes drops; knows values and signals only."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from PySide6.QtCore import QByteArray, QEvent, QMimeData, QPointF, QSize, Qt, Signal
from PySide6.QtGui import QAction, QCloseEvent, QDragEnterEvent, QDragLeaveEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QFrame,
    QLabel,
    QLineEdit,
    QMainWindow,
    QMenu,
    QProgressBar,
    QScrollArea,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from leukoviewer.ui.actions import ACTIONS, MENUS
from leukoviewer.ui.language import told, tr
from leukoviewer.ui.messages import MessageBar
from leukoviewer.ui.tab_order import lead_through, stops
from leukoviewer.ui.widgets import shades
from leukoviewer.ui.widgets.controls_area import ControlsArea
from leukoviewer.ui.widgets.drop_zones import DropZones
from leukoviewer.ui.widgets.feedback_panel import FeedbackPanel
from leukoviewer.ui.widgets.findings import Findings
from leukoviewer.ui.widgets.focus_frame import FocusFrame
from leukoviewer.ui.widgets.key_image_list import KeyImageList
from leukoviewer.ui.widgets.measurement_list import MeasurementList
from leukoviewer.ui.widgets.model_panel import ModelPanel
from leukoviewer.ui.widgets.opinion_panel import OpinionPanel
from leukoviewer.ui.widgets.overlay_panel import OverlayPanel
from leukoviewer.ui.widgets.series_list import SeriesList
from leukoviewer.ui.widgets.slice_view import SliceView
from leukoviewer.ui.widgets.start_page import StartPage
from leukoviewer.ui.widgets.suspicion_ribbon import SuspicionRibbon
from leukoviewer.ui.widgets.view_grid import ViewGrid
from leukoviewer.ui.widgets.window_panel import WindowPanel

TITLE = "LeukoViewer"
_LEFT_PX, _RIGHT_PX = 264, 320
_SIZE = QSize(1440, 900)


class MainWindow(QMainWindow):
    """Frame around the widgets.

    Signals
    -------
    dropped(object)
        The folder or file (``Path``) that was dropped on the window.
    dropped_beside(object)
        One that was dropped on the right half while a scan is shown: to be opened beside it.
    closing()
        The window is about to close.
    """

    dropped = Signal(object)
    dropped_beside = Signal(object)
    closing = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("mainWindow")
        self.setWindowTitle(TITLE)
        self.setAcceptDrops(True)
        self.resize(_SIZE)
        self.message_bar = MessageBar(self)
        self.start_page = StartPage(self)
        self.series_list = SeriesList(self)
        self.slice_view = SliceView(self)
        self.focus_frame = FocusFrame(self.slice_view)
        self.view_grid = ViewGrid(self.slice_view, self)
        self.ribbon = SuspicionRibbon(self)
        self.window_panel = WindowPanel(self)
        self.model_panel = ModelPanel(self)
        self.overlay_panel = OverlayPanel(self)
        self.findings = Findings(self)
        self.measurement_list, self.key_image_list = MeasurementList(self), KeyImageList(self)
        self.opinion_panel, self.feedback_panel = OpinionPanel(self), FeedbackPanel(self)
        self.recent_menu, self.language_menu = QMenu(tr("Open recent"), self), QMenu("Language / Jazyk", self)
        self.recent_beside_menu = QMenu(tr("Open recent beside"), self)
        self._drop_zones = DropZones(self)
        self._left = self._left_side()
        self._right = self._right_side()
        self._splitter = self._columns()
        self._pages = QStackedWidget(self)
        self._pages.addWidget(self.start_page)
        self._pages.addWidget(self._reading_page())
        self.setCentralWidget(self._center())
        self._build_status_bar()
        controls = (self.window_panel, self.model_panel, self.opinion_panel, self.overlay_panel)
        above = [stop for panel in controls for stop in stops(panel)]
        lead_through([*above, self._findings_area, *stops(self.findings)])
        self.set_section_visible(self.opinion_panel, visible=False)

    # Menus

    def install(self, actions: Mapping[str, QAction]) -> None:
        """Put the actions into the menus; they also live on the window, so that keys work with hidden menus."""
        menus = {name: self.menuBar().addMenu(f"&{tr(name)}") for name in MENUS}
        groups: dict[str, QMenu] = {}
        for spec in ACTIONS:
            action, menu = actions[spec.id], menus[spec.menu]
            if spec.group:
                if spec.group not in groups:
                    groups[spec.group] = menu.addMenu(tr(spec.group))
                menu = groups[spec.group]
            if spec.divide:
                menu.addSeparator()
            menu.addAction(action)
            self.addAction(action)
            if spec.id == "file.open_demo":
                menu.addMenu(self.recent_menu)
                menu.addMenu(self.recent_beside_menu)
        menus[MENUS[-1]].addMenu(self.language_menu)

    # State that belongs to the frame

    def show_reading(self, reading: bool) -> None:
        """The picture, or the start page."""
        self._pages.setCurrentIndex(int(reading))
        if reading:
            self.slice_view.setFocus()

    def focus_picture(self) -> bool:
        """Lead the keys from a field back to the picture; False when none was in a field."""
        focused = self.focusWidget()
        if isinstance(focused, QAbstractSpinBox | QLineEdit):
            self.slice_view.setFocus()
            return True
        return False

    @property
    def is_reading(self) -> bool:
        """Whether the picture stands in the middle."""
        return self._pages.currentIndex() == 1

    def set_section_visible(self, widget: QWidget, *, visible: bool) -> None:
        """Show or hide a part of a panel with its title."""
        for title in self.findChildren(QLabel, "sectionTitle"):
            if title.buddy() is widget:
                title.setVisible(visible)
        widget.setVisible(visible)

    def set_sides_visible(self, visible: bool) -> None:
        """Show or hide both panels, to give the picture all room."""
        self._left.setVisible(visible)
        self._right.setVisible(visible)

    @property
    def are_sides_visible(self) -> bool:
        """Whether the panels beside the picture show."""
        return not self._left.isHidden()

    def fit_words(self) -> None:
        """Give the panels the room that words of the chosen size need."""
        # What is cut off at the left is in the tips; the right side never is narrower than its controls.
        left = min(round(shades.scaled(_LEFT_PX)), round(0.2 * self.width()))
        right = min(round(shades.scaled(_RIGHT_PX)), round(0.3 * self.width()))
        self._findings_area.setMinimumHeight(round(shades.scaled(100)))
        self._splitter.setSizes([left, max(self.width() - left - right, 1), right])

    def set_progress(self, text: str, fraction: float | None, *, busy: bool) -> None:
        """Progress of opening or loading in the status bar."""
        self._progress.setVisible(busy)
        self._stop_label.setVisible(busy)
        if busy:
            self._progress.setRange(0, 0 if fraction is None else 100)
            self._progress.setValue(round((fraction or 0) * 100))
            self._stop_label.setText(tr("{}  (Esc stops)").format(told(text)) if text else tr("Esc stops"))

    def set_cursor_text(self, text: str) -> None:
        """What is under the cursor."""
        self._cursor_label.setText(text)

    def layout_state(self) -> tuple[str, str]:
        """Geometry of the window and widths of the panels, as text to be remembered."""
        return _text(self.saveGeometry()), _text(self._splitter.saveState())

    def restore_layout(self, geometry: str, layout: str) -> None:
        """Sizes as remembered; text that Qt does not understand changes nothing."""
        if geometry:
            self.restoreGeometry(_bytes(geometry))
        if layout:
            self._splitter.restoreState(_bytes(layout))

    # Qt

    def event(self, event: QEvent) -> bool:
        """A status tip of a menu must not wipe the status bar's own labels."""
        if event.type() == QEvent.Type.StatusTip:
            return True
        return super().event(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take folders and files of this computer."""
        if _dropped_path(event.mimeData()) is not None:
            event.acceptProposedAction()
            self._follow_drag(event.position())

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Show what a drop here would do."""
        event.acceptProposedAction()
        self._follow_drag(event.position())

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Nothing will be dropped."""
        self._drop_zones.hide()

    def _follow_drag(self, at: QPointF) -> None:
        if self.is_reading:
            self._drop_zones.follow(at)

    def dropEvent(self, event: QDropEvent) -> None:
        """Hand on what was dropped."""
        self._drop_zones.hide()
        path = _dropped_path(event.mimeData())
        if path is not None:
            event.acceptProposedAction()
            is_beside = self.is_reading and self._drop_zones.is_beside(event.position())
            (self.dropped_beside if is_beside else self.dropped).emit(path)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Tell it first."""
        self.closing.emit()
        super().closeEvent(event)

    # Building

    def _left_side(self) -> QWidget:
        """The series, and under them the measurements as soon as there are some."""
        side = QFrame(self)
        side.setObjectName("leftPanel")
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(_panel("leftPanel", (tr("Series"), self.series_list)), 1)
        column.addWidget(self.key_image_list)
        column.addWidget(self.measurement_list)
        column.addWidget(self.feedback_panel)
        return side

    def _right_side(self) -> QWidget:
        """Controls above, findings below: the findings scroll by themselves and are never pushed out of sight."""
        side = QWidget(self)
        controls = _panel(
            "rightPanel",
            (tr("Window"), self.window_panel),
            (tr("Model"), self.model_panel),
            (tr("Your opinion"), self.opinion_panel),
            (tr("Heatmap"), self.overlay_panel),
        )
        area = QScrollArea(side)
        area.setObjectName("rightArea")
        area.setAccessibleName(tr("Findings"))
        area.setWidget(_panel("rightPanel", (tr("Findings"), self.findings)))
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(ControlsArea(controls, side))
        column.addWidget(area, 1)
        self._findings_area = area
        return side

    def _columns(self) -> QSplitter:
        splitter = QSplitter(Qt.Orientation.Horizontal, self)
        splitter.setChildrenCollapsible(False)
        splitter.setHandleWidth(3)
        for widget in (self._left, self.view_grid, self._right):
            splitter.addWidget(widget)
        splitter.setStretchFactor(1, 1)
        splitter.setSizes([_LEFT_PX, _SIZE.width() - _LEFT_PX - _RIGHT_PX, _RIGHT_PX])
        self._findings_area.setMinimumHeight(120)
        return splitter

    def _reading_page(self) -> QWidget:
        page = QWidget(self)
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._splitter, 1)
        column.addWidget(self.ribbon)
        return page

    def _center(self) -> QWidget:
        center = QWidget(self)
        column = QVBoxLayout(center)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.message_bar)
        column.addWidget(self._pages, 1)
        return center

    def _build_status_bar(self) -> None:
        bar = self.statusBar()
        bar.setSizeGripEnabled(False)
        self._cursor_label, self._stop_label = QLabel(bar), QLabel(bar)
        self._progress = QProgressBar(bar)
        self._progress.setFixedWidth(160)
        self._progress.setTextVisible(False)
        research = QLabel(tr("Research use, not for diagnosis"), bar)
        research.setObjectName("researchBadge")
        bar.addWidget(self._cursor_label, 1)
        bar.addPermanentWidget(self._stop_label)
        bar.addPermanentWidget(self._progress)
        bar.addPermanentWidget(research)
        self.set_progress("", None, busy=False)


def _panel(name: str, *sections: tuple[str, QWidget]) -> QWidget:
    """Titled sections one over the other."""
    panel = QFrame()
    panel.setObjectName(name)
    column = QVBoxLayout(panel)
    column.setContentsMargins(10, 8, 10, 6)
    column.setSpacing(5)
    for place, (title, widget) in enumerate(sections):
        label = QLabel(title.upper(), panel)
        label.setObjectName("sectionTitle")
        if place:
            column.addSpacing(6)
        label.setBuddy(widget)
        column.addWidget(label)
        column.addWidget(widget)
    if name == "rightPanel":
        column.addStretch(1)
    return panel


def _dropped_path(data: QMimeData) -> Path | None:
    """One folder or file, or the folder that holds all of several files."""
    paths = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
    if not paths:
        return None
    return paths[0] if len(paths) == 1 else paths[0].parent


def _text(data: QByteArray) -> str:
    return bytes(data.toBase64().data()).decode("ascii")


def _bytes(text: str) -> QByteArray:
    return QByteArray.fromBase64(text.encode("ascii", "ignore"))
