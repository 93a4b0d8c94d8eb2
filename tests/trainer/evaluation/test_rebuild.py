"""A grid's tables from its scores alone: forms agree, the same scores give the same bytes, what lacks is shown."""

from __future__ import annotations

import csv
import io
import re
import shutil
from pathlib import Path

import numpy as np
import pytest

from leukoviewer.core.progress import finish
from leukoviewer.errors import UsageError
from tests.trainer.grid_fixture import FAMILIES, scores, set_scores, write_grid
from trainer.data.scores import ScoreTable
from trainer.evaluation import metrics
from trainer.evaluation.grid_folder import GridFolder
from trainer.evaluation.paper_tables import NOTHING, paper_table, spread_table
from trainer.evaluation.rebuild import GridResult, rebuild
from trainer.evaluation.table_files import accuracy_csv, figures_csv, to_json, to_markdown, to_plain, write_tables
from trainer.evaluation.tables import SIDES, slice_accuracy

UNFINISHED = ("resnet50-leuko-b-s01", "densenet-leuko-c-s00", "densenet-leuko-c-s01")


def _rebuilt(path: Path) -> GridResult:
    return finish(rebuild(GridFolder.read(path), resamples=20))


@pytest.fixture(scope="module")
def grid(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_grid(tmp_path_factory.mktemp("grid") / "g", unfinished=UNFINISHED)


@pytest.fixture(scope="module")
def result(grid: Path) -> GridResult:
    return _rebuilt(grid)


def _read(grid: Path, run: str, side: str) -> ScoreTable:
    return ScoreTable.read(grid / "runs" / run / "scores" / f"{side}.csv")


def test_a_cell_holds_mean_and_best_of_its_runs(grid: Path, result: GridResult) -> None:
    table = paper_table(result, "test")
    held = [slice_accuracy(_read(grid, f"convnext-leuko-a-s{seed:02d}", "test")) for seed in (0, 1)]
    column = table.heads.index("ConvNeXt")
    assert table.rows[0][:2] == ("A", "AVG")
    assert table.rows[0][column] == f"{100 * np.mean(held):.1f}"
    assert table.rows[1][column] == f"{100 * max(held):.1f}"
    assert table.rows[0][column + 1] == "92.6"
    assert table.rows[1][column + 1] == "98.5"


def test_the_layout_is_the_paper_s(result: GridResult) -> None:
    for side in SIDES:
        table = paper_table(result, side)
        assert table.heads[2::2] == tuple(FAMILIES)
        assert [row[:2] for row in table.rows] == [(row, name) for row in "ABC" for name in ("AVG", "BEST")]


def test_a_missing_cell_is_a_dash_with_a_footnote_and_a_partly_finished_one_is_marked(result: GridResult) -> None:
    table = paper_table(result, "validation")
    resnet, densenet = table.heads.index("ResNet50"), table.heads.index("DenseNet")
    assert re.fullmatch(r"\d+\.\d \[1\]", table.rows[2][resnet])
    assert table.rows[4][densenet] == f"{NOTHING} [2]"
    assert table.notes[0] == "[1] ResNet50, B: 1 of 2 runs (seed 1 not begun)."
    assert "DenseNet, C: 0 of 2 runs" in table.notes[1]
    for text in (to_markdown(result), to_plain(result)):
        assert table.notes[0] in text
    (row,) = [row for row in spread_table(result, "test").rows if row[:2] == ("C", "DenseNet")]
    assert row[2:] == ("0 of 2", *[NOTHING] * 6)


def test_the_test_of_the_run_best_on_validation_stands_beside_the_best(grid: Path, result: GridResult) -> None:
    cell = result.cell("A", "ResNet50")
    assert cell is not None
    seeds = (0, 1)
    on_validation = [slice_accuracy(_read(grid, f"resnet50-leuko-a-s{seed:02d}", "validation")) for seed in seeds]
    on_test = [slice_accuracy(_read(grid, f"resnet50-leuko-a-s{seed:02d}", "test")) for seed in seeds]
    assert on_validation[0] != on_validation[1]
    chosen = int(np.argmax(on_validation))
    (row,) = [row for row in spread_table(result, "test").rows if row[:2] == ("A", "ResNet50")]
    assert row[-3:] == (f"{100 * max(on_test):.1f}", f"{100 * on_test[chosen]:.1f}", str(chosen))


def test_figures_by_patient_are_those_of_the_chosen_run(grid: Path, result: GridResult) -> None:
    cell = result.cell("C", "ConvNeXt")
    assert cell is not None
    assert cell.chosen is not None
    table = _read(grid, cell.chosen.run.name, "test")
    values = table.patient_top(
        metrics.sigmoid(table.logit / cell.chosen.figures["calibration"]["temperature"]), share=0.25
    )
    found = cell.chosen.figures["test"]["patient"]["auc"]
    assert found["value"] == pytest.approx(metrics.auc(table.patient_label, values), abs=1e-6)
    assert found["low"] <= found["value"] <= found["high"]
    # The other runs have no intervals: nobody reads them, and they cost time.
    others = [one for one in cell.results if one.run.name != cell.chosen.run.name]
    assert others[0].figures["test"]["patient"]["auc"]["low"] is None


def test_markdown_csv_and_json_agree(result: GridResult) -> None:
    held = to_json(result)
    rows = list(csv.DictReader(io.StringIO(accuracy_csv(result))))
    markdown = to_markdown(result)
    assert len(rows) == 2 * len(held["cells"])
    for cell in held["cells"]:
        for side in SIDES:
            (row,) = [
                r for r in rows
                if (r["side"], r["preprocessing"], r["network"]) == (side, cell["preprocessing"], cell["network"])
            ]  # fmt: skip
            found = cell["accuracy_by_slice"][side]
            assert row["simulated"] == "yes"
            assert (row["average"] == "") == (found is None)
            if found is None:
                continue
            assert all(float(row[name]) == found[name] for name in ("runs", "average", "best"))
            line = next(
                line
                for line in markdown.split(f"## {'Test' if side == 'test' else 'Validation'}: what")[1].splitlines()
                if line.startswith(f"| {cell['preprocessing']} | {cell['network']} |")
            )
            texts = [text.strip() for text in line.strip("|").split("|")]
            assert texts[2] == f"{found['runs']} of {cell['planned']}"
            assert texts[3] == f"{100 * found['average']:.1f}"
            assert texts[6] == f"{100 * found['best']:.1f}"
    figures = list(csv.DictReader(io.StringIO(figures_csv(result))))
    for row in figures[:: max(1, len(figures) // 40)]:
        (cell,) = [
            c for c in held["cells"] if (c["preprocessing"], c["network"]) == (row["preprocessing"], row["network"])
        ]
        figure = cell["best_on_validation"][row["side"]][row["by"]][row["figure"]]
        assert row["value"] == ("" if figure["value"] is None else str(figure["value"]))


def test_the_same_scores_give_the_same_bytes_without_weights_in_another_folder(
    grid: Path, result: GridResult, tmp_path: Path
) -> None:
    first = {path.name: path.read_bytes() for path in write_tables(result, tmp_path / "first")}
    other = tmp_path / "elsewhere"
    shutil.copytree(grid, other, ignore=shutil.ignore_patterns("checkpoints", "metrics.json"))
    assert not list(other.rglob("*.ckpt"))
    second = {path.name: path.read_bytes() for path in write_tables(_rebuilt(other), tmp_path / "second")}
    assert first == second
    assert set(first) == {"tables.md", "tables.json", "accuracy.csv", "figures.csv"}


def test_the_sentences_that_keep_it_honest_stand_in_every_form(result: GridResult) -> None:
    for text in (to_markdown(result), to_plain(result), "\n".join(to_json(result)["notes"])):
        for words in (
            "simulated",
            "inherits the label",
            "optimistic",
            "kappa of 0.5 to 0.7",
            "ResNet50 3D answers once",
        ):
            assert words in text


def test_comparisons_hold_cells_that_differ_in_one_thing(result: GridResult) -> None:
    found = result.comparisons
    # 12 pairs of rows and 18 of columns, less those of the empty cell.
    assert len(found.pairs) == 30 - 2 - 3
    assert found.patients == 24
    assert all(pair.p <= pair.p_corrected <= 1 for pair in found.pairs)


def test_damaged_scores_are_told_and_the_rest_is_shown(tmp_path: Path) -> None:
    path = write_grid(tmp_path / "g", seeds=1, patients=8)
    (path / "runs" / "resnet50-leuko-a-s00" / "scores" / "test.csv").write_text("rubbish\n")
    found = _rebuilt(path)
    assert "its scores are damaged" in paper_table(found, "test").notes[0]
    assert len(found.finished) == 11


def test_a_side_with_one_class_alone_has_no_auc_and_still_a_table(tmp_path: Path) -> None:
    path = write_grid(tmp_path / "g", seeds=1, patients=8, unfinished=())
    table = scores(5, patients=8)
    well = ScoreTable(table.patients, table.patient, table.slice, np.zeros_like(table.label), table.logit)
    set_scores(path, "convnext-leuko-a-s00", "test", well)
    found = _rebuilt(path)
    text = to_markdown(found)
    cell = found.cell("A", "ConvNeXt")
    assert cell is not None
    assert cell.chosen is not None
    assert cell.chosen.figures["test"]["patient"]["auc"]["value"] is None
    assert NOTHING in text
    assert to_json(found)["comparisons"]["pairs"] == [] or found.comparisons.patients < 8


def test_a_grid_without_a_finished_run_is_refused_in_one_sentence(tmp_path: Path) -> None:
    path = write_grid(tmp_path / "g", seeds=1, patients=4)
    shutil.rmtree(path / "runs")
    with pytest.raises(UsageError, match=r"No run of the grid .* is finished yet"):
        _rebuilt(path)
