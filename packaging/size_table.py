"""What takes the room in the program, and what could be saved next."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

import project

MB = 1_000_000
LIMIT_FOLDER_MB, LIMIT_DEB_MB = 400, 180

# First match counts; names in the program's folder.
_GROUPS = (
    ("Qt: ICU, its tables of all languages", r"libicu"),
    ("Qt: libraries and plugins", r"PySide6/Qt/"),
    ("Qt: Python's way to it", r"(PySide6|shiboken6)/|libpyside|libshiboken"),
    ("OpenVINO", r"openvino|lib(openvino|tbb|hwloc)"),
    ("ONNX Runtime", r"onnxruntime"),
    ("numpy: OpenBLAS and Fortran", r"numpy\.libs/"),
    ("numpy", r"numpy"),
    ("decoder gdcm", r"_?gdcm|python_gdcm|libgdcm"),
    ("decoder CharLS (JPEG-LS)", r"_CharLS|jpeg_ls|pyjpegls"),
    ("decoder OpenJPEG (JPEG 2000)", r"_?openjpeg|pylibjpeg"),
    ("Pillow and its libraries", r"PIL/|pillow"),
    ("Python itself", r"libpython|python3|base_library|lib(crypto|ssl|ffi|bz2)"),
    ("bundled models", r"resources/models/"),
    ("demo patient", r"resources/demo/"),
    ("licenses, icons, style", r"resources/"),
    ("libraries of X11 that desktops lack", r"libx(cb|kb)"),
)
_REST = "the rest"
_ARCHIVE = "the program and its Python modules, packed"

# Named by what takes the most and could go; each says at what price.
SAVINGS = (
    ("OpenVINO", "ONNX Runtime alone; scans take longer where OpenVINO is measured to be faster"),
    ("Qt: ICU, its tables of all languages", "a Qt built without ICU (Qt's own build, not the wheel's)"),
    ("numpy: OpenBLAS and Fortran", "a numpy built without BLAS: only vectors of three are multiplied here"),
)


def by_group(folder: Path) -> dict[str, int]:
    """Bytes of each group of files, the largest first; links take no room."""
    sizes: dict[str, int] = {}
    inner = project.contents(folder)
    for path in folder.rglob("*"):
        if path.is_file() and not path.is_symlink():
            name = path.relative_to(inner).as_posix() if path.is_relative_to(inner) else ""
            group = _group(name) if name else _ARCHIVE
            sizes[group] = sizes.get(group, 0) + path.stat().st_size
    return dict(sorted(sizes.items(), key=lambda item: -item[1]))


def text(folder: Path, made: Iterable[Path]) -> str:
    """The table, the products' sizes, and the next three savings."""
    sizes = by_group(folder)
    lines = ["", f"{'what takes the room':<52}{'MB':>8}"]
    lines += [f"{name:<52}{size / MB:8.1f}" for name, size in sizes.items()]
    lines += [f"{'the folder (at most ' + str(LIMIT_FOLDER_MB) + ')':<52}{sum(sizes.values()) / MB:8.1f}", ""]
    lines += [f"{path.relative_to(project.ROOT).as_posix():<52}{path.stat().st_size / MB:8.1f}" for path in made]
    lines += ["", "the next three savings"]
    lines += [f"  {sizes.get(name, 0) / MB:5.1f} MB  {name}: {how}" for name, how in SAVINGS]
    return "\n".join([*lines, ""])


def _group(name: str) -> str:
    for group, pattern in _GROUPS:
        if re.match(pattern, name) or re.search(rf"(^|/)({pattern})", name):
            return group
    return _REST
