"""A model's result as a file in the user's data folder, so that it need not be computed again; it names no patient.

One JSON file a series and package, named by a hash of both. It holds no identifier of the series: those come from the
series that it is read for, which has the same slices or another name.
"""

from __future__ import annotations

import base64
import hashlib
import json
import logging
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from leukoviewer import atomic
from leukoviewer.core.fingerprint import fingerprint
from leukoviewer.core.geometry import SeriesWarning, WarningCode
from leukoviewer.core.results import Analysis, PackageRef, SliceScore, StackMapping
from leukoviewer.core.series import Series

SCHEMA = "leukoviewer.kept_result/1"
_TEXTS = ("engine", "device", "recipe_id", "recipe_digest", "heatmap_method", "patient_calibrated_on")

_log = logging.getLogger(__name__)


def name_of(series: str, package_sha256: str) -> str:
    """Name of the file for a series (its fingerprint) and a package (the hash of its manifest)."""
    return hashlib.sha256(f"{series}\n{package_sha256}".encode()).hexdigest()[:32] + ".json"


def save(path: Path, result: Analysis) -> None:
    """Write a result, readable by this user alone.

    Raises
    ------
    CannotWriteError
        The file cannot be written.
    """
    atomic.write_json(path, to_json(result), private=True)


def load(path: Path, series: Series) -> Analysis | None:
    """The result kept for a series; None when there is none, or none that this version can read."""
    try:
        return from_json(json.loads(path.read_text(encoding="utf-8")), series)
    except FileNotFoundError:
        return None
    except (OSError, ValueError, TypeError, KeyError, RecursionError):
        _log.warning("a kept result is damaged, of another version or of other slices")
        return None


def file_for(folder: Path, series: Series, package_sha256: str) -> Path:
    """Where the result of a package for a series lies, whether there is one or not."""
    return folder / name_of(fingerprint(series), package_sha256)


def to_json(result: Analysis) -> dict[str, Any]:
    """All of a result but whose it is."""
    mapping = asdict(result.mapping)
    return {
        "schema": SCHEMA,
        "package": asdict(result.package),
        **{name: getattr(result, name) for name in _TEXTS},
        "mapping": mapping,
        "scores": [asdict(score) for score in result.scores],
        "maps": _packed(result.maps),
        "slice_threshold": result.slice_threshold,
        "vote_needed": result.vote_needed,
        "calibrated": result.calibrated,
        "timings_s": [list(lap) for lap in result.timings_s],
        "warnings": [{"code": w.code.value, "message": w.message, "slices": list(w.slices)} for w in result.warnings],
        "patient_probability": result.patient_probability,
    }


def from_json(data: Any, series: Series) -> Analysis:
    """The result as one of this series.

    Raises
    ------
    ValueError, TypeError, KeyError
        It is no result of this version, or belongs to another number or size of slices.
    """
    if not isinstance(data, dict) or data["schema"] != SCHEMA:
        raise ValueError("not a kept result of this version")
    mapping, probability = _mapping(data["mapping"]), data["patient_probability"]
    pixels = series.slices[0].pixels
    if mapping.native_shape != (len(series.slices), pixels.rows, pixels.columns):
        raise ValueError("a result of other slices")
    if not isinstance(data["calibrated"], bool):
        raise TypeError("a switch is true or false")
    return Analysis(
        series_key=series.key,
        series_uid=series.series_uid,
        package=PackageRef(**data["package"]),
        **{name: str(data[name]) for name in _TEXTS},
        mapping=mapping,
        scores=tuple(_score(item) for item in data["scores"]),
        maps=_unpacked(data["maps"]),
        slice_threshold=float(data["slice_threshold"]),
        vote_needed=int(data["vote_needed"]),
        calibrated=data["calibrated"],
        timings_s=tuple((str(stage), float(seconds)) for stage, seconds in data["timings_s"]),
        warnings=tuple(
            SeriesWarning(WarningCode(w["code"]), str(w["message"]), tuple(map(int, w["slices"])))
            for w in data["warnings"]
        ),
        patient_probability=None if probability is None else float(probability),
    )


def _packed(maps: NDArray[np.float32]) -> dict[str, Any]:
    return {"shape": list(maps.shape), "float32": base64.b64encode(maps.astype("<f4").tobytes()).decode("ascii")}


def _unpacked(data: dict[str, Any]) -> NDArray[np.float32]:
    values = np.frombuffer(base64.b64decode(data["float32"], validate=True), "<f4").astype(np.float32)
    maps: NDArray[np.float32] = values.reshape([int(size) for size in data["shape"]])
    if not np.isfinite(maps).all():
        raise ValueError("a heatmap has finite numbers")
    return maps


def _mapping(data: dict[str, Any]) -> StackMapping:
    rows, columns = (float(value) for value in data["scale"])
    down, right = (float(value) for value in data["offset"])
    slices, height, width = (int(size) for size in data["native_shape"])
    deep, high, wide = (int(size) for size in data["stack_shape"])
    native = tuple(tuple(int(index) for index in group) for group in data["native"])
    return StackMapping(native, (slices, height, width), (deep, high, wide), (rows, columns), (down, right))


def _score(data: dict[str, Any]) -> SliceScore:
    score = float(data["score"])
    if not 0 <= score <= 1:
        raise ValueError("a score lies between 0 and 1")
    native = tuple(int(index) for index in data["native"])
    return SliceScore(int(data["stack_index"]), native, float(data["logit"]), score)
