"""Notices and bill of materials: every part with license and text, refused when one lacks them."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from tests.packaging.conftest import Load


@pytest.fixture
def inventory(script: Load) -> ModuleType:
    return script("inventory")


@pytest.fixture
def text(tmp_path: Path) -> Path:
    file = tmp_path / "words" / "LICENSE"
    file.parent.mkdir()
    file.write_text("the words", encoding="utf-8")
    return file


def _part(inventory: ModuleType, text: Path, **changes: object) -> Any:
    values: dict[str, object] = {
        "kind": "python",
        "name": "pillow",
        "version": "13.0.0",
        "license": "MIT-CMU",
        "homepage": "https://example.org",
        "texts": (text,),
        "libraries": ("libtiff 6.3.0",),
        "files": ("PIL/_imaging.so",),
    }
    return inventory.Part(**(values | changes))


@pytest.mark.parametrize(
    ("file", "labels"),
    [
        ("pillow.libs/libtiff-20b7e810.so.6.3.0", ("libtiff 6.3.0",)),
        ("python_gdcm.libs/libcrypto-5409cd36.so.1.1.1k", ("libcrypto 1.1.1k",)),
        ("numpy.libs/libgfortran-040039e1-0352e75f.so.5.0.0", ("libgfortran 5.0.0",)),
        ("openvino/libs/libhwloc.so.15", ("hwloc 15",)),
        ("openvino/libs/openvino_onnx_frontend.dll", ("ONNX", "protobuf", "abseil")),
        ("PIL/_imaging.cpython-311-x86_64-linux-gnu.so", ()),
        ("PySide6/Qt/lib/libQt6Gui.so.6", ()),
    ],
)
def test_libraries_inside_packages_are_read_off_their_names(
    inventory: ModuleType, file: str, labels: tuple[str, ...]
) -> None:
    assert inventory._foreign_libraries(file) == labels


def test_texts_about_what_a_package_holds_are_license_texts(inventory: ModuleType) -> None:
    place = "openvino-2026.4.1.dist-info/licenses"
    assert inventory._is_license_text(f"{place}/licensing/onetbb_third-party-programs.txt")
    assert inventory._is_license_text(f"{place}/LICENSE")
    assert not inventory._is_license_text("openvino/tools/ovc/third_party.py")


@pytest.mark.skipif(importlib.util.find_spec("openvino") is None, reason="OpenVINO is not installed")
def test_openvino_comes_with_its_own_texts_and_those_that_it_forgets(inventory: ModuleType) -> None:
    part = inventory._distribution("python", "openvino", ("openvino/libs/libtbb.so.12",))
    names = {path.name for path in part.texts}
    programs = {f"{of}third-party-programs.txt" for of in ("runtime-", "onednn_", "onetbb_")}
    assert {"LICENSE", "protobuf.txt"} | programs <= names
    words = "".join(path.read_text(encoding="utf-8", errors="replace") for path in part.texts)
    for work in ("hwloc", "pugixml", "oneDNN", "Threading Building Blocks", "Protocol Buffer", "Microsoft onnxruntime"):
        assert work in words, f"no words for {work}"
    assert (part.license, part.libraries) == ("Apache-2.0", ("tbb 12",))


def test_origins_are_told_apart(inventory: ModuleType, repository: Path, tmp_path: Path) -> None:
    import json as standard_library

    import numpy

    listed = tmp_path / "frozen.json"
    files = [
        ["numpy/__init__.py", numpy.__file__, "DATA"],
        ["resources/style/dark.qss", str(repository / "resources/style/dark.qss"), "DATA"],
    ]
    modules = [["json", standard_library.__file__, "PYMODULE"], ["top", "-", "PYMODULE"]]
    listed.write_text(json.dumps({"files": files, "modules": modules}), encoding="utf-8")
    owners = {inventory._owner(Path(origin)) for _, origin, _ in (*files, modules[0])}
    assert owners == {("python", "numpy"), ("own", "leukoviewer"), ("interpreter", "Python")}


def test_a_file_of_nobody_stops_the_build(script: Load, inventory: ModuleType, tmp_path: Path) -> None:
    with pytest.raises(script("project").PackagingError, match=r"unknown|nobody knows"):
        inventory._owner(tmp_path / "libstranger.so.1")


def test_table_and_texts_are_written_for_each_part(
    script: Load, inventory: ModuleType, text: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "notices"
    folder.mkdir()
    script("notices").write_built([_part(inventory, text, texts=(text, text))], folder)
    table = (folder / "third-party.md").read_text(encoding="utf-8")
    assert "| pillow | 13.0.0 | MIT-CMU | libtiff 6.3.0 |" in table
    assert "LGPL 3.0" in table
    assert "PyInstaller" in table
    assert sorted(p.name for p in (folder / "licenses" / "pillow").iterdir()) == ["LICENSE", "LICENSE-2"]
    assert (folder / "licenses" / "leukoviewer" / "LICENSE").is_file()


@pytest.mark.parametrize("lacking", [{"license": ""}, {"texts": ()}])
def test_a_part_without_license_or_text_stops_the_build(
    script: Load, inventory: ModuleType, text: Path, tmp_path: Path, lacking: dict[str, object]
) -> None:
    with pytest.raises(script("project").PackagingError, match="pillow"):
        script("notices").write_built([_part(inventory, text, **lacking)], tmp_path)


def test_packages_without_texts_get_those_of_the_project(script: Load) -> None:
    terms = script("license_terms")
    for texts in (*map(terms.texts_for, terms._MISSING), *map(terms.further_texts_for, terms._FURTHER)):
        assert texts
        assert all(path.stat().st_size > 500 for path in texts)


def test_the_license_of_a_debian_package_is_that_of_its_files(script: Load, tmp_path: Path) -> None:
    file = tmp_path / "copyright"
    file.write_text(
        "Format: x\n\nFiles: *\nCopyright: A\nLicense: MIT\n words\n\nFiles: debian/*\nLicense: GPL-2+\n words\n",
        encoding="utf-8",
    )
    assert script("license_terms").of_debian((file,)) == "MIT"
    file.write_text("written freely\n", encoding="utf-8")
    assert script("license_terms").of_debian((file,)) == "see its text"
    assert script("license_terms").of_debian(()) == ""


def test_the_bill_of_materials_names_parts_with_address_license_and_hash(
    script: Load, inventory: ModuleType, text: Path, tmp_path: Path
) -> None:
    sbom = script("sbom")
    inner = tmp_path / "program" / "_internal" / "PIL"
    inner.mkdir(parents=True)
    (inner / "_imaging.so").write_bytes(b"abc")
    parts = [
        _part(inventory, text),
        _part(
            inventory,
            text,
            kind="system",
            name="libffi8",
            version="3.4.4-1+b1",
            license="MIT/X",
            libraries=(),
            files=(),
        ),
    ]
    bill = sbom.bill(parts, version="1.2.3", program=tmp_path / "program")
    assert (bill["bomFormat"], bill["specVersion"]) == ("CycloneDX", "1.6")
    first, second = bill["components"]
    assert first["purl"] == "pkg:pypi/pillow@13.0.0"
    assert first["licenses"] == [{"license": {"id": "MIT-CMU"}}]
    library, file = first["components"]
    assert (library["name"], library["version"]) == ("libtiff", "6.3.0")
    assert file["hashes"][0]["content"].startswith("ba7816bf8f01cfea")
    assert second["purl"] == "pkg:deb/debian/libffi8@3.4.4-1%2Bb1"
    assert second["licenses"] == [{"license": {"name": "MIT/X"}}]
    assert bill["dependencies"][0]["dependsOn"] == sorted([first["bom-ref"], second["bom-ref"]])
    again = sbom.bill(parts, version="1.2.3", program=tmp_path / "program")
    assert again == bill
    assert sbom.bill(parts, version="1.2.4", program=tmp_path / "program")["serialNumber"] != bill["serialNumber"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("MIT", [{"license": {"id": "MIT"}}]),
        ("MIT AND BSD-3-Clause", [{"expression": "MIT AND BSD-3-Clause"}]),
        ("LGPL-3.0-only", [{"license": {"id": "LGPL-3.0-only"}}]),
        ("Some Company License", [{"license": {"name": "Some Company License"}}]),
        ("GPL-2.0-or-later WITH Bootloader-exception", [{"expression": "GPL-2.0-or-later WITH Bootloader-exception"}]),
    ],
)
def test_licenses_are_identifiers_expressions_or_names(script: Load, text: str, expected: list[Any]) -> None:
    assert script("sbom")._licenses(text) == expected
