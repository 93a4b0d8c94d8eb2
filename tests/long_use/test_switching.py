"""Studies are switched while a model runs: no score of another one is ever shown, and every run can be stopped."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from leukoviewer.packages.archive import Package
from tests.long_use.day import read, sitting, write_studies
from tests.long_use.switching import Switched, Watch, switch


@pytest.mark.timeout(600)
def test_no_score_of_another_series_is_ever_shown_while_series_are_switched(
    tmp_path: Path, tiny_package: Package, qtbot: QtBot
) -> None:
    studies = write_studies(tmp_path, 3, slices=20, side=128)
    with sitting(tiny_package.folder.parent) as viewer:
        found = switch(viewer, studies, 15, paints=2, cancel_every=4)
    assert found.stale == 0
    assert found.under_way >= 8
    assert found.checks > 60
    assert len(found.cancels_s) >= 3
    assert len(found.paints_s) >= 15


def test_the_watch_sees_a_stale_result(tmp_path: Path, tiny_package: Package, qtbot: QtBot) -> None:
    (study,) = write_studies(tmp_path, 1)
    with sitting(tiny_package.folder.parent) as viewer:
        read(viewer, study)
        watch = Watch(viewer)
        watch.look()
        assert watch.stale == 0
        session = viewer.session
        assert session.result is not None
        key, model = session.result.series_key, session.result.package.id
        session._results[key, model] = replace(session.result, series_key="another")
        watch.look()
        assert watch.stale == 1


def test_times_are_told_as_the_claims_are_made() -> None:
    found = Switched(100, 90, 1000, 0, tuple(n / 1000 for n in range(101)), (0.1, 0.25))
    assert found.paint_p95_ms() == pytest.approx(95)
    assert found.cancel_most_ms() == pytest.approx(250)
