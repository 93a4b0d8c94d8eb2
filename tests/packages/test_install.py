"""Packages as one file: installed after every hash is checked, refused in a sentence, never half there."""

from __future__ import annotations

import io
import json
import re
import shutil
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from leukoviewer.errors import CannotWriteError, PackageError, UsageError
from leukoviewer.packages import install as installing
from leukoviewer.packages.archive import Package, write_package
from leukoviewer.packages.install import install, pack, remove
from leukoviewer.packages.manifest import PACKAGE_FILES, Manifest
from leukoviewer.packages.store import PackageStore

EVALUATION = "evaluations/paper.json"


@pytest.fixture
def package(manifest: Manifest, tmp_path: Path) -> Package:
    """Small and complete, with an evaluation; its contents are no networks."""
    contents = {name: (name * 50).encode() for name in PACKAGE_FILES}
    return write_package(tmp_path / "made" / manifest.id, manifest, {**contents, EVALUATION: b"{}"})


@pytest.fixture
def file(package: Package, tmp_path: Path) -> Path:
    pack(package, tmp_path / "model.zip")
    return tmp_path / "model.zip"


def _models(tmp_path: Path) -> Path:
    return tmp_path / "home" / "models"


def _nothing_installed(tmp_path: Path) -> bool:
    return not _models(tmp_path).exists() or list(_models(tmp_path).iterdir()) == []


def test_what_was_packed_is_installed_byte_for_byte(package: Package, file: Path, tmp_path: Path) -> None:
    found = install(file, _models(tmp_path))
    assert (found.id, found.sha256) == (package.id, package.sha256)
    assert found.folder == _models(tmp_path) / package.id
    assert found.evaluations() == {"paper.json": b"{}"}
    assert [path.name for path in _models(tmp_path).iterdir()] == [package.id]
    assert PackageStore((_models(tmp_path),)).default().id == package.id


def test_a_folder_is_installed_as_it_is(package: Package, tmp_path: Path) -> None:
    (package.folder / "notes.txt").write_text("not named by the manifest")
    found = install(package.folder, _models(tmp_path))
    assert found.sha256 == package.sha256
    assert not (found.folder / "notes.txt").exists()


def test_packing_twice_gives_the_same_bytes(package: Package, file: Path, tmp_path: Path) -> None:
    pack(package, tmp_path / "again.zip")
    assert (tmp_path / "again.zip").read_bytes() == file.read_bytes()


def test_files_at_the_top_of_an_archive_will_do(package: Package, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "flat.zip", "w") as archive:
        for path in filter(Path.is_file, package.folder.rglob("*")):
            archive.write(path, path.relative_to(package.folder).as_posix())
    assert install(tmp_path / "flat.zip", _models(tmp_path)).sha256 == package.sha256


@pytest.mark.parametrize("name", [*PACKAGE_FILES, EVALUATION])
def test_one_flipped_byte_is_refused(package: Package, name: str, tmp_path: Path) -> None:
    path = package.folder / name
    content = bytearray(path.read_bytes())
    content[0] ^= 1
    path.write_bytes(bytes(content))
    pack(package, tmp_path / "changed.zip")
    for source in (package.folder, tmp_path / "changed.zip"):
        with pytest.raises(PackageError, match=f"{name} was changed since the model was made"):
            install(source, _models(tmp_path))
    assert _nothing_installed(tmp_path)


def test_any_damage_to_the_archive_is_refused(file: Path, tmp_path: Path) -> None:
    whole = file.read_bytes()
    bad = tmp_path / "bad.zip"
    for place in range(0, len(whole), 97):
        bad.write_bytes(whole[:place] + bytes([whole[place] ^ 0x55]) + whole[place + 1 :])
        try:
            install(bad, _models(tmp_path))
        except PackageError:
            assert _nothing_installed(tmp_path)
        else:  # a byte that says nothing (a date, a permission)
            shutil.rmtree(_models(tmp_path))
    for length in (0, 10, len(whole) // 2, len(whole) - 1):
        bad.write_bytes(whole[:length])
        with pytest.raises(PackageError, match=r"bad\.zip cannot be installed"):
            install(bad, _models(tmp_path))


def _repacked(file: Path, change: Callable[[dict[str, bytes]], None]) -> Path:
    with zipfile.ZipFile(file) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    change(members)
    other = file.with_name("other.zip")
    with zipfile.ZipFile(other, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return other


def _in_manifest(change: Callable[[dict[str, object]], None]) -> Callable[[dict[str, bytes]], None]:
    def edit(members: dict[str, bytes]) -> None:
        name = next(name for name in members if name.endswith("manifest.json"))
        data = json.loads(members[name])
        change(data)
        members[name] = json.dumps(data).encode()

    return edit


def _drop(suffix: str) -> Callable[[dict[str, bytes]], None]:
    return lambda members: [members.pop(name) for name in list(members) if name.endswith(suffix)] and None


def _escape(data: dict[str, object]) -> None:
    files = data["files"]
    assert isinstance(files, dict)
    files["../../evil.txt"] = {"sha256": "0" * 64, "size": 1}


def _huge(data: dict[str, object]) -> None:
    files = data["files"]
    assert isinstance(files, dict)
    files["golden.npz"]["size"] = 1 << 40


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (_drop("manifest.json"), "no archive of one model"),
        (_drop("golden.npz"), "golden.npz is damaged or missing"),
        (lambda m: m.update({"second/manifest.json": b"{}"}), "no archive of one model"),
        (lambda m: m.update({f"{i}.txt": b"" for i in range(1001)}), "far too many files"),
        (lambda m: m.update({next(n for n in m if n.endswith("manifest.json")): b"[1"}), "no JSON"),
        (lambda m: m.update({next(n for n in m if n.endswith("manifest.json")): b" " * 1_100_000}), "far too long"),
        (lambda m: m.update({next(n for n in m if n.endswith("card.md")): b"longer" * 999}), "has another size"),
        (_in_manifest(_escape), "no file of a model package"),
        (_in_manifest(_huge), "far too large"),
        (_in_manifest(lambda data: data.update(name="../evil", id="../evil-1.2")), "lower-case words"),
    ],
)
def test_an_archive_that_is_no_package_is_refused_in_a_sentence(
    file: Path, tmp_path: Path, change: Callable[[dict[str, bytes]], None], told: str
) -> None:
    with pytest.raises(PackageError, match=re.escape(told)):
        install(_repacked(file, change), _models(tmp_path))
    assert _nothing_installed(tmp_path)
    assert not list(tmp_path.rglob("evil*"))


def test_what_else_lies_in_an_archive_is_never_taken_out(file: Path, tmp_path: Path) -> None:
    evil = {"../../evil.txt": b"x", "/evil.txt": b"x", "leuko-small-1.2/evil.py": b"x", "leuko-small-1.2/../evil": b"x"}
    found = install(_repacked(file, lambda members: members.update(evil)), _models(tmp_path))
    assert found.id == "leuko-small-1.2"
    assert not list(tmp_path.rglob("evil*"))


def test_an_installed_model_is_not_installed_again(file: Path, tmp_path: Path) -> None:
    install(file, _models(tmp_path))
    with pytest.raises(UsageError, match=r"leuko-small-1\.2 is installed already"):
        install(file, _models(tmp_path))


def test_another_model_of_the_same_id_is_not_written_over(
    package: Package, file: Path, manifest: Manifest, tmp_path: Path
) -> None:
    found = install(file, _models(tmp_path))
    contents = dict.fromkeys(PACKAGE_FILES, b"other")
    other = write_package(tmp_path / "other", replace(manifest, operating_point="other"), contents)
    with pytest.raises(UsageError, match=r"Another model .* remove it first"):
        install(other.folder, _models(tmp_path))
    assert PackageStore((_models(tmp_path),)).default().sha256 == found.sha256 == package.sha256


def test_a_damaged_one_in_its_place_is_told(file: Path, tmp_path: Path) -> None:
    found = install(file, _models(tmp_path))
    (found.folder / "card.md").unlink()
    with pytest.raises(UsageError, match="A damaged model"):
        install(file, _models(tmp_path))


@pytest.mark.parametrize("name", ["absent.zip", "absent"])
def test_a_file_that_is_not_there_is_told(name: str, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="There is no file or folder"):
        install(tmp_path / name, _models(tmp_path))


def test_a_file_that_is_no_archive_and_a_folder_that_is_no_package_are_told(tmp_path: Path) -> None:
    (tmp_path / "scan.zip").write_bytes(b"no archive")
    (tmp_path / "folder").mkdir()
    with pytest.raises(PackageError, match="no archive of a model"):
        install(tmp_path / "scan.zip", _models(tmp_path))
    with pytest.raises(PackageError, match=r"no readable manifest\.json"):
        install(tmp_path / "folder", _models(tmp_path))


def test_a_full_disk_leaves_nothing_behind(file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(installing, "_copy", full)
    with pytest.raises(CannotWriteError, match="No space left"):
        install(file, _models(tmp_path))
    assert _nothing_installed(tmp_path)


def test_a_file_that_cannot_be_opened_is_told_and_nothing_of_the_place_for_models(
    package: Package, tmp_path: Path
) -> None:
    (package.folder / "golden.npz").unlink()
    (package.folder / "golden.npz").mkdir()  # whoever runs this, a folder cannot be opened as a file
    with pytest.raises(UsageError, match=r"golden\.npz in leuko-small-1\.2 cannot be read"):
        install(package.folder, _models(tmp_path))
    assert _nothing_installed(tmp_path)


@pytest.mark.parametrize("packed", [False, True])
def test_a_file_that_cannot_be_read_on_is_told(
    packed: bool, package: Package, file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Torn(io.BytesIO):
        def read(self, *_: object) -> bytes:
            raise OSError(5, "Input/output error")

    opened = Path.open

    def on_a_torn_disk(path: Path, mode: str = "r", **more: object) -> object:
        torn = path.name == "card.md" and mode == "rb"
        return Torn() if torn else opened(path, mode, **more)

    monkeypatch.setattr(Path, "open", on_a_torn_disk)
    monkeypatch.setattr(installing, "_member", lambda archive, folder, name: _torn(archive, folder + name, Torn()))
    with pytest.raises(UsageError, match=r"card\.md in .* cannot be read \(Input/output error\)"):
        install(file if packed else package.folder, _models(tmp_path))
    assert _nothing_installed(tmp_path)


def _torn(archive: zipfile.ZipFile, name: str, torn: io.BytesIO) -> object:
    return torn if name.endswith("card.md") else archive.open(name)


def test_a_file_in_the_folders_place_is_told(file: Path, tmp_path: Path) -> None:
    (tmp_path / "home").write_text("a file")
    with pytest.raises(CannotWriteError):
        install(file, tmp_path / "home" / "models")


def test_an_installed_model_is_removed_and_a_bundled_one_stays(file: Path, package: Package, tmp_path: Path) -> None:
    models, bundled = _models(tmp_path), package.folder.parent
    install(file, models)
    remove(package.id, PackageStore((models,)), models)
    assert _nothing_installed(tmp_path)
    store = PackageStore((bundled, models))
    with pytest.raises(UsageError, match="comes with the program"):
        remove(package.id, store, models)
    with pytest.raises(UsageError, match="is not installed"):
        remove("../made", store, models)
    assert package.folder.is_dir()


def test_a_model_that_cannot_be_moved_away_stays_and_leaves_nothing_beside_it(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = install(file, _models(tmp_path))

    def in_use(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "rename", in_use)
    with pytest.raises(CannotWriteError, match=r"cannot be removed \(Permission denied\)"):
        remove(found.id, PackageStore((_models(tmp_path),)), _models(tmp_path))
    assert [path.name for path in _models(tmp_path).iterdir()] == [found.id]


def test_a_damaged_one_can_be_removed(file: Path, tmp_path: Path) -> None:
    found = install(file, _models(tmp_path))
    (found.folder / "manifest.json").unlink()
    remove(found.id, PackageStore((_models(tmp_path),)), _models(tmp_path))
    assert _nothing_installed(tmp_path)
