"""Teaches a network to see where things lie on simulated patients, before it learns to judge from labels alone.

ImageNet weights are what the paper starts from; where they cannot be had, a network from random weights must find a few
dark spots behind one label of a whole patient. Shown their places once, on patients of no cohort, it finds them soon.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple, TextIO

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.utils.data import DataLoader, IterableDataset

from leukoviewer.errors import UsageError
from leukoviewer.inference.networks import Network, PlacesNetwork
from leukoviewer.preprocessing.recipe import Recipe
from trainer.data.augment import Augmentation, augment
from trainer.experiments.config import ExperimentConfig
from trainer.simulation.pool import CLASSES, SHOWN_SHARE, Pool
from trainer.training.checkpoints import SELECTION
from trainer.training.fit import begun, new_network, run_loop
from trainer.training.module import ScheduledModule
from trainer.training.schedule import shown_size
from trainer.training.start import START_FILE, write_start
from trainer.training.tasks.classification import loss as slice_loss
from trainer.training.tasks.classification import network_input, resized
from trainer.training.tasks.localization import PlaceHead, loss, target

# Labels (n,) of 0 and 1 and logits (n,) to one figure, 0 to 1.
Rank = Callable[[NDArray[np.int64], NDArray[np.float64]], float]

# What is dark like the disease and what is blood help to tell it apart; the disease itself is what counts.
_CLASS_WEIGHTS = (1.0, 0.3, 0.3)
# A network that judges by its maps learns both at once; the places tell more, cell by cell.
_JUDGED_WEIGHT = 0.5
# Every so many patients one is held out.
_HELD_OUT = 10
# Slices that show a class are drawn more often.
_SHOWN_WEIGHT, _OTHER_WEIGHT, _PLAIN_WEIGHT = 3.0, 2.0, 1.0


class MaskedBatch(NamedTuple):
    """Slices with masks.

    Attributes
    ----------
    values : Tensor of float, shape (b, 1, h, w)
        Gray 0..1.
    masks : Tensor of float32, shape (b, classes, h / 4, w / 4)
        Shares 0..1.
    labels : Tensor of float32, shape (b,)
        1 where the slice shows the disease of its patient.
    """

    values: Tensor
    masks: Tensor
    labels: Tensor


class MaskedBatches(IterableDataset[MaskedBatch]):
    """Batches of a pool's slices that ``chosen``, bool (n,), names: drawn by weight anew each epoch, or in order.

    The slices stay where they are: a pool of a thousand patients takes 4 GB, once.
    """

    def __init__(self, pool: Pool, chosen: NDArray[np.bool_], *, batch_size: int, shuffle: bool, seed: int = 0) -> None:
        self.pool, self.batch_size, self.shuffle, self.seed, self.epoch = pool, batch_size, shuffle, seed, 0
        self.rows = np.flatnonzero(chosen)
        shown = pool.shares[self.rows] > SHOWN_SHARE
        weight = np.where(shown[:, 0], _SHOWN_WEIGHT, np.where(shown.any(1), _OTHER_WEIGHT, _PLAIN_WEIGHT))
        self._share = weight / weight.sum()
        self._shows = pool.shows.astype(np.float32)

    def __len__(self) -> int:
        full, rest = divmod(len(self.rows), self.batch_size)
        return max(full, 1) if self.shuffle else full + (rest > 0)

    def __iter__(self) -> Iterator[MaskedBatch]:
        order = self.rows
        if self.shuffle:
            order = np.random.default_rng((self.seed, self.epoch)).choice(order, len(order), p=self._share)
        for index in range(len(self)):
            rows = order[index * self.batch_size : (index + 1) * self.batch_size]
            masks = torch.from_numpy(self.pool.masks[rows]).float() / 255
            labels = torch.from_numpy(self._shows[rows])
            yield MaskedBatch(torch.from_numpy(self.pool.values[rows])[:, None], masks, labels)

    def set_epoch(self, epoch: int) -> None:
        """Which epoch the next iteration is."""
        self.epoch = epoch


class Localizer(ScheduledModule):
    """Trains a network to tell where the classes lie.

    Parameters
    ----------
    network : Network
        Of slices. One that maps places itself learns to judge from them too; of any other the own head is not touched,
        and the places are read by a head that is thrown away.
    config : ExperimentConfig
        The experiment.
    recipe : Recipe
        For channels and plane.
    rank : callable
        How well logits of slices rank their labels, 0 to 1: the area under the curve.
    """

    def __init__(self, network: Network, config: ExperimentConfig, recipe: Recipe, *, rank: Rank) -> None:
        super().__init__(config)
        self.network, self.recipe, self.rank = network, recipe, rank
        self.maps_itself = isinstance(network, PlacesNetwork)
        self.places = nn.Identity() if self.maps_itself else PlaceHead.on(network, len(CLASSES))
        self.register_buffer("class_weights", torch.tensor(_CLASS_WEIGHTS), persistent=False)
        self._found: list[Tensor] = []
        self._judged: list[Tensor] = []

    def forward(self, values: Tensor) -> Tensor:
        """Logits (b, classes, h / 8, w / 8) of gray values (b, 1, h, w)."""
        inputs = network_input(values, self.recipe.channels, "slices")
        if self.config.optimize.channels_last:
            inputs = inputs.contiguous(memory_format=torch.channels_last)
        if isinstance(self.network, PlacesNetwork):
            return self.network.place_logits(inputs).float()
        logits: Tensor = self.places(self.network.features(inputs))
        return logits.float()

    def training_step(self, batch: MaskedBatch, _index: int) -> Tensor:
        """Loss of an augmented batch at the size of this point of the run."""
        size = shown_size(self.progress, self.config.optimize, self.recipe.plane_shape[0])
        values, masks = self._augmented(resized(batch.values.float(), size), batch.masks)
        logits = self(values)
        value = loss(logits, target(masks, logits), self.get_buffer("class_weights"))
        if self.maps_itself:
            value = value + _JUDGED_WEIGHT * slice_loss(self._judge(logits), batch.labels, smoothing=0.0)
        self.log("loss", value, on_step=False, on_epoch=True, batch_size=len(values))
        return value

    def _judge(self, logits: Tensor) -> Tensor:
        """Logits of slices, of logits of places; the logarithm of small shares needs full precision."""
        with torch.autocast(logits.device.type, enabled=False):
            judged: Tensor = self.network.head(torch.sigmoid(logits.float()))
        return judged

    def _augmented(self, values: Tensor, masks: Tensor) -> tuple[Tensor, Tensor]:
        """Pictures changed, and their masks moved along by the same draws."""
        how = self.augmentation
        moves = Augmentation(rotation_deg=how.rotation_deg, flip=how.flip, scale=how.scale, shift=how.shift)
        again = torch.Generator()
        again.set_state(self._chance.get_state())
        values = augment(values, moves, self._chance)
        masks = augment(masks, moves, again)
        grays = Augmentation(gray_shift=how.gray_shift, contrast=how.contrast, noise=how.noise, blur_px=how.blur_px)
        return augment(values, grays, self._chance), masks

    def validation_step(self, batch: MaskedBatch, _index: int) -> None:
        """Keep what the Dice of the whole validation needs."""
        logits = self(batch.values.float())
        found, shares = torch.sigmoid(logits), target(batch.masks, logits)
        self._found.append(torch.stack([(found * shares).sum((0, 2, 3)), (found**2 + shares**2).sum((0, 2, 3))]).cpu())
        if self.maps_itself:
            self._judged.append(torch.stack([self._judge(logits), batch.labels]).cpu())

    def on_validation_epoch_end(self) -> None:
        """Log the Dice of each class; the disease's decides what is best, with the AUC of slices where judged."""
        both, each = torch.stack(self._found).sum(0)
        self._found.clear()
        scores = (2 * both / each.clamp_min(1e-6)).tolist()
        named = {f"dice_{name}": value for name, value in zip(CLASSES, scores, strict=True)}
        if self._judged:
            logits, labels = torch.cat(self._judged, dim=1).double().numpy()
            self._judged.clear()
            named["slice_auc"] = self.rank(labels.astype(np.int64), logits)
        self.log_dict({**named, SELECTION: scores[0] + named.get("slice_auc", 0.0)}, batch_size=1)


def pretrain(config: ExperimentConfig, recipe: Recipe, pool: Pool, *, run: Path, rank: Rank, stream: TextIO) -> Path:
    """Train on a pool, and write the best weights; returns their file.

    Parameters
    ----------
    run : Path
        The run's folder; a ``checkpoints/last.ckpt`` in it is carried on.
    rank : callable
        See :class:`Localizer`.
    stream : text stream
        One line an epoch is written to it.

    Raises
    ------
    UsageError
        The network looks at whole stacks.
    """
    if config.model.layout != "slices":
        raise UsageError("Only networks of single slices can be shown where things lie.")
    held_out = pool.patient % _HELD_OUT == 0
    with begun(config):
        module = Localizer(new_network(config, recipe), config, recipe, rank=rank)
        sizes = config.optimize.batch_size, config.evaluate.batch_size
        training = MaskedBatches(pool, ~held_out, batch_size=sizes[0], shuffle=True, seed=config.optimize.seed)
        validation = MaskedBatches(pool, held_out, batch_size=sizes[1], shuffle=False)
        loaders = [DataLoader(batches, batch_size=None, num_workers=0) for batches in (training, validation)]
        run_loop(module, *loaders, run=run, stream=stream)
        state = torch.load(run / "checkpoints" / "best.ckpt", map_location="cpu", weights_only=True)["state_dict"]
        module.load_state_dict(state)
    write_start(module.network, run / START_FILE)
    return run / START_FILE
