"""``make mutants [N=...] [SEED=...]``: break rules of geometry and HU one by one and count which the tests notice.

Mutants are drawn at random, alike from all modules together; each is run against the tests of its module. SECONDS ends
the run early, ONLY takes one module. Needs ``fork`` and ``/proc``, so Linux.
"""

from __future__ import annotations

import os
import random
import sys
import time
from collections import Counter, defaultdict
from pathlib import Path

# Plugins of other packages cost a second a mutant.
os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"

import numpy  # noqa: F401 - loaded once here, not in every child
import pydicom.pixels  # noqa: F401
import pytest  # noqa: F401

from tests.mutation.operators import Mutant, mutants
from tests.mutation.trial import judge

ROOT = Path(__file__).resolve().parents[2]
WANTED_SHARE = 0.85
_GEOMETRY = (
    "tests/dicom/test_ordering.py",
    "tests/dicom/test_grouping.py",
    *(f"tests/dicom_cases/test_{name}_cases.py" for name in ("order", "geometry", "belonging")),
)
_VALUES = ("tests/dicom_cases/test_value_cases.py",)
_FILES = ("tests/dicom_cases/test_file_cases.py",)
# What is broken, and the tests that must notice.
TARGETS: dict[str, tuple[str, ...]] = {
    "leukoviewer.core.geometry": ("tests/core/test_geometry.py", *_GEOMETRY),
    "leukoviewer.core.window": ("tests/core/test_window.py", *_VALUES),
    "leukoviewer.dicom.acquisitions": _GEOMETRY,
    "leukoviewer.dicom.findings": (*_GEOMETRY, *_VALUES),
    "leukoviewer.dicom.grouping": _GEOMETRY,
    "leukoviewer.dicom.joining": _GEOMETRY,
    "leukoviewer.dicom.ordering": _GEOMETRY,
    "leukoviewer.dicom.pixels": ("tests/dicom/test_pixels.py", *_VALUES),
    "leukoviewer.dicom.header": ("tests/dicom/test_header.py", *_VALUES, *_FILES, *_GEOMETRY),
    "leukoviewer.dicom.values": ("tests/dicom/test_values.py", "tests/dicom/test_header.py", *_FILES),
    "leukoviewer.dicom.volume_findings": ("tests/dicom/test_volume_findings.py", *_VALUES),
}
_SLOWEST_TEST_RUN_S = 120.0


def main(arguments: list[str]) -> int:
    """Run and report; 0 when enough mutants are killed."""
    settings = dict(one.split("=", 1) for one in arguments if "=" in one)
    count, seed = int(settings.get("N", "200")), int(settings.get("SEED", "1"))
    end_s = time.monotonic() + float(settings.get("SECONDS", "inf"))
    wanted = settings.get("ONLY", "")
    everything = [one for module in TARGETS if wanted in module for one in mutants(module, _source(module))]
    sample = random.Random(seed).sample(everything, min(count, len(everything)))
    _say(f"{len(everything)} mutants in {len(TARGETS)} modules, {len(sample)} drawn with seed {seed}")
    killers: dict[str, Counter[str]] = defaultdict(Counter)
    results: list[tuple[Mutant, str]] = []
    for mutant in sample:
        if time.monotonic() > end_s:
            break
        killer = _trial(mutant, killers[mutant.module])
        killers[mutant.module][killer] += 1
        results.append((mutant, killer))
        _say(f"{'killed' if killer else 'SURVIVED'} {mutant.module}:{mutant.line} {mutant.change} {killer}")
    return _report(results)


def _source(module: str) -> str:
    return (ROOT / f"{module.replace('.', '/')}.py").read_text(encoding="utf-8")


def _trial(mutant: Mutant, killers: Counter[str]) -> str:
    """What kills a mutant: the best killers of its module are tried first, then file after file, the quickest first."""
    best = tuple(name for name, _ in killers.most_common(8) if "::" in name)
    rounds = (best, *((path,) for path in TARGETS[mutant.module]))
    trials = (judge(mutant, one, _SLOWEST_TEST_RUN_S) for one in rounds if one)
    return next((killer for killer in trials if killer), "")


def _report(results: list[tuple[Mutant, str]]) -> int:
    by_module: dict[str, list[bool]] = defaultdict(list)
    for mutant, killer in results:
        by_module[mutant.module].append(bool(killer))
    for module, noticed in sorted(by_module.items()):
        _say(f"{module:40} {sum(noticed):4} of {len(noticed):4} killed")
    ended = Counter(killer if "::" not in killer else "a test failed" for _, killer in results if killer)
    killed = sum(ended.values())
    share = killed / max(1, len(results))
    _say(", ".join(f"{name}: {number}" for name, number in ended.most_common()))
    _say(f"{killed} of {len(results)} mutants killed ({share:.1%}); at least {WANTED_SHARE:.0%} are wanted")
    return 0 if share >= WANTED_SHARE else 1


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
