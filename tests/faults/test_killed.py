"""A program that is killed (not asked) in the middle of writing: old or new, whole, and never a mixture."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from leukoviewer import atomic, cli
from tests.commands.conftest import models  # noqa: F401 - one model is installed
from tests.phantom import write_phantom

pytestmark = pytest.mark.skipif(os.name != "posix", reason="SIGKILL is POSIX")

# It writes one generation after the other, each file whole and each of one letter, and says when it begins.
WRITER = """
import itertools, sys
from pathlib import Path
from leukoviewer import atomic, cli
from tests.commands.conftest import models  # noqa: F401 - one model is installed
from tests.phantom import write_phantom
target = Path(sys.argv[1])
for number in itertools.count(1):
    atomic.write_json(target, {"generation": number, "text": chr(97 + number % 26) * 400_000})
    if number == 2:
        sys.stdout.write("begun\\n")
        sys.stdout.flush()
"""
# It fills a folder that is to appear whole.
FOLDER = """
import sys
from pathlib import Path
from leukoviewer import atomic, cli
from tests.commands.conftest import models  # noqa: F401 - one model is installed
from tests.phantom import write_phantom
with atomic.write_folder(Path(sys.argv[1])) as place:
    for number in range(10_000):
        (place / f"{number}.bin").write_bytes(b"x" * 4096)
        if number == 5:
            sys.stdout.write("begun\\n")
            sys.stdout.flush()
"""


def killed(program: str, target: Path, *, after: int) -> None:
    """Start it, let it begin, and kill it after so many rounds of this process."""
    child = subprocess.Popen([sys.executable, "-c", program, str(target)], stdout=subprocess.PIPE, text=True)
    assert child.stdout is not None
    assert child.stdout.readline() == "begun\n"
    for _ in range(after):
        os.stat(target.parent)
    child.send_signal(signal.SIGKILL)
    child.wait(30)
    child.stdout.close()
    assert child.returncode == -signal.SIGKILL


@pytest.mark.parametrize("after", [random.Random(n).randrange(1, 4000) for n in range(5)])
def test_a_program_killed_in_the_middle_of_an_export_leaves_old_or_new_and_never_a_mixture(
    after: int, tmp_path: Path
) -> None:
    target = tmp_path / "result.json"
    killed(WRITER, target, after=after)
    record = json.loads(target.read_text(encoding="utf-8"))
    assert record["text"] == chr(97 + record["generation"] % 26) * 400_000
    # What was begun lies hidden beside it and is in nobody's way.
    assert all(path.name.startswith(".result.json.") for path in tmp_path.iterdir() if path != target)
    atomic.write_json(target, {"generation": 0})
    assert json.loads(target.read_text(encoding="utf-8")) == {"generation": 0}


def test_a_folder_whose_writer_was_killed_never_appears(tmp_path: Path) -> None:
    target = tmp_path / "model-1.0"
    killed(FOLDER, target, after=10)
    assert not target.exists()
    with atomic.write_folder(target) as place:
        (place / "whole").write_bytes(b"1")
    assert [path.name for path in target.iterdir()] == ["whole"]


@pytest.mark.usefixtures("models")
def test_an_analysis_killed_over_an_earlier_result_leaves_nothing_of_the_earlier_one(tmp_path: Path) -> None:
    first = write_phantom(tmp_path / "first", slices=7, rows=64, columns=64).folder
    second = write_phantom(tmp_path / "second", slices=40, rows=256, columns=256, spacing_mm=(0.9, 0.9)).folder
    out = tmp_path / "out"
    assert cli.run(["analyze", str(first), "--out", str(out), "--device", "cpu", "--quiet"]) == 0
    earlier = {path: path.read_bytes() for path in out.rglob("*") if path.is_file()}
    assert {"result.json", "scores.csv", "montage.png"} <= {path.name for path in earlier}
    line = [
        sys.executable,
        "-m",
        "leukoviewer",
        "analyze",
        str(second),
        "--out",
        str(out),
        "--device",
        "cpu",
        "--quiet",
    ]
    child = subprocess.Popen(line)
    while child.poll() is None and (out / "result.json").exists():
        os.sched_yield()
    child.send_signal(signal.SIGKILL)
    assert child.wait(60) == -signal.SIGKILL
    left = {path: path.read_bytes() for path in out.rglob("*") if path.is_file()}
    assert out / "result.json" not in left
    # What was not taken away yet is old, what was written is new; never both.
    new = [path for path, data in left.items() if earlier.get(path) != data and not path.name.startswith(".")]
    old = [path for path, data in left.items() if earlier.get(path) == data]
    assert not (new and old), (new, old)
    # The next run knows what the killed one left, and only its own files are there in the end.
    assert cli.run(["analyze", str(first), "--out", str(out), "--device", "cpu", "--quiet"]) == 0
    whole = {path: path.read_bytes() for path in out.rglob("*") if path.is_file()}
    assert whole.keys() == earlier.keys()
    assert all(whole[path] == data for path, data in earlier.items() if path.suffix in {".png", ".csv"})
