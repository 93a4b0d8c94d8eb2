"""The stack as a moving picture: GIF by Pillow, MP4 by OpenCV where it is installed."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from leukoviewer.core.progress import Progress, Work
from leukoviewer.core.results import Analysis
from leukoviewer.core.volume import Volume
from leukoviewer.display.lettering import Picture
from leukoviewer.display.pictures import PictureStyle, slice_picture
from leukoviewer.errors import CannotWriteError, LeukoError

if TYPE_CHECKING:
    import cv2

NO_MOVIES = (
    "MP4 needs OpenCV, which is not installed; run pip install leukoviewer[movie], or save a GIF, which needs nothing."
)
# Players that read MP4 at all know at least one of them; neither needs an encoder under the GPL.
_CODECS = ("vp09", "mp4v")
_GIF_TICK_S = 0.01


@dataclass(frozen=True, slots=True)
class Film:
    """What moves.

    Attributes
    ----------
    indices : tuple of int
        Native slices in the order of the frames.
    frames_per_s : float
        Speed.
    longest_px : int or None
        Longer side of a frame; None keeps stored pixels.
    """

    indices: tuple[int, ...]
    frames_per_s: float = 10.0
    longest_px: int | None = 512

    def __post_init__(self) -> None:
        if not self.indices or not 0 < self.frames_per_s <= 100:
            raise ValueError("a film needs frames, at most 100 a second")


def frames(volume: Volume, film: Film, *, analysis: Analysis | None, style: PictureStyle) -> Iterator[Picture]:
    """The frames of a film, made one by one as they are taken; each uint8 (height, width, 3)."""
    for index in film.indices:
        yield slice_picture(volume, index, analysis=analysis, style=style, longest_px=film.longest_px)


def gif_bytes(pictures: Iterable[Picture], film: Film) -> Work[bytes]:
    """The frames of a film as a GIF that goes round without end.

    A frame stands for whole hundredths of a second, as the format counts. Gray frames keep all their 256 levels; colors
    of a frame with a heatmap come down to 256.
    """
    from PIL import Image

    packed, count = [], len(film.indices)
    for done, picture in enumerate(pictures):
        yield Progress(done, count + 1, "Making pictures")
        is_gray = bool((picture[..., 0] == picture[..., 1]).all() and (picture[..., 0] == picture[..., 2]).all())
        packed.append(
            Image.fromarray(np.ascontiguousarray(picture[..., 0]))
            if is_gray
            else Image.fromarray(picture).quantize(256, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
        )
    yield Progress(count, count + 1, "Packing pictures")
    buffer = io.BytesIO()
    pause_ms = max(round(1 / film.frames_per_s / _GIF_TICK_S), 1) * round(_GIF_TICK_S * 1000)
    packed[0].save(
        buffer, format="GIF", save_all=True, append_images=packed[1:], duration=pause_ms, loop=0, optimize=False,
        disposal=1,
    )  # fmt: skip
    return buffer.getvalue()


def can_make_movies() -> bool:
    """Whether OpenCV is installed."""
    return find_spec("cv2") is not None


def write_movie(path: Path, pictures: Iterable[Picture], film: Film) -> Work[None]:
    """Write the frames of a film as an MP4 file and read it again: the encoder itself does not tell of a full disk.

    Raises
    ------
    LeukoError
        OpenCV is not installed.
    CannotWriteError
        The file was not written, or not whole; what there is of it stays, for the caller to take away.
    """
    if not can_make_movies():
        raise LeukoError(NO_MOVIES)
    import cv2

    cv2.utils.logging.setLogLevel(cv2.utils.logging.LOG_LEVEL_SILENT)
    writer: cv2.VideoWriter | None = None
    count = len(film.indices)
    try:
        for done, picture in enumerate(pictures):
            yield Progress(done, count, "Writing the movie")
            height, width = (side + side % 2 for side in picture.shape[:2])
            writer = writer or _writer(path, film.frames_per_s, (width, height))
            frame = np.zeros((height, width, 3), np.uint8)
            frame[: picture.shape[0], : picture.shape[1]] = picture[..., ::-1]
            writer.write(frame)
    finally:
        if writer is not None:
            writer.release()
    if _count(path) != count:
        raise CannotWriteError(
            "The movie could not be written whole; look whether the disk is full, or choose another place.", thing=path
        )


def _writer(path: Path, frames_per_s: float, size: tuple[int, int]) -> cv2.VideoWriter:
    import cv2

    for codec in _CODECS:
        four: int = cv2.VideoWriter.fourcc(*codec)
        writer = cv2.VideoWriter(str(path), cv2.CAP_FFMPEG, four, frames_per_s, size)
        if writer.isOpened():
            return writer
        writer.release()
    raise CannotWriteError("The movie cannot be written there; choose another place, or save a GIF.", thing=path)


def _count(path: Path) -> int:
    """How many frames can be read."""
    import cv2

    reader, count = cv2.VideoCapture(str(path), cv2.CAP_FFMPEG), 0
    try:
        while reader.grab():
            count += 1
    finally:
        reader.release()
    return count
