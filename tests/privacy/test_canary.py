"""A canary patient is read from beginning to end; afterwards no file and no output may hold a trace of it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from leukoviewer.packages.archive import Package
from tests.phantom import write_phantom

NAME, NUMBER, FOLDER = "Zwitscher^Kanaria", "KANARIE-730915", "nest_of_Kanarienvogel"
MARKS = ("Zwitscher", "Kanaria", "KANARIE-730915", "Kanarienvogel")
READING = Path(__file__).with_name("reading.py")


@dataclass(frozen=True)
class Read:
    """What a reading left.

    Attributes
    ----------
    home, temporary, out : Path
        Folders that the process could write.
    output : bytes
        What it said.
    """

    home: Path
    temporary: Path
    out: Path
    output: bytes

    def files(self) -> Iterator[Path]:
        for folder in (self.home, self.temporary, self.out):
            yield from (path for path in folder.rglob("*") if path.is_file())


def read(base: Path, models: Path, repository: Path, *, recent: bool) -> Read:
    """Let a process of its own read the canary patient."""
    nest, home, temporary, out = base / FOLDER, base / "home", base / "tmp", base / "out"
    for folder in (home, temporary, out):
        folder.mkdir()
    write_phantom(nest, slices=6, rows=96, columns=80, spacing_mm=(2.4, 2.8), patient_name=NAME, patient_id=NUMBER)
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("XDG_", "LEUKOVIEWER_"))}
    environment |= {"HOME": str(home), "TMPDIR": str(temporary), "XDG_RUNTIME_DIR": str(temporary)}
    environment |= {"LEUKOVIEWER_HOME": str(home / "leukoviewer"), "LEUKOVIEWER_RESOURCES": str(base / "resources")}
    (base / "resources").mkdir()
    for entry in (repository / "resources").iterdir():
        (base / "resources" / entry.name).symlink_to(models if entry.name == "models" else entry)
    temporary.chmod(0o700)
    line = [sys.executable, str(READING), str(nest), str(out), str(models), "recent" if recent else "no"]
    run = subprocess.run(
        line, cwd=repository, check=False, capture_output=True, timeout=200,
        env=environment | {"PYTHONPATH": str(repository), "QT_QPA_PLATFORM": "offscreen"},
    )  # fmt: skip
    assert run.returncode == 0, run.stderr.decode()[-3000:]
    return Read(home, temporary, out, run.stdout + run.stderr)


@pytest.fixture(scope="module")
def left(tmp_path_factory: pytest.TempPathFactory, tiny_package: Package, repository: Path) -> Read:
    return read(tmp_path_factory.mktemp("read"), tiny_package.folder.parent, repository, recent=True)


def traces(data: bytes) -> list[str]:
    """The marks that these bytes hold, in any of the usual encodings and in any case."""
    lower = data.lower()
    return [
        mark
        for mark in MARKS
        if any(mark.lower().encode(kind) in lower for kind in ("utf-8", "utf-16-le", "utf-16-be", "utf-32-le"))
    ]


def test_marks_are_found_where_there_are_some() -> None:
    assert traces(b"x" + NAME.encode("utf-16-le") + b"\0") == ["Zwitscher", "Kanaria"]
    assert traces(b"kanarie-730915") == ["KANARIE-730915"]
    assert traces(b"a bird") == []


@pytest.mark.timeout(300)
def test_no_file_and_no_output_holds_the_patient(left: Read) -> None:
    files = list(left.files())
    names = {path.name for path in files}
    # The reading really did what it should: settings, measurements, result and pictures are there.
    assert {"settings.json", "result.json", "scores.csv", "montage.png", "window.png"} <= names
    assert any("measurements" in path.parts for path in files)
    assert {"leukoviewer.log", "diagnostics.txt", "worklist.json"} <= names
    assert any("results" in path.parts for path in files)
    # What is open is written only while it is open.
    assert not any("sessions" in path.parts for path in files)
    assert b"ValueError" in left.output
    own = left.home / "leukoviewer"
    with_paths = {own / "config" / "settings.json", own / "data" / "worklist.json"}
    found = {str(path): traces(path.read_bytes() + path.name.encode()) for path in files if path not in with_paths}
    assert {path: marks for path, marks in found.items() if marks} == {}
    # The list of commands names neither; what the reader asked to be listed goes to its own terminal only.
    assert traces(left.output) == [], left.output.decode(errors="replace")


def test_the_worklist_knows_the_path_of_its_rows_and_nothing_else_of_the_patient(left: Read) -> None:
    record = json.loads((left.home / "leukoviewer" / "data" / "worklist.json").read_text(encoding="utf-8"))
    assert [Path(row.pop("path")).name for row in record["rows"]] == [FOLDER]
    assert traces(json.dumps(record).encode()) == []


def test_the_list_of_recent_folders_is_the_one_setting_that_knows_the_path(left: Read) -> None:
    record = json.loads((left.home / "leukoviewer" / "config" / "settings.json").read_text(encoding="utf-8"))
    assert [Path(path).name for path in record.pop("recent")] == [FOLDER]
    assert traces(json.dumps(record).encode()) == []


def test_the_list_of_recent_folders_can_be_left_out(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    from leukoviewer import settings

    monkeypatch.setenv("LEUKOVIEWER_HOME", str(tmp_path))
    value = settings.Settings(keep_recent=False).with_recent(f"/data/{FOLDER}")
    settings.save(value)
    assert traces(settings.file().read_bytes()) == []
    settings.save(settings.Settings().with_recent(f"/data/{FOLDER}").with_recent_cleared())
    assert traces(settings.file().read_bytes()) == []


@pytest.mark.skipif(os.name != "posix", reason="modes are POSIX")
def test_folders_of_the_program_are_its_users_alone(left: Read) -> None:
    own = list((left.home / "leukoviewer").rglob("*"))
    assert {"settings.json", "golden", "measurements"} <= {path.name for path in own}
    open_to_others = [path for path in own if path.stat().st_mode & 0o077]
    assert open_to_others == []


def test_nothing_temporary_is_left(left: Read) -> None:
    """Neither in the folder for temporary files nor half-written beside a file of ours, nor in shared memory."""
    assert [path for path in left.temporary.rglob("*") if path.is_file()] == []
    assert [path for path in left.files() if path.name.endswith(".part")] == []
    # All that is cached is which engine has proven itself.
    cached = [path for path in (left.home / "leukoviewer" / "cache").rglob("*") if path.is_file()]
    assert {path.parent.name for path in cached} <= {"golden"}
    assert all(path.stat().st_size < 100 for path in cached)
