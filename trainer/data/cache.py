"""The cache of prepared stacks, filled through the viewer's own reading and preprocessing, so both see the same bits.

Layout: ``<cache>/<recipe id>-<digest>-v<version>/<key>.npy`` (float32 stack, to be memory-mapped) and ``<key>.json``
(what is known of the case), where the key is the hash of the case's files. ``<cache>/index/<hash of the folder's
listing>.json`` spares reading the files again when nothing has changed. Every file appears whole or not at all, and
each case is claimed by one process at a time, so any number of runs may fill and read one cache together.
"""

from __future__ import annotations

import errno
import io
import json
import logging
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from leukoviewer import atomic
from leukoviewer.core.progress import Progress, Work, finish
from leukoviewer.core.series import Catalog, Series, SeriesKind
from leukoviewer.core.volume import Volume
from leukoviewer.dicom.discovery import discover
from leukoviewer.dicom.loader import load
from leukoviewer.errors import CannotWriteError, LeukoError, NoBrainError, RefusedError, UsageError
from leukoviewer.preprocessing.content import check
from leukoviewer.preprocessing.recipe import Recipe
from leukoviewer.preprocessing.stack import prepare
from trainer.data.cases import Case, counted
from trainer.data.claim import claimed
from trainer.data.content_key import CaseFiles, text_hash
from trainer.data.fingerprint_facts import CaseFacts, pixel_hash
from trainer.data.splits import Member
from trainer.data.workers import run_jobs

_log = logging.getLogger(__name__)

# Raised when stacks of the same files and recipe, or what is kept beside them, would differ from an earlier version's.
VERSION = 2
SCHEMA = "leukoviewer.stack-cache/1"
# A part of a file that is so old belongs to a process that was killed.
_STALE_S = 3600.0


@dataclass(frozen=True, slots=True)
class PreparedCase:
    """A case in the cache.

    Attributes
    ----------
    case_id : str
        The case.
    label : int
        Its label.
    key : str
        Name of its files in the cache.
    shape : (int, int, int)
        Slices, rows, columns of the stack.
    scored : tuple of int
        Stack slices that hold an image.
    marks : tuple of str
        For the leak guard: hashes of patient, study, instances and pixels.
    patient : str
        Hash of the DICOM patient id, or the case's id.
    thickness_mm, spacing_mm : float
        For the package's training range; 0 when unknown.
    kernel : str
        The reconstruction kernel.
    facts : CaseFacts or None
        What the fingerprint of a data set is made of.
    """

    case_id: str
    label: int
    key: str
    shape: tuple[int, int, int]
    scored: tuple[int, ...]
    marks: tuple[str, ...]
    patient: str
    thickness_mm: float = 0.0
    spacing_mm: float = 0.0
    kernel: str = ""
    facts: CaseFacts | None = None

    def member(self) -> Member:
        """What the split and its guard need."""
        return Member(self.case_id, self.label, self.patient, self.marks)


@dataclass(frozen=True, slots=True)
class CacheContent:
    """A filled cache.

    Attributes
    ----------
    folder : Path
        Where the stacks of this recipe lie.
    cases : tuple of PreparedCase
        In the order of the request.
    left_out : tuple of (str, int)
        Cases that cannot be used, by reason and count.
    refused : tuple of (str, str)
        The same cases by id, each with its reason.
    """

    folder: Path
    cases: tuple[PreparedCase, ...]
    left_out: tuple[tuple[str, int], ...] = ()
    refused: tuple[tuple[str, str], ...] = field(default=(), repr=False)

    def stack_path(self, case: PreparedCase) -> Path:
        """The stack's file."""
        return self.folder / f"{case.key}.npy"

    def stack(self, case: PreparedCase) -> NDArray[np.float32]:
        """The stack, float32 of the case's shape: read-only and memory-mapped, so processes share its pages."""
        stack: NDArray[np.float32] = np.load(self.stack_path(case), mmap_mode="r", allow_pickle=False)
        return stack


def fill(cases: Sequence[Case], recipe: Recipe, cache: Path, *, workers: int = 1) -> Work[CacheContent]:
    """Prepare every case that the cache does not hold yet; it may be stopped at any time and carried on.

    Parameters
    ----------
    cases : sequence of Case
        What to prepare.
    recipe : Recipe
        With a fixed depth, since all stacks of a run have one shape.
    cache : Path
        Made when it does not exist.
    workers : int
        Processes; the result does not depend on their number.

    Raises
    ------
    UsageError
        The recipe's depth follows the series, the cache is of another version, or no case can be used.
    CannotWriteError
        The cache cannot be written or its disk is full.
    """
    if recipe.depth is None:
        raise UsageError(f"The recipe {recipe.id} gives stacks of unlike depth; training needs a depth window.")
    check_version(cache)
    folder = folder_of(recipe, cache)
    _sweep(folder)
    prepared: dict[str, PreparedCase] = {}
    refused: dict[str, str] = {}
    jobs = [(case, recipe.to_json(), str(folder)) for case in cases]
    for outcome in run_jobs(_prepare_job, jobs, workers=workers):
        _sort_in(outcome, prepared, refused)
        told = "Waiting for another process that prepares them" if outcome is None else "Preparing the patients"
        yield Progress(len(prepared) + len(refused), len(cases), told)
    if not prepared:
        raise UsageError(f"None of the {len(cases)} patients can be used: {'; '.join(sorted(set(refused.values())))}")
    kept = tuple(prepared[case.id] for case in cases if case.id in prepared)
    return CacheContent(folder, kept, counted(refused.items()), tuple(refused.items()))


def _sort_in(outcome: Outcome | None, prepared: dict[str, PreparedCase], refused: dict[str, str]) -> None:
    if outcome is None:
        return
    case_id, found = outcome
    if isinstance(found, PreparedCase):
        prepared[case_id] = found
    else:
        refused[case_id] = found
        _log.warning("a case is left out: %s", found)


def folder_of(recipe: Recipe, cache: Path) -> Path:
    """Where the stacks of a recipe lie."""
    return cache / f"{recipe.id}-{recipe.digest[:16]}-v{VERSION}"


def check_version(cache: Path) -> None:
    """Stop at a cache of another version, and mark a new one as of this.

    Raises
    ------
    UsageError
        Another version made it.
    CannotWriteError
        It cannot be written.
    """
    mark = cache / "cache.json"
    try:
        described = json.loads(mark.read_text(encoding="utf-8"))
        version = described["version"] if described["schema"] == SCHEMA else None
    except OSError:
        atomic.write_json(mark, {"schema": SCHEMA, "version": VERSION})
        return
    except (ValueError, KeyError, TypeError):
        version = None
    if version != VERSION:
        raise UsageError(
            f"The cache {cache} was made by another version of the trainer; remove it, or choose another with --cache.",
            thing=cache,
        )


Job = tuple[Case, dict[str, object], str]
# Of a case by id: prepared, or the sentence that says why it cannot be used.
Outcome = tuple[str, "PreparedCase | str"]


def _prepare_job(job: Job) -> Outcome | None:
    """Prepare one case; None while another process does."""
    case, recipe_json, folder = job
    try:
        found = prepare_case(case, Recipe.from_json(recipe_json), Path(folder))
    except CannotWriteError as error:
        raise _told(error, Path(folder)) from error
    except LeukoError as error:
        return case.id, str(error)
    return None if found is None else (case.id, found)


def _told(error: CannotWriteError, folder: Path) -> CannotWriteError:
    """Of a full disk, what to do about it."""
    if not isinstance(error.__cause__, OSError) or error.__cause__.errno not in {errno.ENOSPC, errno.EDQUOT}:
        return error
    return CannotWriteError(
        f"The disk of the cache {folder.parent} is full; make room or choose another with --cache, and run again, "
        "what is prepared is kept.",
        thing=folder,
    )


def prepare_case(case: Case, recipe: Recipe, folder: Path) -> PreparedCase | None:
    """Prepare one case into the folder of its recipe, or find it there; None while another process prepares it.

    Raises
    ------
    NothingReadableError, RefusedError, NoBrainError
        As in the viewer: nothing to read, no series that may be scored, no brain.
    CannotWriteError
        The cache cannot be written.
    """
    files = CaseFiles.of(case)
    with claimed(folder / f"{files.listing}.lock") as mine:
        if not mine:
            return None
        key = files.key(folder.parent / "index")
        found = _read_about(folder / f"{key}.json", case) if (folder / f"{key}.npy").is_file() else None
        if found is None:
            found = _prepare(case, recipe, folder, key)
            atomic.write_json(folder / f"{key}.json", asdict(found))
    return replace(found, case_id=case.id, label=case.label, patient=_patient(case, found.patient))


def open_volume(folder: Path, series_uid: str = "") -> Volume:
    """Load a series of a folder, by default the one that the viewer would open first, through the viewer's gate.

    Raises
    ------
    RefusedError
        No series may be scored.
    NoBrainError
        It holds no brain.
    """
    volume = finish(load(_chosen(finish(discover(folder)), series_uid)))
    report = check(volume)
    if not report.has_brain:
        raise NoBrainError(report.reason)
    return volume


def _chosen(catalog: Catalog, series_uid: str) -> Series:
    wanted = series_uid or (catalog.suggestion.key if catalog.suggestion else "")
    series = catalog.find(wanted) if wanted else None
    if series is None and series_uid:
        raise RefusedError("The list names a series that its folder does not hold; correct the series_uid.")
    if series is None or not series.is_volume:
        raise RefusedError(_why_not(catalog if series is None else replace(catalog, series=(series,))))
    return series


def _why_not(catalog: Catalog) -> str:
    """The viewer's reason against what would have been the series."""
    for kind in (SeriesKind.AXIAL, SeriesKind.OTHER, SeriesKind.NON_AXIAL):
        reason = next((one.report.reason for one in catalog.series if one.kind is kind), "")
        if reason:
            return reason
    return "No axial series that may be scored was found."


def _prepare(case: Case, recipe: Recipe, folder: Path, key: str) -> PreparedCase:
    volume = open_volume(case.folder, case.series_uid)
    stack = finish(prepare(volume, recipe))
    if not stack.mapping.scored:
        raise RefusedError("No slice of this series can be scored; all are padding or unreadable.")
    held = io.BytesIO()
    np.save(held, stack.values, allow_pickle=False)
    atomic.write_bytes(folder / f"{key}.npy", held.getvalue())
    series = volume.series
    depth, rows, columns = stack.values.shape
    return PreparedCase(
        case_id="",
        label=case.label,
        key=key,
        shape=(depth, rows, columns),
        scored=stack.mapping.scored,
        marks=_marks(series, volume),
        patient=text_hash(series.patient.patient_id) if series.patient.patient_id else "",
        thickness_mm=max(series.report.thicknesses_mm, default=0.0),
        spacing_mm=series.report.spacing_mm or 0.0,
        kernel=series.kernel,
        facts=CaseFacts.of(volume),
    )


def _marks(series: Series, volume: Volume) -> tuple[str, ...]:
    marks = [f"study:{text_hash(series.study_uid)}"] if series.study_uid else []
    marks += [f"instance:{text_hash(item.sop_instance_uid)}" for item in series.slices if item.sop_instance_uid]
    # Slices of one value (air above the head, placeholders) are alike in all patients.
    pictures = (image for image in volume.hu if image.min() != image.max())
    marks += [f"pixels:{pixel_hash(image)}" for image in pictures]
    return tuple(sorted(set(marks)))


def _patient(case: Case, stored: str) -> str:
    """Who it is: as the source says, else by the DICOM patient id, else each case is somebody."""
    if case.patient:
        return text_hash(f"patient {case.patient}")
    return stored or text_hash(f"case {case.id}")


def _read_about(path: Path, case: Case) -> PreparedCase | None:
    """What is stored of a case; None when it is absent or not of this form. Id and label are the request's."""
    try:
        data: Mapping[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        rows = {name: tuple(data[name]) for name in ("shape", "scored", "marks")}
        facts = CaseFacts.from_json(data["facts"])
        return PreparedCase(**{**data, **rows, "facts": facts, "case_id": case.id, "label": case.label})
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _sweep(folder: Path) -> None:
    """Remove parts of files that killed processes have left."""
    for part in folder.glob(".*.part"):
        try:
            if time.time() - part.stat().st_mtime > _STALE_S:
                part.unlink()
        except OSError:
            continue
