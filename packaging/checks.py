"""Runs every check of the project, says how long each took, fails when one failed. Standard library only."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SCRIPTS = Path(sysconfig.get_path("scripts"))

# Each process loads Qt and PyTorch: more than four would want more memory than time.
_PROCESSES = min(os.cpu_count() or 1, 4)
# A check that waits for ever is a failed one, and says so. The longest takes ten minutes on two processors.
_LIMIT_S = 3600.0

CHECKS: dict[str, list[str]] = {
    "lint": ["ruff", "check"],
    "format": ["ruff", "format", "--check"],
    "types": ["mypy"],
    "types, packaging": ["mypy", *map(str, sorted((ROOT / "packaging").glob("*.py")))],
    "import contracts": ["lint-imports", "--no-cache"],
    # A crashed process of tests is not replaced: the new one would crash again, or wait for ever at the end of the run.
    "tests": ["pytest", "--durations=10", "-n", str(_PROCESSES), "--dist", "loadfile", "--max-worker-restart", "0"],
}


def main() -> int:
    """Run all checks, also after a failed one; return the exit code of ``make test``."""
    outcomes = {name: _run(name, line) for name, line in CHECKS.items()}
    sys.stdout.write("\n")
    for name, (code, seconds) in outcomes.items():
        sys.stdout.write(f"{name:<18}{'passed' if code == 0 else 'FAILED':<8}{seconds:7.1f} s\n")
    return int(any(code for code, _ in outcomes.values()))


def _run(name: str, line: list[str]) -> tuple[int, float]:
    sys.stdout.write(f"\n== {name}: {' '.join(line[:3])}\n")
    sys.stdout.flush()
    started = time.perf_counter()
    path = f"{SCRIPTS}{os.pathsep}{os.environ.get('PATH', '')}"
    try:
        code = subprocess.run(
            [str(SCRIPTS / line[0]), *line[1:]], cwd=ROOT, check=False, env={**os.environ, "PATH": path},
            timeout=_LIMIT_S,
        ).returncode  # fmt: skip
    except subprocess.TimeoutExpired:
        sys.stdout.write(f"\n{name} did not end within {_LIMIT_S:g} s and was stopped.\n")
        code = 1
    return code, time.perf_counter() - started


if __name__ == "__main__":
    sys.exit(main())
