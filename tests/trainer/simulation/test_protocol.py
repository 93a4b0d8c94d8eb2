"""Slices lie where the protocol and the pose say, as DICOM states them."""

from __future__ import annotations

import math

import pytest
import torch

from trainer.simulation.draws import Draws
from trainer.simulation.patient import skull_surface
from trainer.simulation.protocol import PROTOCOLS, Planes, Pose, draw_examination, draw_pose
from trainer.simulation.template import Template


@pytest.fixture(scope="module")
def surface(template: Template) -> torch.Tensor:
    return skull_surface(template)


def _examine(name: str, surface: torch.Tensor, seed: int = 3) -> tuple[Pose, Planes]:
    return draw_examination(name, Draws(seed, "protocol"), sex="M", surface_mm=surface)


def test_a_pose_maps_there_and_back() -> None:
    pose = draw_pose(Draws("pose"), sex="F", obliquity_deg=9, tilt_deg=14)
    points = torch.tensor([[0.0, -14.0, 0.0], [30.0, 50.0, -40.0], [-60.0, -80.0, 55.0]])
    torch.testing.assert_close(pose.to_template(pose.to_scanner(points)), points, atol=1e-3, rtol=0)


def test_right_and_left_are_not_exchanged() -> None:
    pose = Pose(torch.eye(3), (1.0, 1.0, 1.0))
    left_front_top = pose.to_scanner(torch.tensor([-10.0, 6.0, 30.0]))
    torch.testing.assert_close(left_front_top, torch.tensor([10.0, -20.0, 30.0]))


@pytest.mark.parametrize("name", PROTOCOLS)
def test_distances_along_the_normal_are_the_protocols(name: str, surface: torch.Tensor) -> None:
    _, planes = _examine(name, surface)
    heights = planes.origins_mm @ planes.normal
    protocol = PROTOCOLS[name]
    steps = [protocol.low[1] if i + 1 < protocol.low_slices + 1 else protocol.high[1] for i in range(len(planes) - 1)]
    torch.testing.assert_close(heights.diff(), torch.tensor(steps), atol=1e-3, rtol=0)
    expected = [protocol.low[0] if i < protocol.low_slices else protocol.high[0] for i in range(len(planes))]
    assert list(planes.thickness_mm) == expected


@pytest.mark.parametrize("name", ["mixed_4_7", "steep"])
def test_with_a_tilted_gantry_only_the_table_moves(name: str, surface: torch.Tensor) -> None:
    _, planes = _examine(name, surface)
    assert abs(planes.tilt_deg) > 1
    assert float(planes.origins_mm[:, 0].std()) < 1e-4
    assert float(planes.origins_mm[:, 1].std()) < 1e-4
    angle = math.degrees(math.acos(float(planes.normal[2])))
    assert angle == pytest.approx(abs(planes.tilt_deg), abs=0.06)


def test_the_images_of_the_wide_protocol_have_600_columns(surface: torch.Tensor) -> None:
    _, planes = _examine("thick_5_wide", surface)
    assert (planes.rows, planes.columns) == (512, 600)


@pytest.mark.parametrize("name", ["mixed_4_7", "mixed_3_6", "thick_4", "thick_5", "thick_5_wide", "thick_6"])
def test_a_site_takes_about_20_to_44_slices(name: str, surface: torch.Tensor) -> None:
    counts = [len(_examine(name, surface, seed)[1]) for seed in range(8)]
    assert min(counts) >= 20
    assert max(counts) <= 44


@pytest.mark.parametrize("seed", range(5))
def test_the_slices_reach_from_the_base_to_above_the_vertex(seed: int, surface: torch.Tensor) -> None:
    pose, planes = _examine("thick_5", surface, seed)
    top = float((pose.to_scanner(surface) @ planes.normal).max())
    heights = planes.origins_mm @ planes.normal
    assert float(heights[-1]) > top - 9
    cord = float(pose.to_scanner(torch.tensor([0.0, -34.0, -48.0])) @ planes.normal)
    assert float(heights[0]) < cord + 1


@pytest.mark.parametrize("seed", range(5))
def test_the_skull_lies_inside_the_image(seed: int, surface: torch.Tensor) -> None:
    pose, planes = _examine("mixed_4_7", surface, seed)
    skull = pose.to_scanner(surface)
    across = skull[:, 0] - planes.origins_mm[0, 0]
    assert float(across.min()) > 0
    assert float(across.max()) < planes.pixel_mm * planes.columns
    along = (skull[:, 1] - planes.origins_mm[0, 1]) / planes.column_direction[1]
    assert float(along.max() - along.min()) < planes.pixel_mm * planes.rows


def test_points_of_a_slice_lie_at_its_pixels(surface: torch.Tensor) -> None:
    _, planes = _examine("mixed_4_7", surface)
    points = planes.points(5, step_px=8, depths_mm=torch.tensor([-1.0, 0.0, 1.0]))
    assert points.shape == (3, 64, 64, 3)
    row, column = torch.tensor(planes.row_direction), torch.tensor(planes.column_direction)
    expected = planes.origins_mm[5] + planes.pixel_mm * ((8 * 2 + 3.5) * row + (8 * 7 + 3.5) * column)
    torch.testing.assert_close(points[1, 7, 2], expected, atol=1e-3, rtol=0)
    torch.testing.assert_close(points[2, 7, 2] - points[0, 7, 2], 2 * planes.normal, atol=1e-3, rtol=0)


def test_women_have_smaller_heads() -> None:
    sizes = {
        sex: [draw_pose(Draws(i), sex=sex, obliquity_deg=0, tilt_deg=0).scale[0] for i in range(30)] for sex in "FM"
    }
    assert sum(sizes["F"]) < sum(sizes["M"])
