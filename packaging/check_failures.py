"""Checks of what goes wrong: one sentence each, never a traceback."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType

import project
from checked_program import CheckFailedError, NotRunError, Program, clean_home, executable
from virtual_screen import screen

DEMO = project.RESOURCES / "demo" / "patient"
FULL = "pip install leukoviewer[gpu]"


def _program(home: Path, **world: str) -> Program:
    return Program((str(executable()),), home, world)


def no_gpu() -> str:
    """A graphics processor that is asked for: the small program says that the full one has it."""
    with clean_home() as home:
        arguments = ("analyze", DEMO, "--out", home / "out", "--device", "cuda")
        return _program(home).must(*arguments, code=1, says=FULL).sentence


def other_heatmap() -> str:
    """Another heatmap: the same."""
    with clean_home() as home:
        arguments = ("analyze", DEMO, "--out", home / "out", "--heatmap", "layercam")
        return _program(home).must(*arguments, code=1, says=FULL).sentence


def broken_package() -> str:
    """A damaged model of the user's is named, and the others go on working."""
    with clean_home() as home:
        models = home / "leuko" / "data" / "models"
        source = next(p for p in (project.RESOURCES / "models").iterdir() if p.is_dir())
        shutil.copytree(source, models / "damaged-1.0")
        graph = models / "damaged-1.0" / "graph.onnx"
        graph.write_bytes(graph.read_bytes()[:-100])
        program = _program(home, LEUKOVIEWER_HOME=str(home / "leuko"))
        told = program.run("models")
        if "Traceback" in told.errors or "damaged-1.0" not in told.out + told.errors:
            raise CheckFailedError(f"the damaged one is not named: {told.out}{told.errors}")
        program.must("analyze", DEMO, "--out", home / "good", "--quiet")
        return program.must("analyze", DEMO, "--out", home / "out", "--model", "damaged-1.0", code=1).sentence


def broken_bundle() -> str:
    """The bundled model is damaged, as by a full disk: one sentence in place of scores."""
    with clean_home() as home:
        resources = home / "resources"
        shutil.copytree(project.contents() / "resources", resources)
        for graph in resources.glob("models/*/weights.safetensors"):
            graph.write_bytes(graph.read_bytes()[: 1 << 20])
        program = _program(home, LEUKOVIEWER_RESOURCES=str(resources))
        return program.must("analyze", DEMO, "--out", home / "out", code=1).sentence


def read_only_home() -> str:
    """Nothing can be remembered, and the main job is done all the same; results into it are refused in a sentence."""
    with clean_home() as home:
        home.parent.chmod(0o755)
        before = _as_nobody()
        folder = home.parent / "out"
        folder.mkdir()
        folder.chmod(0o777)
        home.chmod(0o555)
        with screen() as display:
            program = Program((*before, str(_reachable(home))), home, {"DISPLAY": display, "QT_QPA_PLATFORM": "xcb"})
            program.must("analyze", DEMO, "--out", folder / "results", "--quiet")
            program.must(DEMO, "--analyze", "--snapshot", folder / "window.png")
            return program.must("analyze", DEMO, "--out", home / "results", "--quiet", code=7).sentence


def _as_nobody() -> tuple[str, ...]:
    """The superuser may write everywhere, so another one must be asked."""
    if os.geteuid() != 0:
        return ()
    setpriv = shutil.which("setpriv")
    if setpriv is None:
        raise NotRunError("setpriv is not on this machine, and the superuser may write everywhere")
    import pwd  # not there on Windows

    nobody = pwd.getpwnam("nobody")
    return (setpriv, f"--reuid={nobody.pw_uid}", f"--regid={nobody.pw_gid}", "--clear-groups")


def _reachable(home: Path) -> Path:
    """The program where another user may enter."""
    target = home.parent / "program"
    shutil.copytree(project.PROGRAM_FOLDER, target, symlinks=True)
    return target / executable().name


def no_display() -> str:
    """Without a screen the window says what else there is."""
    with clean_home() as home:
        return _program(home).must(DEMO, code=2).sentence


def missing_library() -> str:
    """A library that Qt needs is missing: the sentence names it and the command that brings it."""
    with screen() as display, clean_home() as home:
        program = home.parent / "program"
        shutil.copytree(project.PROGRAM_FOLDER, program, symlinks=True, copy_function=os.link)
        for path in program.rglob("libQt6Gui.so*"):
            path.unlink()
        world = {"DISPLAY": display, "QT_QPA_PLATFORM": "xcb"}
        return Program((str(program / executable().name),), home, world).must(DEMO, code=1, says="apt-get").sentence


_UNIX: Mapping[str, Callable[[], str]] = {
    "a home that cannot be written": read_only_home,
    "no display": no_display,
    "a missing library of Qt": missing_library,
}
CHECKS: Mapping[str, Callable[[], str]] = MappingProxyType(
    {
        "no graphics processor": no_gpu,
        "a heatmap of the full application": other_heatmap,
        "a damaged model of the user's": broken_package,
        "a damaged model of the program's": broken_bundle,
        **(_UNIX if sys.platform.startswith("linux") else {}),
    }
)
