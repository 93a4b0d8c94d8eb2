"""The disk is full, or a folder is read-only: a sentence, the old files, and nothing half-written."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from pathlib import Path
from types import MappingProxyType

import pytest

from leukoviewer import atomic, cli, settings
from leukoviewer.core import measurement_file
from leukoviewer.core.measurements import Kind, Measurement
from leukoviewer.errors import CannotWriteError
from leukoviewer.ui.settings_store import SettingsStore
from tests.commands.conftest import models  # noqa: F401 - one model is installed
from tests.phantom import write_phantom

LINE = Measurement("abc", Kind.LENGTH, ((1.0, 2.0), (3.0, 4.0)), "1.2.3", 0, 0)

Break = Callable[[pytest.MonkeyPatch], None]


def full_at(step: str) -> Break:
    """The disk runs full where the program hands its bytes to the system: at opening, at writing out, at renaming."""

    def full(patch: pytest.MonkeyPatch) -> None:
        def refuse(*_: object, **__: object) -> None:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

        patch.setattr(os if step != "replace" else Path, step, refuse)

    return full


FULL = MappingProxyType({step: full_at(step) for step in ("open", "fsync", "replace")})


def listing(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("step", FULL)
def test_on_a_full_disk_the_old_settings_stay_and_the_reader_is_told(
    step: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.save(settings.Settings(device="cpu"))
    before = listing(settings.file().parent)
    store = SettingsStore(settings.load()[0])
    told: list[object] = []
    store.failed.connect(told.append)
    with monkeypatch.context() as patch:
        FULL[step](patch)
        store.change(device="auto")
    assert [str(error) for error in told if isinstance(error, CannotWriteError)] == [
        f"{settings.file()} cannot be written (No space left on device); choose another place."
    ]
    assert listing(settings.file().parent) == before
    # The choice holds for this time.
    assert store.value.device == "auto"


@pytest.mark.parametrize("step", FULL)
def test_on_a_full_disk_the_old_measurements_stay(step: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "m" / "one.json"
    measurement_file.save(file, (LINE,))
    before = listing(tmp_path)
    with monkeypatch.context() as patch:
        FULL[step](patch)
        with pytest.raises(CannotWriteError, match="No space left"):
            measurement_file.save(file, ())
    assert listing(tmp_path) == before
    assert measurement_file.load(file).measurements == (LINE,)


@pytest.mark.usefixtures("models")
def test_a_disk_that_fills_while_results_are_written_leaves_no_result_that_looks_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    head = write_phantom(tmp_path / "head", slices=6, rows=96, columns=80, spacing_mm=(2.4, 2.8)).folder
    out = tmp_path / "out"
    fsync, left = os.fsync, [3]

    def filling(descriptor: int) -> None:
        left[0] -= 1
        if left[0] < 0:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        fsync(descriptor)

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", filling)
        # The note that the engine is proven is the first of the three.
        assert cli.run(["analyze", str(head), "--out", str(out), "--device", "cpu", "--quiet"]) == 7
    told = capfd.readouterr().err
    assert told.count("\n") == 1
    assert "No space left on device" in told
    names = {path.name for path in out.rglob("*") if path.is_file()}
    assert "result.json" not in names
    assert not any(name.endswith(".part") for name in names)
    # With room again the same command completes.
    assert cli.run(["analyze", str(head), "--out", str(out), "--device", "cpu", "--quiet"]) == 0
    assert "result.json" in {path.name for path in out.iterdir()}


@pytest.mark.usefixtures("models")
def test_a_home_that_cannot_be_written_is_no_reason_not_to_score(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "home").write_text("a file where the folder should be")
    monkeypatch.setenv("LEUKOVIEWER_HOME", str(tmp_path / "home"))
    head = write_phantom(tmp_path / "head", slices=6, rows=96, columns=80, spacing_mm=(2.4, 2.8)).folder
    assert cli.run(["analyze", str(head), "--out", str(tmp_path / "out"), "--device", "cpu", "--quiet"]) == 0


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="the modes of folders do not bind this user")
def test_a_folder_without_permission_to_write_is_told(tmp_path: Path) -> None:
    locked = tmp_path / "locked"
    locked.mkdir(mode=0o500)
    with pytest.raises(CannotWriteError, match="choose another place"):
        atomic.write_bytes(locked / "file", b"1")


def test_a_read_only_file_system_is_told_like_a_full_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(errno.EROFS, os.strerror(errno.EROFS))

    monkeypatch.setattr(os, "open", refuse)
    with pytest.raises(CannotWriteError, match="Read-only file system"):
        atomic.write_text(tmp_path / "file", "1")
    assert list(tmp_path.iterdir()) == []
