"""Heatmap panels of a run like the paper's Figures 3 and 4: the slice, and beside it the slice with its Grad-CAM.

They need the model and the images, so they are made once, when a run ends, and kept small in its folder::

    RUN/panels/panels.json     what is shown: outcome, score, where the heat lies (schema leukoviewer.panels/1)
    RUN/panels/<outcome>-<n>.jpg

Whoever trains (a run, a cell of a grid) calls :func:`write_panels` with the network and the test patients after the
scores and figures are written; ``leuko-trainer tables`` only reads what is stored here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from leukoviewer import atomic
from leukoviewer.inference.depth_maps import by_slice
from leukoviewer.inference.levels import leveled
from leukoviewer.preprocessing.recipe import Recipe
from leukoviewer.preprocessing.stack import model_input
from trainer.data.cache import CacheContent, PreparedCase
from trainer.data.scores import ScoreTable
from trainer.evaluation.heat_pictures import draw_pair, enlarged
from trainer.evaluation.metrics import sigmoid
from trainer.evaluation.report import patient_scores
from trainer.pages.pictures import jpeg_bytes

if TYPE_CHECKING:
    from leukoviewer.inference.networks import Network

SCHEMA = "leukoviewer.panels/1"
OUTCOMES = ("true_positive", "false_negative", "false_positive", "true_negative")
# Of each outcome so many patients: the surest, and the one in the middle.
_EACH = 2
# Patients with the disease whose heat is held against the truth beside the panels; volumes cost a whole pass each.
_MEASURED = {"slices": 12, "volume": 0}
# A stack pixel belongs to the disease when at least half of it is covered.
_COVERED = 0.5

Floats = NDArray[np.float32]
# The share of each stack pixel that the disease covers, (slices, rows, columns), or None where it is not known.
Truth = Callable[[PreparedCase], Floats | None]


@dataclass(frozen=True, slots=True, eq=False)
class TestSide:
    """What is shown and where it lies.

    Attributes
    ----------
    recipe : Recipe
        The run's.
    layout : str
        ``slices`` or ``volume``.
    content : CacheContent
        The prepared stacks.
    cases : tuple of PreparedCase
        The test patients.
    table : ScoreTable
        The run's stored scores of them.
    truth : callable, optional
        Where the disease truly lies; see :data:`Truth`.
    """

    __test__ = False  # pytest takes classes of this name for its own

    recipe: Recipe
    layout: str
    content: CacheContent
    cases: tuple[PreparedCase, ...]
    table: ScoreTable
    truth: Truth | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Looked:
    """A patient's slice that the verdict hangs on most, with its heat.

    Attributes
    ----------
    place : int
        Position of the patient in the table.
    slice : int
        Of the stack.
    gray : array of float32, shape (rows, columns)
        As the network sees it, 0..1.
    heat : array of float32, same shape
        Peak log(1 + e^logit), as in the viewer.
    lesion : array of float32, same shape, or None
        Share that the disease covers.
    """

    place: int
    slice: int
    gray: Floats
    heat: Floats
    lesion: Floats | None


def write_panels(run: Path, network: Network, side: TestSide, *, figures: Mapping[str, Any]) -> Path | None:
    """Make and store the panels of a run; return their folder, or None where no patient can be shown.

    Parameters
    ----------
    run : Path
        The run's folder; panels that it holds are replaced.
    network : Network
        With the best weights; it is put into evaluation mode.
    side : TestSide
        The test patients.
    figures : mapping
        The run's ``metrics.json``: temperature and operating point.

    Raises
    ------
    CannotWriteError
        A file cannot be written.
    """
    shown = choose(side.table, figures)
    cases = {case.case_id: case for case in side.cases}
    if not shown or not set(side.table.patients) <= set(cases):
        return None
    seen = {place: look(network, side, place) for place in dict.fromkeys(place for _, place in shown)}
    more = [place for place in _sick(side) if place not in seen][: _MEASURED[side.layout]]
    measured = [*seen.values(), *(look(network, side, place) for place in more)]
    scale = max(float(one.heat.max()) for one in seen.values()) or 1.0
    folder = run / "panels"
    scores = patient_scores(side.table, _scores(side.table, figures))
    items: list[dict[str, Any]] = []
    for number, (outcome, place) in enumerate(shown, start=1):
        one = seen[place]
        name = f"{number:02d}-{outcome}.jpg"
        atomic.write_bytes(folder / name, jpeg_bytes(draw_pair(one.gray, one.heat / scale, one.lesion)))
        items.append(
            {
                "file": name,
                "outcome": outcome,
                "patient": place + 1,
                "slice": one.slice + 1,
                "score": round(float(scores[place]), 4),
                **_where(one),
            }
        )
    held = {
        "schema": SCHEMA,
        "patients": len(side.table.patients),
        "heat_scale": round(scale, 6),
        "items": items,
        "truth": against_truth(measured),
    }
    atomic.write_json(folder / "panels.json", held)
    return folder


def choose(table: ScoreTable, figures: Mapping[str, Any]) -> list[tuple[str, int]]:
    """Outcome and position of the patients to show: of each outcome the surest and the middle one.

    Outcomes are the patients' at the operating point; "surest" is the score farthest on the side of the call.
    """
    scores = _scores(table, figures)
    point = figures["operating_point"]
    called = table.patient_count(scores >= float(point["slice_threshold"])) > int(point["needed"])
    sick, ranked = table.patient_label == 1, patient_scores(table, scores)
    members = {
        "true_positive": sick & called,
        "false_negative": sick & ~called,
        "false_positive": ~sick & called,
        "true_negative": ~sick & ~called,
    }
    found = []
    for outcome in OUTCOMES:
        places = np.flatnonzero(members[outcome])
        order = places[np.argsort(ranked[places], kind="stable")]
        if outcome.endswith("positive"):
            order = order[::-1]
        wanted = dict.fromkeys((0, len(order) // 2)[:_EACH])
        found += [(outcome, int(order[index])) for index in wanted if index < len(order)]
    return found


def look(network: Network, side: TestSide, place: int) -> Looked:
    """A patient's slice with the highest score (of a volume network: with the hottest map) and its heat."""
    table = side.table
    case = next(case for case in side.cases if case.case_id == table.patients[place])
    stack: Floats = np.load(side.content.stack_path(case), allow_pickle=False)
    rows = np.flatnonzero(table.patient == place)
    row = rows[np.argmax(table.logit[rows])]
    if side.layout == "volume":
        scored = np.array(case.scored)
        maps = by_slice(_explained(network, stack, side), len(stack))[scored]
        hottest = int(np.argmax(maps.max(axis=(1, 2))))
        index, raw = int(scored[hottest]), maps[hottest]
    else:
        index = int(table.slice[row])
        raw = _explained(network, stack[index : index + 1], side)
    heat = enlarged(leveled(raw[None], table.logit[row : row + 1])[0], (stack.shape[1], stack.shape[2]))
    share = side.truth(case) if side.truth is not None and case.label == 1 else None
    return Looked(place, index, stack[index], heat, None if share is None else share[index])


def against_truth(looked: Sequence[Looked]) -> dict[str, Any] | None:
    """Pointing game and energy inside over slices whose disease is known, beside chance; None without any.

    Chance is the disease's share of the pixels of the head: what heat spread evenly over the head would have inside.
    """
    found = [_where(one) for one in looked if one.lesion is not None]
    held = [one for one in found if one["inside"] is not None]
    if not held:
        return None
    return {
        "patients": len(held),
        "without_disease_in_the_slice": len(found) - len(held),
        "pointing": round(float(np.mean([one["pointing"] for one in held])), 4),
        "inside": round(float(np.mean([one["inside"] for one in held])), 4),
        "chance": round(float(np.mean([one["chance"] for one in held])), 4),
    }


def _where(one: Looked) -> dict[str, Any]:
    """Whether the hottest pixel lies in the disease, and how much of the heat; None where there is none to find."""
    nothing: dict[str, Any] = {"pointing": None, "inside": None, "chance": None}
    if one.lesion is None or not (one.lesion >= _COVERED).any() or one.heat.max() <= 0:
        return nothing
    lesion, head = one.lesion >= _COVERED, one.gray > 0
    pixels = int(np.count_nonzero(head | lesion))
    peak = np.unravel_index(int(np.argmax(one.heat)), one.heat.shape)
    return {
        "pointing": bool(lesion[peak]),
        "inside": round(float(one.heat[lesion].sum() / one.heat.sum()), 4),
        "chance": round(int(np.count_nonzero(lesion)) / pixels, 4),
    }


def _sick(side: TestSide) -> list[int]:
    """Patients with the disease whose truth is asked for."""
    return [] if side.truth is None else np.flatnonzero(side.table.patient_label == 1).tolist()


def _scores(table: ScoreTable, figures: Mapping[str, Any]) -> NDArray[np.float64]:
    return sigmoid(table.logit / float(figures["calibration"]["temperature"]))


def _explained(network: Network, values: Floats, side: TestSide) -> Floats:
    """Raw map of one slice (h', w'), or of a whole stack (d', h', w')."""
    import torch

    batch = model_input(values, side.recipe)
    if side.layout == "volume":
        batch = np.ascontiguousarray(batch.swapaxes(0, 1)[None])
    device = next(network.parameters()).device
    network.eval()
    with torch.inference_mode():
        _, maps = network.explain(torch.from_numpy(batch).to(device))
    found: Floats = maps[0].float().cpu().numpy()
    return found
