"""Is the heatmap of this case to be trusted? Three checks on the slices where the model is surest.

All run the package's own graph in ONNX Runtime on the processor, without PyTorch, on the heatmap that comes with every
result (Grad-CAM in closed form):

1. **Repeatability.** A slice moved by 2 % of its side, or mirrored, must give the same heatmap, moved or mirrored. Maps
   are compared by Pearson's correlation inside the box of the head; its mean over slices and moves, and its mean over
   mirrored slices, must both reach :data:`LEAST_REPEATABILITY`.
2. **Deletion** (after Petsiuk et al. 2018). The hottest 5 % of the head's pixels are replaced by its median gray. The
   logit must fall more than when other regions of the same size and grain, drawn at random :data:`DRAWS` times, are
   replaced: more than by every one of them, which chance does once in :data:`DRAWS` + 1 times.
3. **Weight randomization** (Adebayo et al. 2018). With each tensor of weights shuffled, the map must be another one: a
   map that stays alike shows the picture's edges, not what was learned. Spearman's rank correlation of the maps' cells,
   mean over slices and shuffles, must not exceed :data:`MOST_ALIKE` in size. The trainer's test of a package asks
   the same by :func:`rank_correlation` and :func:`is_another`.

The limits of 1 and 2 are our choice: the literature names none. Passing proves nothing; failing speaks against the map.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from leukoviewer.core.honesty import Check, Finding, Honesty
from leukoviewer.core.progress import Progress, Work
from leukoviewer.core.results import CLOSED_FORM, Analysis, StackMapping
from leukoviewer.core.volume import Volume
from leukoviewer.errors import EngineError, PackageError
from leukoviewer.inference.depth_maps import by_slice
from leukoviewer.inference.onnx_engine import OnnxEngine
from leukoviewer.inference.watch import watched
from leukoviewer.packages.archive import Package
from leukoviewer.packages.manifest import Layout
from leukoviewer.packages.tensors import read_layout, read_tensors
from leukoviewer.preprocessing.projection import project
from leukoviewer.preprocessing.stack import prepare

LEAST_REPEATABILITY = 0.7
# Adebayo et al. give no limit; methods that they found insensitive stayed above 0.8, and two unrelated maps of one head
# share its outline. A map turned into its opposite shows the same edges: the size of the correlation counts.
MOST_ALIKE = 0.5
DRAWS = 9
_SLICES = 3
_SHUFFLES = 2
_MOVE_SHARE = 0.02
_HOT_SHARE = 0.05
# Gray of air is 0; what is brighter belongs to the head, and what is not yet white to its soft parts.
_HEAD_GRAY, _WHITE = 0.02, 0.98

Plane = NDArray[np.float32]
Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class _Bench:
    """The case on which all checks run: the stack, the slices looked at, how many steps all take."""

    package: Package
    engine: OnnxEngine
    values: Plane
    picked: tuple[int, ...]
    steps: int

    @property
    def slices(self) -> Plane:
        """The slices looked at, shape (n, rows, columns)."""
        return self.values[list(self.picked)]

    @property
    def is_volume(self) -> bool:
        """Whether the model looks at the whole stack at once."""
        return self.package.manifest.layout is Layout.VOLUME


def judge(result: Analysis, volume: Volume, package: Package, *, seed: int = 0) -> Work[Honesty]:
    """Check the heatmap of a result; yields progress and can be closed at any time.

    Parameters
    ----------
    result : Analysis
        The model's result for the series.
    volume, package : Volume, Package
        What it was made of.
    seed : int
        Of what is drawn at random; the same seed gives the same numbers.

    Raises
    ------
    ValueError
        The result is of another series or package.
    PackageError
        The package was changed since it gave the result.
    EngineError
        ONNX Runtime failed.
    """
    if (result.series_key, result.package.id) != (volume.series.key, package.id):
        raise ValueError("the result belongs to another series or package")
    if result.package.sha256 != package.ref.sha256:
        raise PackageError(
            f"The model {package.id} was changed since it gave this result; run it again.", thing=package
        )
    warm = [place for place, raw in enumerate(result.maps) if float(raw.max()) > 0]
    best = sorted(warm, key=lambda place: _sureness(result, place), reverse=True)[:_SLICES]
    if not best:
        return Honesty(volume.series.key, package.id, CLOSED_FORM)
    chosen = sorted(best)
    yield Progress(0, 0, "Checking the heatmap")
    stack = yield from prepare(volume, package.recipe)
    picked = tuple(result.scores[place].stack_index for place in chosen)
    steps = 1 + len(_moves(stack.values.shape[1:])) + 1 + DRAWS + _SHUFFLES
    bench = _Bench(package, OnnxEngine(package), stack.values, picked, steps)
    chance = np.random.default_rng(seed)
    plain = yield from _run(bench, bench.engine, bench.slices, 0)
    findings = (
        (yield from _repeatability(bench, plain[1])),
        (yield from _deletion(bench, plain, chance)),
        (yield from _randomization(bench, plain[1], chance)),
    )
    slices = tuple(index for place in chosen for index in result.scores[place].native)
    return Honesty(volume.series.key, package.id, CLOSED_FORM, slices, findings)


def _sureness(result: Analysis, place: int) -> tuple[float, float]:
    """The score, and among equal ones (a model of volumes) the heat."""
    return result.scores[place].score, float(result.maps[place].max())


def _run(
    bench: _Bench, engine: OnnxEngine, slices: Plane, done: int, *, around: Plane | None = None
) -> Work[tuple[Plane, Plane]]:
    """Logits (n,) and raw maps (n, h', w') of the slices looked at, changed in some way.

    A model of volumes sees them in the stack, or in ``around`` where all of it is changed.
    """
    step = Progress(done, bench.steps, "Checking the heatmap")
    yield step
    if not bench.is_volume:
        output = yield from watched(partial(engine.run, slices), engine.stop, step)
        return output.logits, output.maps
    values = bench.values.copy() if around is None else around
    values[list(bench.picked)] = slices
    output = yield from watched(partial(engine.run, values), engine.stop, step)
    maps = by_slice(output.maps[0], len(values))[list(bench.picked)]
    return np.repeat(output.logits, len(maps)), maps


# Repeatability

Move = tuple[str, Callable[[Plane], Plane], Callable[[Plane], Plane]]


def _moves(shape: Sequence[int]) -> tuple[Move, ...]:
    """Name, the move and its way back, on arrays (n, rows, columns)."""
    down, across = (max(1, round(_MOVE_SHARE * side)) for side in shape)
    shifts = (("up", -down, 1), ("down", down, 1), ("left", -across, 2), ("right", across, 2))
    found: list[Move] = [
        (f"moved {name}", partial(_shifted, by=by, axis=axis), partial(_shifted, by=-by, axis=axis))
        for name, by, axis in shifts
    ]
    return (*found, ("mirrored", _mirrored, _mirrored))


def _shifted(planes: Plane, *, by: int, axis: int) -> Plane:
    """Moved by so many px; air comes in."""
    moved = np.roll(planes, by, axis=axis)
    edge = slice(None, by) if by > 0 else slice(by, None)
    moved[(slice(None),) * axis + (edge,)] = 0
    return moved


def _mirrored(planes: Plane) -> Plane:
    return np.ascontiguousarray(planes[:, :, ::-1])


def _repeatability(bench: _Bench, maps: Plane) -> Work[Finding]:
    slices = bench.slices
    plain, boxes = _spread(maps, slices.shape), [_box(one) for one in slices]
    numbers = []
    for number, (name, move, back) in enumerate(_moves(slices.shape[1:])):
        around = move(bench.values) if bench.is_volume else None
        _, moved = yield from _run(bench, bench.engine, move(slices), 1 + number, around=around)
        again = back(_spread(moved, slices.shape))
        alike = [_correlation(a[box], b[box]) for a, b, box in zip(plain, again, boxes, strict=True)]
        numbers.append((f"likeness, {name}", float(np.mean(alike))))
    # A map that stays where it is passes small moves: the mirror image counts as much as all of them.
    moves, mirrored = float(np.mean([value for _, value in numbers[:-1]])), numbers[-1][1]
    passed = min(moves, mirrored) >= LEAST_REPEATABILITY
    told = "stays" if passed else "does not stay"
    sentence = f"The heatmap {told} the same when the slice is moved a little or mirrored."
    told_numbers = (("likeness, moved, mean", moves), numbers[-1], ("both must reach", LEAST_REPEATABILITY))
    return Finding(Check.REPEATABILITY, passed, sentence, (*told_numbers, *numbers[:-1]))


# Deletion


def _deletion(bench: _Bench, plain: tuple[Plane, Plane], chance: np.random.Generator) -> Work[Finding]:
    slices, (logits, maps) = bench.slices, plain
    heads = [one > _HEAD_GRAY for one in slices]
    hot = [_hottest(heat, head) for heat, head in zip(_spread(maps, slices.shape), heads, strict=True)]
    since = 1 + len(_moves(slices.shape[1:]))
    found, _ = yield from _run(bench, bench.engine, _removed(slices, hot), since)
    fall = float((logits - found).mean())
    falls = []
    for draw in range(DRAWS):
        cells = chance.random(maps.shape).astype(np.float32)
        free = [head & ~region for head, region in zip(heads, hot, strict=True)]
        regions = [
            _hottest(noise, room, count=int(region.sum()))
            for noise, room, region in zip(_spread(cells, slices.shape), free, hot, strict=True)
        ]
        found, _ = yield from _run(bench, bench.engine, _removed(slices, regions), since + 1 + draw)
        falls.append(float((logits - found).mean()))
    passed = fall > max(*falls, 0.0)
    told = "more" if passed else "not more"
    sentence = f"Without the hot region the score falls {told} than without other regions of the same size."
    numbers = (
        ("fall of the logit without the hot region", fall),
        ("without a random region, mean", float(np.mean(falls))),
        ("without a random region, largest", max(falls)),
    )
    return Finding(Check.DELETION, passed, sentence, numbers)


def _hottest(heat: Plane, head: Mask, *, count: int | None = None) -> Mask:
    """The hottest pixels of the head, a fixed share of it or so many."""
    inside = int(head.sum())
    wanted = max(1, round(_HOT_SHARE * inside)) if count is None else min(count, inside)
    region = np.zeros(head.shape, dtype=bool)
    if inside == 0 or wanted == 0:
        return region
    places = np.flatnonzero(head)
    order = np.argpartition(-heat.ravel()[places], wanted - 1)[:wanted]
    region.ravel()[places[order]] = True
    return region


def _removed(slices: Plane, regions: Sequence[Mask]) -> Plane:
    """The regions filled with the median gray of the head's soft parts."""
    changed = slices.copy()
    for plane, region in zip(changed, regions, strict=True):
        soft = plane[(plane > _HEAD_GRAY) & (plane < _WHITE)]
        plane[region] = float(np.median(soft)) if soft.size else 0.0
    return changed


# Randomization


def _randomization(bench: _Bench, maps: Plane, chance: np.random.Generator) -> Work[Finding]:
    alike = []
    for number in range(_SHUFFLES):
        try:
            engine = OnnxEngine(bench.package, weights=shuffled(bench.package, chance))
        except EngineError as error:
            return Finding(Check.RANDOMIZATION, None, f"Random weights could not be tried: {error}")
        _, other = yield from _run(bench, engine, bench.slices, bench.steps - _SHUFFLES + number)
        alike.append(float(np.mean([rank_correlation(a, b) for a, b in zip(maps, other, strict=True)])))
    mean = float(np.mean(alike))
    passed = is_another(mean)
    told = "becomes another one" if passed else "stays alike"
    sentence = f"The heatmap {told} when the model's weights are made random."
    numbers = (
        ("rank correlation, mean", mean),
        ("must not exceed", MOST_ALIKE),
        *((f"shuffle {number}", value) for number, value in enumerate(alike, start=1)),
    )
    return Finding(Check.RANDOMIZATION, passed, sentence, numbers)


def shuffled(package: Package, chance: np.random.Generator) -> bytes:
    """The file of weights with each tensor's own numbers in random order, so that their sizes stay what they were."""
    content = bytearray(package.weights_path.read_bytes())
    layout: dict[str, Any] = read_layout(package.weights_path)
    for name, tensor in sorted(read_tensors(package.weights_path).items()):
        spec = layout[name]
        content[spec.offset : spec.offset + spec.length] = chance.permutation(tensor.ravel()).tobytes()
    return bytes(content)


# Comparing maps


def _spread(maps: Plane, shape: tuple[int, ...]) -> Plane:
    """Raw maps on the pixels of the stack."""
    plane = (1, shape[1], shape[2])
    mapping = StackMapping(((0,),), plane, plane, (1.0, 1.0))
    return np.stack([project(raw, mapping) for raw in maps])


def _box(plane: Plane) -> tuple[slice, slice]:
    """The box around the head; the whole slice where there is none."""
    rows, columns = np.flatnonzero((plane > _HEAD_GRAY).any(axis=1)), np.flatnonzero((plane > _HEAD_GRAY).any(axis=0))
    if not rows.size:
        return slice(None), slice(None)
    return slice(int(rows[0]), int(rows[-1]) + 1), slice(int(columns[0]), int(columns[-1]) + 1)


def _correlation(one: Plane, other: Plane) -> float:
    """Pearson's correlation; a map that is the same everywhere is like no other: 0."""
    a, b = (image.astype(np.float64).ravel() - float(image.mean()) for image in (one, other))
    size = float(np.sqrt((a @ a) * (b @ b)))
    return float(a @ b) / size if size > 1e-12 else 0.0


def rank_correlation(one: Plane, other: Plane) -> float:
    """Spearman's rank correlation of two maps' cells; a map that is the same everywhere is like no other: 0.

    Parameters
    ----------
    one, other : array of float32, shape (rows, columns)
        Heat; only its order counts.
    """
    return _correlation(_ranks(one), _ranks(other))


def is_another(correlation: float) -> bool:
    """Whether a map with random weights, so correlated with the trained one on average, is another one."""
    return abs(correlation) <= MOST_ALIKE


def _ranks(image: Plane) -> Plane:
    """Ranks of all cells, equal ones sharing their mean rank."""
    _, inverse, counts = np.unique(image.ravel(), return_inverse=True, return_counts=True)
    ends = np.cumsum(counts)
    return ((2 * ends - counts - 1) / 2).astype(np.float32)[inverse.ravel()]
