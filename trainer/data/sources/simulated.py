"""A cohort of ``leuko-trainer simulate``: ``patients/<id>/*.dcm`` with reports; its ``truth`` is never read here."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

from leukoviewer.errors import UsageError
from trainer.data.cases import CaseSet
from trainer.data.sources import hospital

SCHEMA_PREFIX = "leukoviewer.simulated-cohort/"
RULE = hospital.LabelRule(r"leukoencephalopathy: present\.", r"leukoencephalopathy: absent\.")


def is_cohort(root: Path) -> bool:
    """Whether a folder is a simulated cohort."""
    return (root / "cohort.json").is_file()


def read_cases(root: Path) -> CaseSet:
    """Find the finished patients of a cohort.

    Raises
    ------
    UsageError
        The folder is no simulated cohort, or one without DICOM files.
    """
    try:
        described = json.loads((root / "cohort.json").read_text(encoding="utf-8"))
        known = str(described["schema"]).startswith(SCHEMA_PREFIX)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise UsageError(f"{root} is no simulated cohort; make one with leuko-trainer simulate.", thing=root) from error
    if not known or described.get("format", "dicom") != "dicom":
        raise UsageError(f"{root} is a cohort without DICOM files; simulate it with --format dicom.", thing=root)
    found = hospital.read_cases(root / "patients", RULE, description="simulated patients")
    return replace(found, simulated=True, cohort=_cohort(described))


def _cohort(described: dict[str, Any]) -> tuple[tuple[str, str | int], ...]:
    wanted = (("name", "cohort"), ("seed", "seed"), ("simulator_version", "simulator_version"))
    return tuple((name, described[key]) for name, key in wanted if isinstance(described.get(key), (str, int)))
