"""Where a model's weights come from and how good they are: training, range, figures, calibration."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from leukoviewer.packages.fields import Detail, Fields


@dataclass(frozen=True, slots=True)
class Calibration:
    """Temperature scaling (Guo et al. 2017): the score is the logistic function of ``logit / temperature``."""

    temperature: float
    fitted_on: str

    def __post_init__(self) -> None:
        if not self.temperature > 0:
            raise ValueError("a temperature is positive")

    @classmethod
    def read(cls, fields: Fields) -> Calibration:
        """Read the JSON form strictly."""
        found = cls(fields.number("temperature"), fields.text("fitted_on"))
        fields.end()
        return found

    def to_json(self) -> dict[str, Any]:
        """The JSON form."""
        return {"temperature": self.temperature, "fitted_on": self.fitted_on}


@dataclass(frozen=True, slots=True)
class PatientCalibration:
    """Platt scaling (Platt 1999): a patient's probability is the logistic function of ``slope * x + offset``.

    Attributes
    ----------
    slope, offset : float
        Found on validation.
    share : float
        x is the mean of the patient's highest logits, before any temperature; so many of the slices count, rounded up.
    fitted_on : str
        One phrase on the data.
    """

    slope: float
    offset: float
    share: float
    fitted_on: str

    def __post_init__(self) -> None:
        if not 0 < self.share <= 1:
            raise ValueError("the share of slices that count lies above 0 and is at most 1")

    def probability(self, logits: NDArray[np.floating]) -> float:
        """Probability of a patient with at least one scored slice, 0..1.

        Parameters
        ----------
        logits : array, shape (slices,)
            The model's outputs for the patient's scored slices, before any temperature.
        """
        logit = self.slope * mean_of_highest(logits, share=self.share) + self.offset
        return float(1 / (1 + np.exp(-np.clip(logit, -60, 60))))

    @classmethod
    def read(cls, fields: Fields) -> PatientCalibration:
        """Read the JSON form strictly."""
        slope, offset, share = fields.number("slope"), fields.number("offset"), fields.number("share")
        found = cls(slope, offset, share, fields.text("fitted_on"))
        fields.end()
        return found

    def to_json(self) -> dict[str, Any]:
        """The JSON form."""
        return {"slope": self.slope, "offset": self.offset, "share": self.share, "fitted_on": self.fitted_on}


@dataclass(frozen=True, slots=True)
class Training:
    """Where the weights come from.

    Attributes
    ----------
    run : str
        Identifier of the run.
    trained_on : str
        One phrase on the data, e.g. ``"simulated patients"``.
    simulated : bool
        Whether all training data were simulated.
    details : tuple of (str, value)
        Cohort, seed, steps, patients by split and the like, in reading order.
    """

    run: str
    trained_on: str
    simulated: bool
    details: tuple[tuple[str, Detail], ...] = ()

    @classmethod
    def read(cls, fields: Fields) -> Training:
        """Read the JSON form strictly."""
        run, phrase = fields.text("run", empty=True), fields.text("trained_on")
        found = cls(run, phrase, fields.flag("simulated"), fields.details("details"))
        fields.end()
        return found

    def to_json(self) -> dict[str, Any]:
        """The JSON form."""
        return {
            "run": self.run,
            "trained_on": self.trained_on,
            "simulated": self.simulated,
            "details": dict(self.details),
        }


@dataclass(frozen=True, slots=True)
class Metric:
    """One figure with its 95 % interval.

    Attributes
    ----------
    name : str
        E.g. ``"AUC"``.
    by : str
        ``"patient"`` or ``"slice"``.
    split : str
        ``"validation"`` or ``"test"``, or the name of a cohort that the model was evaluated on.
    count : int
        Patients behind it.
    value : float
        The figure.
    interval : (float, float) or None
        Bootstrap interval over patients; None when it was not computed.
    """

    name: str
    by: str
    split: str
    count: int
    value: float
    interval: tuple[float, float] | None = None

    @classmethod
    def read(cls, fields: Fields) -> Metric:
        """Read the JSON form strictly."""
        name, by, split = fields.text("name"), fields.text("by"), fields.text("split")
        found = cls(name, by, split, fields.whole("count"), fields.number("value"), fields.interval("interval"))
        fields.end()
        return found

    def to_json(self) -> dict[str, Any]:
        """The JSON form."""
        return {
            "name": self.name,
            "by": self.by,
            "split": self.split,
            "count": self.count,
            "value": self.value,
            "interval": _pair(self.interval),
        }


@dataclass(frozen=True, slots=True)
class TrainingRange:
    """What the training series were like; a series outside gets a warning.

    Attributes
    ----------
    thickness_mm, spacing_mm : (float, float) or None
        Slice thickness, and distance of neighboring slices along the normal; None when unknown.
    kernels : tuple of str
        Convolution kernels as the headers name them; empty when unknown.
    """

    thickness_mm: tuple[float, float] | None = None
    spacing_mm: tuple[float, float] | None = None
    kernels: tuple[str, ...] = ()

    @classmethod
    def read(cls, fields: Fields) -> TrainingRange:
        """Read the JSON form strictly."""
        found = cls(fields.interval("thickness_mm"), fields.interval("spacing_mm"), fields.texts("kernels"))
        fields.end()
        return found

    def to_json(self) -> dict[str, Any]:
        """The JSON form."""
        return {
            "thickness_mm": _pair(self.thickness_mm),
            "spacing_mm": _pair(self.spacing_mm),
            "kernels": list(self.kernels),
        }


def mean_of_highest(values: NDArray[np.floating], *, share: float) -> float:
    """Mean over the highest of one patient's values.

    Parameters
    ----------
    values : array, shape (slices,)
        A value by slice, at least one.
    share : float
        How many of them count, above 0 to 1; rounded up.
    """
    count = max(1, int(np.ceil(share * len(values) - 1e-9)))
    return float(np.sort(np.asarray(values, dtype=np.float64))[-count:].mean())


def _pair(interval: tuple[float, float] | None) -> list[float] | None:
    return None if interval is None else list(interval)
