"""The registry: every step that a recipe may name."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, ClassVar, Protocol

from leukoviewer.errors import RecipeError
from leukoviewer.preprocessing.depth import DepthWindow, Slabs
from leukoviewer.preprocessing.draft import Draft
from leukoviewer.preprocessing.intensity import KeepBand, RemoveWhite, Rescale, Stretch
from leukoviewer.preprocessing.morphology import Mean, Opening
from leukoviewer.preprocessing.spatial import Resize, Square


class Step(Protocol):
    """One step: a frozen dataclass whose fields are its options, all with defaults.

    ``works_on`` is ``"hu"`` for steps before and at the rescaling, ``"gray"`` for those after it.
    """

    name: ClassVar[str]
    works_on: ClassVar[str]

    def apply(self, draft: Draft) -> Draft:
        """The next draft; the given one is left as it is."""


STEPS: Mapping[str, type[Step]] = MappingProxyType(
    {
        "slabs": Slabs,
        "depth_window": DepthWindow,
        "square": Square,
        "resize": Resize,
        "rescale": Rescale,
        "keep_band": KeepBand,
        "opening": Opening,
        "mean": Mean,
        "stretch": Stretch,
        "remove_white": RemoveWhite,
    }
)


def build_step(data: object) -> Step:
    """Build a step from its JSON form ``{"step": name, option: value, ...}``.

    Raises
    ------
    RecipeError
        The step or an option is unknown to this version, or an option's value is impossible.
    """
    if not isinstance(data, Mapping) or not isinstance(data.get("step"), str):
        raise RecipeError("The model's preprocessing holds a step without a name; the model is damaged.", thing=data)
    name = data["step"]
    kind: Any = STEPS.get(name)
    if kind is None:
        raise RecipeError(
            f"The model's preprocessing needs a step ({name!r}) that this version of LeukoViewer does not know; "
            "use a newer version.",
            thing=data,
        )
    known = {field.name: field.default for field in dataclasses.fields(kind)}
    options = {key: value for key, value in data.items() if key != "step"}
    try:
        step: Step = kind(**{key: _typed(key, value, known) for key, value in options.items()})
    except (ValueError, OverflowError) as error:
        raise RecipeError(f"The model's preprocessing step {name!r} cannot be built: {error}.", thing=data) from error
    return step


def step_to_json(step: Step) -> dict[str, object]:
    """The JSON form with every option written out."""
    fields: Any = step
    return {"step": step.name, **dataclasses.asdict(fields)}


def _typed(key: str, value: object, known: Mapping[str, object]) -> float | int:
    """A number of the option's own type; whole numbers are accepted for fractional options."""
    if key not in known:
        raise ValueError(f"the option {key!r} is unknown")
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not math.isfinite(value):
        raise ValueError(f"the option {key!r} must be a number")
    if isinstance(known[key], float):
        return float(value)
    if not isinstance(value, int):
        raise ValueError(f"the option {key!r} must be a whole number")
    return value
