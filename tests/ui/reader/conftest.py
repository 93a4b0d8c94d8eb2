"""Windows in reader-first mode, on a model whose scores are set by the test."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from leukoviewer.core.progress import Progress, Work
from leukoviewer.core.results import Analysis
from leukoviewer.core.volume import Volume
from leukoviewer.packages.archive import Package
from leukoviewer.settings import NOTICE_VERSION, Settings
from leukoviewer.ui.values import Tasks
from leukoviewer.ui.viewer import Viewer
from tests.ui.conftest import WAIT_MS, begun

Make = Callable[..., Viewer]


def saying(tasks: Tasks, score: float) -> Callable[[Volume, str, str], Work[Analysis]]:
    """The real analysis with one score for all slices; it is made once a series."""
    known: dict[str, Analysis] = {}

    def analyze(volume: Volume, package_id: str, device: str) -> Work[Analysis]:
        key = volume.series.key
        if key in known:
            yield Progress(0, 0)
        else:
            known[key] = yield from tasks.analyze(volume, package_id, device)
        return told(known[key], score)

    return analyze


def told(result: Analysis, score: float) -> Analysis:
    """A result with this score on every slice, hot over this share of its width."""
    scores = tuple(replace(one, score=score, logit=score - 0.5) for one in result.scores)
    maps = np.zeros_like(result.maps)
    maps[:, :, : round(score * maps.shape[2])] = 1
    return replace(result, scores=scores, maps=maps)


@pytest.fixture
def reader(viewers: Make, with_model: Package, tasks: Tasks, head_folder: Path, qtbot: QtBot) -> Make:
    """Makes a window in reader-first mode with the patient open and the result, of this score, waiting."""

    def make(score: float = 0.9, *, folder: Path = head_folder, first: bool = True) -> Viewer:
        settings = Settings(notice_accepted=NOTICE_VERSION, reader_first=first)
        viewer = begun(viewers(settings, analyze=saying(tasks, score)), qtbot)
        viewer.opening.open(folder)
        qtbot.waitUntil(lambda: viewer.session.volume is not None and viewer.workflow.is_idle, timeout=WAIT_MS)
        return viewer

    return make


@pytest.fixture
def ready(reader: Make) -> Viewer:
    """One window whose positive result waits under the seal."""
    viewer = reader()
    assert viewer.session.has_sealed_result
    return viewer
