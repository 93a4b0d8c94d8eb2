"""What the parts of the program are licensed under, and where the words are when a package does not bring them."""

from __future__ import annotations

import re
from importlib import metadata
from pathlib import Path

import project

TEXTS = project.RESOURCES / "notices" / "texts"

# Packages whose wheels hold no license text; the files lie in resources/notices/texts.
_MISSING = {
    "pyside6-essentials": ("LGPL-3.0.txt", "GPL-3.0.txt", "Qt.txt"),
    "shiboken6": ("LGPL-3.0.txt", "GPL-3.0.txt", "Qt.txt"),
    "pyjpegls": ("pyjpegls.txt", "CharLS.txt"),
    "flatbuffers": ("Apache-2.0.txt",),
}

# Packages whose wheels forget the words of something that is linked into their libraries.
_FURTHER = {"openvino": ("protobuf.txt",)}

# Metadata of these name several licenses to choose from, or none; this is the choice made here.
_CHOSEN = {
    "pyside6-essentials": "LGPL-3.0-only",
    "shiboken6": "LGPL-3.0-only",
    "pyinstaller": "GPL-2.0-or-later WITH Bootloader-exception",
    "pyjpegls": "MIT AND BSD-3-Clause",
}

# What classifiers and free texts call a license, in the letters of the SPDX list.
_SPDX = {
    "MIT License": "MIT",
    "MIT": "MIT",
    "Apache Software License": "Apache-2.0",
    "Apache 2.0": "Apache-2.0",
    "BSD License": "BSD-3-Clause",
    "BSD": "BSD-3-Clause",
    "3-Clause BSD License": "BSD-3-Clause",
    "Python Software Foundation License": "PSF-2.0",
}


def license_of(name: str) -> str:
    """License of an installed package, as an SPDX expression where its metadata allow it."""
    if name in _CHOSEN:
        return _CHOSEN[name]
    stated = as_stated(name)
    return _SPDX.get(stated, stated)


def as_stated(name: str) -> str:
    """What the package's own metadata say, shortened to one line."""
    fields = metadata.distribution(name).metadata
    classifiers = [c.split(" :: ")[-1] for c in fields.get_all("Classifier") or [] if c.startswith("License ::")]
    text = first_field(name, "License-Expression") or ", ".join(classifiers) or first_field(name, "License")
    return " ".join(text.split())[:100].replace("|", "/")


def first_field(name: str, field: str) -> str:
    """A field of an installed package's metadata; empty where it is not stated."""
    values = metadata.distribution(name).metadata.get_all(field) or [""]
    return str(values[0])


def texts_for(name: str) -> tuple[Path, ...]:
    """License texts for a package that brings none; empty when none are known."""
    return tuple(TEXTS / file for file in _MISSING.get(name, ()))


def further_texts_for(name: str) -> tuple[Path, ...]:
    """License texts that a package ought to bring beside its own."""
    return tuple(TEXTS / file for file in _FURTHER.get(name, ()))


def of_debian(texts: tuple[Path, ...]) -> str:
    """The short name of the license that a Debian copyright file gives for the files as a whole."""
    if not texts:
        return ""
    text = texts[0].read_text(encoding="utf-8", errors="replace")
    paragraphs = [part for part in text.split("\n\n") if re.search(r"^Files:.*(\*|src)", part, flags=re.MULTILINE)]
    found = re.search(r"^License:[ \t]*(\S.*)$", paragraphs[0] if paragraphs else "", flags=re.MULTILINE)
    return found.group(1).strip() if found else "see its text"
