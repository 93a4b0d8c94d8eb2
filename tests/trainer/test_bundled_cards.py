"""The bundled packages: small enough for the repository, and every figure of their cards from a saved file."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest

from leukoviewer.packages.archive import Package, open_package
from tests.trainer.test_export_evaluations import figures_without_a_source
from trainer.export_card import card
from trainer.export_evaluations import Evaluations

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = sorted(path.parent for path in (ROOT / "resources" / "models").glob("*/manifest.json"))


@pytest.fixture(params=FOLDERS, ids=lambda folder: folder.name)
def bundled(request: pytest.FixtureRequest) -> Package:
    return open_package(request.param)


def test_all_models_together_are_at_most_48_megabytes_and_no_file_over_30() -> None:
    sizes = [path.stat().st_size for path in (ROOT / "resources" / "models").rglob("*") if path.is_file()]
    assert sum(sizes) <= 48_000_000
    assert max(sizes) <= 30_000_000


def test_every_figure_of_a_card_stands_in_a_saved_file(bundled: Package) -> None:
    assert figures_without_a_source(bundled) == []


def test_a_card_is_what_its_saved_files_make(bundled: Package) -> None:
    evaluations = Evaluations.of(bundled)
    if not evaluations.cohorts:
        pytest.skip("this package was made before evaluations were embedded")
    assert card(bundled.manifest, evaluations) == bundled.card
    assert bundled.manifest.metrics == evaluations.metrics()


def test_every_figure_of_the_readme_stands_in_the_default_models_card() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    section = readme.partition("## Results")[2].partition("\n## ")[0]
    (default,) = [folder for folder in FOLDERS if folder.name in section]
    card_text = (default / "card.md").read_text(encoding="utf-8")
    told = re.findall(r"(?<![\d.])\d+\.\d{3}(?!\d)", section)
    assert len(told) > 30
    assert [figure for figure in told if figure not in card_text] == []


def test_the_grids_accuracies_in_the_readme_are_those_that_tables_wrote() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    with (ROOT / "resources" / "readme" / "tiny-grid-accuracy.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 24
    for side in ("validation", "test"):
        for preprocessing in "ABC":
            cells = [_cell(row) for row in rows if (row["side"], row["preprocessing"]) == (side, preprocessing)]
            assert f"| {side}, {preprocessing} | " + " | ".join(cells) + " |" in readme


def _cell(row: dict[str, str]) -> str:
    ours = f"{100 * float(row['average']):.1f} / {100 * float(row['best']):.1f}"
    known = row["paper_average_percent"]
    return f"{ours} ({known} / {row['paper_best_percent']})" if known else f"{ours} (–)"
