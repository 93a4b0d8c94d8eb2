"""Archive, size table, icons and the control file: made of a small stand-in for the program's folder."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest

from tests.packaging.conftest import Load

linux = pytest.mark.skipif(
    not sys.platform.startswith("linux") or shutil.which("dpkg-deb") is None, reason="dpkg-deb is Debian's"
)


@pytest.fixture
def program(script: Load, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder as PyInstaller leaves one, small; products go beside it."""
    project = script("project")
    folder = tmp_path / "dist" / "leukoviewer"
    inner = folder / "_internal"
    (inner / "numpy.libs").mkdir(parents=True)
    (inner / "PySide6" / "Qt" / "lib").mkdir(parents=True)
    (folder / "leukoviewer").write_bytes(b"#!/bin/sh\n")
    (folder / "leukoviewer").chmod(0o755)
    (inner / "numpy.libs" / "libblas.so").write_bytes(b"n" * 3000)
    (inner / "PySide6" / "Qt" / "lib" / "libicudata.so.73").write_bytes(b"i" * 5000)
    (inner / "libicudata.so.73").symlink_to("PySide6/Qt/lib/libicudata.so.73")
    monkeypatch.setattr(project, "DIST", tmp_path / "dist")
    monkeypatch.setattr(project, "PROGRAM_FOLDER", folder)
    return folder


def test_the_archive_is_the_same_however_often_it_is_packed(script: Load, program: Path) -> None:
    portable = script("portable")
    first = portable.make(1_700_000_000).read_bytes()
    shutil.copystat(__file__, program / "leukoviewer")
    (program / "leukoviewer").chmod(0o700)
    file = portable.make(1_700_000_000)
    assert file.read_bytes() == first
    with tarfile.open(file) as archive:
        members = {member.name.split("/", 1)[1]: member for member in archive}
    assert members["leukoviewer"].mode == 0o755
    assert members["_internal/numpy.libs/libblas.so"].mode == 0o644
    assert members["_internal/libicudata.so.73"].issym()
    assert {(member.uid, member.uname, member.mtime) for member in members.values()} == {(0, "root", 1_700_000_000)}


def test_the_table_counts_every_file_once_and_no_link(script: Load, program: Path) -> None:
    sizes = script("size_table").by_group(program)
    assert sizes["Qt: ICU, its tables of all languages"] == 5000
    assert sizes["numpy: OpenBLAS and Fortran"] == 3000
    assert sum(sizes.values()) == 8010
    assert list(sizes.values()) == sorted(sizes.values(), reverse=True)


def test_the_table_names_limits_and_three_savings(script: Load, program: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(script("project"), "ROOT", program.parents[1])
    table = script("size_table")
    text = table.text(program, [program / "leukoviewer"])
    assert "at most 400" in text
    assert text.split("the next three savings")[1].count(" MB  ") == 3
    groups = {name for name, _ in table._GROUPS}
    assert {name for name, _ in table.SAVINGS} <= groups


def test_a_part_that_is_forbidden_stops_the_build(
    script: Load, program: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build, inventory = script("build_package"), script("inventory")
    listed = tmp_path / "frozen.json"
    script("frozen").write_list(listed, [], [("leukoviewer.app", "/x", "PYMODULE")])
    monkeypatch.setattr(inventory, "LIST", listed)
    build.check_contents()
    (program / "_internal" / "torch").mkdir()
    (program / "_internal" / "torch" / "version.py").touch()
    with pytest.raises(script("project").PackagingError, match="torch"):
        build.check_contents()
    shutil.rmtree(program / "_internal" / "torch")
    script("frozen").write_list(listed, [], [("matplotlib.pyplot", "/x", "PYMODULE")])
    with pytest.raises(script("project").PackagingError, match="matplotlib"):
        build.check_contents()


def test_a_program_without_a_plugin_of_openvino_stops_the_build(script: Load, program: Path) -> None:
    build, folder = script("build_package"), program / "_internal" / "openvino" / "libs"
    folder.mkdir(parents=True)
    for name in ("libopenvino.so.2641", "libopenvino_onnx_frontend.so.2641", "libtbb.so.12"):
        (folder / name).touch()
    with pytest.raises(script("project").PackagingError, match="plugin of the processor"):
        build.check_engines()
    (folder / "libopenvino_intel_cpu_plugin.so").touch()
    build.check_engines()


def test_a_link_that_leads_nowhere_stops_the_build(
    script: Load, program: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    listed = tmp_path / "frozen.json"
    script("frozen").write_list(listed, [], [])
    monkeypatch.setattr(script("inventory"), "LIST", listed)
    (program / "_internal" / "PySide6" / "Qt" / "lib" / "libicudata.so.73").unlink()
    with pytest.raises(script("project").PackagingError, match="nowhere"):
        script("build_package").check_contents()


@linux
def test_the_debian_package_holds_command_entry_and_icons(
    script: Load, program: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    debian, icons = script("debian"), script("icons")
    monkeypatch.setattr(debian, "_ROOT", tmp_path / "root")
    monkeypatch.setattr(icons, "FOLDER", tmp_path / "icons")
    (tmp_path / "icons").mkdir()
    for size in icons.SIZES_PX:
        icons.png(icons.FOLDER, size).write_bytes(b"a picture")
    monkeypatch.setattr(debian, "depends", lambda _folder: ["libc6 (>= 2.35)"])
    file = debian.make(1_700_000_000)
    listed = subprocess.run(["dpkg-deb", "--contents", str(file)], check=True, capture_output=True, text=True).stdout
    assert "./usr/bin/leukoviewer -> ../lib/leukoviewer/leukoviewer" in listed
    for name in (
        "./usr/share/applications/leukoviewer.desktop",
        "./usr/share/icons/hicolor/48x48/apps/leukoviewer.png",
        "./usr/share/icons/hicolor/scalable/apps/leukoviewer.svg",
        "./usr/share/doc/leukoviewer/copyright",
    ):
        assert name in listed
    program_line = next(line for line in listed.splitlines() if line.endswith("./usr/lib/leukoviewer/leukoviewer"))
    assert program_line.startswith("-rwxr-xr-x root/root")
    fields = subprocess.run(["dpkg-deb", "--field", str(file)], check=True, capture_output=True, text=True).stdout
    assert f"Version: {script('project').version()}\n" in fields
    assert "Depends: libc6 (>= 2.35)\n" in fields


@linux
def test_what_files_need_of_the_system_is_read_off_them(script: Load, tmp_path: Path) -> None:
    elf = script("elf")
    found = shutil.which("ls")
    assert found is not None
    if shutil.which("objdump") is None:
        pytest.skip("objdump (binutils) is not here; building needs it")
    shutil.copyfile(found, tmp_path / "ls")
    (tmp_path / "text").write_text("no program", encoding="utf-8")
    assert elf.files(tmp_path) == [tmp_path / "ls"]
    needed = elf.needed_of_system(tmp_path)
    assert "libc.so.6" in needed
    (tmp_path / "libc.so.6").touch()
    assert "libc.so.6" not in elf.needed_of_system(tmp_path)
    assert elf.newest_glibc(tmp_path).startswith("2.")
    assert elf.system_library("libc.so.6").is_file()
    assert elf.system_library("libnobody.so.9") is None


def test_icons_are_drawn_in_every_size(script: Load, tmp_path: Path) -> None:
    """In a process of their own: drawing needs a Qt application, and the tests have another kind of one."""
    icons = script("icons")
    code = f"import icons, pathlib; icons.draw(pathlib.Path({str(tmp_path)!r}))"
    folder = Path(icons.__file__).parent
    subprocess.run([sys.executable, "-c", code], check=True, cwd=folder, capture_output=True)
    from PIL import Image

    for size in icons.SIZES_PX:
        with Image.open(icons.png(tmp_path, size)) as image:
            assert image.size == (size, size)
            assert image.convert("RGBA").getpixel((0, 0))[3] < 128  # round corners
            assert image.convert("RGBA").getpixel((size // 2, size // 2))[3] == 255
    with Image.open(tmp_path / "leukoviewer.ico") as ico:
        assert {(16, 16), (32, 32), (48, 48), (256, 256)} <= set(ico.info["sizes"])
    with Image.open(tmp_path / "leukoviewer.icns") as icns:
        assert icns.format == "ICNS"


@pytest.mark.parametrize("size", [16, 32, 48])
def test_small_icons_have_a_drawing_of_their_own(script: Load, size: int) -> None:
    assert script("icons").source(size).stem == ("leukoviewer-small" if size <= 32 else "leukoviewer")
