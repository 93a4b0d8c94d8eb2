"""The real window in Slovak: no English is left, nothing is cut, and what goes into files stays as it is."""

from __future__ import annotations

import re
from collections.abc import Callable, Generator, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QFontMetrics
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QDialog, QLabel, QMenu, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from leukoviewer.display import measurement_table
from leukoviewer.packages.archive import Package
from leukoviewer.settings import NOTICE_VERSION, Settings
from leukoviewer.ui import language
from leukoviewer.ui.viewer import Viewer
from tests.ui.conftest import analyzed, begun, opened

# Words that English sentences cannot do without and Slovak ones do not have.
ENGLISH = re.compile(
    r"\b(the|of|and|is|are|in|with|not|this|slice|slices|window|open|next|all|for|from|heatmap|run|model's)\b",
    re.IGNORECASE,
)
MAIN = {
    "File", "Edit", "View", "Window", "Help", "Findings", "Heatmap", "Series", "Run model", "Run again", "Stop",
    "Reset", "Show heatmap", "Opacity", "Threshold", "Slice threshold", "More than", "slices", "Display",
    "Research use, not for diagnosis",
    "Brain", "Bone", "Lung", "Invert", "Automatic", "Model input",
}  # fmt: skip
PROPERTIES = ("text", "toolTip", "accessibleName", "windowTitle", "title", "placeholderText", "accessibleDescription")
# What stands in files, names of methods and what lies in the package is nobody's to translate.
FOREIGN = re.compile(r"<[^>]*>|[/\\]\S+|[\w.-]*\.(dcm|csv|json|png)|Score-CAM|pip install \S+|Head \S+ \S+|tiny\S*")


@pytest.fixture
def slovak(
    qapp: QApplication, viewers: Callable[..., Viewer], with_model: Package, qtbot: QtBot
) -> Generator[Viewer, None, None]:
    language.install(qapp, "sk")
    yield begun(viewers(Settings(notice_accepted=NOTICE_VERSION, language="sk")), qtbot)
    language.install(qapp, "en")


def _texts(window: QWidget) -> Iterator[str]:
    for widget in (window, *window.findChildren(QWidget)):
        for name in PROPERTIES:
            read = getattr(widget, name, None)
            if callable(read) and isinstance(text := read(), str):
                yield text
        if isinstance(widget, QComboBox):
            yield from (widget.itemText(place) for place in range(widget.count()))
    for action in window.findChildren(QAction):
        yield from (action.text(), action.toolTip(), action.statusTip())


def _english(window: QWidget) -> list[str]:
    texts = {text for text in _texts(window) if text}
    # Languages are named in their own words.
    texts -= {"Language / Jazyk", "English"}
    spoken = {text: ENGLISH.findall(FOREIGN.sub(" ", text)) for text in texts}
    return sorted(f"{words} in {text}" for text, words in spoken.items() if words or text.replace("&", "") in MAIN)


def test_neither_panels_nor_menus_speak_english(slovak: Viewer, head_folder: Path, qtbot: QtBot) -> None:
    assert _english(slovak.window) == []
    opened(slovak, head_folder, qtbot)
    assert _english(slovak.window) == []
    analyzed(slovak, qtbot)
    assert _english(slovak.window) == []
    titles = [menu.title() for menu in slovak.window.menuBar().findChildren(QMenu)]
    assert "&Súbor" in titles


DIALOGS = (
    "help.keys", "view.study", "view.tags", "view.fidelity", "model.table", "edit.settings", "file.report",
    "file.export", "model.worklist", "reader.statistics",
)  # fmt: skip


def test_no_dialog_speaks_english(slovak: Viewer, head_folder: Path, qtbot: QtBot) -> None:
    analyzed(opened(slovak, head_folder, qtbot), qtbot)
    for name in DIALOGS:
        slovak.actions[name].trigger()
        qtbot.waitUntil(lambda: slovak.workflow.is_idle)
        shown = [dialog for dialog in slovak.window.findChildren(QDialog) if dialog.isVisible()]
        assert shown, name
        for dialog in shown:
            assert _english(dialog) == [], name
            dialog.close()


def _cut(window: QWidget) -> list[tuple[str, int, int]]:
    """Words on one line with the px that they need and have."""
    cut = []
    for widget in window.findChildren(QWidget):
        if not widget.isVisible() or not isinstance(widget, QAbstractButton | QLabel) or not widget.text():
            continue
        wraps = isinstance(widget, QLabel) and widget.wordWrap()
        needed = QFontMetrics(widget.font()).size(Qt.TextFlag.TextShowMnemonic, widget.text()).width()
        if not wraps and needed > widget.width():
            cut.append((widget.text(), needed, widget.width()))
    return cut


def test_nothing_is_cut_in_the_window(slovak: Viewer, head_folder: Path, qtbot: QtBot) -> None:
    analyzed(opened(slovak, head_folder, qtbot), qtbot)

    def fits() -> None:
        assert _cut(slovak.window) == []

    # Words that have just changed get their room a moment later.
    qtbot.waitUntil(fits)


def test_a_message_stands_in_slovak_and_is_known_by_its_english(slovak: Viewer) -> None:
    slovak.actions["model.run"].trigger()
    bar = slovak.window.message_bar
    assert bar.text == "Open a folder with a head CT first."
    assert "Najprv otvorte priečinok s CT hlavy." in [label.text() for label in bar.findChildren(QLabel)]


def test_a_dialog_of_qt_has_slovak_buttons(slovak: Viewer) -> None:
    slovak.actions["help.keys"].trigger()
    dialog = next(dialog for dialog in slovak.window.findChildren(QDialog) if dialog.isVisible())
    assert [button.text().replace("&", "") for button in dialog.findChildren(QPushButton)] == ["Zavrieť"]
    dialog.close()


def test_numbers_and_files_do_not_follow_the_language(
    slovak: Viewer, head_folder: Path, qtbot: QtBot, tmp_path: Path
) -> None:
    analyzed(opened(slovak, head_folder, qtbot), qtbot)
    assert re.search(r"skóre \d\.\d\d", slovak.window.findings._slice.text())
    head = measurement_table.table(()).splitlines()[0]
    assert ENGLISH.search(head) or "slice" in head
    result = slovak.session.result
    assert result is not None
    assert all(ENGLISH.search(warning.message) for warning in result.warnings)
    assert "positive" in result.vote().sentence
