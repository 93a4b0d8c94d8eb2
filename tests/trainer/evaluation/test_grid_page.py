"""The page of a grid: whole, alone, escaped, with everything that its folder holds."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import numpy as np
import pytest

from leukoviewer import atomic
from leukoviewer.core.progress import finish
from tests.trainer.grid_fixture import write_grid
from trainer.evaluation.grid_folder import GridFolder, Probe
from trainer.evaluation.grid_page import render_grid, write_page
from trainer.evaluation.panels import SCHEMA
from trainer.evaluation.rebuild import GridResult, rebuild
from trainer.pages.pictures import jpeg_bytes

ALONE = {"meta", "img", "br"}


class _Page(HTMLParser):
    """Counts tags and texts; an end without its start is an error."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: list[str] = []
        self.pictures: list[dict[str, str | None]] = []
        self.cells: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append(tag)
        if tag == "img":
            self.pictures.append(dict(attrs))
        if tag not in ALONE:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] == "td":
            self.cells.append(data)


def _parsed(text: str) -> _Page:
    page = _Page()
    page.feed(text)
    page.close()
    assert page.open == []
    return page


def _write_panels(run: Path, *, truth: bool) -> None:
    picture = jpeg_bytes(np.zeros((8, 16, 3), dtype=np.uint8))
    where = {"pointing": True, "inside": 0.4, "chance": 0.1}
    items = []
    for number, outcome in enumerate(("true_positive", "false_negative"), start=1):
        name = f"{number:02d}-{outcome}.jpg"
        atomic.write_bytes(run / "panels" / name, picture)
        items.append({"file": name, "outcome": outcome, "patient": number, "slice": 3, "score": 0.8, **where})
    found = {"patients": 12, "pointing": 0.75, "inside": 0.41, "chance": 0.06}
    held = {"schema": SCHEMA, "items": items, "truth": found if truth else None}
    atomic.write_json(run / "panels" / "panels.json", held)


def _rebuilt(path: Path) -> GridResult:
    return finish(rebuild(GridFolder.read(path), resamples=10))


@pytest.fixture(scope="module")
def grid(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = write_grid(tmp_path_factory.mktemp("grid") / "g", seeds=1, patients=12, unfinished=("densenet-leuko-b-s00",))
    _write_panels(path / "runs" / "convnext-leuko-a-s00", truth=True)
    _write_panels(path / "runs" / "resnet50-leuko-a-s00", truth=False)
    one = {"name": "atrophy <b>", "what": "sulci & ventricles", "auc": 0.71, "low": 0.6, "high": 0.8, "patients": 12}
    atomic.write_json(path / "probes.json", {"probes": [one]})
    return path


@pytest.fixture(scope="module")
def result(grid: Path) -> GridResult:
    return _rebuilt(grid)


@pytest.fixture(scope="module")
def text(result: GridResult) -> str:
    return render_grid(result)


def test_the_page_is_whole_and_every_picture_has_a_text(text: str) -> None:
    page = _parsed(text)
    assert len(page.pictures) == 4
    assert all(picture["alt"] for picture in page.pictures)


def test_the_page_needs_nothing_from_outside_and_no_script(text: str) -> None:
    assert re.findall(r'(?:src|href)="(?!data:)', text) == []
    assert "http" not in text
    assert "@import" not in text
    assert "<script" not in text
    assert "prefers-color-scheme:dark" in text


def test_the_summary_comes_first_with_what_is_missing(text: str) -> None:
    assert "11 of 12 runs are finished, in 11 of 12 cells." in text
    assert "Best on validation: " in text
    assert text.index("Missing:") < text.index("Table 1, validation")
    assert text.index("How to read it") < text.index("Table 1, validation")
    assert text.count("DenseNet, B: 0 of 1 runs (seed 0 not begun).") >= 3


def test_simulated_patients_are_called_so_in_the_title_and_both_tables(text: str) -> None:
    assert "<h1>Grid leuko, preset tiny (simulated patients)</h1>" in text
    assert text.count("accuracy by slice in %, simulated patients</h2>") == 2


def test_every_curve_has_labelled_axes_and_a_legend(text: str, result: GridResult) -> None:
    figures = re.findall(r"<figure><figcaption>(.*?)</figcaption>(<svg viewBox=\"0 0 560 .*?)</figure>", text, re.S)
    # Four networks: three learning curves, ROC, precision, reliability by slice and by patient.
    assert len(figures) == 4 * 7
    assert len({caption for caption, _ in figures}) == len(figures)
    for _, drawn in figures:
        assert len(re.findall(r'text-anchor="middle">[^<]*[a-z][^<]*</text>', drawn)) == 2
        assert 'class="key"' in drawn
        assert "nan" not in drawn


def test_nothing_of_a_curve_leaves_its_frame(text: str) -> None:
    for height, drawn in re.findall(r'<svg viewBox="0 0 560 (\d+)"(.*?)</svg>', text, re.S):
        for points in re.findall(r'points="([^"]+)"', drawn):
            for pair in points.split():
                x, y = map(float, pair.split(","))
                assert 0 <= x <= 560
                assert 0 <= y <= float(height)


def test_confusion_matrices_hold_every_patient_and_slice(text: str) -> None:
    part = text[text.index("<h2>Confusion") : text.index("<h2>Heatmaps")]
    tables = re.findall(r"<table><tr><th>(patients|slices)</th>.*?</table>", part)
    assert (tables.count("patients"), tables.count("slices")) == (11, 11)
    first = re.search(r"<table><tr><th>patients.*?</table>", part)
    assert first is not None
    assert sum(int(count) for count in re.findall(r"<td>(\d+)</td>", first[0])) == 12


def test_panels_and_their_truth_are_shown(text: str) -> None:
    assert text.count("<figure><img") == 4
    assert "found: patient 1, slice 3, score 0.80; hottest point in the disease, 40 % of the heat inside" in text
    assert "missed: patient 2" in text
    table = text[text.index("Heatmaps against the true disease") :]
    assert re.search(r"<td>A</td><td>ConvNeXt</td>.*?>75</td>.*?>41</td>.*?>6</td>", table)


def test_cells_that_a_probe_reaches_are_named(result: GridResult) -> None:
    found = dict.fromkeys(("low", "high"), None)
    low = replace(result, probes=(Probe("skull", "", 0.01, **found, patients=12),))
    high = replace(
        result, probes=(Probe("skull", "", 1.0, **found, patients=12), Probe("x", "", None, **found, patients=12))
    )
    assert "The best probe (skull) reaches a patient AUC of 0.010; all cells lie above it." in render_grid(low)
    assert "not above it: ResNet50, A;" in render_grid(high)


def test_what_is_shown_is_escaped(text: str) -> None:
    assert "atrophy &lt;b&gt;" in text
    assert "sulci &amp; ventricles" in text


def test_a_grid_without_panels_and_logs_still_has_its_page(tmp_path: Path) -> None:
    path = write_grid(tmp_path / "g", seeds=1, patients=8)
    for log in path.rglob("metrics.csv"):
        log.unlink()
    text = render_grid(_rebuilt(path))
    _parsed(text)
    assert "Learning curves" not in text
    assert "The runs keep no panels." in text


def test_the_same_grid_gives_the_same_page(grid: Path, result: GridResult, tmp_path: Path) -> None:
    first = write_page(result, tmp_path / "a").read_bytes()
    assert first == write_page(_rebuilt(grid), tmp_path / "b").read_bytes()
