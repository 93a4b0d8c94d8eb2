"""``make sbom``: writes under out/ a bill of materials of what is installed, and its versions locked by hash."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterable, Mapping
from importlib import metadata
from pathlib import Path
from typing import Any

import license_terms
import project
import sbom
from inventory import Part

OUT = project.ROOT / "out"
LOCKED = "constraints.hashed.txt"
_REPORT = "pip-report.json"


def main() -> int:
    """Write both files; return the exit code of ``make sbom``."""
    OUT.mkdir(exist_ok=True)
    file = sbom.write(installed(), OUT, program=OUT)
    project.say(f"bill of materials: {file.relative_to(project.ROOT)}")
    try:
        lines = locked(resolved(OUT / _REPORT))
    except project.PackagingError as error:
        sys.stderr.write(f"sbom: {error}\n")
        return 1
    (OUT / LOCKED).write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    project.say(f"hash-locked versions: {(OUT / LOCKED).relative_to(project.ROOT)}, {len(lines)} packages")
    return 0


def installed(distributions: Iterable[metadata.Distribution] | None = None) -> list[Part]:
    """Every package of this environment but the project itself, by name, each once."""
    found: dict[str, Part] = {}
    for distribution in metadata.distributions() if distributions is None else distributions:
        name = canonical(str(distribution.metadata["Name"]))
        if name == project.NAME or name in found:
            continue
        homepage = license_terms.first_field(name, "Home-page")
        license_ = license_terms.license_of(name) or "not stated"
        found[name] = Part("python", name, distribution.version, license_, homepage)
    return [found[name] for name in sorted(found)]


def resolved(report: Path) -> dict[str, Any]:
    """What pip would install for the whole project at the pinned versions; nothing is installed.

    Raises
    ------
    PackagingError
        pip cannot find the packages.
    """
    line = [
        sys.executable, "-m", "pip", "--disable-pip-version-check", "install", "--dry-run", "--quiet",
        "--ignore-installed", "--no-build-isolation", "--report", str(report),
        "--constraint", str(project.ROOT / "packaging" / "constraints.txt"), ".[dev]",
    ]  # fmt: skip
    run = subprocess.run(line, cwd=project.ROOT, check=False, capture_output=True, text=True)
    if run.returncode:
        raise project.PackagingError(f"pip cannot resolve the packages:\n{run.stderr.strip()[-2000:]}")
    found: dict[str, Any] = json.loads(report.read_text(encoding="utf-8"))
    return found


def locked(report: Mapping[str, Any]) -> list[str]:
    """Lines for ``pip install --require-hashes``, by name.

    Raises
    ------
    PackagingError
        A package has no hash: it cannot be locked.
    """
    lines: list[str] = []
    for item in report["install"]:
        name, version = canonical(item["metadata"]["name"]), item["metadata"]["version"]
        if name == project.NAME:
            continue
        hashes = item["download_info"].get("archive_info", {}).get("hashes", {})
        if "sha256" not in hashes:
            raise project.PackagingError(f"{name} {version} comes without a SHA-256")
        lines.append(f"{name}=={version} --hash=sha256:{hashes['sha256']}")
    return sorted(lines)


def canonical(name: str) -> str:
    """A package's name as indexes spell it."""
    return re.sub(r"[-_.]+", "-", name).lower()


if __name__ == "__main__":
    sys.exit(main())
