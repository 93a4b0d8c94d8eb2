"""Checks of the main job: the demo, a real scan, compressed pixels, odd paths, the time to a window."""

from __future__ import annotations

import json
import math
import os
import shutil
import statistics
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType

import portable
import project
from checked_program import CheckFailedError, NotRunError, Program, clean_home, executable
from virtual_screen import Watcher, screen

DEMO = project.RESOURCES / "demo" / "patient"
REAL = project.ROOT.parent / "shared" / "data"
SOURCE_PROGRAM = project.ROOT / ".venv" / "bin" / project.NAME

START_LIMIT_S = 2.5
SCORES_WITHIN = 1e-6
_SMALLEST_PICTURE = 20_000
_STARTS = 3
_ENGINES = ("onnxruntime", "openvino")


def _program(home: Path, **world: str) -> Program:
    return Program((str(executable()),), home, world)


def version() -> str:
    """It tells the one version."""
    with clean_home() as home:
        told = _program(home).must("--version").out.split()[-1]
    if told != project.version():
        raise CheckFailedError(f"tells {told}, built from {project.version()}")
    return told


def self_test() -> str:
    """The golden cases of the bundled models agree on both engines."""
    with clean_home() as home:
        _program(home).must("models")
        lines = _program(home).must("self-test").out.strip().splitlines()
    for engine in _ENGINES:
        if not any(f" {engine} on cpu: agrees" in line for line in lines):
            raise CheckFailedError(f"{engine} does not agree: {'; '.join(lines)}")
    return "; ".join(line.split(": ", 1)[-1] for line in lines)


def demo_without_screen() -> str:
    """Open the demo, analyze it, save the window's picture, exit 0: drawn into memory."""
    return _demo({})


def demo_on_a_screen() -> str:
    """The same on an X11 screen."""
    with screen() as display:
        return _demo({"DISPLAY": display, "QT_QPA_PLATFORM": "xcb"})


def demo_without_network() -> str:
    """The same where no network is, not even to itself."""
    if shutil.which("unshare") is None:
        raise NotRunError("unshare is not on this machine")
    line = (str(shutil.which("unshare")), "--net")
    if subprocess.run([*line, "true"], check=False, capture_output=True).returncode:
        raise NotRunError("this user may not take the network away")
    return _demo({}, before=line)


def _demo(world: dict[str, str], before: tuple[str, ...] = ()) -> str:
    with clean_home() as home:
        picture = home / "window.png"
        program = Program((*before, str(executable())), home, world)
        outcome = program.must("--demo", "--analyze", "--snapshot", picture)
        data = picture.read_bytes()
        if not data.startswith(b"\x89PNG") or len(data) < _SMALLEST_PICTURE:
            raise CheckFailedError(f"the picture is none ({len(data)} bytes)")
        return f"picture of {len(data) // 1000} kB, {outcome.seconds:.1f} s"


def start_time() -> str:
    """From the start to a painted window, warm; the median of some starts."""
    with screen() as display, clean_home() as home:
        program = _program(home, DISPLAY=display, QT_QPA_PLATFORM="xcb")
        watcher = Watcher(display)
        try:
            times = [_start(program, watcher) for _ in range(_STARTS + 1)][1:]
        finally:
            watcher.close()
    others = f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors"
    each = ", ".join(f"{seconds:.2f}" for seconds in times)
    told = f"{statistics.median(times):.2f} s (of {each}; at most {START_LIMIT_S:g}; {others})"
    if statistics.median(times) > START_LIMIT_S:
        raise CheckFailedError(told)
    return told


def _start(program: Program, watcher: Watcher) -> float:
    nowhere, world = subprocess.DEVNULL, program.environment()
    with subprocess.Popen([*program.command], env=world, cwd=program.home, stdout=nowhere, stderr=nowhere) as process:
        try:
            return watcher.wait(process, limit_s=60)
        finally:
            process.terminate()
            process.wait(30)


def same_scores() -> str:
    """A real scan gets the scores that the source tree gives."""
    scan = REAL / "head_ct_ge"
    if not scan.is_dir():
        raise NotRunError("the real scans (../shared/data) are not on this machine")
    if not SOURCE_PROGRAM.exists():
        raise NotRunError("the source tree is not set up (make setup)")
    with clean_home() as home:
        world = {"LEUKOVIEWER_CALIBRATION": "off"}  # one engine for both: another measurement may choose another
        _program(home, **world).must("analyze", scan, "--out", home / "built")
        source = Program((str(SOURCE_PROGRAM),), home, world)
        source.must("analyze", scan, "--out", home / "source", "--device", "cpu")
        ours, theirs = (_scores(home / name) for name in ("built", "source"))
    if len(ours) != len(theirs) or not ours:
        raise CheckFailedError(f"{len(ours)} scores, from the source tree {len(theirs)}")
    apart = max(abs(a - b) for a, b in zip(ours, theirs, strict=True))
    if not apart <= SCORES_WITHIN:
        raise CheckFailedError(f"scores differ by {apart:g}")
    return f"{len(ours)} scores, at most {apart:.1g} apart"


def _scores(folder: Path) -> list[float]:
    result = json.loads((folder / "result.json").read_text(encoding="utf-8"))
    if result["status"] != "scored":
        raise CheckFailedError(f"the result is {result['status']}")
    scores = [float(item[key]) for item in result["scores"] for key in ("logit", "score")]
    if not all(map(math.isfinite, scores)):
        raise CheckFailedError("a score is not finite")
    return scores


def compressed() -> str:
    """Every encoding's decoder is inside and works in its process: RLE, JPEG, JPEG-LS, JPEG 2000."""
    folder = REAL / "codecs_ct2"
    if not folder.is_dir():
        raise NotRunError("the real scans (../shared/data) are not on this machine")
    files = sorted(path for path in folder.iterdir() if path.is_file() and path.name.startswith("CT2_"))
    with clean_home() as home:
        for file in files:
            # Alone: in one folder they would be copies of one slice.
            (home / file.name).mkdir()
            shutil.copyfile(file, home / file.name / file.name)
            _program(home).must(home / file.name, "--snapshot", home / f"{file.name}.png")
    return ", ".join(file.name.removeprefix("CT2_") for file in files)


def odd_paths() -> str:
    """Spaces, accents, other scripts and more than 260 characters, whatever the language of the system."""
    with clean_home() as home:
        deep = home / "Müller, Zoë – Schädel" / "tête & cou (2)" / "脳CT"
        while len(str(deep)) < 270:
            deep /= "a rather long name of a folder, as archives give them"
        deep.mkdir(parents=True)
        for file in DEMO.iterdir():
            shutil.copyfile(file, deep / file.name)
        for language in ("C.UTF-8", "C", ""):
            program = _program(home, LANG=language, LC_ALL=language)
            program.must("analyze", deep, "--out", deep / f"résultats {language}", "--quiet")
            program.must(deep, "--snapshot", deep / "fenêtre.png")
        first = min(deep.glob("*.dcm"))
        _program(home).must(first, "--snapshot", home / "file.png")  # what "open with" hands over for a file
        return f"{len(str(deep))} characters; folder and file"


def portable_archive() -> str:
    """Unpacked into a folder with spaces and accents it works from there, and after the folder was moved."""
    if not portable.file().is_file():
        raise NotRunError("no portable archive is built")
    with clean_home() as home:
        first, second = home / "Köln (1)" / "été", home / "moved"
        first.mkdir(parents=True)
        subprocess.run(["tar", "--extract", "--gzip", "--file", str(portable.file())], check=True, cwd=first)
        (folder,) = first.iterdir()
        for place in (folder, second):
            if place == second:
                folder.rename(second)
            program = Program((str(executable(place)),), home)
            program.must("--demo", "--analyze", "--snapshot", home / "window.png")
    return f"{portable.file().stat().st_size // 1_000_000} MB"


def user_folders() -> str:
    """A start makes the user's own folders in the home, and leaves the program's folder as it was."""
    with screen() as display, clean_home() as home:
        before = _listing(executable().parent)
        program = _program(home, DISPLAY=display, QT_QPA_PLATFORM="xcb")
        watcher = Watcher(display)
        try:
            _start(program, watcher)
        finally:
            watcher.close()
        program.must("self-test")
        if _listing(executable().parent) != before:
            raise CheckFailedError("the program wrote into its own folder")
        made = sorted(path.relative_to(home).as_posix() for path in home.rglob("*") if path.is_file())
    strange = [name for name in made if f"/{project.NAME}/" not in name]
    if strange:
        raise CheckFailedError(f"left in the home by others: {', '.join(strange)}")
    return ", ".join(made) or "nothing"


def _listing(folder: Path) -> list[tuple[str, int]]:
    return sorted((str(path), path.stat().st_mtime_ns) for path in folder.rglob("*") if path.is_file())


_LINUX: Mapping[str, Callable[[], str]] = {
    "the demo on a screen": demo_on_a_screen,
    "the demo without a network": demo_without_network,
    "from the start to a visible window": start_time,
    "what a start leaves in the home": user_folders,
    "the portable archive, unpacked and moved": portable_archive,
}
CHECKS: Mapping[str, Callable[[], str]] = MappingProxyType(
    {
        "version": version,
        "self-test of the models": self_test,
        "the demo without a screen": demo_without_screen,
        **(_LINUX if sys.platform.startswith("linux") else {}),
        "a real scan, against the source tree": same_scores,
        "compressed pixels": compressed,
        "odd and long paths": odd_paths,
    }
)
