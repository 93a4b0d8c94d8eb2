"""Scan protocols and poses: where the slices of one simulated examination lie in the scanner and in the head."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import torch
from torch import Tensor

from trainer.simulation.draws import Draws

# The point of the template about which heads are scaled and turned (between the middle of the brain and the face).
ANCHOR_MM = (0.0, -14.0, 0.0)


@dataclass(frozen=True, slots=True)
class Protocol:
    """A way to scan a head.

    Parameters
    ----------
    low, high : tuple of float
        Slice thickness and distance of slices along their normal, in mm, for the base and for the rest of the head.
    low_slices : int
        Number of slices with the first pair.
    tilt_deg : tuple of float
        Range of the gantry tilt; most examinations of a site that tilts do so.
    columns : int
        Columns of the image; rows are always 512.
    """

    low: tuple[float, float]
    high: tuple[float, float]
    low_slices: int = 0
    tilt_deg: tuple[float, float] = (0.0, 0.0)
    columns: int = 512


PROTOCOLS: Mapping[str, Protocol] = {
    # As the real GE examination in the project's test data: 14 slices of 4 mm, then 7 mm, gantry tilted.
    "mixed_4_7": Protocol((4.0, 4.0), (7.0, 7.0), 14, (8.0, 22.0)),
    "mixed_3_6": Protocol((3.0, 3.0), (6.0, 6.0), 16, (0.0, 20.0)),
    "thick_4": Protocol((4.0, 4.5), (4.0, 4.5), 0, (-4.0, 16.0)),
    "thick_5": Protocol((5.0, 5.0), (5.0, 5.0), 0, (0.0, 20.0)),
    "thick_5_wide": Protocol((5.0, 5.0), (5.0, 5.0), 0, (0.0, 0.0), 600),
    "thick_6": Protocol((6.0, 6.0), (6.0, 6.0), 0, (-4.0, 20.0)),
    "thick_8": Protocol((8.0, 8.0), (8.0, 8.0), 0, (0.0, 20.0)),
    "thick_25": Protocol((2.5, 4.8), (2.5, 4.8), 0, (0.0, 0.0)),
    "thick_3": Protocol((3.0, 4.0), (3.0, 4.0), 0, (-6.0, 10.0)),
    "thin_125": Protocol((1.25, 1.25), (1.25, 1.25)),
    "steep": Protocol((5.0, 5.0), (5.0, 5.0), 0, (-26.0, 28.0)),
}


@dataclass(frozen=True, slots=True)
class Pose:
    """How the head lies in the scanner.

    Parameters
    ----------
    rotation : Tensor
        float32 (3, 3): head to scanner, both with DICOM's axes (left, posterior, superior).
    scale : tuple of float
        Size of the head relative to the template on its three axes.
    """

    rotation: Tensor
    scale: tuple[float, float, float]

    def to_scanner(self, template_mm: Tensor) -> Tensor:
        """Map template points (..., 3) to the scanner, about `ANCHOR_MM` at its origin."""
        signs = torch.tensor([-1.0, -1.0, 1.0])
        head = (template_mm - torch.tensor(ANCHOR_MM)) * signs * torch.tensor(self.scale)
        turned: Tensor = head @ self.rotation.T
        return turned

    def to_template(self, scanner_mm: Tensor) -> Tensor:
        """Map scanner points (..., 3) to the template, without the elastic part."""
        device = scanner_mm.device
        signs = torch.tensor([-1.0, -1.0, 1.0]) / torch.tensor(self.scale)
        head = scanner_mm @ self.rotation.to(device) * signs.to(device)
        return head + torch.tensor(ANCHOR_MM, device=device)


@dataclass(frozen=True, slots=True)
class Planes:
    """The slices of an examination, lowest first, as DICOM states them.

    Parameters
    ----------
    origins_mm : Tensor
        float32 (slices, 3): center of the first pixel (Image Position (Patient)).
    row_direction, column_direction : tuple of float
        Image Orientation (Patient): along a row, along a column.
    thickness_mm : tuple of float
        Slice thickness of each slice.
    pixel_mm : float
        Distance of rows and of columns.
    rows, columns : int
        Size of each slice.
    tilt_deg : float
        Gantry tilt.
    """

    origins_mm: Tensor
    row_direction: tuple[float, float, float]
    column_direction: tuple[float, float, float]
    thickness_mm: tuple[float, ...]
    pixel_mm: float
    rows: int
    columns: int
    tilt_deg: float

    def __len__(self) -> int:
        return len(self.thickness_mm)

    @property
    def normal(self) -> Tensor:
        """Unit normal of the slices, towards the vertex."""
        upward: Tensor = torch.linalg.cross(torch.tensor(self.row_direction), torch.tensor(self.column_direction))
        return upward

    def points(self, index: int, *, step_px: int, depths_mm: Tensor) -> Tensor:
        """Return places in the scanner of every `step_px`-th pixel block's center, at depths along the normal.

        Returns
        -------
        Tensor
            float32, shape (depths, rows / step_px, columns / step_px, 3), in mm.
        """
        half = (step_px - 1) / 2
        row = (torch.arange(self.rows // step_px) * step_px + half) * self.pixel_mm
        column = (torch.arange(self.columns // step_px) * step_px + half) * self.pixel_mm
        along_row, along_column = torch.tensor(self.row_direction), torch.tensor(self.column_direction)
        plane = column[None, :, None] * along_row + row[:, None, None] * along_column
        return self.origins_mm[index] + plane + (depths_mm[:, None] * self.normal)[:, None, None, :]


def draw_pose(draws: Draws, *, sex: str, obliquity_deg: float, tilt_deg: float) -> Pose:
    """Draw size and position of a head whose slices, with the given gantry tilt, cut it at the given angle.

    Parameters
    ----------
    sex : str
        Women's heads are about 4 % smaller.
    obliquity_deg : float
        Angle between the slices and the template's axial plane, front higher (orbitomeatal to supraorbitomeatal).
    tilt_deg : float
        Gantry tilt; the rest of the angle is how the head lies.
    """
    size = draws.normal(0.955 if sex == "M" else 0.92, 0.03)
    scale = tuple(size * draws.normal(1.0, deviation) for deviation in (0.025, 0.03, 0.03))
    pitch, roll, yaw = (math.radians(a) for a in (obliquity_deg - tilt_deg, draws.normal(0, 2.5), draws.normal(0, 4.0)))
    turn = torch.tensor([[0.0, -yaw, roll], [yaw, 0.0, 0.0], [-roll, 0.0, 0.0]])
    lie = torch.tensor(
        [[1.0, 0.0, 0.0], [0.0, math.cos(pitch), -math.sin(pitch)], [0.0, math.sin(pitch), math.cos(pitch)]]
    )
    return Pose(lie @ torch.linalg.matrix_exp(turn), (scale[0], scale[1], scale[2]))


def draw_examination(name: str, draws: Draws, *, sex: str, surface_mm: Tensor) -> tuple[Pose, Planes]:
    """Draw how a head lies and where its slices are, from the base of the skull to above the vertex.

    Parameters
    ----------
    name : str
        A key of `PROTOCOLS`.
    surface_mm : Tensor
        float32 (n, 3): points of the outer skull in the template; they tell where the vertex is and center the image.
    """
    protocol = PROTOCOLS[name]
    tilt = draws.uniform(*protocol.tilt_deg)
    obliquity = max(-10.0, min(24.0, draws.normal(7.0, 6.0))) if abs(tilt) < 22 else tilt + draws.normal(0, 6.0)
    pose = draw_pose(draws, sex=sex, obliquity_deg=obliquity, tilt_deg=tilt)
    angle = math.radians(tilt)
    row, column = (1.0, 0.0, 0.0), (0.0, math.cos(angle), -math.sin(angle))
    normal = torch.tensor([0.0, math.sin(angle), math.cos(angle)])
    surface = pose.to_scanner(surface_mm)
    lowest = pose.to_scanner(torch.tensor([0.0, -34.0, draws.uniform(-84.0, -48.0)]))
    offsets, thickness = _stack(
        protocol, float(lowest @ normal), float((surface @ normal).max()) + draws.uniform(-3, 9)
    )
    middle = (surface.amax(0) + surface.amin(0)) / 2 + torch.tensor([draws.normal(0, 5), draws.normal(0, 5), 0.0])
    field_mm = max(float(surface[:, 1].amax() - surface[:, 1].amin()) / math.cos(angle) * 1.06, draws.uniform(205, 252))
    pixel = round(field_mm / 512, 4)
    # Only the table moves: each slice's center keeps x and y, so a tilted stack is sheared (DICOM PS3.3 C.7.6.2.1.1).
    heights = (torch.tensor(offsets) - middle[1] * normal[1]) / normal[2]
    centers = torch.stack([middle[0].expand_as(heights), middle[1].expand_as(heights), heights], -1)
    corner = pixel * ((protocol.columns - 1) / 2 * torch.tensor(row) + 511 / 2 * torch.tensor(column))
    planes = Planes(centers - corner, row, column, thickness, pixel, 512, protocol.columns, round(tilt, 1))
    return pose, planes


def _stack(protocol: Protocol, bottom_mm: float, top_mm: float) -> tuple[list[float], tuple[float, ...]]:
    """Heights along the normal and thicknesses of the slices from bottom to top."""
    heights: list[float] = []
    thickness: list[float] = []
    height = bottom_mm
    while height <= top_mm:
        thick, step = protocol.low if len(heights) < protocol.low_slices else protocol.high
        heights.append(height)
        thickness.append(thick)
        height += step
    return heights, tuple(thickness)
