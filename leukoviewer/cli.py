"""The command line: finds the command, shows errors as one sentence and turns them into exit codes.

Exit codes: 0 done, 1 failed, 2 usage, 3 nothing readable, 4 refused, 5 done in part, 7 cannot write, 130 stopped by
the user.
"""

from __future__ import annotations

import argparse
import importlib
import logging
import os
import sys
from collections.abc import Sequence

from leukoviewer.errors import LeukoError
from leukoviewer.log_file import WithoutTexts

PROGRAM = "leukoviewer"

# One module a command; each offers SUMMARY, add_arguments(parser) and run(args) -> exit code, and imports late.
COMMANDS = {
    "analyze": "leukoviewer.commands.analyze",
    "inspect": "leukoviewer.commands.inspect",
    "models": "leukoviewer.commands.models",
    "self-test": "leukoviewer.commands.self_test",
}
_WINDOW = "leukoviewer.commands.window"

STOPPED = 130
_FAILED = 1

_log = logging.getLogger(__name__)


def run(argv: Sequence[str]) -> int:
    """Run the command that the arguments name, the window without one; never raises, whatever goes wrong."""
    try:
        args = parse(argv)
    except SystemExit as asked:  # argparse's way to say "help shown" (0) or "usage" (2)
        return asked.code if isinstance(asked.code, int) else _FAILED
    handler = logging.StreamHandler()
    handler.setFormatter(WithoutTexts("%(name)s: %(message)s"))
    level = logging.INFO if args.verbose else logging.ERROR
    # On the handler too: the log file lets more through, and that is not for the terminal.
    handler.setLevel(level)
    logging.basicConfig(level=level, handlers=[handler])
    return _guarded(args)


def parse(argv: Sequence[str]) -> argparse.Namespace:
    """Arguments as a namespace with ``command`` (a key of ``COMMANDS`` or ``"window"``) and that command's values.

    A first argument that is the name of a command is that command; a folder of such a name is opened as ``./models``.
    """
    name = argv[0] if argv and argv[0] in COMMANDS else "window"
    parser = _parser(name)
    parser.set_defaults(command=name, meant=_meant)
    args, left = parser.parse_known_args(argv if name == "window" else argv[1:])
    if left:
        parser.error(f"unrecognized arguments: {' '.join(left)}{_meant(argv[0]) if name == 'window' else ''}")
    return args


def _meant(word: str) -> str:
    """A hint in brackets where a word that is none is nearly a command."""
    from difflib import get_close_matches

    near = get_close_matches(word.lower(), COMMANDS, 1, 0.7)
    return f" (there is the command {PROGRAM} {near[0]})" if near else ""


def _parser(name: str) -> argparse.ArgumentParser:
    command = importlib.import_module(COMMANDS.get(name, _WINDOW))
    parser = argparse.ArgumentParser(
        prog=PROGRAM if name == "window" else f"{PROGRAM} {name}",
        description=command.SUMMARY,
        epilog=_overview() if name == "window" else "Research use, not for diagnosis.",
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument("-v", "--verbose", action="store_true", help="log to standard error, with details of failures")
    if name == "window":
        parser.add_argument("--version", action=_Version, nargs=0, help="show the version and exit")
    command.add_arguments(parser)
    return parser


class _Version(argparse.Action):
    """Shows the version, looked up only when it is asked for: reading package metadata takes 50 ms."""

    def __call__(self, parser: argparse.ArgumentParser, *_given: object) -> None:
        from importlib.metadata import version

        sys.stdout.write(f"{PROGRAM} {version(PROGRAM)}\n")
        parser.exit()


def _overview() -> str:
    lines = [f"  {PROGRAM} {name:<10} {importlib.import_module(module).SUMMARY}" for name, module in COMMANDS.items()]
    return "\n".join(["commands without a window:", *lines, "", "Research use, not for diagnosis."])


def _guarded(args: argparse.Namespace) -> int:
    """Run a command behind the last border: no traceback reaches the user unless asked for by ``--verbose``."""
    try:
        module = importlib.import_module(COMMANDS.get(args.command, _WINDOW))
        code = int(module.run(args))
        sys.stdout.flush()
        return code
    except LeukoError as error:
        _log.info("failed", exc_info=True)
        return _complain(str(error), error.exit_code)
    except KeyboardInterrupt:
        return _complain("stopped; nothing half-written is left.", STOPPED)
    except BrokenPipeError:
        # The reader of our output (head, less) left; what Python still holds for it must not be flushed at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return _FAILED
    except Exception as error:  # noqa: BLE001 - the last border
        _log.info("unexpected error", exc_info=True)
        return _complain(f"something unexpected happened ({type(error).__name__}); run again with -v to see where.", 1)


def _complain(sentence: str, code: int) -> int:
    sys.stderr.write(f"{PROGRAM}: {sentence}\n")
    return code
