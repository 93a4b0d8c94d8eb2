"""From a volume to a model's stack, by a recipe."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from leukoviewer.core.progress import Progress, Work
from leukoviewer.core.results import StackMapping
from leukoviewer.core.volume import Volume
from leukoviewer.preprocessing.draft import Draft
from leukoviewer.preprocessing.recipe import Recipe


@dataclass(frozen=True, slots=True, eq=False)
class Stack:
    """What a model looks at, before channels and normalization.

    Attributes
    ----------
    values : array of float32, shape (slices, rows, columns)
        Gray 0..1, read-only, superior first.
    mapping : StackMapping
        Where it lies on the native series; padded and unreadable slices have no native slice.
    recipe_id, recipe_digest : str
        Which recipe made it.
    """

    values: NDArray[np.float32]
    mapping: StackMapping
    recipe_id: str
    recipe_digest: str

    def __post_init__(self) -> None:
        if self.values.dtype != np.float32 or self.values.shape != self.mapping.stack_shape:
            raise ValueError("a stack is float32 and has the shape of its mapping")
        self.values.setflags(write=False)


def prepare(volume: Volume, recipe: Recipe) -> Work[Stack]:
    """Make the stack; yields progress by step.

    Parameters
    ----------
    volume : Volume
        HU, superior first.
    recipe : Recipe
        What to do.

    Returns
    -------
    Stack
        The same bits for the same volume on every machine.

    Raises
    ------
    RefusedError
        The recipe needs positions or spacing that the series does not state.
    """
    draft = Draft.from_volume(volume)
    for index, step in enumerate(recipe.steps):
        yield Progress(index, len(recipe.steps), "Preparing the slices")
        draft = step.apply(draft)
    yield Progress(len(recipe.steps), len(recipe.steps), "Preparing the slices")
    values = np.ascontiguousarray(draft.values, dtype=np.float32)
    return Stack(values, draft.mapping(), recipe.id, recipe.digest)


def model_input(values: NDArray[np.float32], recipe: Recipe) -> NDArray[np.float32]:
    """A batch for a network: gray copied to the recipe's channels, each normalized.

    Parameters
    ----------
    values : array of float32, shape (n, rows, columns)
        Slices of a stack.

    Returns
    -------
    array of float32, shape (n, channels, rows, columns)
    """
    mean = np.array(recipe.channels.mean, dtype=np.float32)[None, :, None, None]
    std = np.array(recipe.channels.std, dtype=np.float32)[None, :, None, None]
    batch: NDArray[np.float32] = np.subtract(values[:, None], mean, dtype=np.float32)
    batch /= std
    return batch
