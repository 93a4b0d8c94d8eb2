"""The pictures that DICOM results are made of."""

from __future__ import annotations

from leukoviewer.core.progress import Progress, Work
from leukoviewer.core.result_pictures import ResultPictures
from leukoviewer.core.results import Analysis
from leukoviewer.core.volume import Volume
from leukoviewer.display.heat import native_heat
from leukoviewer.display.pictures import PictureStyle, slice_picture


def result_pictures(volume: Volume, analysis: Analysis, *, style: PictureStyle | None = None) -> Work[ResultPictures]:
    """Overlay and heat of every scored native slice, one step a slice."""
    indices = sorted(index for item in analysis.scores for index in item.native)
    overlays, heat = {}, {}
    for done, index in enumerate(indices):
        yield Progress(done, len(indices), "Making pictures")
        plane = native_heat(analysis, index)
        if plane is not None:
            overlays[index], heat[index] = slice_picture(volume, index, analysis=analysis, style=style), plane
    return ResultPictures(overlays, heat)
