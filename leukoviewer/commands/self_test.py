"""``leukoviewer self-test``: the golden case of every model package on every engine here."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from leukoviewer.commands.terminal import write_line
from leukoviewer.errors import EngineError, PackageError

if TYPE_CHECKING:
    from leukoviewer.packages.archive import Package

SUMMARY = "run the golden case of every model package on every engine here"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("--model", metavar="ID", help="test this package alone")
    parser.add_argument(
        "--calibrate", action="store_true", help="measure anew which engine is fastest, with how many slices at a time"
    )


def run(args: argparse.Namespace) -> int:
    """Print one line an engine.

    Raises
    ------
    PackageError
        No package is there, or one is damaged.
    EngineError
        An engine gives something else than the golden results, or no engine could be tried.
    """
    packages, damaged = _packages(args.model)
    for sentence in damaged:
        write_line(sentence)
    failed = [package.id for package in packages if not _agrees(package)]
    if failed:
        raise EngineError(f"The self-test failed for {', '.join(failed)}; install the program or the model anew.")
    if args.calibrate:
        _calibrate(packages)
    if damaged:
        raise PackageError("A model package is damaged; install it anew or remove its folder.", thing=damaged)
    return 0


def _calibrate(packages: list[Package]) -> None:
    from leukoviewer.inference.calibration import best_for

    for package in packages:
        write_line(f"{package.id}: {best_for(package, again=True).sentence}")


def _packages(wanted: str | None) -> tuple[list[Package], list[str]]:
    """The packages to test, and what is wrong with the damaged ones."""
    from leukoviewer.commands.model_choice import choose
    from leukoviewer.packages.store import BrokenPackage, PackageStore

    if wanted is not None:
        return [choose(wanted)], []
    found = PackageStore.of_this_machine().packages()
    if not found:
        return [choose(None)], []  # says where a package belongs
    damaged = [f"{package.id}: {package.reason}" for package in found if isinstance(package, BrokenPackage)]
    return [package for package in found if not isinstance(package, BrokenPackage)], damaged


def _agrees(package: Package) -> bool:
    """Whether every engine that runs here agrees, and at least one does run."""
    from leukoviewer.inference.self_test import run as golden_cases

    checks = golden_cases(package)
    for check in checks:
        write_line(f"{package.id}: {check.sentence}")
    return any(check.passed for check in checks) and all(check.passed or check.problem for check in checks)
