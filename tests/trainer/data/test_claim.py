"""Claims among processes."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from leukoviewer.errors import CannotWriteError
from trainer.data.claim import claimed

_HOLD = """
import sys
from pathlib import Path
from trainer.data.claim import claimed
with claimed(Path(sys.argv[1])) as mine:
    print(mine, flush=True)
    sys.stdin.read()
"""


def test_a_claim_holds_against_others_and_ends_with_its_block(tmp_path: Path) -> None:
    place = tmp_path / "new" / "a.lock"
    with claimed(place) as first:
        with claimed(place) as second, claimed(tmp_path / "b.lock") as elsewhere:
            assert (first, second, elsewhere) == (True, False, True)
        assert place.is_file(), "who was refused leaves the holder's file"
    assert not place.exists()
    with claimed(place) as again:
        assert again


def test_a_claim_ends_with_a_process_that_is_killed(tmp_path: Path, repository: Path) -> None:
    place = tmp_path / "a.lock"
    command = [sys.executable, "-c", _HOLD, str(place)]
    with subprocess.Popen(command, cwd=repository, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "True\n"
        with claimed(place) as mine:
            assert not mine
        other.kill()
        other.wait()
    with claimed(place) as mine:
        assert mine


def test_a_place_that_cannot_be_written_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(CannotWriteError, match="choose another place"), claimed(tmp_path / "file" / "a.lock"):
        pass
