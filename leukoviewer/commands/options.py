"""Arguments that several commands share."""

from __future__ import annotations

import argparse

DEVICES = ("auto", "cpu", "cuda", "mps")


def add_model(parser: argparse.ArgumentParser) -> None:
    """Which model runs, and where."""
    parser.add_argument("--model", metavar="ID", help="model package, as leukoviewer models lists them")
    parser.add_argument(
        "--device", choices=DEVICES, default="auto", help="where the model runs; auto takes the fastest here"
    )


def slice_number(text: str) -> int:
    """A slice as the screen counts them, from 1."""
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("slices are counted from 1")
    return number


def add_heatmap(parser: argparse.ArgumentParser) -> None:
    """By which method the heatmaps are made."""
    from leukoviewer.inference.methods import METHODS

    instant, *_ = METHODS
    slow = " and ".join(key for key, method in METHODS.items() if method.slow)
    parser.add_argument(
        "--heatmap",
        choices=tuple(METHODS),
        default=instant,
        metavar="METHOD",
        help=f"how heatmaps are made; {instant} costs nothing, the others need leukoviewer[gpu]: "
        f"{', '.join(METHODS)} (default: {instant}); {slow} take minutes on a CPU, longer with large models",
    )
