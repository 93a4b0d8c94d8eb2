"""Pictures of the same levels, all heads to one scale."""

from __future__ import annotations

import base64
import io

import numpy as np
from PIL import Image

from tests.trainer.simulation.report.heads import PIXEL_MM, air, head
from trainer.simulation.report.brain import find_brain
from trainer.simulation.report.gallery import LEVELS, choose, draw, picture, row_of
from trainer.simulation.report.patients import CohortFolder


def test_a_picture_has_the_head_in_its_middle_to_scale() -> None:
    scan = head(noise=1.0)
    brain = find_brain(scan)
    assert brain is not None
    image = picture(scan, brain, below_mm=60)
    assert image.shape == (300, 300)
    columns = np.flatnonzero((image > 200).any(axis=0))
    assert abs((columns[0] + columns[-1]) / 2 - 150) < 3
    # 60 mm below the vertex the skull is 159 mm wide; the field is 220 mm.
    assert abs(columns[-1] - columns[0] - 159 / 220 * 300) < 4
    assert scan.pixel_mm == PIXEL_MM


def test_a_row_holds_a_picture_a_level() -> None:
    row = row_of(head(), title="t", grade=2)
    assert row is not None
    assert len(row.pictures) == len(LEVELS) == 5
    for address in row.pictures:
        kind, data = address.split(",")
        assert kind == "data:image/jpeg;base64"
        assert Image.open(io.BytesIO(base64.b64decode(data))).size == (300, 300)
    assert row_of(air(), title="t", grade=None) is None


def test_one_patient_of_each_grade_and_protocol_is_drawn_by_grade(folder: CohortFolder) -> None:
    chosen = choose((*folder.finished, *folder.finished))
    assert [one.record.grade for one in chosen] == [0, 1, 2, 3]
    rows = list(draw(folder, chosen[:1]))
    assert rows[0] is not None
    assert "thick 8 · site-a · woman of 58" in rows[0].title
