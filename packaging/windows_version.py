"""What Windows shows of the program under Properties > Details: the version resource, as PyInstaller reads it."""

from __future__ import annotations

import re

import project

_FORM = """\
VSVersionInfo(
  ffi=FixedFileInfo(filevers={numbers}, prodvers={numbers}, mask=0x3F, flags=0x0, OS=0x40004, fileType=0x1,
                    subtype=0x0),
  kids=[
    StringFileInfo([
      StringTable('040904B0', [
        StringStruct('CompanyName', {company!r}),
        StringStruct('FileDescription', {description!r}),
        StringStruct('FileVersion', {version!r}),
        StringStruct('InternalName', {name!r}),
        StringStruct('LegalCopyright', {license!r}),
        StringStruct('OriginalFilename', {file!r}),
        StringStruct('ProductName', {product!r}),
        StringStruct('ProductVersion', {version!r})
      ])
    ]),
    VarFileInfo([VarStruct('Translation', [0x0409, 1200])])
  ]
)
"""


def text(version: str) -> str:
    """The resource of a version; Windows wants four numbers, so a pre-release's letters stand in the texts alone."""
    return _FORM.format(
        numbers=numbers(version),
        version=version,
        company=f"The {project.DISPLAY_NAME} authors",
        description=f"{project.DISPLAY_NAME}: head CT with a second opinion, research use",
        name=project.NAME,
        license="Apache License 2.0",
        file=f"{project.NAME}.exe",
        product=project.DISPLAY_NAME,
    )


def numbers(version: str) -> tuple[int, int, int, int]:
    """E.g. (1, 2, 3, 0) of ``1.2.3rc1``."""
    found = re.match(r"\d+(?:\.\d+)*", version)
    parts = [int(part) for part in found.group().split(".")] if found else []
    padded = (*parts, 0, 0, 0, 0)
    return padded[0], padded[1], padded[2], padded[3]
