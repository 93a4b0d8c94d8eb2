"""``leuko-trainer simulate``: a cohort of simulated head-CT patients with known truth."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from leukoviewer.errors import UsageError
from trainer.commands.progress_bar import with_bar
from trainer.commands.simulation_report import add_options, run_report

COHORTS = ("paper", "external", "stress", "mimics")
FORMATS = ("dicom", "stacks")
TRANSFER_SYNTAXES = ("explicit", "rle", "j2k", "jpegls")


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command to the trainer's parser."""
    parser = subparsers.add_parser(
        "simulate",
        help="make a cohort of simulated head-CT patients",
        description="Simulates head-CT patients with and without leukoencephalopathy, with masks and labels beside. "
        "A cohort that was stopped is carried on by the same command.",
    )
    parser.add_argument(
        "--cohort", choices=COHORTS, default="paper", help="what the patients are drawn from (default: paper)"
    )
    parser.add_argument("--patients", type=int, metavar="N", help="number of patients")
    parser.add_argument(
        "--seed", type=int, default=0, metavar="S", help="the same seed gives the same patients (default: 0)"
    )
    parser.add_argument("--out", type=Path, metavar="DIR", help="folder of the cohort")
    parser.add_argument(
        "--format", choices=FORMATS, default="dicom", help="DICOM series (default) or one NPZ file a patient"
    )
    parser.add_argument(
        "--transfer-syntax",
        choices=TRANSFER_SYNTAXES,
        default="explicit",
        help="encoding of the DICOM files, all lossless",
    )
    parser.add_argument(
        "--workers", type=int, default=os.cpu_count() or 1, metavar="W", help="processes (default: all cores)"
    )
    parser.add_argument("--device", choices=("auto", "cpu", "cuda", "mps"), default="auto", help="where to compute")
    add_options(parser)


def run(args: argparse.Namespace) -> int:
    """Simulate the cohort, or report on one; return the exit code."""
    if args.report is not None:
        return run_report(args, with_bar)
    if args.patients is None or args.out is None:
        raise UsageError("A cohort needs --patients N and --out DIR; a report on one that is there needs --report DIR.")
    from trainer.simulation.cohort import CohortRequest, simulate_cohort, survey

    request = CohortRequest(
        cohort=args.cohort,
        patients=args.patients,
        seed=args.seed,
        out=args.out,
        form=args.format,
        transfer_syntax=args.transfer_syntax,
        workers=args.workers,
        device=args.device,
    )
    found = survey(request)
    sys.stderr.write(
        f"Simulating {len(found.missing)} of {len(found.records)} patients into {request.out} "
        f"(about {found.needed_bytes / 1e9:.1f} GB; {found.free_bytes / 1e9:.1f} GB are free).\n"
    )
    summary = with_bar(simulate_cohort(request))
    sys.stdout.write(
        f"{summary.patients} simulated patients, {summary.positive} with leukoencephalopathy, in {request.out} "
        f"({summary.simulated} new).\n"
    )
    return 0
