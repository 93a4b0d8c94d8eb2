"""What the reader can do: every action is data, for the menus, the keyboard and the help sheet."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeySequence

from leukoviewer.core.measurements import Kind
from leukoviewer.core.window import PRESETS
from leukoviewer.settings import MAX_OWN_WINDOWS
from leukoviewer.ui.language import told

MENUS = ("File", "Edit", "View", "Layout", "Window", "Model", "Reader", "Help")


@dataclass(frozen=True, slots=True)
class ActionSpec:
    """One thing the reader can do.

    Attributes
    ----------
    id : str
        Stable name, e.g. ``slice.next``; remapped keys will be stored under it.
    menu : str
        The menu it stands in, one of :data:`MENUS`.
    text : str
        As it stands in the menu.
    keys : tuple of str
        Key sequences in Qt's portable text; the first stands in the menu.
    tip : str
        One line for the status bar and the help sheet.
    checkable : bool
        Whether it is a switch.
    divide : bool
        Whether a line stands above it in the menu.
    group : str
        The submenu it stands in; empty for the menu itself.
    """

    id: str
    menu: str
    text: str
    keys: tuple[str, ...] = ()
    tip: str = ""
    checkable: bool = False
    divide: bool = False
    group: str = ""

    def __post_init__(self) -> None:
        if self.menu not in MENUS:
            raise ValueError(f"there is no menu {self.menu}")

    @property
    def names(self) -> tuple[str, ...]:
        """What it is called where it does not stand in its submenu: the submenu's name first, if that says more."""
        return (self.group, self.text) if self.group not in {"", self.text} else (self.text,)


def _presets() -> tuple[ActionSpec, ...]:
    return tuple(
        ActionSpec(
            f"window.preset{number}",
            "Window",
            f"{window.name}  {window.width:g} / {window.center:g}",
            (str(number),),
            f"Window {window.name}: width {window.width:g}, center {window.center:g} HU",
        )
        for number, window in enumerate(PRESETS, start=1)
    )


def _own_windows() -> tuple[ActionSpec, ...]:
    """Room for the reader's own presets; those that are not there yet are hidden."""
    return tuple(
        ActionSpec(
            f"window.own{number}", "Window", f"Own window {number}", (f"Ctrl+{number}",),
            "A window of your own; Settings has them",
        )
        for number in range(1, MAX_OWN_WINDOWS + 1)
    )  # fmt: skip


def _tools() -> tuple[ActionSpec, ...]:
    tools = (
        (Kind.LENGTH, "Length", "L", "Measure a length in mm: drag from end to end"),
        (Kind.ANGLE, "Angle", "A", "Measure an angle: drag from an end to the vertex, then click the other end"),
        (Kind.RECTANGLE, "Rectangle", "B", "Area and HU inside a box: drag from corner to corner"),
        (Kind.ELLIPSE, "Ellipse", "E", "Area and HU inside an ellipse: drag from corner to corner of its box"),
        (Kind.FREEHAND, "Freehand", "F", "Area and HU inside an outline: drag around it"),
        (Kind.ARROW, "Arrow with text", "Shift+A", "Point at something and write beside it: drag from its tip"),
    )
    return tuple(
        ActionSpec(f"measure.{kind.value}", "Edit", text, (key,), tip, checkable=True, divide=kind is Kind.LENGTH)
        for kind, text, key, tip in tools
    )


def _layouts() -> tuple[ActionSpec, ...]:
    one, tip = "Layout", "Each view has its own window, zoom and position"
    return (
        ActionSpec("layout.one", one, "One view", ("F5",), "The active view alone"),
        ActionSpec("layout.windows", one, "Brain beside white matter", ("W",), "This series in two windows, and back"),
        ActionSpec("layout.two", one, "Two views", ("F6",), f"Another series beside this one. {tip}"),
        ActionSpec("layout.four", one, "Four views", ("F7",), f"Up to three other series beside this one. {tip}"),
        ActionSpec(
            "layout.reformats", one, "Axial, coronal, sagittal", ("F8",), "Reformats of this series with a crosshair"
        ),
        ActionSpec("layout.next", one, "Next view", ("F4",), "Make the next view the active one", divide=True),
        ActionSpec("layout.maximize", one, "Maximize the view", ("F9",), "The active view alone, and back"),
        ActionSpec("layout.link", one, "Scroll together", ("F3",), "The other views follow the slice", checkable=True),
        ActionSpec("layout.link_here", one, "Link from here", ("Shift+F3",), "The shown slices go together now"),
        ActionSpec(
            "layout.lines", one, "Cross-reference lines", ("X",), "Where this slice cuts the others", checkable=True
        ),
        *_crosshair(),
    )


def _view_tools() -> tuple[ActionSpec, ...]:
    view, turn, zoom, cine = "View", "Flip and turn", "Zoom", "Cine"
    return (
        ActionSpec("view.cine", view, "Cine", ("C",), "Run through the slices, and stop", checkable=True, group=cine),
        ActionSpec("cine.faster", view, "Faster", ("Ctrl+Up",), "Cine: more slices a second", group=cine),
        ActionSpec("cine.slower", view, "Slower", ("Ctrl+Down",), "Cine: fewer slices a second", group=cine),
        ActionSpec("cine.sweep", view, "To and fro", ("S",), "Cine turns at the ends", checkable=True, group=cine),
        ActionSpec("view.flip_horizontal", view, "Flip left to right", ("H",), "Left and right exchanged", group=turn),
        ActionSpec("view.flip_vertical", view, "Flip top to bottom", ("V",), "Top and bottom exchanged", group=turn),
        ActionSpec("view.rotate_right", view, "Turn right", ("Shift+R",), "A quarter turn clockwise", group=turn),
        ActionSpec("view.rotate_left", view, "Turn left", ("Shift+L",), "A quarter turn the other way", group=turn),
        ActionSpec("view.fit", view, "Fit", ("Z",), "The whole picture, as large as the view", group=zoom),
        ActionSpec(
            "view.one_to_one", view, "1:1", ("Shift+Z",), "One pixel of the scan on one of the screen", group=zoom
        ),
        ActionSpec("view.true_size", view, "True size", ("Alt+Z",), "As large as the patient's head is", group=zoom),
        ActionSpec("view.zoom_in", view, "Larger", ("+", "="), "Zoom in about the middle of the view", group=zoom),
        ActionSpec("view.zoom_out", view, "Smaller", ("-",), "Zoom out about the middle of the view", group=zoom),
        ActionSpec("view.magnifier", view, "Magnifier", ("O",), "A lens; hold the key for a look", checkable=True),
    )


def _feedback() -> tuple[ActionSpec, ...]:
    menu = "Reader"
    return (
        ActionSpec("feedback.accept", menu, "Accept the result", ("Ctrl+Return",), "The result is right"),
        ActionSpec("feedback.reject", menu, "Reject the result", ("Ctrl+Shift+Return",), "The result is wrong"),
        ActionSpec(
            "feedback.slice_positive", menu, "Slice is positive", ("Y",), "Your label of this slice", divide=True
        ),
        ActionSpec("feedback.slice_negative", menu, "Slice is negative", ("Shift+Y",), "Your label of this slice"),
        ActionSpec("feedback.slice_unsure", menu, "Slice is not decided", ("U",), "Your label of this slice"),
        ActionSpec(
            "feedback.patient_positive", menu, "Patient is positive", (), "Your label of the patient", divide=True
        ),
        ActionSpec("feedback.patient_negative", menu, "Patient is negative", (), "Your label of the patient"),
        ActionSpec("feedback.patient_unsure", menu, "Patient is not decided", (), "Your label of the patient"),
        ActionSpec(
            "feedback.comment", menu, "Comment on the result…", ("Shift+U",), "A few words on the result", divide=True
        ),
        ActionSpec("reader.statistics", menu, "Your statistics…", (), "How often you and the model agree", divide=True),
    )


def _reader_first() -> tuple[ActionSpec, ...]:
    menu = "Model"
    return (
        ActionSpec(
            "reader.first", menu, "Reader first", (), "Results stay sealed until you note an opinion", checkable=True,
            divide=True,
        ),
        ActionSpec("reader.note", menu, "Your opinion…", ("P",), "Note your opinion, or change it"),
        ActionSpec("reader.open", menu, "Open without an opinion", (), "Open a sealed result; the case will not count"),
    )  # fmt: skip


def _crosshair() -> tuple[ActionSpec, ...]:
    ways = (
        ("right", "Alt+Left"), ("left", "Alt+Right"), ("front", "Alt+Up"), ("back", "Alt+Down"), ("head", "Alt+PgUp"),
        ("feet", "Alt+PgDown"),
    )  # fmt: skip
    text, tip = "Crosshair to the {}", "The reformats' crosshair 1 mm to the patient's {}"
    return tuple(
        ActionSpec(f"crosshair.{way}", "Layout", text.format(way), (key,), tip.format(way), divide=way == "right")
        for way, key in ways
    )


ACTIONS: tuple[ActionSpec, ...] = (
    ActionSpec("file.open_folder", "File", "Open folder…", ("Ctrl+O",), "Open a folder with DICOM images"),
    ActionSpec(
        "file.open_file", "File", "Open file…", ("Ctrl+Shift+O",), "A zip archive, or the folder of one DICOM file"
    ),
    ActionSpec("file.open_beside", "File", "Open beside…", ("Ctrl+B",), "A prior study in a second view"),
    ActionSpec("file.open_beside_file", "File", "Open file beside…", (), "A prior study in a zip archive"),
    ActionSpec("file.close_beside", "File", "Close study beside", ("Ctrl+Shift+B",), "Back to the study opened first"),
    ActionSpec("file.open_demo", "File", "Open demo patient", (), "Open the bundled simulated patient"),
    ActionSpec(
        "file.save_picture", "File", "Save picture…", ("Ctrl+S",), "Save the window as a PNG picture", divide=True
    ),
    ActionSpec("file.export", "File", "Export…", ("Ctrl+E",), "Picture, page, film, or DICOM without the patient"),
    ActionSpec("file.report", "File", "Save report…", ("Ctrl+P",), "Report on the result as PDF, HTML or JSON"),
    ActionSpec("file.dicom_results", "File", "Save DICOM results…", ("Ctrl+D",), "Overlays, SR and heatmap as DICOM"),
    ActionSpec("file.export_measurements", "File", "Export measurements…", (), "Save the measurements as a CSV table"),
    ActionSpec("file.export_feedback", "File", "Export feedback…", (), "Save feedback on all studies as a CSV table"),
    ActionSpec("file.quit", "File", "Quit", ("Ctrl+Q",), "Close the program", divide=True),
    ActionSpec("edit.undo", "Edit", "Undo", ("Ctrl+Z",), "Take back the last change of a measurement or of feedback"),
    ActionSpec("edit.redo", "Edit", "Redo", ("Ctrl+Y", "Ctrl+Shift+Z"), "Make the change again"),
    *_tools(),
    ActionSpec("measure.next", "Edit", "Next measurement", ("J",), "Go to the next one of the list", divide=True),
    ActionSpec("measure.previous", "Edit", "Previous measurement", ("Shift+J",), "Go to the one before"),
    ActionSpec("measure.text", "Edit", "Text…", ("F2",), "Words beside the selected measurement"),
    ActionSpec("measure.delete", "Edit", "Delete", ("Del", "Backspace"), "Take the selected measurement away"),
    ActionSpec(
        "model.key_image", "Edit", "Key image", ("K",), "Mark this slice as a key image, or no longer", divide=True
    ),
    ActionSpec("key.next", "Edit", "Next key image", ("Shift+K",), "The next slice that you marked"),
    ActionSpec("key.previous", "Edit", "Previous key image", ("Ctrl+K",), "The one before"),
    ActionSpec("edit.settings", "Edit", "Settings…", ("Ctrl+,",), "Looks, reading, windows, keys", divide=True),
    ActionSpec("slice.next", "View", "Next slice", ("Down",), "One slice toward the feet"),
    ActionSpec("slice.previous", "View", "Previous slice", ("Up",), "One slice toward the head"),
    ActionSpec("slice.next10", "View", "Ten slices on", ("Shift+Down",), "Ten slices toward the feet"),
    ActionSpec("slice.previous10", "View", "Ten slices back", ("Shift+Up",), "Ten slices toward the head"),
    ActionSpec("slice.first", "View", "First slice", ("Home",), "The slice nearest to the vertex"),
    ActionSpec("slice.last", "View", "Last slice", ("End",), "The lowest slice"),
    *_view_tools(),
    ActionSpec("series.next", "View", "Next series", ("PgDown",), "The next series of the list", divide=True),
    ActionSpec("series.previous", "View", "Previous series", ("PgUp",), "The previous series of the list"),
    ActionSpec("view.invert", "View", "Invert gray levels", ("I",), "Dark for bright", checkable=True, divide=True),
    ActionSpec("view.reset", "View", "Reset", ("R",), "Window, zoom, position, flip and turn as at first"),
    ActionSpec("view.full_screen", "View", "Full screen", ("F11",), "The window over the whole screen", checkable=True),
    ActionSpec("view.tags", "View", "DICOM tags…", ("T",), "All attributes of the shown slice's file", divide=True),
    ActionSpec("view.study", "View", "Study information…", ("Ctrl+I",), "Patient, study, series and its geometry"),
    ActionSpec("view.fidelity", "View", "Fidelity…", ("Shift+F",), "How true display and model input are to the scan"),
    *_layouts(),
    *_presets(),
    *_own_windows(),
    ActionSpec(
        "window.dicom", "Window", "DICOM's own", ("8",), "The window that the files bring; again for the next one"
    ),
    ActionSpec("window.automatic", "Window", "Automatic", ("0",), "A window over the gray levels of this slice"),
    ActionSpec(
        "window.swap_drag",
        "Window",
        "Swap drag directions",
        (),
        "Left drag: width by up and down, center by left and right",
        checkable=True,
        divide=True,
    ),
    ActionSpec("model.run", "Model", "Run the model", ("M",), "Score this series with the chosen model"),
    ActionSpec("model.cancel", "Model", "Stop", ("Esc",), "Stop what is running"),
    ActionSpec("model.worklist", "Model", "Worklist…", ("Ctrl+L",), "Score many studies in the background"),
    ActionSpec("heatmap.toggle", "Model", "Heatmap", ("G",), "Heatmap on or off", checkable=True, divide=True),
    ActionSpec("heatmap.more", "Model", "Heatmap stronger", ("]",), "More opacity of the heatmap"),
    ActionSpec("heatmap.less", "Model", "Heatmap weaker", ("[",), "Less opacity of the heatmap"),
    ActionSpec("heatmap.honesty", "Model", "Honesty of the heatmap…", ("Shift+H",), "Check if it can be trusted here"),
    ActionSpec(
        "suspicious.next", "Model", "Next suspicious slice", ("N",), "The next slice above the threshold", divide=True
    ),
    ActionSpec("suspicious.previous", "Model", "Previous suspicious slice", ("Shift+N",), "The one before"),
    ActionSpec(
        "model.reset_limits", "Model", "Package's own limits", ("Ctrl+R",), "Threshold and vote as the package has them"
    ),
    ActionSpec(
        "model.table", "Model", "Findings by slice…", ("Shift+T",), "All slices with each model's scores", divide=True
    ),
    ActionSpec("model.compare", "Model", "Compare packages…", ("Shift+C",), "All packages' results side by side"),
    ActionSpec(
        "disputed.next", "Model", "Next disputed slice", ("D",), "The next slice on which the packages disagree"
    ),
    ActionSpec("disputed.previous", "Model", "Previous disputed slice", ("Shift+D",), "The one before"),
    *_reader_first(),
    *_feedback(),
    ActionSpec("help.keys", "Help", "Mouse and keys", ("F1",), "All keys on one sheet"),
    ActionSpec("help.diagnostics", "Help", "Copy diagnostics", (), "Versions, engines, settings and log, for support"),
    ActionSpec("help.log", "Help", "Open log folder", (), "The program's log; nothing of patients is in it"),
    ActionSpec("help.notice", "Help", "About and intended use", (), "What this program is for, and what it is not for"),
)

# What the mouse does, for the help sheet.
MOUSE: tuple[tuple[str, str], ...] = (
    ("Wheel", "Slice"),
    ("Ctrl + wheel", "Zoom"),
    ("Left drag", "Window: right widens, down raises the center"),
    ("Click on a measurement", "Select it; a drag moves it or the point that is held"),
    ("Middle drag", "Move the picture"),
    ("Right drag", "Zoom"),
    ("Right click", "Menu"),
    ("Double click", "Without the panels, or this view alone; and back"),
    ("Press or wheel on another view", "It becomes the active one"),
    ("Left press or drag on a reformat", "The crosshair goes there"),
)

Handler = Callable[[], object] | Callable[[bool], object]


def build(parent: QObject, handlers: Mapping[str, Handler]) -> dict[str, QAction]:
    """Make the Qt actions, one a spec, connected to their handlers.

    Raises
    ------
    KeyError
        When an action has no handler: a key that does nothing must not be offered.
    """
    return {spec.id: _action(parent, spec, handlers[spec.id]) for spec in ACTIONS}


def _action(parent: QObject, spec: ActionSpec, handler: Handler) -> QAction:
    action = QAction(told(spec.text), parent)
    action.setObjectName(spec.id)
    action.setShortcuts([QKeySequence(key) for key in spec.keys])
    action.setStatusTip(told(spec.tip))
    action.setToolTip(f"{told(spec.tip)} ({spec.keys[0]})" if spec.keys else told(spec.tip))
    action.setCheckable(spec.checkable)
    # Held-down arrow keys scroll; a held switch must not flicker.
    action.setAutoRepeat(not spec.checkable)
    action.triggered.connect(handler if spec.checkable else lambda _checked=False: handler())  # type: ignore[call-arg]
    return action
