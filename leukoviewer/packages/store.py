"""The model packages of this machine: those that come with the program and those that the user installed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from leukoviewer import paths
from leukoviewer.errors import PackageError
from leukoviewer.packages.archive import MANIFEST, Package, open_package
from leukoviewer.packages.manifest import GRAPH, WEIGHTS

# A text file in a folder of packages that names the one to start with.
DEFAULT_FILE = "default.txt"


@dataclass(frozen=True, slots=True)
class BrokenPackage:
    """A folder that should be a package and cannot be used.

    Attributes
    ----------
    folder : Path
        Where it lies.
    id : str
        The folder's name.
    reason : str
        One sentence: what is wrong and what to do.
    """

    folder: Path
    id: str
    reason: str


class PackageStore:
    """Packages found in folders; earlier folders win.

    Parameters
    ----------
    folders : sequence of Path
        Each holds packages as subfolders; folders that do not exist are left out.
    """

    def __init__(self, folders: Sequence[Path]) -> None:
        self._folders = tuple(folders)

    @classmethod
    def of_this_machine(cls) -> PackageStore:
        """The bundled packages, then the user's own."""
        return cls((paths.bundled_models(), paths.user_data() / "models"))

    def packages(self) -> tuple[Package | BrokenPackage, ...]:
        """All packages by folder, name and version, newest version first; each is checked by its hashes."""
        found: list[Package | BrokenPackage] = []
        seen: set[str] = set()
        for candidate in self._candidates():
            package = _open(candidate)
            if isinstance(package, Package) and package.id in seen:
                reason = f"The model in {candidate.name} is installed twice; remove one of the two folders."
                package = BrokenPackage(candidate, candidate.name, reason)
            elif isinstance(package, Package):
                seen.add(package.id)
            found.append(package)
        return tuple(found)

    def get(self, package_id: str) -> Package:
        """The package with this id.

        Raises
        ------
        PackageError
            There is none, or it cannot be used; the sentence says why or names those that there are.
        """
        packages = self.packages()
        for package in packages:
            if package.id == package_id and isinstance(package, Package):
                return package
        for package in packages:
            if package.id == package_id and isinstance(package, BrokenPackage):
                raise PackageError(package.reason, thing=package.folder)
        known = ", ".join(p.id for p in packages if isinstance(p, Package)) or "none"
        raise PackageError(
            f"There is no model {package_id!r} on this machine; installed models: {known}.", thing=package_id
        )

    def default(self) -> Package:
        """The package to start with: the one a ``default.txt`` names, else the first that can be used.

        Raises
        ------
        PackageError
            No package can be used.
        """
        packages = self.packages()
        usable = {p.id: p for p in packages if isinstance(p, Package)}
        for folder in self._folders:
            named = usable.get(_named_default(folder))
            if named is not None:
                return named
        for package in usable.values():
            return package
        for broken in packages:
            if isinstance(broken, BrokenPackage):
                raise PackageError(broken.reason, thing=broken.folder)
        raise PackageError(
            "No model is installed; put a model package into the folder models of the program or of your user data.",
            thing=self._folders,
        )

    def _candidates(self) -> list[Path]:
        candidates: list[Path] = []
        for folder in self._folders:
            if folder.is_dir():
                inside = (p for p in folder.iterdir() if p.is_dir() and not p.name.startswith("."))
                candidates += sorted(filter(_looks_like_package, inside), key=_reading_order)
        return candidates


def _open(folder: Path) -> Package | BrokenPackage:
    try:
        return open_package(folder)
    except PackageError as error:
        return BrokenPackage(folder, folder.name, str(error))


def _looks_like_package(folder: Path) -> bool:
    """A damaged one counts, so that the user learns why it is not offered."""
    return any((folder / name).exists() for name in (MANIFEST, WEIGHTS, GRAPH))


def _named_default(folder: Path) -> str:
    try:
        return (folder / DEFAULT_FILE).read_text(encoding="utf-8", errors="replace").strip()
    except OSError:
        return ""


def _reading_order(folder: Path) -> tuple[str, tuple[int, ...], str]:
    """By name, then newest version first: ``a-1.10`` before ``a-1.9``."""
    name, _, version = folder.name.rpartition("-")
    numbers = tuple(-int(number) for number in re.findall(r"\d+", version))
    return name, numbers, folder.name
