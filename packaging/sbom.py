"""The bill of materials of the built program in CycloneDX 1.6 (JSON), for tools that look for known vulnerabilities."""

from __future__ import annotations

import hashlib
import json
import re
import uuid
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import project

if TYPE_CHECKING:
    from inventory import Part

FILE = "sbom.cdx.json"
_PURLS = {
    "python": "pypi/{name}",
    "tool": "pypi/{name}",
    "system": "deb/debian/{name}",
    "interpreter": "generic/python",
}
# SPDX identifiers and the operators between them; anything else is a name that the standard does not know.
_EXPRESSION = re.compile(r"[A-Za-z0-9.+-]+(?: (?:AND|OR|WITH) [A-Za-z0-9.+-]+)*")
_KNOWN_IDS = re.compile(
    r"(MIT|MIT-CMU|MPL-2\.0|PSF-2\.0|Zlib|0BSD|CC0-1\.0|ISC|Bootloader-exception|"
    r"Apache-2\.0|BSD-[234]-Clause|L?GPL-[23]\.[01]-(only|or-later))"
)


def write(parts: Iterable[Part], folder: Path, *, program: Path) -> Path:
    """Write the bill of the program into a folder; return its file."""
    file = folder / FILE
    document = bill(parts, version=project.version(), program=program)
    file.write_text(json.dumps(document, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return file


def bill(parts: Iterable[Part], *, version: str, program: Path) -> dict[str, Any]:
    """The document.

    Parameters
    ----------
    parts : iterable of Part
        What is inside.
    version : str
        Of the program itself.
    program : Path
        The program's folder; its files are hashed, and two builds of equal files have one serial number.
    """
    components = [_component(part, program) for part in parts]
    own = {"type": "application", "bom-ref": project.NAME, "name": project.NAME, "version": version}
    digest = hashlib.sha256(json.dumps(components, sort_keys=True).encode()).hexdigest()
    return {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, f'{project.NAME}/{version}/{digest}')}",
        "version": 1,
        "metadata": {"component": {**own, "licenses": [{"license": {"id": "Apache-2.0"}}]}},
        "components": components,
        "dependencies": [{"ref": project.NAME, "dependsOn": sorted(str(c["bom-ref"]) for c in components)}],
    }


def _component(part: Part, program: Path) -> dict[str, Any]:
    purl = "pkg:" + _PURLS[part.kind].format(name=part.name) + f"@{quote(part.version, safe='')}"
    component: dict[str, Any] = {
        "type": "library" if part.kind != "interpreter" else "platform",
        "bom-ref": purl,
        "name": part.name,
        "version": part.version,
        "purl": purl,
        "licenses": _licenses(part.license),
    }
    if part.homepage.startswith("http"):
        component["externalReferences"] = [{"type": "website", "url": part.homepage}]
    inner = [_inner(label, purl) for label in part.libraries] + [_file(program, name, purl) for name in part.files]
    if inner:
        component["components"] = inner
    return component


def _licenses(text: str) -> list[dict[str, Any]]:
    ids = [word for word in re.split(r" (?:AND|OR|WITH) ", text) if word]
    if _EXPRESSION.fullmatch(text) and all(_KNOWN_IDS.fullmatch(word) for word in ids):
        return [{"license": {"id": text}}] if len(ids) == 1 else [{"expression": text}]
    return [{"license": {"name": text}}]


def _inner(label: str, owner: str) -> dict[str, Any]:
    name, _, version = label.partition(" ")
    found = {"type": "library", "bom-ref": f"{owner}#{name}", "name": name}
    return {**found, "version": version} if version else found


def _file(program: Path, name: str, owner: str) -> dict[str, Any]:
    component: dict[str, Any] = {"type": "file", "bom-ref": f"{owner}#{name}", "name": name}
    path = project.contents(program) / name
    if path.is_file():
        component["hashes"] = [{"alg": "SHA-256", "content": hashlib.sha256(path.read_bytes()).hexdigest()}]
    return component
