"""Which parts of OpenVINO enter the program: what runs a graph of ONNX on the processor, of some forty that it brings.

OpenVINO loads its plugins and its readers of formats at run time, by their names, from the folder of its core, so
neither PyInstaller nor the linker sees them. Threading (oneTBB) does the same with its memory pool and with what knows
the processor's layout; where they are missing it looks for them in the folders of the system, so they stay in.
"""

from __future__ import annotations

import importlib.util
import re
from collections.abc import Iterable
from pathlib import Path

from project import PackagingError

FOLDER = "openvino/libs"

# Imported by OpenVINO itself only where they are there, or by nothing.
UNUSED_MODULES = (
    "openvino.tools", "openvino.torch", "openvino.preprocess.torchvision", "openvino._offline_transformations",
    "openvino.frontend.jax", "openvino.frontend.onnx", "openvino.frontend.paddle", "openvino.frontend.pytorch",
    "openvino.frontend.tensorflow",
)  # fmt: skip
# Reports to the makers of OpenVINO how it is used; OpenVINO goes on without.
REPORTER = "openvino_telemetry"

# Without one of these no graph runs. Linux, macOS and Windows put the version elsewhere in the name, or nowhere.
_VITAL = {
    "core": r"(lib)?openvino{end}",
    "plugin of the processor": r"(lib)?openvino_(intel|arm)_cpu_plugin{end}",
    "reader of ONNX": r"(lib)?openvino_onnx_frontend{end}",
    "threads": r"(lib)?tbb(12)?{end}",
}
_BESIDE = (r"(lib)?tbbmalloc{end}", r"(lib)?tbbbind(_\d)*{end}", r"(lib)?hwloc(-\d+)?{end}")
_END = r"(\.\d+)*\.(so|dylib|dll)(\.\d+)*"
_PLACE = re.compile(rf"(^|/){FOLDER}/(?P<name>[^/]+)$")

# Linked into its libraries, where no name tells of them: (library, parts).
_LINKED_IN = (
    (r"openvino{end}", ("pugixml",)),
    (r"openvino_intel_cpu_plugin{end}", ("oneDNN", "MLAS")),
    (r"openvino_arm_cpu_plugin{end}", ("oneDNN", "MLAS", "ComputeLibrary", "KleidiAI")),
    (r"openvino_onnx_frontend{end}", ("ONNX", "protobuf", "abseil")),
)
_OTHERS = re.compile(r"(?P<name>tbb|hwloc)(?:\.so\.|[.-])?(?P<version>\d+)\b")


def is_library(path: str) -> bool:
    """Whether a name in the program's folder is that of a file among OpenVINO's libraries, wanted or not."""
    return _PLACE.search(path) is not None


def is_wanted(path: str) -> bool:
    """Whether the program needs such a file, by its name."""
    found = _PLACE.search(path)
    return found is not None and any(_fits(pattern, found["name"]) for pattern in (*_VITAL.values(), *_BESIDE))


def libraries() -> list[tuple[str, str]]:
    """File and target folder of each library that the program needs, from this environment, for PyInstaller.

    Raises
    ------
    PackagingError
        OpenVINO is not installed here, or its libraries are called otherwise than this file knows.
    """
    spec = importlib.util.find_spec("openvino")
    if spec is None or spec.origin is None:
        raise PackagingError("OpenVINO is not in the environment that builds; remove build/ and run make package again")
    return wanted_in(Path(spec.origin).parent / "libs")


def wanted_in(folder: Path) -> list[tuple[str, str]]:
    """The same for a folder of libraries.

    Raises
    ------
    PackagingError
        One of those is missing without which no graph runs.
    """
    names = sorted(path.name for path in folder.iterdir() if is_wanted(f"{FOLDER}/{path.name}"))
    absent = missing(f"{FOLDER}/{name}" for name in names)
    if absent:
        raise PackagingError(
            f"OpenVINO lacks its {', '.join(absent)}; see how {folder} calls them, and say so in openvino_parts.py"
        )
    return [(str(folder / name), FOLDER) for name in names]


def missing(paths: Iterable[str]) -> list[str]:
    """What OpenVINO cannot run without and is not among these names of files, in words."""
    names = [found["name"] for path in paths if (found := _PLACE.search(path))]
    return [what for what, pattern in _VITAL.items() if not any(_fits(pattern, name) for name in names)]


def parts_in(path: str) -> tuple[str, ...]:
    """Works of others in one of its libraries, e.g. ``hwloc 15``; the number is that of the library's file."""
    found = _PLACE.search(path)
    if found is None:
        return ()
    name = found["name"].removeprefix("lib")
    linked = [part for pattern, parts in _LINKED_IN if _fits(pattern, name) for part in parts]
    other = _OTHERS.match(name)
    return (*linked, f"{other['name']} {other['version']}") if other else tuple(linked)


def _fits(pattern: str, name: str) -> bool:
    return re.fullmatch(pattern.format(end=_END), name) is not None
