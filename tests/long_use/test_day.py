"""Twenty-five studies in one window: opened, scrolled, scored; neither threads nor handles nor memory pile up."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from leukoviewer.packages.archive import Package
from tests.long_use.day import Growth, Held, read, sitting, write_studies

STUDIES, SETTLED = 25, 8
# A study of this test takes 1.5 MB as volume and as stack; kept ones would show.
MOST_MB = 12.0


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="what a process holds is told by /proc")
@pytest.mark.timeout(600)
def test_a_day_of_studies_leaves_nothing_behind(tmp_path: Path, tiny_package: Package, qtbot: QtBot) -> None:
    studies = write_studies(tmp_path, 5, slices=14, side=192)
    with sitting(tiny_package.folder.parent) as viewer:
        held = [read(viewer, studies[number % len(studies)]) for number in range(STUDIES)]
        # Of the patients before the last nothing is known any more.
        assert viewer.session.catalog is not None
        assert len(viewer.session.catalog.series) == 1
        assert len(viewer.session.results_of_series()) == 1
    growth = Growth.of(held, settled=SETTLED)
    assert growth.threads <= 0
    assert growth.handles <= 0
    assert growth.resident_mb < MOST_MB


def test_growth_is_told_from_the_settled_study_on() -> None:
    held = [
        Held(100.0 + (50 if number < 5 else 60 + number), 3, 20, 0.1 if number < 15 else 0.3) for number in range(30)
    ]
    growth = Growth.of(held, settled=6)
    assert growth == Growth(30, 24.0, 0, 0, 0.1, 0.3)
    assert growth.slower == pytest.approx(3)
