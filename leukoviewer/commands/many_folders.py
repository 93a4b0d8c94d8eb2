"""Many folders through one model: a result folder each, and one table of all that grows with every one that is done."""

from __future__ import annotations

import re
import time
from collections.abc import Sequence
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import TYPE_CHECKING

from leukoviewer import atomic
from leukoviewer.commands import report_files
from leukoviewer.commands.analyze import Done, Request, analyze_series, choose_series, discovered
from leukoviewer.commands.terminal import Terminal
from leukoviewer.core.csv_text import RFC_4180, csv_text
from leukoviewer.core.progress import Progress, Work
from leukoviewer.errors import (
    CannotWriteError,
    IncompleteError,
    LeukoError,
    NothingReadableError,
    RefusedError,
    UsageError,
)
from leukoviewer.jobs.job import Job

if TYPE_CHECKING:
    from leukoviewer.core.geometry import SeriesWarning
    from leukoviewer.core.series import Catalog, Series
    from leukoviewer.packages.archive import Package

SUMMARY = "summary.csv"
_NOT_IN_NAMES = re.compile(r"[^\w.-]+")


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the table; every field is a column of this name.

    Attributes
    ----------
    folder : str
        As given; with ``--recursive`` the folder of the study.
    patient : str
        Number of the patient in this table, from 1: which rows belong to one patient. Nothing of who it is.
    series_uid : str
        The series that was taken.
    status : str
        ``scored``, ``partial`` (slices were broken, or a report is missing), ``refused``, ``unreadable``, ``failed``.
    geometry : str
        Verdict of the geometry gate.
    vote : str
        ``positive`` or ``negative``, at the package's own limits.
    positive_slices, scored_slices, more_than : str
        Numbers of slices; positive with more positive slices than ``more_than``.
    patient_probability : str
        0..1 where the package is calibrated by patient.
    highest_score : str
        0..1, of the most suspicious slice.
    model : str
        Id of the package.
    warnings : str
        Codes of all warnings, separated by blanks.
    reason : str
        Why there is no result, or what it lacks.
    seconds : str
        From reading to writing.
    result : str
        Name of the result's folder.
    """

    folder: str
    patient: str = ""
    series_uid: str = ""
    status: str = ""
    geometry: str = ""
    vote: str = ""
    positive_slices: str = ""
    scored_slices: str = ""
    more_than: str = ""
    patient_probability: str = ""
    highest_score: str = ""
    model: str = ""
    warnings: str = ""
    reason: str = ""
    seconds: str = ""
    result: str = ""


COLUMNS = tuple(one.name for one in fields(Row))


@dataclass(frozen=True, slots=True)
class Case:
    """What is to be scored: a folder, or one study that was found in it, or why nothing was found.

    Attributes
    ----------
    folder : Path
        Where it lies.
    name : str
        Name of its result's folder.
    study : Catalog or None
        What it holds, when that is known already.
    fault : LeukoError or None
        Why it cannot be scored, when that is known already.
    """

    folder: Path
    name: str
    study: Catalog | None = None
    fault: LeukoError | None = None


@dataclass(slots=True)
class _Run:
    """What goes through all cases."""

    request: Request
    package: Package
    rows: list[Row] = field(default_factory=list)
    codes: list[int] = field(default_factory=list)
    patients: dict[str, int] = field(default_factory=dict)

    def number_of(self, series: Series) -> str:
        from leukoviewer.dicom.studies import patient_of

        return str(self.patients.setdefault(patient_of(series), len(self.patients) + 1))


def analyze_folders(folders: Sequence[Path], request: Request, terminal: Terminal, *, recursive: bool) -> int:
    """Score each folder's suggested series, or with ``recursive`` that of every study found in the folders.

    The table is written after each one, so that a stop at any moment leaves the finished ones and their rows.

    Returns
    -------
    int
        0 when all were scored; 5 when some were not; where none was, the code of the first one's fault.

    Raises
    ------
    CannotWriteError
        Results cannot be written; what was written before stays.
    UsageError, PackageError, EngineError
        The request suits no folder at all.
    """
    from leukoviewer.commands.model_choice import choose
    from leukoviewer.commands.result_folder import ResultFolder
    from leukoviewer.inference.explain import require

    if request.series is not None:
        raise UsageError("A series by --series lies in one folder; leave it out, or give that folder alone.")
    report_files.require(request.reports, dicom_results=request.dicom_results)
    ResultFolder.prepare(request.out)
    package = choose(request.model)
    require(package, request.heatmap)
    run = _Run(request, package)
    cases = _studies(folders, terminal) if recursive else [Case(folder, _name_of(folder)) for folder in folders]
    for number, case in enumerate(_distinct(cases), start=1):
        place = f"{number} of {len(cases)}"
        started_s = time.perf_counter()
        row, code = _row(case, run, replace(terminal, brief=True, place=f"{place}: "))
        run.rows.append(replace(row, seconds=f"{time.perf_counter() - started_s:.2f}"))
        run.codes.append(code)
        atomic.write_text(request.out / SUMMARY, table(run.rows))
        terminal.say(f"{place}, {case.name}: {_told(run.rows[-1])}")
        if code == CannotWriteError.exit_code:
            raise CannotWriteError(row.reason)
    return _end(run, terminal)


def table(rows: Sequence[Row]) -> str:
    """The summary with its header line, RFC 4180."""
    return csv_text(COLUMNS, ([getattr(row, name) for name in COLUMNS] for row in rows), line_end=RFC_4180)


def _end(run: _Run, terminal: Terminal) -> int:
    from leukoviewer.commands.summary import RESEARCH_USE

    scored = sum(row.status in {"scored", "partial"} for row in run.rows)
    terminal.say(f"{scored} of {len(run.rows)} scored; table of all: {run.request.out / SUMMARY}")
    terminal.say(RESEARCH_USE)
    bad = [code for code in run.codes if code]
    if not bad:
        return 0
    return IncompleteError.exit_code if scored else bad[0]


def _studies(folders: Sequence[Path], terminal: Terminal) -> list[Case]:
    """All studies of all folders; a folder with nothing stands there with its reason."""
    from leukoviewer.dicom.studies import by_study, folder_of
    from leukoviewer.dicom.walk import TOO_MANY

    cases: list[Case] = []
    for number, root in enumerate(folders, start=1):
        try:
            catalog = discovered(root, replace(terminal, place=f"folder {number} of {len(folders)}: "))
        except NothingReadableError as fault:
            cases.append(Case(root, _name_of(root), fault=fault))
            continue
        for reason, count in catalog.skipped:
            if reason == TOO_MANY:
                terminal.note(f"{count} or more files of {root} were not looked at; give its subfolders instead.")
        for study in by_study(catalog):
            folder = folder_of(study)
            cases.append(Case(folder, _name_of(folder, root), study))
    return cases


def _name_of(folder: Path, root: Path | None = None) -> str:
    """Name for a result: the folder's own, or its way from the root; what file systems refuse is left out."""
    whole = folder.absolute()
    parts: tuple[str, ...] = ()
    if root is not None and whole.is_relative_to(root.absolute()):
        parts = whole.relative_to(root.absolute()).parts
    name = "-".join(parts) or (whole.stem if whole.is_file() else whole.resolve().name)
    return _NOT_IN_NAMES.sub("_", name).strip("._") or "result"


def _distinct(cases: list[Case]) -> list[Case]:
    """Names made distinct, on file systems without upper and lower case too."""
    used: set[str] = set()
    named = []
    for case in cases:
        name, number = case.name, 2
        while name.casefold() in used:
            name, number = f"{case.name}-{number}", number + 1
        used.add(name.casefold())
        named.append(replace(case, name=name))
    return named


def _row(case: Case, run: _Run, terminal: Terminal) -> tuple[Row, int]:
    """The case's row and its exit code; whatever goes wrong with one, a fault of the program too, stays with it."""
    outcome = Job(_work(case, run, terminal), 0).run(lambda _: None)
    if isinstance(outcome.result, tuple):
        done: tuple[Row, int] = outcome.result
        return done
    return _without_result(Row(str(case.folder)), outcome.error or LeukoError("The work was stopped."))


def _work(case: Case, run: _Run, terminal: Terminal) -> Work[tuple[Row, int]]:
    """Score and write one case."""
    yield Progress(0, 0)
    row = Row(str(case.folder))
    try:
        if case.fault is not None:
            raise case.fault
        series = choose_series(case.study or discovered(case.folder, terminal), None)
        row = replace(row, **_described(series), patient=run.number_of(series), model=run.package.id, result=case.name)
        request = replace(run.request, folder=case.folder, out=run.request.out / case.name)
        done = analyze_series(series, request, terminal, package=run.package)
    except LeukoError as fault:
        return _without_result(row, fault)
    return replace(row, **_scored(done)), IncompleteError.exit_code if done.lacks else 0


def _without_result(row: Row, fault: LeukoError) -> tuple[Row, int]:
    is_refused = isinstance(fault, RefusedError)
    kind = "refused" if is_refused else "unreadable" if isinstance(fault, NothingReadableError) else "failed"
    return replace(row, status=kind, reason=str(fault), result=row.result if is_refused else ""), fault.exit_code


def _described(series: Series) -> dict[str, str]:
    report = series.report
    return {
        "series_uid": series.series_uid,
        "geometry": report.verdict.value,
        "warnings": _codes(report.warnings),
    }


def _scored(done: Done) -> dict[str, str]:
    volume, analysis = done.volume, done.analysis
    vote, probability = analysis.vote(), analysis.patient_probability
    return {
        "status": "partial" if done.lacks else "scored",
        "vote": "positive" if vote.is_positive else "negative",
        "positive_slices": str(vote.positive),
        "scored_slices": str(vote.scored),
        "more_than": str(vote.needed),
        "patient_probability": "" if probability is None else f"{probability:.6f}",
        "highest_score": f"{max(item.score for item in analysis.scores):.6f}",
        "warnings": _codes((*volume.warnings, *analysis.warnings)),
        "reason": done.lacks,
    }


def _codes(warnings: Sequence[SeriesWarning]) -> str:
    return " ".join(dict.fromkeys(one.code.value for one in warnings))


def _told(row: Row) -> str:
    if not row.vote:
        return f"{row.status}. {row.reason}"
    text = f"{row.vote}, {row.positive_slices} of {row.scored_slices} slices positive, more than {row.more_than} needed"
    return f"{text}. {row.reason}" if row.reason else text
