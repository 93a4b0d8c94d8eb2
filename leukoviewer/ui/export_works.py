"""The work behind an export, step by step: pictures are made whole before the first byte is written."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from leukoviewer import atomic
from leukoviewer.core.clean_file import CleanFile, Removal
from leukoviewer.core.progress import Progress, Work
from leukoviewer.core.results import Analysis
from leukoviewer.core.series import Series
from leukoviewer.core.volume import Volume
from leukoviewer.display import animation, lettering
from leukoviewer.display.animation import Film
from leukoviewer.display.montage import Page, page_of
from leukoviewer.display.pictures import PictureStyle
from leukoviewer.errors import RefusedError
from leukoviewer.ui.language import plural, tr

Clean = Callable[[Series], Work[None]]

REMOVED = "what-was-removed.txt"


@dataclass(frozen=True, slots=True, eq=False)
class Stack:
    """What pictures are made of.

    Attributes
    ----------
    volume : Volume
        The series.
    analysis : Analysis or None
        The result whose heatmap is shown.
    style : PictureStyle
        Window, heatmap and how the pictures are laid.
    """

    volume: Volume
    analysis: Analysis | None
    style: PictureStyle


def file_saved(path: Path, data: bytes) -> Work[str]:
    """Write one file."""
    yield Progress(0, 0, tr("Writing the picture"))
    atomic.write_bytes(path, data)
    return tr("Saved: {}").format(path.name)


def page_names(path: Path, count: int) -> tuple[Path, ...]:
    """The file of each page."""
    if count == 1:
        return (path,)
    return tuple(path.with_name(f"{path.stem}-{number}{path.suffix}") for number in range(1, count + 1))


def montage_saved(path: Path, stack: Stack, pages: tuple[Page, ...]) -> Work[str]:
    """Write the pages, numbered where there are several."""
    files: dict[Path, bytes] = {}
    for name, page in zip(page_names(path, len(pages)), pages, strict=True):
        picture = yield from page_of(stack.volume, analysis=stack.analysis, style=stack.style, page=page)
        files[name] = lettering.png_bytes(picture)
    yield Progress(0, 0, tr("Writing the picture"))
    for name, data in files.items():
        atomic.write_bytes(name, data)
    return tr("Saved: {}").format(", ".join(name.name for name in files))


def gif_saved(path: Path, stack: Stack, film: Film) -> Work[str]:
    """Write the stack as a GIF."""
    pictures = animation.frames(stack.volume, film, analysis=stack.analysis, style=stack.style)
    data = yield from animation.gif_bytes(pictures, film)
    atomic.write_bytes(path, data)
    return tr("Saved: {}").format(path.name)


def movie_saved(path: Path, stack: Stack, film: Film) -> Work[str]:
    """Write the stack as MP4."""
    pictures = animation.frames(stack.volume, film, analysis=stack.analysis, style=stack.style)
    with atomic.replacing(path) as temporary:
        yield from animation.write_movie(temporary, pictures, film)
    return tr("Saved: {}").format(path.name)


def clean_saved(folder: Path, series: tuple[Series, ...], clean: Clean) -> Work[str]:
    """Write series without their patient into a new folder, with a list of what was removed; refused ones are told.

    Raises
    ------
    RefusedError
        None of them may be saved.
    """
    removal, refusals = Removal(), list[str]()
    with atomic.write_folder(folder) as temporary:
        for number, one in enumerate(series, start=1):
            place = temporary if len(series) == 1 else temporary / f"series-{number:02d}"
            try:
                for step in clean(one):
                    if isinstance(step.part, CleanFile):
                        atomic.write_bytes(place / step.part.name, step.part.data)
                        removal.add(step.part)
                    yield Progress(step.done, step.total, step.message)
            except RefusedError as error:
                refusals.append(str(error))
        if removal.files == 0:
            raise RefusedError(refusals[0])
        atomic.write_text(temporary / REMOVED, removal.text())
    told = tr("Saved in {} without the patient: {}.")
    told = told.format(folder.name, plural(removal.files, "{} file", "{} files"))
    if not refusals:
        return told
    left = tr("Left out: {} series. {}").format(len(refusals), refusals[0])
    return f"{told} {left}"


def clean_previewed(series: Series, clean: Clean) -> Work[str]:
    """What is taken out of the series' first file, in words."""
    removal = Removal()
    for step in clean(series):
        if isinstance(step.part, CleanFile):
            removal.add(step.part)
            break
        yield Progress(step.done, step.total)
    lines = [
        tr("Removed: {} attributes and {} private ones").format(len(removal.removed), removal.private),
        tr("Emptied: {}").format(len(removal.emptied)),
        tr("Replaced: patient's name and ID, {} unique identifiers").format(len(removal.replaced) - 2),
        "", tr("DICOM PS3.15, basic profile. The folder gets a list of all that was removed."),
        tr("Look at the pictures yourself: words that are burned into pixels cannot be seen by the program."),
    ]  # fmt: skip
    return "\n".join(lines)
