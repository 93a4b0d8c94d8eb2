from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from leukoviewer import paths
from leukoviewer.errors import PackageError
from leukoviewer.packages.archive import Package, write_package
from leukoviewer.packages.manifest import PACKAGE_FILES, Manifest
from leukoviewer.packages.store import BrokenPackage, PackageStore


def _add(folder: Path, manifest: Manifest, name: str, version: str) -> Package:
    from dataclasses import replace

    described = replace(manifest, name=name, version=version)
    return write_package(folder / described.id, described, dict.fromkeys(PACKAGE_FILES, b"content"))


def test_packages_are_listed_by_folder_name_and_newest_version(manifest: Manifest, tmp_path: Path) -> None:
    first, second = tmp_path / "bundled", tmp_path / "own"
    for name, version in (("b", "1.9"), ("b", "1.10"), ("a", "2.0")):
        _add(first, manifest, name, version)
    _add(second, manifest, "c", "1.0")
    store = PackageStore((first, second))
    assert [p.id for p in store.packages()] == ["a-2.0", "b-1.10", "b-1.9", "c-1.0"]
    assert store.default().id == "a-2.0"
    assert store.get("b-1.9").manifest.version == "1.9"


def test_folders_that_do_not_exist_hold_no_packages(tmp_path: Path) -> None:
    store = PackageStore((tmp_path / "absent",))
    assert store.packages() == ()
    with pytest.raises(PackageError, match="No model is installed"):
        store.default()


def test_a_damaged_package_is_listed_with_its_reason_and_not_used(manifest: Manifest, tmp_path: Path) -> None:
    broken = _add(tmp_path, manifest, "a", "1.0")
    _add(tmp_path, manifest, "b", "1.0")
    (broken.folder / "card.md").write_bytes(b"CONTENT")
    store = PackageStore((tmp_path,))
    listed = store.packages()[0]
    assert isinstance(listed, BrokenPackage)
    assert "card.md was changed" in listed.reason
    assert store.default().id == "b-1.0"
    with pytest.raises(PackageError, match=r"card\.md was changed"):
        store.get("a-1.0")


def test_where_only_damaged_packages_are_the_reason_is_told(manifest: Manifest, tmp_path: Path) -> None:
    broken = _add(tmp_path, manifest, "a", "1.0")
    (broken.folder / "card.md").write_bytes(b"CONTENT")
    with pytest.raises(PackageError, match=r"card\.md was changed"):
        PackageStore((tmp_path,)).default()


def test_a_package_without_manifest_is_listed_as_damaged(manifest: Manifest, tmp_path: Path) -> None:
    package = _add(tmp_path, manifest, "a", "1.0")
    (package.folder / "manifest.json").unlink()
    (listed,) = PackageStore((tmp_path,)).packages()
    assert isinstance(listed, BrokenPackage)
    assert "manifest" in listed.reason


def test_other_folders_files_and_half_written_packages_are_passed_over(manifest: Manifest, tmp_path: Path) -> None:
    package = _add(tmp_path, manifest, "a", "1.0")
    shutil.copytree(package.folder, tmp_path / ".a-1.1.0123.part")
    (tmp_path / "notes").mkdir()
    (tmp_path / "readme.txt").write_text("x")
    assert [p.id for p in PackageStore((tmp_path,)).packages()] == ["a-1.0"]


def test_the_first_of_two_equal_packages_is_used(manifest: Manifest, tmp_path: Path) -> None:
    bundled = _add(tmp_path / "bundled", manifest, "a", "1.0")
    _add(tmp_path / "own", manifest, "a", "1.0")
    store = PackageStore((tmp_path / "bundled", tmp_path / "own"))
    _, second = store.packages()
    assert isinstance(second, BrokenPackage)
    assert "installed twice" in second.reason
    assert store.get("a-1.0").folder == bundled.folder


def test_a_good_package_behind_a_damaged_one_of_the_same_name_is_used(manifest: Manifest, tmp_path: Path) -> None:
    broken = _add(tmp_path / "bundled", manifest, "a", "1.0")
    (broken.folder / "card.md").unlink()
    own = _add(tmp_path / "own", manifest, "a", "1.0")
    assert PackageStore((tmp_path / "bundled", tmp_path / "own")).get("a-1.0").folder == own.folder


@pytest.mark.parametrize(("text", "expected"), [("b-1.0\n", "b-1.0"), ("absent-1.0", "a-1.0"), ("", "a-1.0")])
def test_a_text_file_names_the_default(manifest: Manifest, tmp_path: Path, text: str, expected: str) -> None:
    for name in "ab":
        _add(tmp_path, manifest, name, "1.0")
    (tmp_path / "default.txt").write_text(text)
    assert PackageStore((tmp_path,)).default().id == expected


def test_an_unknown_id_is_answered_with_those_that_there_are(manifest: Manifest, tmp_path: Path) -> None:
    _add(tmp_path, manifest, "a", "1.0")
    with pytest.raises(PackageError, match=r"no model 'x-1' .*installed models: a-1\.0"):
        PackageStore((tmp_path,)).get("x-1")


def test_the_store_of_this_machine_looks_into_the_program_and_the_users_data(
    manifest: Manifest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LEUKOVIEWER_RESOURCES", str(tmp_path / "resources"))
    _add(paths.bundled_models(), manifest, "bundled", "1.0")
    _add(paths.user_data() / "models", manifest, "own", "1.0")
    assert [p.id for p in PackageStore.of_this_machine().packages()] == ["bundled-1.0", "own-1.0"]
