"""``leuko-trainer train``: from a folder of patients to a run folder with checkpoints, scores and figures."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from trainer.commands.run_arguments import add_run_arguments, cache_of, recipe_of

if TYPE_CHECKING:
    from trainer.data.cache import CacheContent
    from trainer.data.cases import CaseSet
    from trainer.experiments.config import ExperimentConfig
    from trainer.experiments.rundir import RunFolder


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command to the trainer's parser."""
    parser = subparsers.add_parser(
        "train",
        help="train and evaluate a model",
        description="Prepares the patients once, splits them by patient, trains, and evaluates on the held-out ones.",
    )
    parser.add_argument("--data", type=Path, required=True, metavar="DIR", help="simulated cohort or hospital set")
    parser.add_argument(
        "--start", type=Path, metavar="RUN", help="begin with the weights of this run of leuko-trainer pretrain"
    )
    parser.add_argument("--split", type=Path, metavar="FILE", help="use a stored split instead of making one")
    add_run_arguments(parser)


def run(args: argparse.Namespace) -> int:
    """Carry the command out; return the exit code."""
    from trainer.commands.progress_bar import with_bar
    from trainer.data.cache import fill
    from trainer.data.sources.hospital import LabelRule
    from trainer.data.sources.registry import open_source
    from trainer.experiments.config import load
    from trainer.experiments.rundir import RunFolder

    folder = RunFolder(args.out)
    if args.resume:
        config, _ = folder.read_config()
    else:
        start = [] if args.start is None else ["model.pretrained=false", f"model.start={json.dumps(str(args.start))}"]
        config = load(args.experiment, preset=args.preset, changes=[*start, *args.changes])
    recipe = recipe_of(config)
    rule = LabelRule(config.data.positive, config.data.negative)
    found = open_source(args.data, config.data.source, rule=rule)
    if not args.resume:
        folder.begin(
            config,
            about={
                "recipe": recipe.to_json(),
                "recipe_digest": recipe.digest,
                "data": _about(found),
                **_about_start(config),
            },
        )
    content = with_bar(fill(found.cases, recipe, cache_of(args), workers=args.workers))
    _train(folder, config, content, split_file=args.split)
    return 0


def _train(folder: RunFolder, config: ExperimentConfig, content: CacheContent, *, split_file: Path | None) -> None:
    from leukoviewer import atomic
    from leukoviewer.preprocessing.recipe import BUILTIN
    from trainer.data.splits import Split, check_no_leak, split_by_patient
    from trainer.evaluation.report import evaluate, judge
    from trainer.training.fit import Sides, fit, score

    members = [case.member() for case in content.cases]
    if split_file is not None or folder.split.is_file():
        split = Split.read(split_file or folder.split)
    else:
        shares = (config.data.shares[0], config.data.shares[1], config.data.shares[2])
        split = split_by_patient(members, shares=shares, salt=config.data.split_salt)
    check_no_leak(split, members)
    split.write(folder.split)
    by_id = {case.case_id: case for case in content.cases}
    train, validation, test = (
        tuple(by_id[i] for i in split.parts[part] if i in by_id) for part in ("train", "validation", "test")
    )
    _tell(f"{len(train)} patients to train, {len(validation)} to validate, {len(test)} to test.")
    recipe = BUILTIN[config.data.recipe]
    best = fit(config, recipe, Sides(content, train, validation), run=folder.path, judge=judge, stream=sys.stderr)
    tables = {}
    for part, cases in (("validation", validation), ("test", test)):
        tables[part] = score(config, recipe, content, cases, best)
        tables[part].write(folder.scores(part))
    figures = evaluate(
        tables["validation"],
        tables["test"],
        least_sensitivity=config.evaluate.sensitivity,
        resamples=config.evaluate.resamples,
        confidence=config.evaluate.confidence,
    )
    about = {"split_sha256": split.sha256, "train_patients": len(train), "training_range": _range(content)}
    atomic.write_json(folder.metrics, {**figures, **about})
    _tell_figures(folder, figures)


def _about(found: CaseSet) -> dict[str, Any]:
    return {
        "description": found.description,
        "simulated": found.simulated,
        "patients": len(found.cases),
        "positive": sum(case.label for case in found.cases),
        "left_out": dict(found.left_out),
        **({"cohort": dict(found.cohort)} if found.cohort else {}),
    }


def _about_start(config: ExperimentConfig) -> dict[str, Any]:
    """What made the starting weights, for the model's card."""
    if not config.model.start:
        return {}
    from trainer.training.start import read_about

    return {"start": read_about(Path(config.model.start))}


def _range(content: CacheContent) -> dict[str, Any]:
    """What the training data span: outside of it a result is a guess."""
    thickness = [case.thickness_mm for case in content.cases if case.thickness_mm > 0]
    spacing = [case.spacing_mm for case in content.cases if case.spacing_mm > 0]
    return {
        "thickness_mm": [min(thickness), max(thickness)] if thickness else None,
        "spacing_mm": [min(spacing), max(spacing)] if spacing else None,
        "kernels": sorted({case.kernel for case in content.cases if case.kernel}),
        "left_out": dict(content.left_out),
    }


def _tell(line: str) -> None:
    sys.stderr.write(line + "\n")
    sys.stderr.flush()


def _tell_figures(folder: RunFolder, figures: dict[str, Any]) -> None:
    point = figures["operating_point"]
    for part in ("validation", "test"):
        patient, by_slice = figures[part]["patient"], figures[part]["slice"]
        auc = patient["auc"]
        sys.stdout.write(
            f"{part}: patient AUC {_number(auc['value'])} ({_number(auc['low'])} to {_number(auc['high'])}), "
            f"sensitivity {_number(patient['sensitivity']['value'])}, "
            f"specificity {_number(patient['specificity']['value'])}; slice AUC {_number(by_slice['auc']['value'])}\n"
        )
    sys.stdout.write(
        f"A slice is positive from {point['slice_threshold']:.2f}, a patient with more than {point['needed']} of them; "
        f"all in {folder.path}.\n"
    )


def _number(value: float | None) -> str:
    return "not defined" if value is None else f"{value:.3f}"
