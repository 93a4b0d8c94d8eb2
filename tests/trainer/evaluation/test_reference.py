"""The paper's values stand where the paper prints them."""

from __future__ import annotations

import pytest

from trainer.evaluation.reference import COLUMNS, ROWS, paper_value


@pytest.mark.parametrize(
    ("side", "row", "column", "average", "best"),
    [
        ("validation", "A", "ResNet50", 92.5, 95.7),
        ("validation", "B", "ResNet50 3D", 74.4, 79.0),
        ("validation", "C", "DenseNet", 89.4, 90.3),
        ("test", "A", "ConvNeXt", 92.6, 98.5),
        ("test", "B", "ResNet50", 88.8, 91.4),
        ("test", "C", "ResNet50 3D", 74.8, 78.3),
    ],
)
def test_printed_values(side: str, row: str, column: str, average: float, best: float) -> None:
    found = paper_value(side, row, column)
    assert found is not None
    assert (found.average, found.best) == (average, best)


def test_every_cell_of_table_1_is_printed_and_no_densenet_of_table_2() -> None:
    for row in ROWS.values():
        assert all(paper_value("validation", row, column) for column in COLUMNS)
        assert paper_value("test", row, "DenseNet") is None


def test_best_is_never_below_the_mean() -> None:
    for side in ("validation", "test"):
        for row in ROWS.values():
            for column in COLUMNS:
                found = paper_value(side, row, column)
                assert found is None or found.best >= found.average


def test_other_rows_and_columns_have_no_value() -> None:
    assert paper_value("test", "leuko-a-slab5", "ResNet50") is None
    assert paper_value("test", "A", "VGG") is None
