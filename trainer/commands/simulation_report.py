"""The report of ``leuko-trainer simulate``: its options, a model's scores beside the probes, and what it prints."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, TypeVar

from leukoviewer.core.progress import Work
from leukoviewer.errors import UsageError

if TYPE_CHECKING:
    from trainer.simulation.report.build import Report
    from trainer.simulation.report.figures import Figure

Result = TypeVar("Result")

# The project's own real scan, where a checkout has it beside.
REAL = Path("..") / "shared" / "data" / "head_ct_ge"


class Runner(Protocol):
    """Runs work with a progress bar."""

    def __call__(self, work: Work[Result]) -> Result:
        """Return the work's result."""
        ...


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the report's options to the parser of ``simulate``."""
    group = parser.add_argument_group(
        "report", "Holds a simulated cohort against measured heads, instead of simulating one."
    )
    group.add_argument(
        "--report",
        type=Path,
        metavar="DIR",
        help="write report.html and report.json about the cohort in DIR, into DIR or --out; --patients N measures the "
        "pictures of N patients only, chosen by chance",
    )
    group.add_argument("--against", type=Path, metavar="DIR2", help="compare with the cohort in DIR2, like with like")
    group.add_argument(
        "--scores", type=Path, metavar="RUN", help="put the AUC of a run's test scores beside the probes"
    )
    group.add_argument(
        "--real",
        type=Path,
        default=REAL,
        metavar="FOLDER",
        help="a real head CT (default: %(default)s)",
    )


def run_report(args: argparse.Namespace, run: Runner) -> int:
    """Write the report; return the exit code."""
    from trainer.simulation.report.build import ReportRequest, build_report

    scores = _scores(args.scores) if args.scores is not None else {}
    request = ReportRequest(
        cohort=args.report,
        out=args.out or args.report,
        patients=args.patients,
        against=args.against,
        real=args.real,
        scores=scores,
        scores_from=f"the test scores of run {args.scores.resolve().name}" if args.scores is not None else "",
        workers=args.workers,
    )
    report = run(build_report(request))
    for figure in report.figures:
        sys.stdout.write(_line(figure) + "\n")
    sys.stdout.write(_summary(report) + "\n")
    return 0


def _scores(run: Path) -> Mapping[str, float]:
    """One score a patient of a run's test side, the one that its own evaluation ranks patients by."""
    from trainer.data.scores import ScoreTable
    from trainer.evaluation.report import patient_scores
    from trainer.experiments.rundir import RunFolder

    place = RunFolder(run).scores("test")
    if not place.is_file():
        raise UsageError(f"{run} holds no test scores; give the folder of a finished run.", thing=run)
    table = ScoreTable.read(place)
    return dict(zip(table.patients, patient_scores(table, table.logit).tolist(), strict=True))


def _line(figure: Figure) -> str:
    allowed = f"; allowed {figure.allowed}" if figure.allowed else ""
    real = f"; real scan {figure.real}" if figure.real else ""
    reason = f" - {figure.reason}" if figure.reason else ""
    return f"{figure.verdict:7}  {figure.group}: {figure.title}: {figure.found}{real}{allowed}{reason}"


def _summary(report: Report) -> str:
    from trainer.simulation.report.page import count_verdicts

    counts = count_verdicts(report.figures)
    return (
        f"{counts['inside']} figures inside their range, {counts['outside']} outside, {counts['shown']} only shown; "
        f"pictures and reasons in {report.page}, numbers in {report.data.name} beside."
    )
