"""The log is small, the user's own, and holds nothing of a patient whatever is said to it."""

from __future__ import annotations

import logging
import os
from pathlib import Path

import pytest

from leukoviewer import log_file

CANARIES = ("Zwitscher", "Kanaria", "KANARIE", "1.2.840.113619", "Kanarienvogel")


def read() -> str:
    return "".join(path.read_text(encoding="utf-8") for path in log_file.folder().glob("leukoviewer.log*"))


def test_what_the_program_says_is_written_and_nothing_else() -> None:
    with log_file.kept():
        logging.getLogger("leukoviewer.ui").info("opened: %d series", 3)
        logging.getLogger("leukoviewer.ui").debug("a detail")
        logging.getLogger("pydicom").warning("Invalid value for VR PN: Zwitscher^Kanaria")
    logging.getLogger("leukoviewer.ui").warning("after the end")
    (line,) = read().splitlines()
    assert line.endswith("INFO leukoviewer.ui: opened: 3 series")


@pytest.mark.parametrize(
    "message",
    [
        "cannot read /data/nest of Kanarienvogel/Zwitscher Kanaria/1.dcm today",
        r"cannot read C:\Users\x\Kanarienvogel und Zwitscher\1.dcm",
        "patient Zwitscher^Kanaria^^^ of KANARIE",
        "series 1.2.840.113619.2.55.3.604688 is odd",
        "two lines\nand /home/Kanarienvogel in one",
    ],
)
def test_what_looks_like_a_patient_is_cut_out(message: str) -> None:
    with log_file.kept():
        logging.getLogger("leukoviewer.dicom").warning("%s", message)
    text = read()
    assert "left out" in text
    assert [canary for canary in CANARIES if canary in text] == []


def test_an_error_leaves_its_kind_and_place_and_never_its_text() -> None:
    with log_file.kept():
        try:
            raise ValueError("Zwitscher Kanaria")
        except ValueError:
            logging.getLogger("leukoviewer.jobs").exception("a job failed")
    text = read()
    assert "ValueError at test_log_file.py:" in text
    assert "Zwitscher" not in text


def test_old_files_are_put_away_and_the_oldest_goes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(log_file, "MAX_BYTES", 200)
    with log_file.kept():
        for number in range(40):
            logging.getLogger("leukoviewer").info("line %03d", number)
    files = sorted(log_file.folder().iterdir())
    assert [path.name for path in files] == ["leukoviewer.log", *(f"leukoviewer.log.{n}" for n in (1, 2, 3))]
    assert all(path.stat().st_size < 300 for path in files)
    assert log_file.last_lines(2)[-1].endswith("line 039")
    assert "line 000" not in read()
    if os.name == "posix":
        assert all(path.stat().st_mode & 0o077 == 0 for path in (log_file.folder(), *files))


def test_a_log_that_cannot_be_written_disturbs_nobody(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    monkeypatch.setattr(log_file, "folder", lambda: tmp_path / "file" / "logs")
    with log_file.kept():
        logging.getLogger("leukoviewer").info("anything")
    assert capfd.readouterr() == ("", "")
    assert log_file.last_lines(5) == ()


def test_the_loggers_are_afterwards_as_they_were() -> None:
    logger = logging.getLogger("leukoviewer")
    before = logger.level, list(logger.handlers)
    with log_file.kept():
        assert logger.level == logging.INFO
    assert (logger.level, list(logger.handlers)) == before
