"""Builds the report: measures a sample of a cohort, judges it, draws it, and writes one HTML page and one JSON file."""

from __future__ import annotations

import shutil
from collections.abc import Generator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from leukoviewer import atomic
from leukoviewer.core.progress import Progress, Work
from leukoviewer.errors import CannotWriteError, UsageError
from trainer.simulation.report import gallery, page, picture_figures, table_figures
from trainer.simulation.report.compare import Side, compare
from trainer.simulation.report.drawn import draw_curves
from trainer.simulation.report.figures import Figure
from trainer.simulation.report.measures import Measures, measure
from trainer.simulation.report.patients import CohortFolder, Measured, measure_all, open_cohort
from trainer.simulation.report.probes import probe_figures, score_figures
from trainer.simulation.report.scan import Scan, read_if_there

SCHEMA = "leukoviewer.simulated-report/1"
PAGE_NAME, JSON_NAME = "report.html", "report.json"
_NEEDED_BYTES = 20_000_000

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class ReportRequest:
    """What to report on, and where to.

    Parameters
    ----------
    cohort : Path
        Folder of a simulated cohort.
    out : Path
        Folder for `PAGE_NAME` and `JSON_NAME`.
    patients : int, optional
        How many patients to measure, chosen by chance; all finished ones when None.
    against : Path, optional
        Another cohort's folder to compare with.
    real : Path, optional
        Folder of a real head CT, measured with the same code where it is there.
    scores : mapping of str to float
        A model's score by patient id.
    scores_from : str
        Where the scores come from, in words.
    workers : int
        Processes that measure.
    """

    cohort: Path
    out: Path
    patients: int | None = None
    against: Path | None = None
    real: Path | None = None
    scores: Mapping[str, float] = field(default_factory=dict)
    scores_from: str = ""
    workers: int = 1

    def __post_init__(self) -> None:
        if self.patients is not None and self.patients < 1:
            raise UsageError("The number of patients to measure must be 1 or more.", thing=self.patients)
        if self.workers < 1:
            raise UsageError("The number of workers must be 1 or more.", thing=self.workers)


@dataclass(frozen=True, slots=True)
class Report:
    """A finished report.

    Attributes
    ----------
    figures : tuple of Figure
        Every figure with its verdict.
    page, data : Path
        The files.
    """

    figures: tuple[Figure, ...]
    page: Path
    data: Path


@dataclass(frozen=True, slots=True)
class _Real:
    """The real scan, if any."""

    scan: Scan | None
    measures: Measures | None
    missing: str


class _Count:
    """Tells how far the whole work is."""

    def __init__(self, total: int) -> None:
        self.done, self.total = 0, total

    def through(self, items: Generator[Item | None, None, None], words: str) -> Work[list[Item]]:
        """Take every item, a step each; what could not be made (None) is left out."""
        held: list[Item] = []
        try:
            for item in items:
                self.done += 1
                if item is not None:
                    held.append(item)
                yield Progress(min(self.done, self.total), self.total, words)
        finally:
            items.close()
        return held


def build_report(request: ReportRequest) -> Work[Report]:
    """Measure, judge, draw and write; nothing is written when the work is stopped.

    Raises
    ------
    UsageError
        A folder holds no simulated cohort or too few finished patients.
    CannotWriteError
        The report's folder cannot be written or its disk is full.
    """
    folder = open_cohort(request.cohort)
    other = open_cohort(request.against) if request.against is not None else None
    _check_place(request.out)
    chosen = gallery.choose(folder.finished)
    samples = [folder.sample(request.patients), other.sample(request.patients) if other else ()]
    count = _Count(len(samples[0]) + len(samples[1]) + len(chosen))
    yield Progress(0, count.total, "reading the cohort")
    real = _measure_real(request.real)
    words = "measuring patients"
    measured = yield from count.through(measure_all(folder, samples[0], workers=request.workers), words)
    figures = _judge(folder, measured, real, request)
    if other is not None:
        again = yield from count.through(measure_all(other, samples[1], workers=request.workers), words)
        figures += compare(_side(other, again), _side(folder, measured))
    rows = yield from count.through(gallery.draw(folder, chosen), "drawing the gallery")
    shown = page.Page(
        title=f"Simulated cohort “{folder.about['cohort']}” against measured heads",
        lead=_lead(folder, measured, real, sampled=len(samples[0])),
        figures=tuple(figures),
        curves=draw_curves(folder, measured, real.measures),
        rows=tuple(rows),
        real=gallery.row_of(real.scan, title="Real scan", grade=None) if real.scan is not None else None,
        real_missing=real.missing,
    )
    return _write(request, folder, shown, measured=len(measured))


def _judge(folder: CohortFolder, measured: Sequence[Measured], real: _Real, request: ReportRequest) -> list[Figure]:
    """Every figure of one cohort, by group."""
    found = [figure for part in table_figures.PARTS for figure in part(folder)]
    found += [figure for part in picture_figures.PARTS for figure in part(measured, real.measures)]
    groups = list(dict.fromkeys(figure.group for figure in found))
    found.sort(key=lambda figure: groups.index(figure.group))
    found += probe_figures(folder, measured)
    if request.scores:
        found += score_figures(folder, request.scores, request.scores_from)
    return found


def _measure_real(place: Path | None) -> _Real:
    if place is None:
        return _Real(None, None, "no folder was given")
    scan, missing = read_if_there(place)
    measures = measure(scan) if scan is not None else None
    if scan is not None and measures is None:
        return _Real(None, None, "no closed skull with brain is found in it")
    return _Real(scan, measures, missing)


def _side(folder: CohortFolder, measured: Sequence[Measured]) -> Side:
    return Side(str(folder.about["cohort"]), folder.records, folder.finished, tuple(measured))


def _lead(folder: CohortFolder, measured: Sequence[Measured], real: _Real, *, sampled: int) -> tuple[str, ...]:
    about = folder.about
    missing = len(folder.records) - len(folder.finished)
    lines = [
        "Every patient here is simulated. Truth (masks, anatomy, record) is read for this report and for no training.",
        f"Cohort {about['cohort']}, seed {about['seed']}, simulator version {about['simulator_version']}: "
        f"{len(folder.records)} patients recruited, {len(folder.finished)} finished, {len(measured)} measured.",
    ]
    if missing:
        lines.append(f"{missing} patients are not simulated yet: tables show all recruits, pictures the finished ones.")
    if len(measured) < sampled:
        lines.append(f"{sampled - len(measured)} sampled patients could not be measured (damaged files or no skull).")
    if not folder.is_current:
        lines.append("Another version of the simulator made this cohort: true places of tissue cannot be found again.")
    if real.measures is None:
        lines.append(f"The real scan is left out: {real.missing}.")
    else:
        lines.append("The real scan is one patient with broad white-matter disease; same code, no truth.")
    return tuple(lines)


def _write(request: ReportRequest, folder: CohortFolder, shown: page.Page, *, measured: int) -> Report:
    data = {
        "schema": SCHEMA,
        "cohort": {k: folder.about.get(k) for k in ("cohort", "seed", "simulator_version", "format")},
        "recruited": len(folder.records),
        "finished": len(folder.finished),
        "measured": measured,
        "lead": list(shown.lead),
        "verdicts": page.count_verdicts(shown.figures),
        "figures": [figure.to_json() for figure in shown.figures],
    }
    places = (request.out / PAGE_NAME, request.out / JSON_NAME)
    atomic.write_text(places[0], page.render(shown))
    atomic.write_json(places[1], data)
    return Report(shown.figures, *places)


def _check_place(out: Path) -> None:
    """Refuse a place that cannot take the report before minutes of work."""
    if out.exists() and not out.is_dir():
        raise UsageError(f"{out} is a file; give a folder for the report.", thing=out)
    place = out
    while not place.exists():
        place = place.parent
    try:
        free = shutil.disk_usage(place).free
        probe = place / ".leuko-report.part"
        probe.touch()
        probe.unlink()
    except OSError as error:
        why = error.strerror or str(error)
        raise CannotWriteError(
            f"{out} cannot be written ({why}); choose another place with --out.", thing=out
        ) from error
    if free < _NEEDED_BYTES:
        raise CannotWriteError(
            f"The report needs about {_NEEDED_BYTES / 1e6:.0f} MB and {out} has {free / 1e6:.0f} MB free; "
            "choose another place with --out.",
            thing=out,
        )
