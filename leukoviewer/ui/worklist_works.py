"""The long work of the worklist: finding the studies of a folder and scoring one, both making way for the reader."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from leukoviewer.core import result_file
from leukoviewer.core.fingerprint import fingerprint
from leukoviewer.core.progress import Progress, Work
from leukoviewer.core.results import Analysis
from leukoviewer.core.series import Catalog
from leukoviewer.core.worklist import Entry, Finding, State
from leukoviewer.dicom.studies import by_study, folder_of
from leukoviewer.errors import CannotWriteError, RefusedError
from leukoviewer.ui.language import later
from leukoviewer.ui.values import Tasks

Result = TypeVar("Result")

GONE = later("This series is no longer in its folder as it was; remove the row and add the folder again.")
WAITS = later("Waits for your own work")
_BREATH_S = 0.05


@dataclass(frozen=True, slots=True, eq=False)
class Scored:
    """What came of a row.

    Attributes
    ----------
    finding : Finding
        In short.
    result : Analysis
        The whole.
    trouble : str
        Why the result could not be kept on the disk; empty when it was, or was not to be.
    """

    finding: Finding
    result: Analysis
    trouble: str = ""


def studies_under(root: Path, tasks: Tasks) -> Work[tuple[Entry, ...]]:
    """A row for each study under a folder; one that holds nothing to be scored says why."""
    catalog = yield from tasks.discover(root)
    studies = by_study(catalog)
    entries = []
    for number, study in enumerate(studies):
        yield Progress(number, len(studies))
        entries.append(entry_of(study))
    return tuple(entries)


def entry_of(study: Catalog) -> Entry:
    """The row of a study: its suggested series, else its first one, which says why it must not be scored."""
    suggested = None if study.suggestion is None else study.find(study.suggestion.key)
    series = suggested or study.series[0]
    path, name, slices = folder_of(study), fingerprint(series), len(series.slices)
    if series.is_volume:
        return Entry.new(path, series=name, slices=slices)
    return Entry.new(path, series=name, slices=slices, state=State.REFUSED, reason=series.report.reason)


def score(entry: Entry, tasks: Tasks, *, package_id: str, device: str, keep_in: Path | None) -> Work[Scored]:
    """Read a row's series anew, run a model on it, and keep the result.

    Raises
    ------
    LeukoError
        Why there is no result.
    """
    catalog = yield from tasks.discover(entry.path)
    series = next((one for one in catalog.series if fingerprint(one) == entry.series), None)
    if series is None:
        raise RefusedError(GONE, thing=entry.series)
    volume = yield from tasks.load(series)
    result = yield from tasks.analyze(volume, package_id, device)
    trouble = ""
    if keep_in is not None:
        try:
            result_file.save(keep_in / result_file.name_of(entry.series, result.package.sha256), result)
        except CannotWriteError as error:
            trouble = str(error)
    return Scored(Finding.of(volume, result), result, trouble)


def polite(work: Work[Result], may_go: threading.Event) -> Work[Result]:
    """The same work, that stands still between two steps while the reader's own work runs; parts are left out."""
    try:
        while True:
            while not may_go.wait(_BREATH_S):
                yield Progress(0, 0, WAITS)
            try:
                step = next(work)
            except StopIteration as stop:
                result: Result = stop.value
                return result
            yield Progress(step.done, step.total, step.message)
    finally:
        work.close()
