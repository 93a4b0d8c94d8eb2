"""VTK as a peer for frames: an image slice by window and level, a second one with a look-up table for the heat."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from leukoviewer.core.window import Window
from leukoviewer.display import colormap
from leukoviewer.display.state import HeatmapStyle


class VtkView:
    """A render window without a screen, as VTK brings it: on the graphics processor, else by its software renderer."""

    def __init__(self, side: int) -> None:
        from vtkmodules import vtkRenderingOpenGL2  # noqa: F401 - brings the renderer
        from vtkmodules.vtkRenderingCore import vtkRenderer, vtkRenderWindow

        self._renderer = vtkRenderer()
        self._window = vtkRenderWindow()
        self._window.SetOffScreenRendering(1)
        self._window.SetSize(side, side)
        self._window.AddRenderer(self._renderer)
        self._slice, self._slice_data = _image(np.int16)
        self._heat, self._heat_data = _image(np.float32)
        self._heat.GetProperty().SetLookupTable(_table())
        self._heat.GetProperty().UseLookupTableScalarRangeOn()
        self._is_placed = False

    def show(self, hu: NDArray[Any], window: Window, heat: NDArray[np.float32] | None) -> None:
        """One frame."""
        _fill(self._slice_data, hu)
        look = self._slice.GetProperty()
        look.SetColorWindow(window.width)
        look.SetColorLevel(window.center)
        self._heat.SetVisibility(heat is not None)
        if heat is not None:
            _fill(self._heat_data, heat)
        if not self._is_placed:
            self._place(hu.shape[0])
        self._window.Render()
        self._window.WaitForCompletion()

    def close(self) -> None:
        """Free the window."""
        self._window.Finalize()

    def _place(self, rows: int) -> None:
        self._renderer.AddViewProp(self._slice)
        self._renderer.AddViewProp(self._heat)
        camera = self._renderer.GetActiveCamera()
        camera.ParallelProjectionOn()
        self._renderer.ResetCamera()
        camera.SetParallelScale(rows / 2)
        self._is_placed = True


def _image(kind: type[np.generic]) -> tuple[Any, Any]:
    from vtkmodules.util.numpy_support import get_vtk_array_type
    from vtkmodules.vtkCommonDataModel import vtkImageData
    from vtkmodules.vtkRenderingCore import vtkImageSlice, vtkImageSliceMapper

    data = vtkImageData()
    data.SetDimensions(512, 512, 1)
    data.AllocateScalars(get_vtk_array_type(kind), 1)
    mapper = vtkImageSliceMapper()
    mapper.SetInputData(data)
    shown = vtkImageSlice()
    shown.SetMapper(mapper)
    shown.GetProperty().SetInterpolationTypeToLinear()
    return shown, data


def _fill(data: Any, values: NDArray[Any]) -> None:
    from vtkmodules.util.numpy_support import vtk_to_numpy

    vtk_to_numpy(data.GetPointData().GetScalars())[:] = values.ravel()
    data.Modified()


def _table() -> Any:
    from vtkmodules.vtkCommonCore import vtkLookupTable

    style, table = HeatmapStyle(), vtkLookupTable()
    table.SetNumberOfTableValues(256)
    table.SetRange(0.0, 1.0)
    for level, color in enumerate(colormap.table(style.colormap).tolist()):
        opacity = style.opacity if level >= round(255 * style.threshold) else 0.0
        table.SetTableValue(level, *(channel / 255 for channel in color), opacity)
    return table
