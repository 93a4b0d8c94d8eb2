"""``make package-check``: tries what ``make package`` built, from outside, as its users would; standard library only.

``package_check.py [WORD ...]`` makes only the checks whose names hold one of the words.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Mapping

import check_debian
import check_failures
import check_work
import project
from checked_program import CheckFailedError, NotRunError

Check = Callable[[], str]
CHECKS: Mapping[str, Check] = {**check_work.CHECKS, **check_failures.CHECKS, **check_debian.CHECKS}


def main(words: list[str]) -> int:
    """Make the checks; return 0 when none failed."""
    chosen = {name: check for name, check in CHECKS.items() if not words or any(word in name for word in words)}
    outcomes = [_made(name, check) for name, check in chosen.items()]
    failed, left_out = outcomes.count("FAILED"), outcomes.count("not run")
    project.say(f"package-check: {len(outcomes) - failed - left_out} passed, {failed} failed, {left_out} not run")
    return int(failed > 0)


def _made(name: str, check: Check) -> str:
    started = time.perf_counter()
    try:
        outcome, detail = "passed", check()
    except NotRunError as reason:
        outcome, detail = "not run", str(reason)
    except (CheckFailedError, OSError) as reason:
        outcome, detail = "FAILED", str(reason)
    project.say(f"package-check: {name:<44}{outcome:<8}{time.perf_counter() - started:6.1f} s  {detail}")
    return outcome


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
