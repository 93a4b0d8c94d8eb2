"""Why a slice has no score, in words (a pure function)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from leukoviewer.ui.language import tr


def why_unscored(scores: NDArray[np.float64], index: int) -> str:
    """E.g. ``"not scored; this model looks at slices 10 to 39 of 60"``.

    Parameters
    ----------
    scores : array of float64, shape (slices,)
        By native slice; NaN where the model did not look.
    index : int
        The slice without a score. Beside the part that the model takes (a fixed number of slices by the paper)
        the part is named; within it the slice could not be used, which the warnings of the scan tell.
    """
    seen = np.flatnonzero(np.isfinite(scores))
    if not seen.size or seen[0] <= index <= seen[-1]:
        return tr("not scored by this model")
    words = tr("not scored; this model looks at slices {} to {} of {}")
    return words.format(seen[0] + 1, seen[-1] + 1, len(scores))
