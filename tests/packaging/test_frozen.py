"""What enters the frozen program: rules on names, and that a library stays only when something that stays needs it."""

from __future__ import annotations

import ast
import json
from pathlib import Path

import pytest

from tests.packaging.conftest import Load

QT = "PySide6/Qt"


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        (f"{QT}/plugins/platforms/libqxcb.so", True),
        (f"{QT}/plugins/platforms/libqoffscreen.so", True),
        (f"{QT}/plugins/platforms/libqeglfs.so", False),
        (f"{QT}/plugins/imageformats/libqsvg.so", True),
        (f"{QT}/plugins/imageformats/libqtiff.so", False),
        (f"{QT}/plugins/sqldrivers/libqsqlite.so", False),
        (f"{QT}/plugins/platforms/libqcocoa.dylib", True),
        ("PySide6/plugins/platforms/qwindows.dll", True),
        ("PySide6\\plugins\\tls\\qschannelbackend.dll", False),
        (f"{QT}/translations/qtbase_de.qm", False),
        (f"{QT}/lib/libQt6Core.so.6", True),
        ("libX11.so.6", False),
        ("libxcb.so.1", False),
        ("libxcb-cursor.so.0", True),
        ("libxkbcommon.so.0", True),
        ("libstdc++.so.6", False),
        ("pillow.libs/libxcb-9065bb12.so.1.1.0", True),
        ("_gdcm/XML/Part3.xml", False),
        ("_gdcm/_gdcmswig.so", True),
        ("PySide6/opengl32sw.dll", False),
        ("onnxruntime/capi/libonnxruntime_providers_shared.so", True),
        ("resources/models/leuko-1.0/weights.safetensors", True),
        ("openvino/libs/libopenvino_intel_cpu_plugin.so", True),
        ("openvino\\libs\\openvino_intel_gpu_plugin.dll", False),
        ("openvino/libs/cache.json", False),
        ("openvino/_pyopenvino.cpython-311-x86_64-linux-gnu.so", True),
        ("PySide6/Qt/translations/qtbase_sk.qm", True),
        ("PySide6/Qt/translations/qtbase_de.qm", False),
    ],
)
def test_a_file_is_wanted_by_its_name(script: Load, name: str, wanted: bool) -> None:
    assert script("frozen").is_wanted(name) is wanted


def test_a_library_stays_only_for_one_that_stays(script: Load) -> None:
    entries = [
        (f"{QT}/plugins/platforms/libqxcb.so", "/q/libqxcb.so", "BINARY"),
        (f"{QT}/plugins/sqldrivers/libqsqlite.so", "/q/libqsqlite.so", "BINARY"),
        (f"{QT}/lib/libQt6XcbQpa.so.6", "/q/libQt6XcbQpa.so.6", "BINARY"),
        (f"{QT}/lib/libQt6Gui.so.6", "/q/libQt6Gui.so.6", "BINARY"),
        (f"{QT}/lib/libQt6Sql.so.6", "/q/libQt6Sql.so.6", "BINARY"),
        ("PySide6/QtGui.abi3.so", "/q/QtGui.abi3.so", "EXTENSION"),
        ("libpython3.11.so.1.0", "/p/libpython3.11.so.1.0", "BINARY"),
        ("openvino/libs/libopenvino_intel_cpu_plugin.so", "/o/libopenvino_intel_cpu_plugin.so", "BINARY"),
        ("openvino/libs/libopenvino_intel_gpu_plugin.so", "/o/libopenvino_intel_gpu_plugin.so", "BINARY"),
        ("libQt6Gui.so.6", f"{QT}/lib/libQt6Gui.so.6", "SYMLINK"),
        ("libQt6Sql.so.6", f"{QT}/lib/libQt6Sql.so.6", "SYMLINK"),
    ]
    imports = {
        "/q/libqxcb.so": ["libQt6XcbQpa.so.6"],
        "/q/libQt6XcbQpa.so.6": ["libQt6Gui.so.6", "libc.so.6"],
        "/q/libqsqlite.so": ["libQt6Sql.so.6"],
    }
    stayed = [entry[0] for entry in script("frozen").kept(entries, lambda path: imports.get(path, []))]
    assert stayed == [
        f"{QT}/plugins/platforms/libqxcb.so",
        f"{QT}/lib/libQt6XcbQpa.so.6",
        f"{QT}/lib/libQt6Gui.so.6",
        "PySide6/QtGui.abi3.so",
        "libpython3.11.so.1.0",
        "openvino/libs/libopenvino_intel_cpu_plugin.so",
        "libQt6Gui.so.6",
    ]


def test_links_among_the_data_lead_to_files_that_stay(script: Load) -> None:
    binaries = [("a/libone.so", "/x/libone.so", "BINARY")]
    data = [
        ("resources/style/dark.qss", "/r/dark.qss", "DATA"),
        ("libone.so", "a/libone.so", "SYMLINK"),
        ("libtwo.so", "a/libtwo.so", "SYMLINK"),
    ]
    assert [e[0] for e in script("frozen").wanted_data(data, binaries)] == ["resources/style/dark.qss", "libone.so"]


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("torch", True),
        ("_internal/torch/lib/libtorch_cpu.so", True),
        ("_internal/scipy.libs/libopenblas.so", True),
        ("_internal/grad_cam-1.5.7.dist-info/METADATA", False),
        ("_internal/opencv/x", False),
        ("_internal/cv2/cv2.abi3.so", True),
        ("pytorch_grad_cam.grad_cam", True),
        ("onnx.helper", True),
        ("onnxruntime.capi", False),
        ("_internal/onnxruntime-1.31.1.dist-info/METADATA", False),
        ("openvino_telemetry.utils", True),
        ("_internal/openvino_telemetry-2025.2.0.dist-info/METADATA", True),
        ("openvino.opset13", False),
        ("_internal/openvino/libs/libtbb.so.12", False),
        ("trainer.cli", True),
        ("leukoviewer.inference.torch_engine", False),
        ("_internal/scikit_image-0.26.0.dist-info/RECORD", False),
        ("_internal/matplotlib-3.11.2.dist-info/RECORD", True),
    ],
)
def test_the_forbidden_is_found_among_files_and_modules(script: Load, name: str, found: bool) -> None:
    assert script("frozen").forbidden_in([name, "leukoviewer.app"]) == ([name] if found else [])


def test_all_heavy_packages_of_the_project_are_forbidden(script: Load) -> None:
    """What the extras bring beyond the viewer must not slip into the small program by a new name."""
    named = {"torch", "timm", "pytorch_grad_cam", "cv2", "matplotlib", "ray", "lightning", "monai", "skimage", "scipy"}
    assert named <= set(script("frozen").FORBIDDEN)


def test_the_list_of_origins_is_read_back(script: Load, tmp_path: Path) -> None:
    frozen = script("frozen")
    file = tmp_path / "frozen.json"
    entries = [("a.so", "/x/a.so", "BINARY"), ("b.so", "a.so", "SYMLINK")]
    frozen.write_list(file, entries, [("leukoviewer.app", "/x/app.py", "PYMODULE")])
    assert frozen.modules_of(file) == ["leukoviewer.app"]
    assert [name for name, _, _ in json.loads(file.read_text())["files"]] == ["a.so"]


def test_every_folder_of_resources_that_the_program_reads_is_in_the_spec(script: Load, repository: Path) -> None:
    there = {path.name for path in (repository / "resources").iterdir() if path.is_dir() and any(path.iterdir())}
    assert there - {"readme"} <= set(script("frozen").RESOURCES)
    assert set(script("frozen").RESOURCES) <= there


def test_the_spec_is_python_and_names_the_rules(repository: Path) -> None:
    tree = ast.parse((repository / "packaging" / "leukoviewer.spec").read_text(encoding="utf-8"))
    used = {ast.unparse(node) for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    assert {"frozen.FORBIDDEN", "frozen.UNUSED", "frozen.HIDDEN", "frozen.METADATA", "frozen.kept"} <= used
    assert "openvino_parts.libraries" in used


def test_the_viewer_imports_nothing_that_is_left_out_without_need(script: Load, repository: Path) -> None:
    """Modules of the viewer that import a forbidden package at their top are those that nothing loads without it."""
    forbidden = set(script("frozen").FORBIDDEN)
    found = set()
    for path in (repository / "leukoviewer").rglob("*.py"):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            names = [a.name for a in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            if {name.split(".")[0] for name in names} & forbidden:
                found.add(path.stem)
    assert found <= {"torch_engine", "networks", "head", "places", "gradcam_library", "torchvision_compat"}
