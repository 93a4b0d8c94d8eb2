"""``leukoviewer [FOLDER]``: the window, by hand or as a picture; the demo patient, without a display headless."""

from __future__ import annotations

import argparse
from pathlib import Path

from leukoviewer import paths
from leukoviewer.commands import options, screen
from leukoviewer.errors import NothingReadableError, UsageError

SUMMARY = "Viewer for head CT with an AI second opinion on leukoencephalopathy."


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("folder", nargs="?", type=Path, metavar="FOLDER", help="patient folder to open")
    parser.add_argument("--demo", action="store_true", help="open the demo patient (without a display: into --out)")
    parser.add_argument("--analyze", action="store_true", help="run the model as soon as the series is loaded")
    parser.add_argument("--snapshot", type=Path, metavar="FILE.png", help="save the window as a picture and exit")
    parser.add_argument("--slice", type=options.slice_number, metavar="N", help="slice to show, from 1 at the vertex")
    parser.add_argument(
        "--out", type=Path, default=Path("out"), metavar="DIR", help="where --demo writes without a display"
    )
    parser.add_argument("--no-heatmap", action="store_true", help="begin with the heatmap off")
    options.add_model(parser)


def run(args: argparse.Namespace) -> int:
    """Open the window, or do the demo headless where there is no display.

    Raises
    ------
    UsageError
        The arguments do not go together, or a window is asked for where there is no display.
    """
    folder = _folder(args)
    display = screen.has_display()
    if args.demo and args.snapshot is None and not display:
        return _headless_demo(args)
    if args.snapshot is None and not display:
        raise UsageError("There is no display here; use leukoviewer analyze, or --snapshot FILE.png for a picture.")
    return _window(args, folder, snapshot=args.snapshot)


def _folder(args: argparse.Namespace) -> Path | None:
    if args.demo and args.folder is not None:
        raise UsageError("Give either a folder or --demo, not both.")
    if args.snapshot is not None and args.snapshot.suffix.lower() != ".png":
        raise UsageError("The picture is a PNG file; give --snapshot a name that ends in .png.")
    folder: Path | None = paths.demo_patient() if args.demo else args.folder
    if folder is None and (args.analyze or args.slice is not None):
        raise UsageError("Give a folder to analyze, or --demo.")
    if folder is not None and not folder.exists():
        text = f"{folder} does not exist{args.meant(str(folder))}; give the folder that holds the DICOM files."
        raise NothingReadableError(text, thing=folder)
    return folder


def _window(args: argparse.Namespace, folder: Path | None, *, snapshot: Path | None) -> int:
    if not screen.has_display():
        screen.go_without(verbose=args.verbose)
    from leukoviewer.app import run_window

    return run_window(
        folder,
        snapshot=snapshot,
        analyze=args.analyze,
        slice_number=args.slice,
        device=args.device,
        model=args.model,
        heatmap=not args.no_heatmap,
    )


def _headless_demo(args: argparse.Namespace) -> int:
    """What ``--demo`` shows on a screen, as files: results and the window's picture."""
    from leukoviewer.commands.analyze import Request, analyze_folder
    from leukoviewer.commands.terminal import Terminal

    terminal = Terminal()
    terminal.note("No display here: the demo patient is analyzed without a window.")
    request = Request(paths.demo_patient(), args.out, model=args.model, device=args.device)
    code = analyze_folder(request, terminal)
    args.analyze = True
    picture: Path = args.out / "window.png"
    _window(args, request.folder, snapshot=picture)
    terminal.say(f"Picture of the window: {picture}")
    return code
