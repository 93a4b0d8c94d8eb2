"""Where the disease of simulated patients lies on a stack's grid, for the panels; no training ever asks."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from leukoviewer.core.progress import finish
from leukoviewer.errors import LeukoError
from leukoviewer.preprocessing.recipe import Recipe
from leukoviewer.preprocessing.stack import prepare
from trainer.data.cache import PreparedCase, open_volume
from trainer.data.cases import Case
from trainer.data.sources.simulated import is_cohort
from trainer.evaluation.cohort_records import read_known
from trainer.evaluation.heat_share import read_lesion
from trainer.evaluation.panels import Truth
from trainer.simulation.prepared import share_of

Floats = NDArray[np.float32]


def truth_of(root: Path, cases: Sequence[Case], recipe: Recipe) -> Truth | None:
    """What tells the disease's share of each stack pixel of a patient; None when the data are no simulated cohort.

    Patients are read when they are asked for and then remembered, so that the networks of one recipe share them. A
    patient whose truth or pictures cannot be read has none.
    """
    if not is_cohort(root):
        return None
    folders = {case.id: case.folder for case in cases}
    known: dict[str, Floats | None] = {}

    def share(case: PreparedCase) -> Floats | None:
        if case.case_id not in known:
            try:
                record = read_known(root, [case.case_id])[case.case_id].record
                mask = read_lesion(root, record).mask
                mapping = finish(prepare(open_volume(folders[case.case_id]), recipe)).mapping
                # The truth was turned to the viewer's order, superior first; share_of takes it as it was simulated.
                known[case.case_id] = share_of(mask[::-1], mapping)
            except (LeukoError, KeyError, ValueError):
                known[case.case_id] = None
        return known[case.case_id]

    return share
