"""Attributes as values: how they are written, counted and kept out of logs."""

from __future__ import annotations

import pytest

from leukoviewer.core.attributes import Attribute, FileAttributes

NAME = Attribute(0x00100010, "PatientName", "Patient's Name", "PN", "Sekret^Jane", 11)
OWN = Attribute(0x0029100A, "", "CSA Image Header Info", "OB", "00 01", 2)
SEQUENCE = Attribute(0x00081140, "ReferencedImageSequence", "Referenced Image Sequence", "SQ", "2 items", None,
                     ((NAME, OWN), ()))  # fmt: skip


@pytest.mark.parametrize(
    ("attribute", "tag", "title"),
    [(NAME, "(0010,0010)", "PatientName"), (OWN, "(0029,100A)", "[CSA Image Header Info]")],
)
def test_an_attribute_is_written_by_tag_and_keyword(attribute: Attribute, tag: str, title: str) -> None:
    assert (attribute.tag_text, attribute.title) == (tag, title)


def test_nested_ones_are_walked_and_counted() -> None:
    assert list(SEQUENCE.walk()) == [SEQUENCE, NAME, OWN]
    assert FileAttributes((SEQUENCE, NAME)).count == 4


def test_a_tag_has_four_bytes() -> None:
    with pytest.raises(ValueError, match="four bytes"):
        Attribute(1 << 32, "", "", "")


def test_neither_its_own_text_nor_that_of_a_file_tells_a_value() -> None:
    assert "Sekret" not in repr(FileAttributes((SEQUENCE, NAME)))
