"""The key of pseudonyms: made once, kept, private, never silently another one."""

from __future__ import annotations

import os

import pytest

from leukoviewer.dicom.pseudonym_key import file, pseudonym_key
from leukoviewer.errors import LeukoError


def test_it_is_made_once_and_read_by_nobody_else() -> None:
    key = pseudonym_key()
    assert len(key) == 32
    assert pseudonym_key() == key
    if os.name == "posix":
        assert file().stat().st_mode & 0o077 == 0


def test_a_damaged_one_is_told_and_left() -> None:
    pseudonym_key()
    file().write_bytes(b"short")
    with pytest.raises(LeukoError, match="damaged; remove it"):
        pseudonym_key()
    assert file().read_bytes() == b"short"
