"""Which of OpenVINO's libraries enter the program, by the names that they have on Linux, Windows and macOS."""

from __future__ import annotations

import ast
import importlib.util
import subprocess
import sys
from pathlib import Path

import pytest

from tests.packaging.conftest import Load

# As the wheels call them.
WANTED = {
    "linux": (
        "libopenvino.so.2641", "libopenvino_intel_cpu_plugin.so", "libopenvino_onnx_frontend.so.2641", "libtbb.so.12",
        "libtbbmalloc.so.2", "libtbbbind_2_5.so.3", "libhwloc.so.15",
    ),
    "windows": (
        "openvino.dll", "openvino_intel_cpu_plugin.dll", "openvino_onnx_frontend.dll", "tbb12.dll", "tbbmalloc.dll",
        "tbbbind_2_5.dll", "libhwloc-15.dll",
    ),
    "macos": (
        "libopenvino.2641.dylib", "libopenvino_arm_cpu_plugin.so", "libopenvino_onnx_frontend.2641.dylib",
        "libtbb.12.13.dylib", "libtbbmalloc.2.13.dylib", "libhwloc.15.dylib",
    ),
}  # fmt: skip
UNWANTED = (
    "cache.json", "tbb.pc", "libopenvino_c.so.2641", "libopenvino_auto_plugin.so", "libopenvino_auto_batch_plugin.so",
    "libopenvino_hetero_plugin.so", "libopenvino_intel_gpu_plugin.so", "libopenvino_intel_npu_plugin.so",
    "libopenvino_ir_frontend.so.2641", "libopenvino_pytorch_frontend.so.2641", "libopenvino_gguf_frontend.so.2641",
    "libopenvino_tensorflow_lite_frontend.2641.dylib", "libtbbmalloc_proxy.so.2", "openvino_c.dll", "openvinod.dll",
    "openvino_template_plugin.dll", "openvino_intel_npu_compiler.dll", "tbb12_debug.dll", "openvino.lib",
)  # fmt: skip


@pytest.mark.parametrize("system", WANTED)
def test_of_each_system_s_libraries_those_enter_that_run_a_graph(script: Load, tmp_path: Path, system: str) -> None:
    parts = script("openvino_parts")
    for name in (*WANTED[system], *UNWANTED):
        (tmp_path / name).touch()
    found = parts.wanted_in(tmp_path)
    assert {Path(file).name for file, _ in found} == set(WANTED[system])
    assert {target for _, target in found} == {"openvino/libs"}


@pytest.mark.parametrize(
    ("file", "what"),
    [
        ("libopenvino.so.2641", "core"),
        ("libopenvino_intel_cpu_plugin.so", "plugin of the processor"),
        ("libopenvino_onnx_frontend.so.2641", "reader of ONNX"),
        ("libtbb.so.12", "threads"),
    ],
)
def test_a_library_without_which_no_graph_runs_is_missed(script: Load, tmp_path: Path, file: str, what: str) -> None:
    parts = script("openvino_parts")
    for name in set(WANTED["linux"]) - {file}:
        (tmp_path / name).touch()
    with pytest.raises(script("project").PackagingError, match=rf"lacks its {what};"):
        parts.wanted_in(tmp_path)


def test_only_names_in_the_folder_of_openvino_are_its_libraries(script: Load) -> None:
    parts = script("openvino_parts")
    assert parts.is_library("openvino/libs/anything")
    assert not parts.is_library("openvino/_pyopenvino.so")
    assert not parts.is_wanted("elsewhere/libtbb.so.12")
    assert parts.missing(["_internal/elsewhere/libopenvino.so.2641"]) == list(parts._VITAL)
    assert parts.missing(f"_internal/openvino/libs/{name}" for name in WANTED["linux"]) == []


@pytest.mark.parametrize(
    ("file", "others"),
    [
        ("libopenvino.so.2641", ("pugixml",)),
        ("libopenvino_intel_cpu_plugin.so", ("oneDNN", "MLAS")),
        ("libopenvino_onnx_frontend.2641.dylib", ("ONNX", "protobuf", "abseil")),
        ("libtbb.so.12", ("tbb 12",)),
        ("libtbb.12.13.dylib", ("tbb 12",)),
        ("tbb12.dll", ("tbb 12",)),
        ("libhwloc-15.dll", ("hwloc 15",)),
        ("libtbbbind_2_5.so.3", ()),
        ("libtbbmalloc.so.2", ()),
    ],
)
def test_works_of_others_in_a_library_are_named(script: Load, file: str, others: tuple[str, ...]) -> None:
    assert script("openvino_parts").parts_in(f"openvino/libs/{file}") == others
    assert script("openvino_parts").parts_in(f"elsewhere/{file}") == ()


@pytest.mark.skipif(importlib.util.find_spec("openvino") is None, reason="OpenVINO is not installed")
def test_what_is_installed_here_has_all_that_is_wanted(script: Load) -> None:
    names = [Path(file).name for file, _ in script("openvino_parts").libraries()]
    assert all(Path(file).is_file() for file, _ in script("openvino_parts").libraries())
    assert any("cpu_plugin" in name for name in names)
    assert not any("gpu" in name for name in names)


@pytest.mark.skipif(importlib.util.find_spec("openvino") is None, reason="OpenVINO is not installed")
def test_openvino_is_imported_without_the_modules_that_are_left_out(script: Load) -> None:
    """Also all that the viewer imports of it, read off its source; none of what is left out is loaded on the way."""
    parts = script("openvino_parts")
    left_out = (*parts.UNUSED_MODULES, parts.REPORTER)
    code = (
        f"import sys\nsys.modules.update(dict.fromkeys({left_out!r}))\n"
        f"import openvino\nfrom openvino import {', '.join(sorted(_imported_by_the_viewer()))}\n"
        "assert openvino.Core().get_versions('CPU')\n"
    )
    run = subprocess.run([sys.executable, "-c", code], check=False, capture_output=True, text=True, timeout=60)
    assert run.returncode == 0, run.stderr[-2000:]


def _imported_by_the_viewer() -> set[str]:
    found = {"Core"}
    for path in (Path(__file__).resolve().parents[2] / "leukoviewer").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.module == "openvino":
                found.update(alias.name for alias in node.names)
    return found


def test_a_build_without_openvino_says_what_to_do(script: Load, monkeypatch: pytest.MonkeyPatch) -> None:
    parts = script("openvino_parts")
    monkeypatch.setattr(parts.importlib.util, "find_spec", lambda _name: None)
    with pytest.raises(script("project").PackagingError, match="make package again"):
        parts.libraries()


def test_the_environment_that_builds_has_the_engine(script: Load) -> None:
    assert "openvino" in script("package_environment")._WANTED
