"""The configuration of an experiment: data with defaults of the paper, TOML files, presets, single changes."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from leukoviewer.errors import UsageError
from trainer.experiments.definition import laid_over, near_names, read_changes, read_definition

PRECISIONS = ("auto", "32-true", "bf16-mixed", "16-mixed", "bf16-true", "64-true")


@dataclass(frozen=True, slots=True)
class DataConfig:
    """What is learnt from.

    ``source`` and the label's regular expressions: see ``trainer.data.sources``. ``labels``: a CSV with the columns id
    and label that is read instead of a hospital's findings; empty for none. ``recipe``: a built-in recipe;
    ``plane_px``: rows and columns that it resizes to instead of its own, 0 for its own.
    ``shares`` of train, validation, test; ``split_salt`` seasons the hash that deals the patients.
    ``slices_per_case``: slices drawn of each patient in an epoch, 0 for all. ``focus``: from which level to which the
    disease can be seen (0 the uppermost slice, 1 the lowest; empty for all), slices outside are drawn less often, with
    the weight ``outside`` against 1. ``memory_gb``: up to this the training slices are held in memory. ``workers``:
    processes that read batches ahead; 0 for a thread, which suits slices that are held in memory.
    """

    source: str = "auto"
    positive: str = "leukoencephalopath|leukoaraiosis"
    negative: str = r"(no|without)( signs? of)?( a)? (leukoencephalopath|leukoaraiosis)"
    labels: str = ""
    recipe: str = "leuko-a"
    plane_px: int = 0
    shares: tuple[float, ...] = (0.70, 0.15, 0.15)
    split_salt: str = "leukoviewer"
    slices_per_case: int = 0
    focus: tuple[float, ...] = ()
    outside: float = 1.0
    memory_gb: float = 6.0
    workers: int = 0


@dataclass(frozen=True, slots=True)
class ModelConfig:
    """The network: ``architecture`` by name, ``layout`` slices or volume.

    ``layer_scale``: when above 0, the layer scales of a ConvNeXt begin at this instead of 1e-6, which lets random
    weights learn in few steps. ``keep_variance``: random weights are drawn by the number of inputs instead of timm's
    fixed deviation; see ``trainer.training.initialize``. ``start``: a run of ``leuko-trainer pretrain`` with whose
    weights the network begins; empty for none.
    """

    architecture: str = "convnext_tiny"
    pretrained: bool = True
    layout: str = "slices"
    layer_scale: float = 0.0
    keep_variance: bool = False
    start: str = ""


@dataclass(frozen=True, slots=True)
class AugmentConfig:
    """See :class:`trainer.data.augment.Augmentation`."""

    rotation_deg: float = 10.0
    flip: bool = True
    scale: float = 0.0
    shift: float = 0.0
    gray_shift: float = 0.0
    contrast: float = 0.0
    noise: float = 0.0
    blur_px: float = 0.0


@dataclass(frozen=True, slots=True)
class OptimizeConfig:
    """The loop.

    ``optimizer``: adam or adamw. ``schedule``: constant or cosine (after ``warmup``, a share of the whole run, down to
    ``final_factor`` of the rate). ``budget_minutes``: when above 0 the schedule follows the clock and training ends
    with it, however fast the machine is; else it follows the steps of ``epochs``; with 0 of them the weights of
    ``model.start`` are read out as they are. ``sizes``: stages of ``[from this
    share of the run, px]`` at which slices are shown smaller than the recipe makes them; empty for full size.
    ``ema``: decay of averaged weights, 0 for none. ``patience``: epochs without a better validation, 0 for no early
    stop. ``batch_size`` is what one step of the optimizer sees, over all devices; ``micro_batch`` how many of these fit
    a device at once, 0 for all: gradients are summed up to the whole. ``precision``: Lightning's name, or auto for
    bfloat16 on a GPU that has it and float32 elsewhere. ``accelerator``, ``devices`` of each node (0 for all),
    ``nodes``, ``strategy``: Lightning's. ``threads``: of torch, 0 to leave them. A checkpoint to resume from is kept at
    each epoch's end, and within epochs after ``checkpoint_minutes`` and ``checkpoint_steps`` (0 for neither).
    """

    optimizer: str = "adam"
    learning_rate: float = 1e-5
    weight_decay: float = 0.0
    beta2: float = 0.999
    batch_size: int = 64
    micro_batch: int = 0
    epochs: int = 50
    budget_minutes: float = 0.0
    schedule: str = "constant"
    warmup: float = 0.0
    final_factor: float = 0.01
    label_smoothing: float = 0.0
    gradient_clip: float = 0.0
    ema: float = 0.0
    sizes: tuple[tuple[float, ...], ...] = ()
    patience: int = 10
    precision: str = "auto"
    channels_last: bool = True
    accelerator: str = "auto"
    devices: int = 1
    nodes: int = 1
    strategy: str = "auto"
    threads: int = 0
    checkpoint_minutes: float = 5.0
    checkpoint_steps: int = 0
    seed: int = 0


@dataclass(frozen=True, slots=True)
class EvaluateConfig:
    """How it is judged.

    ``slices_per_case``: slices of each validation patient looked at after an epoch, 0 for all (the final evaluation
    always takes all). ``sensitivity``: of patients, at which the operating point is chosen on validation.
    ``resamples`` of the bootstrap over patients. ``slice_temperature``: divisor of the slices' logits, 0 to fit it on
    validation; a network that was shown which slices show the disease is calibrated by that, and slices that inherit
    their patient's label would undo it.
    """

    slices_per_case: int = 0
    batch_size: int = 64
    sensitivity: float = 0.95
    resamples: int = 2000
    confidence: float = 0.95
    slice_temperature: float = 0.0


@dataclass(frozen=True, slots=True)
class ExperimentConfig:
    """One experiment."""

    name: str = "leukoencephalopathy"
    task: str = "binary"
    data: DataConfig = field(default_factory=DataConfig)
    model: ModelConfig = field(default_factory=ModelConfig)
    augment: AugmentConfig = field(default_factory=AugmentConfig)
    optimize: OptimizeConfig = field(default_factory=OptimizeConfig)
    evaluate: EvaluateConfig = field(default_factory=EvaluateConfig)

    def __post_init__(self) -> None:
        _check_choice("optimize.optimizer", self.optimize.optimizer, ("adam", "adamw"))
        _check_choice("optimize.schedule", self.optimize.schedule, ("constant", "cosine"))
        _check_choice("model.layout", self.model.layout, ("slices", "volume"))
        _check_choice("task", self.task, ("binary",))
        if self.optimize.batch_size < 1 or self.optimize.learning_rate <= 0:
            raise UsageError("Batch size and learning rate must be positive.")
        if self.optimize.epochs < 0:
            raise UsageError("Epochs must be positive, or 0 to read out the weights of --start as they are.")
        if self.evaluate.slice_temperature < 0:
            raise UsageError("evaluate.slice_temperature is 0, to fit it, or above.")
        _check_machine(self.optimize, self.data)
        if not _are_numbers(self.data.shares, 3):
            raise UsageError("data.shares holds three numbers: train, validation, test.")
        _check_focus(self.data)
        if self.data.plane_px != 0 and not 16 <= self.data.plane_px <= 2048:
            raise UsageError("data.plane_px is 0 for the recipe's own plane, or from 16 to 2048.")
        for stage in self.optimize.sizes:
            if not _are_numbers(stage, 2) or not 0 <= stage[0] < 1 or not stage[1] >= 16:
                raise UsageError("optimize.sizes holds pairs of a share of the run (0 to 1) and a size in px.")

    def to_json(self) -> dict[str, Any]:
        """The JSON form, every value written out."""
        return dataclasses.asdict(self)

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> ExperimentConfig:
        """Build from a (partly filled) JSON or TOML form.

        Raises
        ------
        UsageError
            A name is unknown or a value has the wrong type.
        """
        built: ExperimentConfig = _build(cls(), data, "")
        return built


def load(name: str, *, preset: str | None = None, changes: Sequence[str] = ()) -> ExperimentConfig:
    """Read a definition.

    Parameters
    ----------
    name : str
        Of a file under ``definitions`` (without .toml), or a path.
    preset : str, optional
        A table under ``[presets]`` of the file, laid over it.
    changes : sequence of str
        ``table.key=value``, the value in TOML's notation; a bare word is taken as text.

    Raises
    ------
    UsageError
        The file, the preset, a name or a value cannot be used.
    """
    data = read_definition(name, preset=preset)
    data.pop("grid", None)  # for leuko-trainer grid
    return ExperimentConfig.from_json(laid_over(data, read_changes(changes)))


def names_of_settings() -> tuple[str, ...]:
    """Every setting of an experiment as ``table.key``, and the tables."""
    return tuple(_names(ExperimentConfig(), ""))


def _names(held: Any, where: str) -> Iterator[str]:
    for item in dataclasses.fields(held):
        value = getattr(held, item.name)
        yield f"{where}{item.name}"
        if dataclasses.is_dataclass(value):
            yield from _names(value, f"{where}{item.name}.")


def _build(default: Any, data: Mapping[str, Any], where: str) -> Any:
    """A dataclass like ``default`` with the given values put in, each of its default's type."""
    known = {item.name: getattr(default, item.name) for item in dataclasses.fields(default)}
    values: dict[str, Any] = {}
    for key, value in data.items():
        name = f"{where}{key}"
        if key not in known:
            raise UsageError(
                f"{name} is no setting of an experiment{near_names(name, names_of_settings())}.", thing=name
            )
        values[key] = _typed(known[key], value, name)
    return dataclasses.replace(default, **values)


def _typed(default: Any, value: Any, name: str) -> Any:
    if dataclasses.is_dataclass(default):
        if not isinstance(value, Mapping):
            raise UsageError(f"{name} is a table of settings.", thing=name)
        return _build(default, value, f"{name}.")
    if isinstance(default, tuple):
        if not isinstance(value, (list, tuple)):
            raise UsageError(f"{name} must be a list.", thing=name)
        return tuple(tuple(item) if isinstance(item, (list, tuple)) else item for item in value)
    if isinstance(default, float) and isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    if type(value) is not type(default):
        raise UsageError(f"{name} must be like {default!r}, not {value!r}.", thing=name)
    return value


def _check_machine(optimize: OptimizeConfig, data: DataConfig) -> None:
    _check_choice("optimize.accelerator", optimize.accelerator, ("auto", "cpu", "gpu", "cuda", "mps"))
    _check_choice("optimize.precision", optimize.precision, PRECISIONS)
    counts = (optimize.micro_batch, optimize.devices, optimize.checkpoint_steps, data.workers)
    if min(counts) < 0 or optimize.nodes < 1 or optimize.checkpoint_minutes < 0:
        raise UsageError(
            "optimize.micro_batch, devices, checkpoint_steps and checkpoint_minutes and data.workers are 0 or more, "
            "optimize.nodes is 1 or more."
        )


def _check_focus(data: DataConfig) -> None:
    focus = data.focus
    if focus and not (_are_numbers(focus, 2) and 0 <= focus[0] < focus[1] <= 1):
        raise UsageError("data.focus holds two ascending numbers from 0 to 1, or nothing.", thing=focus)
    if not 0 < data.outside <= 1:
        raise UsageError("data.outside lies above 0 and is at most 1.", thing=data.outside)


def _are_numbers(value: object, count: int) -> bool:
    """Whether it is a list of so many numbers; the types of a list's items are not told by its default."""
    return (
        isinstance(value, tuple)
        and len(value) == count
        and all(isinstance(item, (int, float)) and not isinstance(item, bool) for item in value)
    )


def _check_choice(name: str, value: str, choices: tuple[str, ...]) -> None:
    if value not in choices:
        raise UsageError(f"{name} must be one of {', '.join(choices)}, not {value!r}.", thing=value)
