"""``leukoviewer models``: the model packages here, with their provenance, and the damaged ones with the reason."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from leukoviewer import paths
from leukoviewer.commands.terminal import write_line

if TYPE_CHECKING:
    from leukoviewer.packages.archive import Package

SUMMARY = "list the model packages with what they were trained on"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments (none)."""


def run(_args: argparse.Namespace) -> int:
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
        write_line(f"No usable model package; put one into {paths.user_data() / 'models'}.")
    return 0


def _list(package: Package, *, chosen: bool) -> None:
    ref = package.ref
    write_line(f"{'*' if chosen else ' '} {ref.id}: {ref.task}, {ref.architecture}, trained on {ref.trained_on}")
    write_line(f"    sha256 {ref.sha256}")
