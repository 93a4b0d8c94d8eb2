"""A folder of several patients: the reader says which one is meant, and their series are never mixed."""

from __future__ import annotations

from pathlib import Path

from pytestqt.qtbot import QtBot

from leukoviewer.ui.viewer import Viewer
from tests.phantom import write_phantom
from tests.ui.conftest import WAIT_MS


def _two_patients(folder: Path) -> Path:
    for name in ("Roe^Jo", "Doe^Sam"):
        write_phantom(folder / name[:3], patient_id=name, patient_name=name)
    return folder


def test_none_is_opened_until_one_is_chosen(viewer: Viewer, tmp_path: Path, qtbot: QtBot) -> None:
    with qtbot.waitSignal(viewer.workflow.opened, timeout=WAIT_MS):
        viewer.opening.open(_two_patients(tmp_path))
    qtbot.waitUntil(lambda: viewer.workflow.is_idle, timeout=WAIT_MS)
    catalog = viewer.session.catalog
    assert catalog is not None
    assert len(catalog.series) == 2
    assert viewer.session.volume is None
    assert viewer.session.series is None
    assert "This folder holds 2 patients; choose" in viewer.window.message_bar.text
    assert all(viewer.session.thumbnail(series.key) is not None for series in catalog.series)

    chosen = catalog.series[1]
    viewer.workflow.show_series(chosen.key)
    qtbot.waitUntil(lambda: viewer.session.volume is not None and viewer.workflow.is_idle, timeout=WAIT_MS)
    assert viewer.session.series is not None
    assert viewer.session.series.patient == chosen.patient
    assert all(header.path.parent.name == chosen.patient.name[:3] for header in viewer.session.series.slices)
