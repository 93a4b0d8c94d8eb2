"""``leuko-trainer sentinel``: trains on permuted labels; whoever knows those of held-out patients has found a leak."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from trainer.commands.run_arguments import add_run_arguments, cache_of

if TYPE_CHECKING:
    from trainer.data.cache import CacheContent, PreparedCase
    from trainer.data.splits import Split
    from trainer.evaluation.sentinel import Finding
    from trainer.experiments.config import ExperimentConfig

SCHEMA = "leukoviewer.sentinel/1"
LEARNERS = ("neighbors", "network")


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command to the trainer's parser."""
    parser = subparsers.add_parser(
        "sentinel",
        help="look for leaks: train on permuted labels",
        description="Permutes the labels by patient and trains on them: about 50 % on held-out patients is right, more "
        "is a leak. Two learners: likeness of slices (seconds) and the experiment's network (a run of its preset).",
    )
    parser.add_argument("--data", type=Path, required=True, metavar="DIR|CSV", help="as for train")
    parser.add_argument("--split", type=Path, metavar="FILE", help="the split to look at (default: the experiment's)")
    parser.add_argument(
        "--learner",
        choices=LEARNERS,
        action="append",
        default=[],
        dest="learners",
        help="what learns (repeat; default: both)",
    )
    add_run_arguments(parser, preset="tiny")


def run(args: argparse.Namespace) -> int:
    """Carry the command out; return the exit code, 1 when something leaks."""
    from leukoviewer import atomic
    from trainer.commands.progress_bar import with_bar
    from trainer.data.cache import fill
    from trainer.evaluation.sentinel import Verdict, permuted
    from trainer.experiments.config import load
    from trainer.experiments.recipes import recipe_of
    from trainer.experiments.rundir import RunFolder
    from trainer.one_run import open_cases, split_of

    folder = RunFolder(args.out / "network")
    if args.resume:
        config, _ = folder.carried_on(args.changes)
    else:
        config = load(args.experiment, preset=args.preset, changes=args.changes)
    found = open_cases(args.data, config)
    content = with_bar(fill(found.cases, recipe_of(config), cache_of(args), workers=args.workers))
    # Which labels are permuted with which depends on the sides: what is carried on keeps its own.
    own = folder.split if args.resume and folder.split.is_file() else None
    split = split_of(config, content, stored=args.split or own)
    blind = permuted(content, split, seed=config.optimize.seed)
    findings = []
    for learner in args.learners or LEARNERS:
        finding = _neighbors(blind, split) if learner == "neighbors" else _network(args, config, blind, split)
        findings.append(finding)
        sys.stdout.write(_line(finding) + "\n")
    verdicts = {finding.verdict for finding in findings}
    described = {"schema": SCHEMA, "split_sha256": split.sha256, "findings": [one.to_json() for one in findings]}
    atomic.write_json(args.out / "sentinel.json", described)
    return 1 if Verdict.FAILED in verdicts else 0


def _neighbors(blind: CacheContent, split: Split) -> Finding:
    """Likeness selects nothing on validation, so both other sides are held out."""
    from trainer.evaluation.neighbors import neighbor_scores
    from trainer.evaluation.sentinel import judge

    held_out = (*_side(blind, split, "validation"), *_side(blind, split, "test"))
    table = neighbor_scores(blind, _side(blind, split, "train"), held_out)
    scores = dict(zip(table.patients, table.patient_mean(table.logit).tolist(), strict=True))
    return judge("likeness of slices", scores, held_out)


def _network(args: argparse.Namespace, config: ExperimentConfig, blind: CacheContent, split: Split) -> Finding:
    """A run as any other but for the labels; its best checkpoint is chosen on validation, so the test side counts."""
    from trainer.data.scores import ScoreTable
    from trainer.evaluation.report import patient_scores
    from trainer.evaluation.sentinel import judge
    from trainer.experiments.recipes import recipe_of
    from trainer.experiments.rundir import RunFolder
    from trainer.one_run import carry_out

    folder = RunFolder(args.out / "network")
    if not args.resume:
        recipe = recipe_of(config)
        about = {"recipe": recipe.to_json(), "recipe_digest": recipe.digest, "sentinel": "labels are permuted"}
        folder.begin(config, about=about)
    split.write(folder.split)
    carry_out(folder, config, blind)
    table = ScoreTable.read(folder.scores("test"))
    scores = dict(zip(table.patients, patient_scores(table, table.logit).tolist(), strict=True))
    return judge(config.model.architecture, scores, _side(blind, split, "test"))


def _side(content: CacheContent, split: Split, part: str) -> tuple[PreparedCase, ...]:
    held = set(split.parts[part])
    return tuple(case for case in content.cases if case.case_id in held)


def _line(finding: Finding) -> str:
    words = {
        "passed": "passed, nothing leaks that it could see",
        "failed": "FAILED, it knows permuted labels of patients that it has not seen: something leaks",
        "undecided": "undecided, too few patients to tell a leak from chance",
    }[finding.verdict.value]
    auc, right = finding.auc, finding.accuracy
    return (
        f"{finding.learner}: {words} (AUC {auc.value:.3f}, {auc.low:.3f} to {auc.high:.3f}; "
        f"accuracy {right.value:.1%}, {right.low:.1%} to {right.high:.1%}; "
        f"chance stays below AUC {finding.chance_high:.3f}; {finding.patients} patients)"
    )
