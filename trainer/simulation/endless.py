"""An endless source for training: fresh simulated patients as prepared stacks, drawn on the fly, known by their index.

Sample i of a source is the same whatever process draws it and in whatever order. Nothing is read from or written to a
cohort's folder; the patients are of streams of their own, so none of them is a patient of any cohort.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np
import torch
from torch import Tensor
from torch.utils.data import DataLoader, IterableDataset, get_worker_info

from leukoviewer.errors import UsageError
from leukoviewer.preprocessing.recipe import Recipe
from trainer.simulation.cohort import held_template, one_thread, pick_device
from trainer.simulation.patient import SimulatedPatient, simulate
from trainer.simulation.prepared import lesion_share, slice_labels, stack_of
from trainer.simulation.recruit import PatientRecord, draw_record, findings_like, plan_of

# First digit of the ids, counted on from the cohort's: 4 to 6 and 0, where cohorts have 1 to 3 and 7.
_DIGITS_ON = 3
# Batches that each process draws ahead.
_PREFETCH = 2


class StackSample(NamedTuple):
    """A patient as the loop sees it; in a batch every tensor has one more axis in front.

    The first three names are those of ``trainer.data.dataset.Batch``.

    Attributes
    ----------
    values : Tensor of float32, shape (d, h, w)
        Gray 0..1, superior first: the recipe's stack.
    labels : Tensor of float32, shape ()
        1 with the disease, else 0.
    rows : Tensor of int64, shape ()
        The sample's index.
    slice_labels : Tensor of float32, shape (d,)
        1 for slices that show the disease; 0 for others and for padding.
    lesion_share : Tensor of float32, shape (d, h, w)
        Share of each pixel that white-matter disease covers, 0 to 1 (also the thin caps of patients without the label).
    is_scored : Tensor of bool, shape (d,)
        False for padded slices.
    """

    values: Tensor
    labels: Tensor
    rows: Tensor
    slice_labels: Tensor
    lesion_share: Tensor
    is_scored: Tensor


@dataclass(frozen=True, slots=True)
class EndlessSource:
    """Draws samples by index.

    Parameters
    ----------
    recipe : Recipe
        How stacks are made; with a fixed depth.
    cohort : str
        A key of `recruit.PLANS`: what the patients are like.
    seed : int
        Another seed, other patients.
    prevalence : float, optional
        Share of patients with the disease, 0 to 1; the cohort's own when absent.
    finding : str
        Every patient has at least one finding of this name or kind (``hemorrhage``) beside what chance gives it: rare
        ones are met too seldom to be told from the disease. Another finding, other patients.
    device : str
        Where patients are simulated: ``"auto"``, ``"cpu"``, ``"cuda"`` or ``"mps"``. Samples come on the CPU.

    Raises
    ------
    UsageError
        Cohort, seed, prevalence, finding, depth or device are impossible.
    """

    recipe: Recipe
    cohort: str = "paper"
    seed: int = 0
    prevalence: float | None = None
    finding: str = ""
    device: str = "cpu"

    def __post_init__(self) -> None:
        plan_of(self.cohort, seed=self.seed)
        pick_device(self.device)
        if self.prevalence is not None and not 0 <= self.prevalence <= 1:
            raise UsageError("The prevalence must lie between 0 and 1.", thing=self.prevalence)
        if self.finding:
            findings_like(self.finding)
        if self.recipe.depth is None:
            raise UsageError(
                f"The recipe {self.recipe.id} gives stacks of unlike depth; training needs a depth window."
            )

    def record(self, index: int) -> PatientRecord:
        """Return the record of a sample; with another prevalence, patients whose label stays are the same.

        Raises
        ------
        UsageError
            The index is negative.
        """
        if index < 0:
            raise UsageError("The samples are counted from 0.", thing=index)
        plan = plan_of(self.cohort, seed=self.seed)
        prevalence = plan.prevalence if self.prevalence is None else self.prevalence
        stream = f"endless {plan.name}" + (f" with {self.finding}" if self.finding else "")
        wanted = (self.finding,) if self.finding else plan.wanted
        digit = (plan.digit + _DIGITS_ON) % 10
        own = replace(plan, name=stream, digit=digit, prevalence=prevalence, wanted=wanted)
        return replace(draw_record(own, seed=self.seed, number=index), cohort=plan.name)

    def patient(self, index: int) -> SimulatedPatient:
        """Simulate the patient of a sample, with its whole picture and truth."""
        template = held_template(pick_device(self.device).type)
        with one_thread():
            return simulate(self.record(index), template)

    def sample(self, index: int) -> StackSample:
        """Draw a sample: the same bits at each call on one kind of device."""
        patient = self.patient(index)
        stack = stack_of(patient, self.recipe)
        is_scored = np.array([bool(group) for group in stack.mapping.native])
        return StackSample(
            values=torch.from_numpy(stack.values.copy()),
            labels=torch.tensor(float(patient.record.positive)),
            rows=torch.tensor(index),
            slice_labels=torch.from_numpy(slice_labels(patient, stack.mapping)).float(),
            lesion_share=torch.from_numpy(lesion_share(patient, stack.mapping)),
            is_scored=torch.from_numpy(is_scored),
        )


class EndlessBatches(IterableDataset[StackSample]):
    """Batches of consecutive samples; processes share the batches out, so their number changes no batch.

    Parameters
    ----------
    source : EndlessSource
        What is drawn.
    batch_size : int
        Samples in a batch.
    batches_per_epoch : int, optional
        Length of an epoch; every epoch goes on where the one before ended. Without it one iteration never ends.
    first : int
        Index of the first sample of epoch 0: two ranges of one source share no patient.
    """

    def __init__(
        self, source: EndlessSource, *, batch_size: int = 1, batches_per_epoch: int | None = None, first: int = 0
    ) -> None:
        if batch_size < 1 or first < 0 or (batches_per_epoch is not None and batches_per_epoch < 1):
            raise UsageError("Batches need at least one sample, epochs one batch, and samples are counted from 0.")
        self.source, self.batch_size, self.batches_per_epoch, self.first = source, batch_size, batches_per_epoch, first
        # Shared memory: processes that live through many epochs see the number of the present one.
        self._epoch = torch.zeros(1, dtype=torch.int64).share_memory_()  # type: ignore[no-untyped-call]

    def __len__(self) -> int:
        if self.batches_per_epoch is None:
            raise TypeError("an endless dataset has no length")
        return self.batches_per_epoch

    def __iter__(self) -> Iterator[StackSample]:
        worker = get_worker_info()
        own, processes = (0, 1) if worker is None else (worker.id, worker.num_workers)
        if self.batches_per_epoch is None:
            yield from map(self.batch, itertools.count(own, processes))
            return
        start = int(self._epoch) * self.batches_per_epoch
        yield from map(self.batch, range(start + own, start + self.batches_per_epoch, processes))

    def set_epoch(self, epoch: int) -> None:
        """Which epoch the next iteration is."""
        self._epoch.fill_(epoch)

    def batch(self, number: int) -> StackSample:
        """Draw the batch of a number, counted from 0 over all epochs."""
        start = self.first + number * self.batch_size
        samples = [self.source.sample(index) for index in range(start, start + self.batch_size)]
        return StackSample(*(torch.stack(parts) for parts in zip(*samples, strict=True)))


def open_loader(batches: EndlessBatches, *, workers: int = 0) -> DataLoader[StackSample]:
    """Return a loader that draws ahead on processes of their own, in order; with 0 it draws in this process.

    The processes are spawned on every system (as on Windows), live until the loader is dropped, and take about 1 GB of
    memory each.
    """
    if workers < 0:
        raise UsageError("The number of workers must be 0 or more.", thing=workers)
    if workers == 0:
        return DataLoader(batches, batch_size=None)
    # Computed once here, where it is not in the cache yet, and not by each process.
    held_template(pick_device(batches.source.device).type)
    return DataLoader(
        batches,
        batch_size=None,
        num_workers=workers,
        multiprocessing_context="spawn",
        prefetch_factor=_PREFETCH,
        persistent_workers=True,
    )
