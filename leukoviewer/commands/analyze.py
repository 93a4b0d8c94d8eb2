"""``leukoviewer analyze``: series through one model, without a window, results as files; of many folders a table."""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from leukoviewer.commands import options, report_files
from leukoviewer.commands.terminal import Terminal
from leukoviewer.errors import Canceled, CannotWriteError, IncompleteError, LeukoError, RefusedError, UsageError

if TYPE_CHECKING:
    from leukoviewer.commands.result_folder import ResultFolder
    from leukoviewer.core.results import Analysis
    from leukoviewer.core.series import Catalog, Series
    from leukoviewer.core.volume import Volume
    from leukoviewer.packages.archive import Package

SUMMARY = "score one series of a folder, or of many, and write results, overlays and a montage"


@dataclass(frozen=True, slots=True)
class Request:
    """What is to be analyzed and where the results go.

    Attributes
    ----------
    folder, out : Path
        Read from and written to.
    series : str or None
        Key or UID of a series; None takes the suggested one.
    model : str or None
        Id of a package; None takes the default one.
    device : str
        ``auto``, ``cpu``, ``cuda`` or ``mps``.
    heatmap : str
        Key of :data:`leukoviewer.inference.methods.METHODS`.
    reports : tuple of str
        Of ``pdf``, ``html``, ``json``: the report's files.
    patient : str
        How much of the patient stands in the report: ``full``, ``initials``, ``none``.
    dicom_results : bool
        Whether the result is written as DICOM objects too.
    """

    folder: Path
    out: Path
    series: str | None = None
    model: str | None = None
    device: str = "auto"
    heatmap: str = "gradcam"
    reports: tuple[str, ...] = ()
    patient: str = "none"
    dicom_results: bool = False


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument(
        "folders", type=Path, nargs="+", metavar="FOLDER",
        help="folder with DICOM files, searched to its depth; of several, each gets a folder of its own in DIR (named "
        "after it), and DIR/summary.csv holds a row each; one that gives no result does not stop the others",
    )  # fmt: skip
    parser.add_argument(
        "--recursive", action="store_true",
        help="the folders hold many patients: score one series of each study found, as with several folders",
    )  # fmt: skip
    parser.add_argument("--series", metavar="UID", help="series to score, as leukoviewer inspect lists them")
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="folder for the results")
    parser.add_argument("--quiet", action="store_true", help="neither progress nor results on the screen")
    options.add_model(parser)
    options.add_heatmap(parser)
    report_files.add_arguments(parser)


def run(args: argparse.Namespace) -> int:
    """Analyze as the arguments ask; see :func:`analyze_folder` and :func:`many_folders.analyze_folders`."""
    folders: list[Path] = args.folders
    request = Request(
        folders[0], args.out, series=args.series, model=args.model, device=args.device, heatmap=args.heatmap,
        reports=args.report, patient=args.patient_data, dicom_results=args.dicom_results,
    )  # fmt: skip
    terminal = Terminal(quiet=args.quiet)
    if len(folders) == 1 and not args.recursive:
        return analyze_folder(request, terminal)
    from leukoviewer.commands.many_folders import analyze_folders

    return analyze_folders(folders, request, terminal, recursive=args.recursive)


def analyze_folder(request: Request, terminal: Terminal) -> int:
    """Score a series and write the results.

    Returns
    -------
    int
        0 when all was done.

    Raises
    ------
    NothingReadableError
        The folder holds no DICOM image that can be read.
    RefusedError
        The series must not be scored; the reason stands in ``result.json`` too.
    IncompleteError
        The scores are written, but slices were broken and stand as air, or a report or DICOM results cannot be made.
    CannotWriteError
        The results cannot be written.
    UsageError, EngineError
        The heatmap's method cannot be used for this model, or needs what is not installed.
    """
    from leukoviewer.commands.result_folder import ResultFolder

    report_files.require(request.reports, dicom_results=request.dicom_results)
    ResultFolder.prepare(request.out)
    series = choose_series(discovered(request.folder, terminal), request.series)
    done = analyze_series(series, request, terminal)
    if done.lacks:
        raise IncompleteError(done.lacks, thing=done.volume.broken)
    return 0


@dataclass(frozen=True, slots=True, eq=False)
class Done:
    """A series that was scored and written; ``lacks`` says what is not there, empty when all is."""

    volume: Volume
    analysis: Analysis
    lacks: str = ""


def analyze_series(series: Series, request: Request, terminal: Terminal, *, package: Package | None = None) -> Done:
    """Score one series with a model (by default the one that the request names) and write its folder.

    Raises
    ------
    RefusedError, CannotWriteError, EngineError
        As :func:`analyze_folder`.
    """
    from leukoviewer.commands.model_choice import choose
    from leukoviewer.commands.result_folder import ResultFolder

    folder = ResultFolder.prepare(request.out)
    try:
        if not series.is_volume:
            raise RefusedError(f"This series cannot be scored. {series.report.reason}", thing=series.key)
        package = package or choose(request.model)
        volume, analysis = _score(series, package, request, terminal)
    except RefusedError as refusal:
        folder.write_refusal(refusal, series, None if package is None else package.ref)
        raise
    _write(folder, volume, analysis, terminal)
    lacks = [_left_out(volume)] if volume.broken else []
    try:
        _write_more(request, folder.path, volume, analysis, terminal)
    except (CannotWriteError, Canceled):
        raise
    except LeukoError as error:
        # The scores are there and stay: what comes beside them is no reason to call the series refused.
        lacks.append(str(error))
    return Done(volume, analysis, " ".join(lacks))


def _left_out(volume: Volume) -> str:
    return f"{len(volume.broken)} of {len(volume)} slices could not be read and were left out; the results name them."


def discovered(folder: Path, terminal: Terminal) -> Catalog:
    """What a folder holds."""
    from leukoviewer.dicom.discovery import discover

    return terminal.follow(discover(folder), "Reading headers")


def choose_series(catalog: Catalog, wanted: str | None) -> Series:
    """The series that was asked for, else the suggested one, else the first: it says why it must not be scored.

    Where volumes of several patients lie in the folder, none is taken for the reader.
    """
    key = wanted if wanted is not None else None if catalog.suggestion is None else catalog.suggestion.key
    if key is None and len({series.patient.patient_id or series.patient.name for series in catalog.volumes}) > 1:
        raise UsageError(
            "The folder holds several patients; choose a series by --series (leukoviewer inspect lists them), or score "
            "all patients by --recursive."
        )
    if key is None:
        return catalog.series[0]
    found = catalog.find(key)
    if found is None:
        raise UsageError("No series of this UID is in the folder; leukoviewer inspect lists them.", thing=key)
    return found


def _score(series: Series, package: Package, request: Request, terminal: Terminal) -> tuple[Volume, Analysis]:
    from leukoviewer.dicom.loader import load
    from leukoviewer.inference.explain import explained, require

    require(package, request.heatmap)
    volume = terminal.follow(load(series), "Reading slices")
    from leukoviewer.inference.pipeline import analyze

    analysis = terminal.follow(analyze(volume, package, device=request.device), "Scoring")
    other = explained(analysis, volume, package, method=request.heatmap, device=request.device)
    return volume, terminal.follow(other, "Computing heatmaps")


def _write(folder: ResultFolder, volume: Volume, analysis: Analysis, terminal: Terminal) -> None:
    from leukoviewer.commands.summary import lines

    written = terminal.follow(folder.write(volume, analysis), "Writing results")
    for line in lines(volume, analysis):
        terminal.say(line)
    terminal.say(f"Written to {folder.path}: {', '.join(written)}")


def _write_more(request: Request, folder: Path, volume: Volume, analysis: Analysis, terminal: Terminal) -> None:
    """What was asked for besides."""
    if request.reports:
        work = report_files.write(folder, volume, analysis, formats=request.reports, patient=request.patient)
        terminal.say(f"Report: {', '.join(terminal.follow(work, 'Making the report'))}")
    if request.dicom_results:
        made = terminal.follow(report_files.write_dicom(folder, volume, analysis), "Making DICOM results")
        terminal.say(f"DICOM results: {len(made)} objects")
