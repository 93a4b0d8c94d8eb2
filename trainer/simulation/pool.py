"""A pool of fresh simulated patients with the places of what they have, for learning to see before learning to judge.

The patients are those of :class:`trainer.simulation.endless.EndlessSource`: of no cohort, so that a model that begins
with what is learnt from them meets all patients of a cohort for the first time. A patient once drawn is kept on disk.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from leukoviewer import atomic
from leukoviewer.core.progress import Progress, Work
from leukoviewer.errors import UsageError
from leukoviewer.inference.places import PLACES
from leukoviewer.preprocessing.recipe import Recipe
from trainer.simulation.cohort import SIMULATOR_VERSION
from trainer.simulation.distractors import MASKED
from trainer.simulation.endless import EndlessSource
from trainer.simulation.patient import SimulatedPatient
from trainer.simulation.prepared import lesion_share, share_of, stack_of

# What is to be told apart: the disease, what is dark like it, and blood.
CLASSES = PLACES
_DARK = ("old_infarct", "acute_infarct", "lacunes", "perivascular_spaces")
_BLOOD = tuple(name for name in MASKED if name.startswith("hemorrhage_"))
# Masks are kept at a quarter of the plane's size: no feature map is finer.
MASK_STEP_PX = 4
# A slice of a patient with the disease shows it from this share of the plane on: the 25 mm2 from which a cohort's truth
# names a slice, in a field of 250 mm.
SHOWN_SHARE = 4e-4


@dataclass(frozen=True, slots=True, eq=False)
class Pool:
    """Slices of simulated patients.

    Attributes
    ----------
    values : array of float16, shape (n, rows, columns)
        Gray 0..1 of the scored slices, patients one after the other.
    masks : array of uint8, shape (n, 3, rows / 4, columns / 4)
        Share of each cell that each of :data:`CLASSES` covers; 255 is all.
    patient : array of int64, shape (n,)
        Index of the patient.
    positive : array of bool, shape (n,)
        Whether the patient has the disease.
    """

    values: NDArray[np.float16]
    masks: NDArray[np.uint8]
    patient: NDArray[np.int64]
    positive: NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.values)

    @property
    def shares(self) -> NDArray[np.float64]:
        """Share of the plane that each class covers, 0 to 1, shape (n, 3)."""
        found: NDArray[np.float64] = self.masks.reshape(len(self), len(CLASSES), -1).mean(2) / 255
        return found

    @property
    def shows(self) -> NDArray[np.bool_]:
        """Whether the slice shows the disease of its patient, shape (n,); the thin caps of age are none."""
        found: NDArray[np.bool_] = self.positive & (self.shares[:, 0] >= SHOWN_SHARE)
        return found

    @classmethod
    def joined(cls, pools: Sequence[Pool]) -> Pool:
        """All patients of some pools, counted on from pool to pool."""
        before = np.cumsum([0, *(int(pool.patient.max()) + 1 for pool in pools)])
        return cls(
            np.concatenate([pool.values for pool in pools]),
            np.concatenate([pool.masks for pool in pools]),
            np.concatenate([pool.patient + start for pool, start in zip(pools, before, strict=False)]),
            np.concatenate([pool.positive for pool in pools]),
        )


@dataclass(frozen=True, slots=True)
class PoolPart:
    """Which patients a part of a pool is drawn from: what makes them again.

    Parameters
    ----------
    cohort : str
        What they are like, a key of `recruit.PLANS`.
    patients : int
        How many.
    seed, prevalence, finding
        See :class:`trainer.simulation.endless.EndlessSource`.
    """

    cohort: str
    patients: int
    seed: int
    prevalence: float
    finding: str = ""

    def source(self, recipe: Recipe) -> EndlessSource:
        """Where its patients come from."""
        return EndlessSource(recipe, self.cohort, self.seed, self.prevalence, self.finding)

    def __str__(self) -> str:
        what = f" with {self.finding}" if self.finding else ""
        return f"{self.patients} {self.cohort}{what}, seed {self.seed}"


def fill_pool(source: EndlessSource, patients: int, cache: Path, *, workers: int = 1) -> Work[Pool]:
    """Draw the first patients of a source, or find them in the cache; yields progress by patient.

    Parameters
    ----------
    source : EndlessSource
        With a recipe whose plane can be divided by 4.
    patients : int
        How many.
    cache : Path
        Folder for what is drawn, about 3 MB a patient; made when it does not exist.
    workers : int
        Processes; the result does not depend on their number.

    Raises
    ------
    UsageError
        No patients are asked for, or the plane cannot be divided.
    """
    if patients < 2:
        raise UsageError("The pool needs at least 2 patients.", thing=patients)
    if any(side % MASK_STEP_PX for side in source.recipe.plane_shape):
        raise UsageError(f"The plane of {source.recipe.id} cannot be divided by {MASK_STEP_PX}.")
    digest = source.recipe.digest[:16]
    share = "" if source.prevalence is None else f"-p{source.prevalence:g}"
    what = f"-{source.finding}" if source.finding else ""
    folder = cache / f"pool-{source.cohort}{what}-{source.seed}{share}-{digest}-v{SIMULATOR_VERSION}"
    jobs = [(source, index, folder) for index in range(patients)]
    for done, _ in enumerate(_run(jobs, workers), start=1):
        yield Progress(done, patients, "Drawing patients")
    parts = [np.load(_place(folder, index), allow_pickle=False) for index in range(patients)]
    positive = np.array([source.record(index).positive for index in range(patients)])
    patient = np.repeat(np.arange(patients, dtype=np.int64), [len(part["values"]) for part in parts])
    return Pool(
        np.concatenate([part["values"] for part in parts]),
        np.concatenate([part["masks"] for part in parts]),
        patient,
        positive[patient],
    )


_Job = tuple[EndlessSource, int, Path]


def _run(jobs: list[_Job], workers: int) -> Iterator[None]:
    if workers <= 1:
        yield from map(_draw, jobs)
        return
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        try:
            yield from pool.map(_draw, jobs)
        finally:
            pool.shutdown(wait=True, cancel_futures=True)


def _place(folder: Path, index: int) -> Path:
    return folder / f"{index:06d}.npz"


def _draw(job: _Job) -> None:
    source, index, folder = job
    if _place(folder, index).is_file():
        return
    patient = source.patient(index)
    stack = stack_of(patient, source.recipe)
    scored = [i for i, group in enumerate(stack.mapping.native) if group]
    shares = np.stack(
        [
            lesion_share(patient, stack.mapping),
            share_of(_where(patient, _DARK), stack.mapping),
            share_of(_where(patient, _BLOOD), stack.mapping),
        ],
        axis=1,
    )[scored]
    held = io.BytesIO()
    np.savez_compressed(held, values=stack.values[scored].astype(np.float16), masks=_coarse(shares))
    atomic.write_bytes(_place(folder, index), held.getvalue())


def _where(patient: SimulatedPatient, names: tuple[str, ...]) -> NDArray[np.bool_]:
    bits = np.uint32(sum(1 << MASKED.index(name) for name in names))
    return np.asarray((patient.truth.findings & bits) > 0)


def _coarse(shares: NDArray[np.float32]) -> NDArray[np.uint8]:
    count, classes, rows, columns = shares.shape
    cells = shares.reshape(count, classes, rows // MASK_STEP_PX, MASK_STEP_PX, columns // MASK_STEP_PX, MASK_STEP_PX)
    coarse: NDArray[np.uint8] = np.round(cells.mean(axis=(3, 5)) * 255).astype(np.uint8)
    return coarse
