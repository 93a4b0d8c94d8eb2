"""The stack as GIF and MP4: frames in order, at their speed, with gray levels kept."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from leukoviewer.core.progress import finish
from leukoviewer.display import animation
from leukoviewer.display.animation import Film, frames, gif_bytes, write_movie
from leukoviewer.display.lettering import Picture
from leukoviewer.display.pictures import PictureStyle
from leukoviewer.errors import CannotWriteError, LeukoError
from tests.display import scene

BARE = PictureStyle(words=False)


def _steps(count: int, shape: tuple[int, int] = (33, 47)) -> list[Picture]:
    return [np.full((*shape, 3), 20 * number, np.uint8) for number in range(count)]


@pytest.mark.parametrize(("speed", "pause_ms"), [(10.0, 100), (25.0, 40), (100.0, 10), (3.0, 330)])
def test_a_gif_keeps_gray_levels_order_and_speed(speed: float, pause_ms: int) -> None:
    volume = scene.volume(4)
    film = Film((2, 0, 1), speed, longest_px=None)
    made = list(frames(volume, film, analysis=None, style=BARE))
    with Image.open(io.BytesIO(finish(gif_bytes(made, film)))) as image:
        assert image.n_frames == 3
        assert image.info["loop"] == 0
        for number, picture in enumerate(made):
            image.seek(number)
            assert image.info["duration"] == pause_ms
            np.testing.assert_array_equal(np.asarray(image.convert("RGB")), picture)


def test_a_gif_with_heat_keeps_its_colors_nearly() -> None:
    volume = scene.volume(4, rows=64, columns=64)
    made = list(frames(volume, Film((1, 2)), analysis=scene.analysis(volume), style=PictureStyle()))
    assert made[0].shape == (512 + 40, 512, 3)
    with Image.open(io.BytesIO(finish(gif_bytes(made, Film((1, 2)))))) as image:
        off = np.abs(np.asarray(image.convert("RGB")).astype(int) - made[0].astype(int))
    assert off.mean() < 6


def test_a_movie_holds_every_frame_in_order_and_at_its_speed(tmp_path: Path) -> None:
    cv2 = pytest.importorskip("cv2", reason="OpenCV is not installed")
    path = tmp_path / "stack.mp4"
    finish(write_movie(path, _steps(12), Film(tuple(range(12)), 12.5)))
    reader = cv2.VideoCapture(str(path))
    assert reader.get(cv2.CAP_PROP_FPS) == pytest.approx(12.5)
    levels = []
    while True:
        ok, frame = reader.read()
        if not ok:
            break
        levels.append(frame[:33, :47].mean())
    reader.release()
    assert levels == pytest.approx([20 * number for number in range(12)], abs=6)


def test_a_movie_into_no_folder_is_told(tmp_path: Path) -> None:
    pytest.importorskip("cv2", reason="OpenCV is not installed")
    with pytest.raises(CannotWriteError, match="choose another place"):
        finish(write_movie(tmp_path / "absent" / "stack.mp4", _steps(2), Film((0, 1))))


def test_without_opencv_the_way_to_get_it_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "cv2", None)
    monkeypatch.setattr(animation, "find_spec", lambda _: None)
    with pytest.raises(LeukoError, match=r"pip install leukoviewer\[movie\]"):
        finish(write_movie(tmp_path / "stack.mp4", _steps(2), Film((0, 1))))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("wrong", [{"indices": ()}, {"indices": (1,), "frames_per_s": 0}])
def test_a_film_needs_frames_and_a_speed(wrong: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="frames"):
        Film(**wrong)  # type: ignore[arg-type]
