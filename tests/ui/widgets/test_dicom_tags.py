"""The window with the DICOM tags: search, sorting, folding, copying."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from leukoviewer.core.attributes import Attribute, FileAttributes
from leukoviewer.ui.widgets.dicom_tags import DicomTags

UID = Attribute(0x00081155, "ReferencedSOPInstanceUID", "Referenced SOP Instance UID", "UI", "1.2.3.9", 8)
CODE = Attribute(0x0040A170, "PurposeOfReferenceCodeSequence", "Purpose of Reference Code Sequence", "SQ", "1 item",
                 None, ((UID,),))  # fmt: skip
IMAGES = Attribute(0x00081140, "ReferencedImageSequence", "Referenced Image Sequence", "SQ", "2 items", None,
                   ((CODE,), ()))  # fmt: skip
NAME = Attribute(0x00100010, "PatientName", "Patient's Name", "PN", "Phantom^Head", 12)
SPACING = Attribute(0x00280030, "PixelSpacing", "Pixel Spacing", "DS", "0.5\\0.25", 8)
PRIVATE = Attribute(0x00291008, "", "CSA Image Header Type", "CS", "IMAGE NUM 4", 12)
FOUND = FileAttributes((IMAGES, SPACING, NAME, PRIVATE))
ALL = ["(0008,1140)", "Item 1", "(0040,A170)", "Item 1", "(0008,1155)", "Item 2"]


@pytest.fixture
def dialog(qtbot: QtBot) -> DicomTags:
    dialog = DicomTags()
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.show_attributes("Slice 3 of 12: a.dcm", FOUND)
    return dialog


def lines(dialog: DicomTags) -> list[str]:
    """First cells of all lines that the search leaves."""
    return [str(index.data()) for index in dialog._found.indexes()]


def line(dialog: DicomTags, tag: str) -> QModelIndex:
    return next(index for index in dialog._found.indexes() if index.data() == tag)


def clipboard() -> str:
    return QGuiApplication.clipboard().text()


def test_the_lines_stand_sorted_by_tag_with_the_nested_ones_in_them(dialog: DicomTags) -> None:
    assert lines(dialog) == [*ALL, "(0010,0010)", "(0028,0030)", "(0029,1008)"]
    assert dialog.title == "Slice 3 of 12: a.dcm"
    assert dialog._count.text() == "6 attributes"
    index = line(dialog, "(0028,0030)")
    cells = [index.siblingAtColumn(column).data() for column in range(4)]
    assert cells == ["(0028,0030)", "PixelSpacing", "DS", "0.5\\0.25"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", [*ALL, "(0010,0010)", "(0028,0030)", "(0029,1008)"]),
        ("  ", [*ALL, "(0010,0010)", "(0028,0030)", "(0029,1008)"]),
        ("0010,0010", ["(0010,0010)"]),
        ("00280030", ["(0028,0030)"]),
        ("(0028", ["(0028,0030)"]),
        ("PATIENTNAME", ["(0010,0010)"]),
        ("patient's", ["(0010,0010)"]),
        ("phantom^", ["(0010,0010)"]),
        ("spacing pixel 0.25", ["(0028,0030)"]),
        ("csa", ["(0029,1008)"]),
        ("1.2.3.9", ["(0008,1140)", "Item 1", "(0040,A170)", "Item 1", "(0008,1155)"]),
        ("purpose", ["(0008,1140)", "Item 1", "(0040,A170)", "Item 1", "(0008,1155)"]),
        ("referencedimagesequence", ALL),
        ("item", ALL),
        ("nowhere", []),
    ],
)
def test_the_search_finds_tag_keyword_name_and_value_and_keeps_the_parents(
    dialog: DicomTags, text: str, expected: list[str]
) -> None:
    QTest.keyClicks(dialog._search, text)
    assert lines(dialog) == expected
    if text.strip():
        folders = [index for index in dialog._found.indexes() if dialog._found.hasChildren(index)]
        assert all(dialog._tree.isExpanded(index) for index in folders)
    dialog._search.clear()
    assert len(lines(dialog)) == 9


def test_a_search_holds_when_another_file_comes(dialog: DicomTags) -> None:
    dialog.search("spacing")
    other = Attribute(0x00280030, "PixelSpacing", "Pixel Spacing", "DS", "0.7\\0.7", 8)
    dialog.show_attributes("Slice 4 of 12: b.dcm", FileAttributes((NAME, other)))
    assert lines(dialog) == ["(0028,0030)"]
    assert line(dialog, "(0028,0030)").siblingAtColumn(3).data() == "0.7\\0.7"
    dialog.search("")
    assert lines(dialog) == ["(0010,0010)", "(0028,0030)"]


def test_what_was_unfolded_and_marked_stays_when_another_file_comes(dialog: DicomTags) -> None:
    dialog._tree.expand(line(dialog, "(0008,1140)"))
    dialog._tree.setCurrentIndex(line(dialog, "(0028,0030)"))
    dialog.show_attributes("Slice 4 of 12: b.dcm", FOUND)
    assert dialog._tree.isExpanded(line(dialog, "(0008,1140)"))
    assert dialog._tree.currentIndex().data() == "(0028,0030)"
    assert not dialog._tree.isExpanded(line(dialog, "(0040,A170)"))


def test_a_search_unfolds_and_leaves_the_readers_own_folding_alone(dialog: DicomTags) -> None:
    dialog.search("1.2.3.9")
    assert dialog._tree.isExpanded(line(dialog, "(0040,A170)"))
    dialog.search("")
    assert not dialog._tree.isExpanded(line(dialog, "(0008,1140)"))


@pytest.mark.parametrize(
    ("column", "order", "expected"),
    [
        (0, Qt.SortOrder.AscendingOrder, ["(0008,1140)", "(0010,0010)", "(0028,0030)", "(0029,1008)"]),
        (0, Qt.SortOrder.DescendingOrder, ["(0029,1008)", "(0028,0030)", "(0010,0010)", "(0008,1140)"]),
        (1, Qt.SortOrder.AscendingOrder, ["(0029,1008)", "(0010,0010)", "(0028,0030)", "(0008,1140)"]),
        (2, Qt.SortOrder.AscendingOrder, ["(0029,1008)", "(0028,0030)", "(0010,0010)", "(0008,1140)"]),
        (3, Qt.SortOrder.AscendingOrder, ["(0028,0030)", "(0008,1140)", "(0029,1008)", "(0010,0010)"]),
    ],
)
def test_a_click_on_a_title_sorts(dialog: DicomTags, column: int, order: Qt.SortOrder, expected: list[str]) -> None:
    dialog._tree.sortByColumn(column, order)
    top = [str(dialog._found.index(row, 0).data()) for row in range(4)]
    assert top == expected
    dialog.show_attributes("Slice 4 of 12: b.dcm", FOUND)
    assert [str(dialog._found.index(row, 0).data()) for row in range(4)] == expected


def test_a_row_is_copied_by_its_key(dialog: DicomTags) -> None:
    dialog._tree.setCurrentIndex(line(dialog, "(0010,0010)"))
    QTest.keyClick(dialog._tree, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert clipboard() == "(0010,0010)\tPatientName\tPN\tPhantom^Head"


def test_the_selection_is_copied_from_the_top_down(dialog: DicomTags) -> None:
    selection = dialog._tree.selectionModel()
    for tag in ("(0028,0030)", "(0008,1155)", "(0010,0010)"):
        selection.select(line(dialog, tag), selection.SelectionFlag.Select | selection.SelectionFlag.Rows)
    button(dialog, "Copy selection").click()
    assert [row.split("\t")[0] for row in clipboard().splitlines()] == [">>(0008,1155)", "(0010,0010)", "(0028,0030)"]


def test_all_or_all_found_is_copied(dialog: DicomTags) -> None:
    button(dialog, "Copy all").click()
    assert len(clipboard().splitlines()) == 9
    assert clipboard().splitlines()[1] == ">Item 1\t\t\t1 attribute"
    dialog.search("spacing")
    button(dialog, "Copy found").click()
    assert clipboard() == "(0028,0030)\tPixelSpacing\tDS\t0.5\\0.25"


def test_one_value_is_copied_alone(dialog: DicomTags) -> None:
    dialog._tree.setCurrentIndex(line(dialog, "(0010,0010)"))
    dialog.copy_value()
    assert clipboard() == "Phantom^Head"


def test_nothing_marked_leaves_the_clipboard_alone(dialog: DicomTags) -> None:
    QGuiApplication.clipboard().setText("before")
    dialog.show_trouble("Slice 1 of 2: a.dcm", "It is gone.")
    for copy in (dialog.copy_selection, dialog.copy_value, dialog.copy_all):
        copy()
    assert clipboard() == "before"


def test_trouble_is_told_in_place_of_attributes(dialog: DicomTags) -> None:
    dialog.show_trouble("Slice 1 of 2: a.dcm", "It is gone.")
    assert (lines(dialog), dialog.note, dialog._note.isVisible()) == ([], "It is gone.", True)
    dialog.show_attributes("Slice 3 of 12: a.dcm", FOUND)
    assert (dialog.note, dialog._note.isVisible()) == ("", False)


def test_while_another_file_is_read_the_lines_name_their_own(dialog: DicomTags) -> None:
    dialog.announce("Slice 4 of 12: b.dcm")
    assert dialog.title == "Slice 3 of 12: a.dcm   (Slice 4 of 12: b.dcm is being read)"


def test_ten_thousands_of_lines_are_searched(qtbot: QtBot) -> None:
    dialog = DicomTags()
    qtbot.addWidget(dialog)
    item = tuple(Attribute(0x00200000 + n, f"Keyword{n}", f"Name {n}", "DS", f"{n}", 2) for n in range(1, 20))
    frames = Attribute(0x52009230, "PerFrame", "Per Frame", "SQ", "600 items", None, (item,) * 600)
    dialog.show_attributes("Slice 1 of 600: a.dcm", FileAttributes((NAME, frames)))
    dialog.search("keyword7")
    assert dialog._count.text() == "601 attributes"


def button(dialog: DicomTags, text: str) -> QPushButton:
    return next(one for one in dialog.findChildren(QPushButton) if one.text() == text)
