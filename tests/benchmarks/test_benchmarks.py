"""The benchmarks still measure every stage that has a budget: run on next to nothing, judged by what is there alone."""

from __future__ import annotations

import ast
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
import torch

from leukoviewer.core.progress import finish
from leukoviewer.dicom.discovery import discover
from leukoviewer.dicom.loader import load
from leukoviewer.packages.archive import Package
from leukoviewer.packages.store import PackageStore
from tests.benchmarks import __main__ as bench
from tests.benchmarks import bench_explain, report, throttle
from tests.benchmarks.bench_growth import Point, slope
from tests.benchmarks.graph_profile import profile
from tests.benchmarks.measure import AGAIN, TINY, Table, Timing, absent, compete
from tests.phantom import write_phantom
from trainer.export import golden_stack

# What each part must tell of, by words of its titles: a stage that disappears is a fault, a slow one is not.
STAGES = {
    "reading": ("Headers of", "to HU"),
    "opening": ("First picture", "slow disk", "Stopping", "Memory"),
    "growth": ("64 x 64", "128 x 128"),
    "start": ("to the window",),
    "result": ("by stage",),
    "frames": ("scrolling", "dragging the window"),
    "screen": ("Xvfb",),
    "window": ("scroll, heatmap on", "window drag", "zoom", "on and off", "while a result is computed"),
}
FOLDER = Path(__file__).parent
WITHOUT_TIMES = ("Memory", "Frames on a screen")
ALONE = ("explain", "simulate")
# Peers that a set-up brings by itself; the others come with the extra "bench".
WITH_PEERS = {"reading": ("pydicom",), "frames": ("pyqtgraph",)}


@pytest.mark.parametrize("part", STAGES)
def test_every_stage_of_a_part_is_measured(part: str) -> None:
    ((name, module),) = bench.parts([f"bench_{part}"])
    assert name == part
    tables = list(bench.tables_of(module, TINY))
    titles = [table.title for table in tables]
    assert [word for word in STAGES[part] if not any(word in title for title in titles)] == []
    for table in tables:
        assert table.timings or table.title.startswith(WITHOUT_TIMES)
        assert all(second > 0 for timing in table.timings for second in timing.seconds)
        assert table.claim
    names = {timing.name for table in tables for timing in table.timings}
    assert [peer for peer in WITH_PEERS.get(part, ()) if not any(peer in name for name in names)] == []


def test_every_part_is_known_here() -> None:
    """Read, not imported: some parts need seconds for their libraries alone."""
    arguments = {path.stem.removeprefix("bench_"): _arguments_of_tables(path) for path in FOLDER.glob("bench_*.py")}
    assert set(arguments) >= {*STAGES, *ALONE}
    assert {name: count for name, count in arguments.items() if count not in {0, 1}} == {}


def _arguments_of_tables(path: Path) -> int | None:
    """How many arguments a part's ``tables`` takes; None when it has none."""
    module = ast.parse(path.read_text(encoding="utf-8"))
    found = (node for node in module.body if isinstance(node, ast.FunctionDef) and node.name == "tables")
    return next((len(node.args.args) for node in found), None)


def test_contestants_take_turns() -> None:
    seen: list[str] = []
    timings = compete({"a": lambda: seen.append("a"), "b": lambda: seen.append("b")}, rounds=2)
    assert [sorted(seen[start : start + 2]) for start in (0, 2, 4)] == [["a", "b"]] * 3
    assert [(timing.name, len(timing.seconds)) for timing in timings] == [("a", 2), ("b", 2)]


def test_a_peer_that_is_not_installed_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.benchmarks.measure.find_spec", lambda name: None if name == "dicomsdl" else object())
    assert absent("dicomsdl", "SimpleITK") == ("not installed, so not compared: dicomsdl",)
    assert absent("SimpleITK") == ()


@pytest.mark.parametrize(("power", "expected"), [(0, 0.0), (1, 1.0), (2, 3.0)])
def test_the_slope_tells_a_line_from_a_parabola(power: int, expected: float) -> None:
    points = [Point(count, 64, 0.0, 0.0, 0) for count in (50, 100, 200)]
    assert slope(points, [float(point.slices**power) for point in points]) == pytest.approx(expected)


def _tables() -> Iterator[Table]:
    yield Table(
        "Headers of 2 slices",
        (Timing("leukoviewer", (0.010, 0.012)), Timing(AGAIN, (0.011, 0.011)), Timing("peer", (0.022, 0.022))),
        "0.50 x the peer (at most 1.5)", True, ("not installed, so not compared: other",), key="headers",
    )  # fmt: skip
    yield Table("Seen only", (Timing("a", (2.0,)),))


def _save(folder: Path) -> None:
    found = [report.to_json(table, "reading") for table in _tables()]
    report.save(found, "A machine, load 0.1, Linux", folder=folder)


def test_what_was_found_is_kept_as_json_and_markdown(tmp_path: Path) -> None:
    report.save(
        [report.to_json(table, "reading") for table in _tables()], "A machine, load 0.1, Linux", folder=tmp_path
    )
    data = json.loads((tmp_path / "benchmarks.json").read_text(encoding="utf-8"))
    assert [table["key"] for table in data["tables"]] == ["headers", "seen_only"]
    text = (tmp_path / "benchmarks.md").read_text(encoding="utf-8")
    assert "| peer | 22.0 ms | 22.0 ms | 2.00 |" in text
    assert "- not installed, so not compared: other" in text


def test_a_run_of_one_part_keeps_the_others_of_this_machine(tmp_path: Path) -> None:
    first, second = (report.to_json(table, "reading") for table in _tables())
    report.save([first], "A machine, load 0.1, Linux", folder=tmp_path)
    report.save([{**second, "part": "start"}], "A machine, load 0.9, Linux", folder=tmp_path)
    assert len(report.load(tmp_path / "benchmarks.json")["tables"]) == 2
    report.save([first], "Another machine, load 0.1, Linux", folder=tmp_path)
    assert len(report.load(tmp_path / "benchmarks.json")["tables"]) == 1


def test_the_readme_gets_its_section_and_nothing_else_changes(tmp_path: Path) -> None:
    readme = tmp_path / "README.md"
    readme.write_text(f"before\n{report.BEGIN}\nold\n{report.END}\nafter\n", encoding="utf-8")
    with pytest.raises(ValueError, match="nothing was measured"):
        report.write_readme(readme, folder=tmp_path)
    report.save(
        [report.to_json(table, "reading") for table in _tables()], "A machine, load 0.1, Linux", folder=tmp_path
    )
    report.write_readme(readme, folder=tmp_path)
    text = readme.read_text(encoding="utf-8")
    assert text.startswith("before\n")
    assert text.endswith("\nafter\n")
    assert "| Headers of 2 slices | 11.0 ms | peer x2.00 | kept: 0.50 x the peer (at most 1.5) |" in text
    assert "What ran twice differs by 0% at most." in text
    assert "Seen only" not in text
    assert "old" not in text


def test_the_readme_of_the_project_has_a_place_for_the_section(repository: Path) -> None:
    text = (repository / "README.md").read_text(encoding="utf-8")
    assert text.count(report.BEGIN) == text.count(report.END) == 1


def test_a_slow_disk_lies_under_every_reader(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    waits: list[float] = []
    monkeypatch.setattr(throttle, "_wait", waits.append)
    phantom = write_phantom(tmp_path, slices=10)
    with throttle.Disk(latency_s=0.25, bytes_a_second=1e9).under_readers():
        (series,) = finish(discover(tmp_path)).series
        scanned = waits.count(0.25)
        finish(load(series))
    assert scanned >= len(phantom.files)
    assert waits.count(0.25) - scanned >= len(phantom.files)


def test_every_contestant_of_the_heatmaps_runs_on_each_bundled_network(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(torch, "set_num_threads", lambda _count: None)
    packages = [one for one in PackageStore.of_this_machine().packages() if isinstance(one, Package)]
    assert packages
    for package in packages:
        timings = bench_explain._race(package, golden_stack(2, package.recipe.plane_shape), rounds=1)
        assert {timing.name.partition(",")[0] for timing in timings} >= {bench_explain.LIBRARY, bench_explain.BARE}
        ours = [timing for timing in timings if timing.name.startswith(bench_explain.OURS)]
        assert len(ours) == 1 + len(bench_explain._engines())  # one of them twice
        assert bench_explain._judged(package, timings, is_bundled=True).kept is not None
        # What stands beside a missed budget.
        where, limit = profile(package)
        assert all(word in where for word in ("convolutions", "GELU", "layer norms"))
        assert "GFLOP/s" in limit


def test_parts_are_found_by_a_word_and_none_by_a_wrong_one(capsys: pytest.CaptureFixture[str]) -> None:
    assert bench.names(["read"]) == ["bench_reading"]
    assert len(bench.names()) > 8
    with pytest.raises(SystemExit):
        bench.main(["writing"])
    assert "there are bench_explain" in capsys.readouterr().err
