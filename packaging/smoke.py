"""Tries an installed ``leukoviewer`` command from outside: version, models, self-test, the demo patient to files.

``python packaging/smoke.py path/to/leukoviewer``; standard library only, so that it also tries frozen programs.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path


def main(program: str) -> int:
    """Run the steps; return 0 when all passed."""
    with tempfile.TemporaryDirectory() as folder:
        out, picture = Path(folder) / "results", Path(folder) / "window.png"
        passed = all(
            [
                _passes(program, "--version"),
                _passes(program, "models"),
                _passes(program, "self-test"),
                _passes(program, "--demo", "--analyze", "--snapshot", str(picture)),
                _passes(program, "inspect", str(Path(folder)), code=3),
                _analyzes(program, out),
            ]
        )
    return 0 if passed else 1


def _passes(program: str, *arguments: str, code: int = 0) -> bool:
    started = time.perf_counter()
    run = subprocess.run([program, *arguments], check=False, capture_output=True, text=True)
    passed = run.returncode == code and "Traceback" not in run.stderr
    _report(" ".join(arguments[:1]), time.perf_counter() - started, passed=passed)
    if not passed:
        sys.stdout.write(run.stdout + run.stderr)
    return passed


def _analyzes(program: str, out: Path) -> bool:
    demo = Path(__file__).resolve().parents[1] / "resources" / "demo" / "patient"
    if not _passes(program, "analyze", str(demo), "--out", str(out), "--quiet"):
        return False
    result = json.loads((out / "result.json").read_text(encoding="utf-8"))
    pictures = len(list((out / "overlays").glob("*.png")))
    passed = result["status"] == "scored" and pictures == len(result["scores"]) > 0
    _report("results", 0.0, passed=passed)
    return passed


def _report(name: str, seconds: float, *, passed: bool) -> None:
    sys.stdout.write(f"smoke: {name:<12}{'passed' if passed else 'FAILED':<8}{seconds:6.1f} s\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
