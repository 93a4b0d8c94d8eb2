"""Recipes: preprocessing as data with a digest, and those that come with the program."""

from __future__ import annotations

import hashlib
import json
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from leukoviewer.errors import RecipeError
from leukoviewer.preprocessing.depth import DepthWindow, Slabs
from leukoviewer.preprocessing.intensity import KeepBand, RemoveWhite, Rescale, Stretch
from leukoviewer.preprocessing.morphology import Mean, Opening
from leukoviewer.preprocessing.spatial import Resize, Square
from leukoviewer.preprocessing.steps import Step, build_step, step_to_json

SCHEMA = "leukoviewer.recipe/1"
_ID = re.compile(r"[a-z0-9][a-z0-9._-]{0,63}")


@dataclass(frozen=True, slots=True)
class Channels:
    """How gray becomes a model's input: copied to channels, then normalized by channel.

    Attributes
    ----------
    mean, std : tuple of float
        By channel, in gray 0..1. The default is ImageNet's, for which pretrained weights were made.
    """

    mean: tuple[float, ...] = (0.485, 0.456, 0.406)
    std: tuple[float, ...] = (0.229, 0.224, 0.225)

    def __post_init__(self) -> None:
        if not 1 <= len(self.mean) <= 16 or len(self.mean) != len(self.std):
            raise ValueError("mean and standard deviation are given for each of 1 to 16 channels")
        if not all(math.isfinite(v) for v in self.mean) or not all(v > 0 and math.isfinite(v) for v in self.std):
            raise ValueError("mean and standard deviation of a channel are finite, the latter positive")


@dataclass(frozen=True, slots=True)
class Recipe:
    """One way to make a model's stack of a volume.

    Attributes
    ----------
    id : str
        Lower-case name.
    steps : tuple of Step
        In order: steps on HU, one rescaling to gray, steps on gray; one of them resizes to a fixed plane.
    channels : Channels
        Applied by :func:`~leukoviewer.preprocessing.stack.model_input`.

    Raises
    ------
    RecipeError
        The steps do not make a stack of gray values on a fixed plane.
    """

    id: str
    steps: tuple[Step, ...]
    channels: Channels = Channels()

    def __post_init__(self) -> None:
        if not _ID.fullmatch(self.id):
            raise RecipeError(f"{self.id!r} is no name for a preprocessing recipe.", thing=self.id)
        names = [step.name for step in self.steps]
        if names.count("rescale") != 1 or names.count("resize") != 1:
            raise RecipeError(f"The preprocessing {self.id} must resize once and rescale once.", thing=self.id)
        turn = names.index("rescale")
        if [step.works_on for step in self.steps] != ["hu"] * (turn + 1) + ["gray"] * (len(names) - turn - 1):
            raise RecipeError(f"The preprocessing {self.id} names its steps in an impossible order.", thing=self.id)

    @classmethod
    def from_json(cls, data: object) -> Recipe:
        """Build a recipe from its JSON form.

        Raises
        ------
        RecipeError
            It is damaged, of another schema, or names steps that this version does not know.
        """
        if not isinstance(data, Mapping) or data.get("schema") != SCHEMA or not isinstance(data.get("id"), str):
            raise RecipeError(
                f"The model's preprocessing is not of the form {SCHEMA}; use another version.", thing=data
            )
        unknown = set(data) - {"schema", "id", "steps", "channels"}
        if unknown or not isinstance(data.get("steps"), list):
            raise RecipeError("The model's preprocessing cannot be understood by this version.", thing=data)
        return cls(data["id"], tuple(build_step(item) for item in data["steps"]), _channels(data.get("channels")))

    def to_json(self) -> dict[str, Any]:
        """The JSON form, every option written out."""
        return {
            "schema": SCHEMA,
            "id": self.id,
            "steps": [step_to_json(step) for step in self.steps],
            "channels": {"mean": list(self.channels.mean), "std": list(self.channels.std)},
        }

    @property
    def digest(self) -> str:
        """SHA-256 (hex) of the canonical JSON form: sorted keys, no blanks, ASCII."""
        text = json.dumps(self.to_json(), sort_keys=True, separators=(",", ":"), ensure_ascii=True, allow_nan=False)
        return hashlib.sha256(text.encode("ascii")).hexdigest()

    @property
    def plane_shape(self) -> tuple[int, int]:
        """Rows and columns of the stack."""
        return next((step.rows, step.columns) for step in self.steps if isinstance(step, Resize))

    @property
    def depth(self) -> int | None:
        """Slices of the stack; None when it follows the series."""
        return next((step.slices for step in self.steps if isinstance(step, DepthWindow)), None)


def _channels(data: object) -> Channels:
    if not isinstance(data, Mapping) or set(data) != {"mean", "std"}:
        raise RecipeError(
            "The model's preprocessing states no mean and standard deviation of its channels.", thing=data
        )
    try:
        return Channels(tuple(float(v) for v in data["mean"]), tuple(float(v) for v in data["std"]))
    except (TypeError, ValueError, OverflowError) as error:
        raise RecipeError(
            "The mean and standard deviation of the model's channels are no numbers.", thing=data
        ) from error


_A: tuple[Step, ...] = (DepthWindow(), Resize(), Rescale())

# Mean and deviation of the brain's gray at 0..100 HU, for networks that learn from random weights: ImageNet's mean
# lies at 45 HU, so that all brain has one sign and a patchwise normalization, as in a ConvNeXt's stem, hides its
# differences.
_BRAIN = Channels((0.27, 0.27, 0.27), (0.10, 0.10, 0.10))

# Cernekova et al.: preprocessing A, B and C (for ImageNet weights); then A for random weights, A on slabs of thin
# slices, and A with the aspect kept.
BUILTIN: Mapping[str, Recipe] = MappingProxyType(
    {
        recipe.id: recipe
        for recipe in (
            Recipe("leuko-a", _A),
            Recipe("leuko-b", (*_A, KeepBand(), Opening())),
            Recipe("leuko-c", (*_A, Mean(), Stretch(), RemoveWhite())),
            Recipe("leuko-a-brain", _A, _BRAIN),
            Recipe("leuko-a-slab5", (Slabs(), *_A)),
            Recipe("leuko-a-brain-slab5", (Slabs(), *_A), _BRAIN),
            Recipe("leuko-a-aspect", (DepthWindow(), Square(), Resize(), Rescale())),
        )
    }
)
