"""``leuko-trainer evaluate``: a run or a package on a cohort or on one scan, into files that a card is written from."""

from __future__ import annotations

import argparse
import re
import sys
import tempfile
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from leukoviewer.errors import UsageError
from trainer.commands.prepare import add_label_arguments, cases_of
from trainer.commands.run_arguments import add_preparing, cache_of

if TYPE_CHECKING:
    from leukoviewer.packages.archive import Package
    from trainer.data.splits import Split
    from trainer.evaluation.cohort import Sampling
    from trainer.evaluation.scan_shares import Rectangle
    from trainer.experiments.config import DataConfig

_NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,40}")


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command to the trainer's parser."""
    parser = subparsers.add_parser(
        "evaluate",
        help="measure a model on a cohort or look at it on one scan",
        description="Scores patients that the model has not learned from, through the viewer's own engine, and writes "
        "OUT/NAME.json with the tables of scores beside it.",
    )
    parser.add_argument("model", type=Path, metavar="RUN|PACKAGE", help="folder of a finished run or of a package")
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--data", type=Path, metavar="COHORT", help="simulated cohort or hospital set")
    what.add_argument("--scan", type=Path, metavar="FOLDER", help="one scan without a known truth")
    labels = parser.add_argument_group("labels of --data", "What is not given stays as in the run that is evaluated.")
    add_label_arguments(labels)
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="folder of the results")
    parser.add_argument("--name", metavar="NAME", help="paper, external, stress, ... (default: the cohort's name)")
    parser.add_argument("--split", type=Path, metavar="FILE", help="the split of the run that made a package")
    add_preparing(parser)
    parser.add_argument("--device", default="auto", metavar="NAME", help="auto, cpu, cuda or mps (default: auto)")
    parser.add_argument("--resamples", type=int, default=1000, metavar="N", help="of the bootstrap (default: 1000)")
    parser.add_argument("--heatmaps", action="store_true", help="hold the heatmaps against the lesions (simulated)")
    parser.add_argument("--randomize", action="store_true", help="test that heatmaps depend on the weights")
    parser.add_argument("--robustness", action="store_true", help="the spread of the scores when the scan is changed")
    parser.add_argument("--diseased", metavar="A-B", help="with --scan: instance numbers that show the disease")
    parser.add_argument(
        "--infarct", metavar="A-B,R-R,C-C", help="with --scan: instance numbers, rows and columns of an old infarct"
    )


def run(args: argparse.Namespace) -> int:
    """Carry the command out; return the exit code."""
    from leukoviewer import atomic

    with _model(args.model) as model:
        found = _scan(args, model.package) if args.scan is not None else _cohort(args, model)
    path = args.out / f"{found['name']}.json"
    atomic.write_json(path, found)
    sys.stdout.write(f"{_line(found)}; all in {path}.\n")
    return 0


@dataclass(frozen=True, slots=True, eq=False)
class _Model:
    """What is evaluated: the package, and of a run the split and how its patients were labelled."""

    package: Package
    split: Split | None = None
    labels: DataConfig | None = None


@contextmanager
def _model(path: Path) -> Generator[_Model, None, None]:
    """The model as a package; a run is exported in single precision for as long as it is needed."""
    from leukoviewer.packages.archive import MANIFEST, open_package
    from trainer.data.splits import Split
    from trainer.experiments.rundir import RunFolder
    from trainer.export import export
    from trainer.export_weights import Precision

    if (path / MANIFEST).is_file():
        yield _Model(open_package(path))
        return
    folder = RunFolder(path)
    config, _ = folder.read_config()
    with tempfile.TemporaryDirectory() as name:
        package = export(path, Path(name), name="run", version="0", precision=Precision.FLOAT32)
        yield _Model(package, Split.read(folder.split), config.data)


def _named(args: argparse.Namespace, otherwise: str) -> str:
    name = args.name or otherwise
    if not _NAME.fullmatch(name):
        raise UsageError("The name of an evaluation is lower-case letters, digits, '-' and '_'.", thing=name)
    return str(name)


def _sampling(args: argparse.Namespace) -> Sampling:
    from trainer.evaluation.cohort import Sampling

    return Sampling(args.resamples)


def _cohort(args: argparse.Namespace, model: _Model) -> dict[str, Any]:
    from leukoviewer.inference.device import open_engine
    from trainer.commands.progress_bar import with_bar
    from trainer.data.cache import fill
    from trainer.data.splits import Split
    from trainer.evaluation.cohort import Judged, about_model, may_be_scored, score
    from trainer.evaluation.cohort_file import evaluation, write_tables
    from trainer.evaluation.cohort_records import read_known

    package = model.package
    found = cases_of(args, model.labels)
    split = model.split if args.split is None else Split.read(args.split)
    cases, side = may_be_scored(found, package, split)
    name = _named(args, str(dict(found.cohort).get("name", "cohort")))
    content = with_bar(fill(cases, package.recipe, cache_of(args), workers=args.workers))
    table = with_bar(score(open_engine(package, args.device), package, content, content.cases))
    judged = Judged.of(table, package)
    known = read_known(args.data, table.patients)
    about = {
        "description": found.description,
        "simulated": found.simulated,
        **{f"cohort_{key}": value for key, value in found.cohort},
        "side": side,
        "split_sha256": None if split is None else split.sha256,
        "left_out": dict(content.left_out),
    }
    written = evaluation(
        name,
        model=about_model(package),
        about=about,
        judged=judged,
        known=(known, content.cases),
        sampling=_sampling(args),
    )
    write_tables(args.out, name, judged, known)
    if args.heatmaps:
        written["heat"] = _heat(args, package, judged, {case.id: case for case in cases}, known)
    if args.randomize:
        written["randomization"] = _randomization(package, judged, content)
    return written


def _heat(args: argparse.Namespace, package: Package, judged: Any, cases: Any, known: Any) -> dict[str, Any]:
    from trainer.commands.progress_bar import with_bar
    from trainer.evaluation.cohort_file import write_heat
    from trainer.evaluation.heat_share import of_cohort, summary

    if not known:
        raise UsageError("Heatmaps can be held against lesions of simulated patients only; leave --heatmaps out.")
    called = [
        (cases[name], known[name].record)
        for name, label, call in zip(judged.table.patients, judged.labels, judged.calls, strict=True)
        if label and call
    ]
    rows = with_bar(of_cohort(args.data, called, package, device=args.device))
    write_heat(args.out, _named(args, "cohort"), rows)
    return summary(rows, _sampling(args))


def _randomization(package: Package, judged: Any, content: Any) -> dict[str, Any]:
    from trainer.commands.progress_bar import with_bar
    from trainer.evaluation.cohort_file import surest_slices
    from trainer.evaluation.randomization import run as randomization

    return with_bar(randomization(package, surest_slices(package, judged, content)))


def _scan(args: argparse.Namespace, package: Package) -> dict[str, Any]:
    from leukoviewer.inference.pipeline import analyze
    from trainer.commands.progress_bar import with_bar
    from trainer.data.cache import open_volume
    from trainer.evaluation.cohort import SCHEMA, about_model
    from trainer.evaluation.robustness import run as robustness
    from trainer.evaluation.scan_shares import look

    diseased = None if args.diseased is None else _span(args.diseased)
    infarct = None if args.infarct is None else _rectangle(args.infarct)
    volume = open_volume(args.scan)
    analysis = with_bar(analyze(volume, package, device=args.device))
    found: dict[str, Any] = {
        "schema": SCHEMA,
        "name": _named(args, "real"),
        "model": about_model(package),
        "scan": look(volume, analysis, diseased=diseased, infarct=infarct),
    }
    if args.robustness:
        found["robustness"] = with_bar(robustness(volume, package, device=args.device))
    return found


def _span(text: str) -> tuple[int, int]:
    found = re.fullmatch(r"(\d+)-(\d+)", text.strip())
    if found is None or int(found[1]) > int(found[2]):
        raise UsageError(f"{text!r} is no range; write two ascending numbers as 17-23.", thing=text)
    return int(found[1]), int(found[2])


def _rectangle(text: str) -> Rectangle:
    from trainer.evaluation.scan_shares import Rectangle

    parts = text.split(",")
    if len(parts) != 3:
        raise UsageError("A rectangle is three ranges: slices, rows, columns, as 16-20,300-400,310-420.", thing=text)
    slices, rows, columns = (_span(part) for part in parts)
    return Rectangle(slices, rows, columns)


def _line(found: dict[str, Any]) -> str:
    if "scan" in found:
        vote = found["scan"]["vote"]
        verdict = "positive" if vote["verdict"] else "negative"
        return f"{vote['positive']} of {vote['scored']} slices positive, more than {vote['needed']} needed: {verdict}"
    figures = found["figures"]["patient"]
    values = {name: figures[name]["value"] for name in ("auc", "sensitivity", "specificity")}
    told = {name: "not defined" if value is None else f"{value:.3f}" for name, value in values.items()}
    return (
        f"{found['patients']} patients: AUC {told['auc']}, sensitivity {told['sensitivity']}, "
        f"specificity {told['specificity']}"
    )
