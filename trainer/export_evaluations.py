"""The files that a card is written from: what the trainer measured, embedded in the package as they are.

Every figure of a card stands in one of them, so a card can be written again without the model, and checked.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any

from leukoviewer.errors import UsageError
from leukoviewer.packages.archive import Package
from leukoviewer.packages.manifest import EVALUATIONS, Manifest, is_evaluation
from leukoviewer.packages.provenance import Metric
from trainer.evaluation.cohort import SCHEMA as EVALUATION
from trainer.evaluation.cohort import about_model
from trainer.evaluation.probes import SCHEMA as PROBES
from trainer.evaluation.report import TITLES

NOTES = "leukoviewer.notes/1"
PRECISION = "leukoviewer.precision/1"
# Of each kind but evaluations there is one.
_NAMES = {PROBES: "probes", NOTES: "notes", PRECISION: "precision"}
# A card is no place for tables of scores.
_MOST_BYTES = 256 * 1024


@dataclass(frozen=True, slots=True, eq=False)
class Evaluations:
    """Saved measurements of one model.

    Attributes
    ----------
    files : mapping of str to bytes
        By their names in the package, without the folder.
    """

    files: Mapping[str, bytes] = field(default_factory=lambda: MappingProxyType({}))

    @classmethod
    def of(cls, package: Package) -> Evaluations:
        """Those that a package holds."""
        return cls(MappingProxyType(package.evaluations()))

    def with_files(self, paths: Iterable[Path], package: Package) -> Evaluations:
        """Add files that the trainer wrote; one of the same name replaces the one before.

        Raises
        ------
        UsageError
            A file cannot be read, is of another kind, or measures another model.
        """
        files = dict(self.files)
        for path in paths:
            name, content = _read(path, package)
            files[name] = content
        return Evaluations(MappingProxyType(dict(sorted(files.items()))))

    def with_value(self, name: str, value: Mapping[str, Any]) -> Evaluations:
        """Add a measurement that was just made."""
        files = {**self.files, f"{name}.json": to_bytes(value)}
        return Evaluations(MappingProxyType(dict(sorted(files.items()))))

    def contents(self) -> dict[str, bytes]:
        """The files by their names in the package."""
        return {EVALUATIONS + name: content for name, content in self.files.items()}

    @property
    def parsed(self) -> tuple[dict[str, Any], ...]:
        """What the files hold, by name."""
        return tuple(json.loads(content) for _, content in sorted(self.files.items()))

    @property
    def cohorts(self) -> tuple[dict[str, Any], ...]:
        """Evaluations of cohorts; the paper's first."""
        found = [one for one in self.parsed if one["schema"] == EVALUATION and "figures" in one]
        return tuple(sorted(found, key=lambda one: (one["name"] != "paper", one["name"])))

    @property
    def scans(self) -> tuple[dict[str, Any], ...]:
        """Single scans that were looked at."""
        return tuple(one for one in self.parsed if one["schema"] == EVALUATION and "scan" in one)

    def one(self, schema: str) -> dict[str, Any] | None:
        """The file of a kind of which there is one; None when it is absent."""
        return next((one for one in self.parsed if one["schema"] == schema), None)

    @property
    def notes(self) -> tuple[str, ...]:
        """Known failures and further limits."""
        found = self.one(NOTES)
        return () if found is None else tuple(found["notes"])

    def metrics(self) -> tuple[Metric, ...]:
        """Figures for the manifest: those of each cohort, by patient and by slice."""
        return tuple(
            Metric(title, by, one["name"], int(one["patients"]), float(found["value"]), _interval(found))
            for one in self.cohorts
            for by in ("patient", "slice")
            for key, title in TITLES.items()
            if (found := one["figures"][by].get(key)) is not None and found["value"] is not None
        )


def to_bytes(value: Mapping[str, Any]) -> bytes:
    """A JSON file as the trainer writes it."""
    return (json.dumps(value, indent=1, ensure_ascii=False, allow_nan=False) + "\n").encode("utf-8")


def _interval(found: Mapping[str, Any]) -> tuple[float, float] | None:
    return None if found["low"] is None or found["high"] is None else (float(found["low"]), float(found["high"]))


def _read(path: Path, package: Package) -> tuple[str, bytes]:
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        schema = str(data["schema"])
        name = _NAMES.get(schema) or str(data["name"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise UsageError(f"{path} is no file that leuko-trainer evaluate wrote.", thing=path) from error
    if schema not in (EVALUATION, *_NAMES):
        raise UsageError(f"{path.name} is of the kind {schema}, from which no card is written.", thing=path)
    if schema == EVALUATION and name in _NAMES.values():
        raise UsageError(f"An evaluation may not be named {name}; evaluate again with another --name.", thing=path)
    if schema == EVALUATION and _same_model(data["model"]) != _same_model(about_model(package)):
        message = (
            f"{path.name} measures other weights or another operating point than {package.id} has (a run's, or those "
            f"of before an export); give leuko-trainer evaluate the package itself: {package.folder}."
        )
        raise UsageError(message, thing=path)
    if schema == PROBES:
        data = _short(data, package.manifest, path)
    content = to_bytes(data)
    if not is_evaluation(f"{EVALUATIONS}{name}.json") or len(content) > _MOST_BYTES:
        raise UsageError(f"{path.name} does not fit into a package.", thing=path)
    return f"{name}.json", content


def _same_model(about: Mapping[str, Any]) -> dict[str, Any]:
    """What makes a model: not its name, which says nothing about what it does."""
    return {key: about.get(key) for key in sorted(about) if key not in ("id", "training_run")}


def _short(probes: dict[str, Any], manifest: Manifest, path: Path) -> dict[str, Any]:
    """Probes without the list by patient; they must be of the model's own split."""
    expected = dict(manifest.training.details).get("split_sha256")
    if expected is not None and probes.get("split_sha256") != expected:
        raise UsageError(f"{path.name} measures another split than that of the model's training.", thing=path)
    return {key: value for key, value in probes.items() if key != "fluid_share"}
