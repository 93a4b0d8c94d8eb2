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

from leukoviewer import atomic

pytestmark = pytest.mark.skipif(os.name != "posix", reason="SIGKILL is POSIX")

# It writes one generation after the other, each file whole and each of one letter, and says when it begins.
WRITER = """
import itertools, sys
from pathlib import Path
from leukoviewer import atomic
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
from leukoviewer import atomic
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
