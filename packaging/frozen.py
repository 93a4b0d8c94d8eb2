"""What goes into the frozen program and what must not: rules for the PyInstaller spec and for the check after it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Container, Iterable
from pathlib import Path

import openvino_parts

# (name in the program's folder, file on this machine, kind), as PyInstaller keeps its tables.
Entry = tuple[str, str, str]

# The full application's and the trainer's, and what would tell others of our users: their presence fails the build.
FORBIDDEN = (
    "torch", "torchvision", "torchaudio", "timm", "pytorch_grad_cam", "ttach", "monai", "lightning",
    "pytorch_lightning", "lightning_utilities", "torchmetrics", "cv2", "matplotlib", "ray", "tensorboard", "onnx",
    "nilearn", "nibabel",
    "sklearn", "pandas", "sympy", "scipy", "skimage", "networkx", "imageio", "tifffile", "trainer",
    openvino_parts.REPORTER,
)  # fmt: skip

# Never reached by the viewer, though something names them; left out to keep the program small.
UNUSED = (
    "tkinter", "IPython", "jupyter", "pygments", "markdown_it", "pyqtgraph", "setuptools", "pkg_resources", "pip",
    "sqlite3", "pytest", "hypothesis", "numpy.f2py", "pydoc", "lib2to3", "PIL.AvifImagePlugin", "PIL._avif",
    "PIL.WebPImagePlugin", "PIL._webp", "PIL.ImageTk", "PIL._imagingtk", "PIL.ImageQt", "PIL.ImageCms",
    "PIL._imagingcms",
    "onnxruntime.transformers", "onnxruntime.quantization", "onnxruntime.tools", "onnxruntime.datasets",
    "onnxruntime.backend", "ssl", "_ssl", "readline", "PySide6.QtNetwork", "PySide6.QtOpenGL", "PySide6.QtQml",
    "PySide6.QtQuick", "PySide6.QtDBus", "attr", "attrs", "defusedxml", "typing_extensions",
    *openvino_parts.UNUSED_MODULES,
)  # fmt: skip

# Folders of resources that the program reads; pictures of the README are none of them.
RESOURCES = ("demo", "icons", "languages", "models", "notices", "schemas", "style")

# Loaded by name at run time, so that PyInstaller cannot see them.
HIDDEN = ("gdcm", "_gdcm", "_gdcm._gdcmswig", "jpeg_ls", "openjpeg", "pylibjpeg", "pydicom.pixels.decoders")

# Their entry points and versions are asked for at run time.
METADATA = (
    "pyside6-essentials",
    "leukoviewer",
    "numpy",
    "pydicom",
    "pylibjpeg",
    "pylibjpeg-openjpeg",
    "pyjpegls",
    "python-gdcm",
    "onnxruntime",
    "openvino",
)

# Qt's plugins that a window of widgets needs, by their names without "lib" and ending.
QT_PLUGINS = frozenset(
    {
        "platforms/qxcb", "platforms/qwayland", "platforms/qoffscreen", "platforms/qwindows", "platforms/qcocoa",
        "platformthemes/qxdgdesktopportal", "iconengines/qsvgicon", "imageformats/qsvg",
        "platforminputcontexts/composeplatforminputcontextplugin",
        "platforminputcontexts/ibusplatforminputcontextplugin",
        "wayland-shell-integration/xdg-shell", "wayland-decoration-client/bradient",
    }
)  # fmt: skip

_LINK = "SYMLINK"

# Libraries that are loaded by their names: Python's own, and what ONNX Runtime looks for at its start.
_BY_NAME = re.compile(r"(^|/)(libpython3|python3|Python$)|onnxruntime_providers_shared")

# PyInstaller takes them from the machine that builds. Every desktop has its own, with its own security updates, and the
# parts of the graphics system must fit each other; those that a bare desktop lacks (xcb-cursor and its like) stay in.
_SYSTEM = re.compile(
    r"^lib(gcc_s|stdc\+\+|X11|X11-xcb|Xau|Xdmcp|xcb|GL|EGL|GLX|GLdispatch|drm|wayland-\w+|dbus-1|systemd|cap|gcrypt|"
    r"gpg-error|lz4|lzma|zstd|fontconfig|freetype|expat|png16|brotli\w+|glib-2\.0|gthread-2\.0|pcre2-8|bsd|md|z|uuid|"
    r"tinfo|readline)\.so"
)

_PLUGIN = re.compile(r"(?:^|/)Qt/?(?:6/)?plugins/(?P<group>[^/]+)/(?:lib)?(?P<name>[^/.]+)\.[a-z]+$")
_PLUGIN_WINDOWS = re.compile(r"^PySide6/plugins/(?P<group>[^/]+)/(?P<name>[^/.]+)\.dll$")
# Qt's own words in the languages that the window speaks stay.
_TRANSLATIONS = re.compile(r"(?:^|/)translations/(?!qtbase_sk\.qm$)")
_DEAD_WEIGHT = re.compile(r"(^|/)opengl32sw\.dll$|(^|/)d3dcompiler_|PySide6/Qt/qml/|_gdcm/XML/|(^|/)numpy/.*/tests/")


def is_wanted(name: str) -> bool:
    """Whether a file may enter the program, by its name in the program's folder."""
    path = name.replace("\\", "/")
    plugin = _PLUGIN.search(path) or _PLUGIN_WINDOWS.search(path)
    if plugin is not None:
        return f"{plugin['group']}/{plugin['name']}" in QT_PLUGINS
    if openvino_parts.is_library(path):
        return openvino_parts.is_wanted(path)
    return not (_TRANSLATIONS.search(path) or _DEAD_WEIGHT.search(path) or _SYSTEM.search(Path(path).name))


def kept(entries: Iterable[Entry], imports_of: Callable[[str], Iterable[str]]) -> list[Entry]:
    """The wanted files, without libraries that only unwanted ones need.

    Parameters
    ----------
    entries : iterable of Entry
        PyInstaller's table of binaries.
    imports_of : callable
        Names of the libraries that a file on this machine is linked with.
    """
    wanted = [entry for entry in entries if is_wanted(entry[0])]
    files = [entry for entry in wanted if entry[2] != _LINK]
    waiting = [entry for entry in files if _is_root(entry)]
    reached = {entry[0] for entry in waiting}
    while waiting:
        names = {_base_name(name) for name in imports_of(waiting.pop()[1])}
        found = [entry for entry in files if _base_name(entry[0]) in names and entry[0] not in reached]
        reached.update(entry[0] for entry in found)
        waiting += found
    return without_loose_links(wanted, reached)


def without_loose_links(entries: Iterable[Entry], names: Container[str]) -> list[Entry]:
    """Files that are among these names, and links to them; PyInstaller also links what is left out."""
    return [entry for entry in entries if (entry[1] if entry[2] == _LINK else entry[0]) in names]


def wanted_data(entries: Iterable[Entry], binaries: Iterable[Entry]) -> list[Entry]:
    """The wanted files that are no libraries; links lie among them and must lead to a library that stayed."""
    wanted = [entry for entry in entries if is_wanted(entry[0])]
    files = {entry[0] for entry in (*wanted, *binaries) if entry[2] != _LINK}
    return without_loose_links(wanted, files)


def write_list(file: Path, entries: Iterable[Entry], modules: Iterable[Entry]) -> None:
    """Note where everything in the program comes from, for notices and the bill of materials."""
    listed = {"files": [entry for entry in entries if entry[2] != _LINK], "modules": list(modules)}
    file.write_text(json.dumps(listed, indent=1), encoding="utf-8")


def modules_of(file: Path) -> list[str]:
    """Names of the Python modules in the program's archive, from what :func:`write_list` noted."""
    listed = json.loads(file.read_text(encoding="utf-8"))
    return [name for name, _, _ in listed["modules"]]


def _base_name(path: str) -> str:
    """Systems that spell a library's name in other letters mean the same one."""
    return re.split(r"[/\\\\]", path)[-1].casefold()


def _is_root(entry: Entry) -> bool:
    """Loaded by name, not because another library needs it: extension modules, plugins of Qt and OpenVINO, Python."""
    name, _, kind = entry
    path = name.replace("\\", "/")
    is_plugin = _PLUGIN.search(path) is not None or _PLUGIN_WINDOWS.search(path) is not None
    is_plugin = is_plugin or openvino_parts.is_wanted(path)
    return kind == "EXTENSION" or is_plugin or _BY_NAME.search(path) is not None


def forbidden_in(names: Iterable[str]) -> list[str]:
    """Those names of modules or files that belong to a forbidden package."""
    found = []
    for name in names:
        first = re.split(r"[/\\.]", name.removeprefix("_internal/"), maxsplit=1)[0]
        stem = re.sub(r"(\.libs|-\d.*)$", "", first).casefold()
        if stem in FORBIDDEN or stem.replace("-", "_") in FORBIDDEN:
            found.append(name)
    return found
