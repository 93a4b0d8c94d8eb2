"""``leukoviewer models``: lists the model packages here with their provenance, installs one, removes one."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from leukoviewer import paths
from leukoviewer.commands.terminal import write_line

if TYPE_CHECKING:
    from leukoviewer.packages.archive import Package

SUMMARY = "list the model packages with what they were trained on; install or remove one"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    actions = parser.add_subparsers(dest="action", metavar="ACTION")
    actions.add_parser("list", help="list the packages (also without an action)")
    adding = actions.add_parser("add", help="install a package after checking every file by its hash")
    adding.add_argument("file", type=Path, metavar="FILE", help="archive or folder that leuko-trainer export wrote")
    removing = actions.add_parser("remove", help="remove an installed package")
    removing.add_argument("id", metavar="ID", help="as the list names it")


def run(args: argparse.Namespace) -> int:
    """Carry the action out.

    Raises
    ------
    UsageError
        There is no such file or package, or it is installed already.
    PackageError
        The file is no package, damaged or changed.
    CannotWriteError
        The folder of installed models cannot be written.
    """
    if args.action == "add":
        return _add(args.file)
    if args.action == "remove":
        return _remove(args.id)
    return _list_all()


def _add(file: Path) -> int:
    from leukoviewer.packages.install import install

    package = install(file, _own())
    write_line(f"{package.id} is installed; a window that is open shows it when it is started again.")
    _list(package, chosen=False)
    return 0


def _remove(package_id: str) -> int:
    from leukoviewer.packages.install import remove
    from leukoviewer.packages.store import PackageStore

    remove(package_id, PackageStore.of_this_machine(), _own())
    write_line(f"{package_id} is removed.")
    return 0


def _list_all() -> int:
    """Print the packages; the default one is marked by a star."""
    from leukoviewer.errors import PackageError
    from leukoviewer.packages.store import BrokenPackage, PackageStore

    store = PackageStore.of_this_machine()
    try:
        default: str | None = store.default().id
    except PackageError:
        default = None
    for package in store.packages():
        if isinstance(package, BrokenPackage):
            write_line(f"! {package.id}: {package.reason}")
        else:
            _list(package, chosen=package.id == default)
    if default is None:
        write_line(f"No usable model package; put one into {_own()}.")
    return 0


def _own() -> Path:
    return paths.user_data() / "models"


def _list(package: Package, *, chosen: bool) -> None:
    ref = package.ref
    write_line(f"{'*' if chosen else ' '} {ref.id}: {ref.task}, {ref.architecture}, trained on {ref.trained_on}")
    write_line(f"    sha256 {ref.sha256}")
