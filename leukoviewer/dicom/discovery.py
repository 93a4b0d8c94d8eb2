"""From a folder to its catalog: walk, read headers, group, order, judge, and suggest the series to open."""

from __future__ import annotations

import logging
from collections import Counter
from pathlib import Path

from leukoviewer.core.geometry import WarningCode
from leukoviewer.core.progress import Progress, Work
from leukoviewer.core.series import Catalog, Series, SeriesKind
from leukoviewer.core.window import Window
from leukoviewer.dicom import joining, ordering, walk
from leukoviewer.dicom.elements import NOT_DICOM, NotDicomError
from leukoviewer.dicom.grouping import Group, group_images
from leukoviewer.dicom.header import Image, Known, OtherObjectError, UnreadableImageError, read_images
from leukoviewer.dicom.preview import preview
from leukoviewer.dicom.selection import suggest
from leukoviewer.errors import NothingReadableError

_log = logging.getLogger(__name__)

# A step of progress for so many files: often enough for a smooth bar and a prompt cancel.
FILES_A_STEP = 16
# Captures are loaded as gray levels 0..255; this window shows each as it is.
CAPTURE_WINDOW = Window(128, 256, "Capture")
DICOMDIR_NAMES = frozenset({"DICOMDIR", "DIRFILE"})


def discover(root: Path) -> Work[Catalog]:
    """Find every CT series under a folder (or of a single file, or of the folder of a DICOMDIR).

    Nothing is loaded but one slice to look at meanwhile (a :class:`~leukoviewer.core.volume.Preview`, the ``part`` of
    a step), and no file is trusted: a damaged one is counted under its reason and left out.

    Parameters
    ----------
    root : Path
        A folder, a DICOM file, or a DICOMDIR.

    Returns
    -------
    Catalog
        Series in reading order (volumes first), the suggested one, and what was left out.

    Raises
    ------
    NothingReadableError
        The place does not exist or holds no CT image that can be read.
    """
    try:
        found = root.exists()
    except OSError as error:
        raise NothingReadableError("The folder may not be opened; check its permissions.", thing=root) from error
    if not found:
        raise NothingReadableError("There is no such file or folder; check the name.", thing=root)
    if root.is_file() and root.name.upper() in DICOMDIR_NAMES:
        root = root.parent
    skipped: Counter[str] = Counter()
    others: Counter[str] = Counter()
    paths: list[Path] = []
    for path in walk.files(root, skipped):
        paths.append(path)
        if len(paths) % 1000 == 0:
            yield Progress(0, 0, f"Found {len(paths)} files")
    yield Progress(0, len(paths), "Reading headers", preview(paths))
    images: list[Image] = []
    known = Known()
    for done, path in enumerate(paths):
        if done % FILES_A_STEP == 0:
            yield Progress(done, len(paths), "Reading headers")
        images.extend(_read(path, known, others, skipped))
    yield Progress(len(paths), len(paths), "Sorting slices")
    groups = yield from group_images(images)
    groups = (*groups, *joining.offers(groups))
    series = tuple(sorted((build(group) for group in groups), key=_reading_order))
    _log.info("%d files, %d images, %d series", len(paths), len(images), len(series))
    if not series:
        raise NothingReadableError(_nothing(others, skipped), thing=root)
    return Catalog(series, suggest(series), tuple(others.most_common()), tuple(skipped.most_common()))


def build(group: Group) -> Series:
    """Order a group, judge it, and describe it as a series."""
    images = ordering.order(group.images)
    facts = images[0].facts
    return Series(
        series_uid=facts.series_uid, study_uid=facts.study_uid, key=group.key, kind=group.kind, patient=facts.patient,
        slices=tuple(image.header for image in images), report=ordering.inspect(group, images),
        frame_of_reference_uid=facts.frame_of_reference_uid, description=facts.description,
        study_description=facts.study_description, study_date=facts.study_date, series_number=facts.series_number,
        modality=facts.modality, manufacturer=facts.manufacturer, model_name=facts.model_name, kernel=facts.kernel,
        body_part=facts.body_part, image_type=facts.image_type, kvp=facts.kvp, contrast_agent=facts.contrast_agent,
        windows=(CAPTURE_WINDOW,) if group.kind is SeriesKind.SECONDARY_CAPTURE else facts.windows,
        inverted=facts.inverted and group.kind is not SeriesKind.SECONDARY_CAPTURE,
    )  # fmt: skip


def _read(path: Path, known: Known, others: Counter[str], skipped: Counter[str]) -> list[Image]:
    try:
        return read_images(path, known=known)
    except OtherObjectError as other:
        others[str(other)] += 1
    except (NotDicomError, UnreadableImageError) as reason:
        skipped[str(reason)] += 1
    except PermissionError:
        skipped[walk.NO_PERMISSION] += 1
    except OSError:
        skipped["unreadable file"] += 1
    except (ValueError, OverflowError, RecursionError, MemoryError) as fault:
        _log.warning("a header could not be read: %s", type(fault).__name__)
        skipped["damaged DICOM file"] += 1
    return []


def _reading_order(series: Series) -> tuple[bool, bool, bool, float, str]:
    """Volumes first, captures and offers last: nothing that was put together is opened because it stands first."""
    number = series.series_number
    is_capture = series.kind is SeriesKind.SECONDARY_CAPTURE
    is_offer = series.report.has(WarningCode.JOINED_SERIES)
    return (is_offer, not series.is_volume, is_capture, float("inf") if number is None else number, series.key)


def _nothing(others: Counter[str], skipped: Counter[str]) -> str:
    if set(skipped) == {walk.NO_PERMISSION} and not others:
        return "You have no permission to read what lies here; ask for it, or choose another folder."
    found = [_counted(count, name) for name, count in (others + skipped).most_common(4)]
    detail = f" (found instead: {', '.join(found)})" if found else ""
    return f"There is no CT image that can be read here{detail}; choose the folder with the scan."


def _counted(count: int, name: str) -> str:
    if name != NOT_DICOM:
        return f"{count} x {name}"
    return f"{count} file that is not DICOM" if count == 1 else f"{count} files that are not DICOM"
