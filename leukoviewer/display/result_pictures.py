"""The pictures that DICOM results are made of."""

from __future__ import annotations

from leukoviewer.core.geometry import SlicePlane
from leukoviewer.core.progress import Progress, Work
from leukoviewer.core.result_pictures import ResultPictures
from leukoviewer.core.results import Analysis
from leukoviewer.core.volume import Volume
from leukoviewer.display.heat import native_heat
from leukoviewer.display.orientation import edge_letters
from leukoviewer.display.pictures import PictureStyle, slice_picture


def result_pictures(volume: Volume, analysis: Analysis, *, style: PictureStyle | None = None) -> Work[ResultPictures]:
    """Overlay and heat of every scored native slice, one step a slice."""
    indices = sorted(index for item in analysis.scores for index in item.native)
    style = style or PictureStyle()
    overlays, heat, directions = {}, {}, {}
    for done, index in enumerate(indices):
        yield Progress(done, len(indices), "Making pictures")
        plane = native_heat(analysis, index)
        if plane is not None:
            overlays[index], heat[index] = slice_picture(volume, index, analysis=analysis, style=style), plane
            directions[index] = _directions(volume.series.slices[index].plane, style)
    return ResultPictures(overlays, heat, directions)


def _directions(plane: SlicePlane | None, style: PictureStyle) -> tuple[str, str]:
    letters = edge_letters(plane, turn=style.laid(plane))
    return letters.right, letters.bottom
