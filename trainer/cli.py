"""The command line of the trainer: finds the command, shows errors as one sentence."""

from __future__ import annotations

import argparse
import importlib
import logging
import sys
from collections.abc import Sequence

from leukoviewer.errors import LeukoError

# One module a command under trainer.commands; each offers add_parser(subparsers) and run(args) -> exit code.
COMMANDS = (
    "simulate", "prepare", "probes", "sentinel", "pretrain", "train", "grid", "cell", "tables",
    "export", "evaluate", "card",
)  # fmt: skip

_log = logging.getLogger(__name__)


def build_parser(wanted: str | None = None) -> argparse.ArgumentParser:
    """Return the parser with every command, or with the wanted one alone (the others' imports would only cost time)."""
    parser = argparse.ArgumentParser(
        prog="leuko-trainer", description="Trains and exports the models of LeukoViewer (research use)."
    )
    parser.add_argument("-v", "--verbose", action="store_true", help="log to standard error")
    subparsers = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name in (wanted,) if wanted in COMMANDS else COMMANDS:
        importlib.import_module(f"trainer.commands.{name}").add_parser(subparsers)
    return parser


def run(argv: Sequence[str]) -> int:
    """Run one command; errors become one sentence on standard error and an exit code."""
    wanted = next((word for word in argv if not word.startswith("-")), None)
    args = build_parser(wanted).parse_args(argv)
    logging.basicConfig(level=logging.INFO if args.verbose else logging.WARNING, format="%(name)s: %(message)s")
    try:
        return int(importlib.import_module(f"trainer.commands.{args.command}").run(args))
    except LeukoError as error:
        sys.stderr.write(f"leuko-trainer: {error}\n")
        return error.exit_code
    except KeyboardInterrupt:
        sys.stderr.write("leuko-trainer: stopped by the user; what was finished is kept.\n")
        return 130
    except Exception as error:  # noqa: BLE001 - the last border: no traceback at the user
        _log.info("unexpected error", exc_info=True)
        sys.stderr.write(
            f"leuko-trainer: unexpected error ({type(error).__name__}: {error}); run with -v for details.\n"
        )
        return 1
