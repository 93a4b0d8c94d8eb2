"""The cache of prepared stacks, filled through the viewer's own reading and preprocessing, so both see the same bits.

Layout: ``<cache>/<recipe id>-<digest>/<key>.npy`` (float32 stack) and ``<key>.json`` (what is known of the case), where
the key is the hash of the case's files. ``index/<hash of the folder's listing>.json`` spares reading the files again
when nothing has changed. Every file appears whole or not at all, so several runs may share one cache.
"""

from __future__ import annotations

import hashlib
import io
import json
import logging
from collections import Counter
from collections.abc import Generator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import asdict, dataclass, replace
from multiprocessing import get_context
from pathlib import Path

import numpy as np

from leukoviewer import atomic
from leukoviewer.core.progress import Progress, Work, finish
from leukoviewer.core.series import Series
from leukoviewer.core.volume import Volume
from leukoviewer.dicom.discovery import discover
from leukoviewer.dicom.loader import load
from leukoviewer.errors import LeukoError, NoBrainError, RefusedError, UsageError
from leukoviewer.preprocessing.content import check
from leukoviewer.preprocessing.recipe import Recipe
from leukoviewer.preprocessing.stack import prepare
from trainer.data.cases import Case
from trainer.data.splits import Member

_log = logging.getLogger(__name__)

# Raised when stacks of the same files and recipe would differ from those of an earlier version.
_VERSION = 1


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
    """

    folder: Path
    cases: tuple[PreparedCase, ...]
    left_out: tuple[tuple[str, int], ...] = ()

    def stack_path(self, case: PreparedCase) -> Path:
        """The stack's file."""
        return self.folder / f"{case.key}.npy"


def fill(cases: Sequence[Case], recipe: Recipe, cache: Path, *, workers: int = 1) -> Work[CacheContent]:
    """Prepare every case that the cache does not hold yet.

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
        The recipe's depth follows the series, or no case can be used.
    """
    if recipe.depth is None:
        raise UsageError(f"The recipe {recipe.id} gives stacks of unlike depth; training needs a depth window.")
    folder = cache / f"{recipe.id}-{recipe.digest[:16]}-v{_VERSION}"
    prepared: dict[str, PreparedCase] = {}
    left_out: Counter[str] = Counter()
    jobs = [(case, recipe.to_json(), str(folder)) for case in cases]
    for done, (case_id, found) in enumerate(_run(jobs, workers), start=1):
        if isinstance(found, PreparedCase):
            prepared[case_id] = found
        else:
            left_out[found] += 1
            _log.warning("a case is left out: %s", found)
        yield Progress(done, len(cases), "Preparing the patients")
    if not prepared:
        raise UsageError(f"None of the {len(cases)} patients can be used: {'; '.join(left_out)}")
    kept = tuple(replace(prepared[c.id], label=c.label) for c in cases if c.id in prepared)
    return CacheContent(folder, kept, tuple(sorted(left_out.items())))


Job = tuple[Case, dict[str, object], str]
Outcome = tuple[str, "PreparedCase | str"]


def _run(jobs: list[Job], workers: int) -> Generator[Outcome, None, None]:
    if workers <= 1:
        yield from (_prepare_job(job) for job in jobs)
        return
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        waiting, running = list(reversed(jobs)), set[Future[Outcome]]()
        try:
            while waiting or running:
                while waiting and len(running) < 2 * workers:
                    running.add(pool.submit(_prepare_job, waiting.pop()))
                finished, running = wait(running, return_when=FIRST_COMPLETED)
                for future in finished:
                    yield future.result()
        except BrokenProcessPool as error:
            raise LeukoError(
                "A process that prepares patients was ended from outside (perhaps for lack of memory); "
                "run again with fewer workers, what is prepared is kept."
            ) from error
        finally:
            pool.shutdown(wait=True, cancel_futures=True)


def _prepare_job(job: Job) -> Outcome:
    """One case: the prepared case, or the sentence that says why it cannot be used."""
    case, recipe_json, folder = job
    try:
        return case.id, prepare_case(case, Recipe.from_json(recipe_json), Path(folder))
    except LeukoError as error:
        return case.id, str(error)


def prepare_case(case: Case, recipe: Recipe, folder: Path) -> PreparedCase:
    """Prepare one case into the folder of its recipe, or find it there.

    Raises
    ------
    NothingReadableError, RefusedError, NoBrainError
        As in the viewer: nothing to read, no series that may be scored, no brain.
    """
    files = sorted(path for path in case.folder.rglob("*") if path.is_file() and path.suffix.lower() != ".json")
    listing = folder / "index" / f"{_listing_hash(case.folder, files)}.json"
    key = _read_key(listing) or _content_hash(case.folder, files)
    about = folder / f"{key}.json"
    found = _read_about(about, case) if (folder / f"{key}.npy").is_file() else None
    if found is None:
        found = _prepare(case, recipe, folder, key)
        atomic.write_json(about, asdict(found))
    if not listing.is_file():
        atomic.write_json(listing, {"key": key})
    return found


def open_volume(folder: Path) -> Volume:
    """Load the series of a folder that the viewer would open first, as the viewer does.

    Raises
    ------
    RefusedError
        No series may be scored.
    NoBrainError
        It holds no brain.
    """
    catalog = finish(discover(folder))
    series = catalog.find(catalog.suggestion.key) if catalog.suggestion else None
    if series is None or not series.is_volume:
        raise RefusedError("No axial series that may be scored was found.")
    volume = finish(load(series))
    report = check(volume)
    if not report.has_brain:
        raise NoBrainError(report.reason)
    return volume


def _prepare(case: Case, recipe: Recipe, folder: Path, key: str) -> PreparedCase:
    volume = open_volume(case.folder)
    stack = finish(prepare(volume, recipe))
    held = io.BytesIO()
    np.save(held, stack.values, allow_pickle=False)
    atomic.write_bytes(folder / f"{key}.npy", held.getvalue())
    series = volume.series
    depth, rows, columns = stack.values.shape
    return PreparedCase(
        case_id=case.id,
        label=case.label,
        key=key,
        shape=(depth, rows, columns),
        scored=stack.mapping.scored,
        marks=_marks(series, volume),
        patient=_hash(series.patient.patient_id) if series.patient.patient_id else _hash(f"case {case.id}"),
        thickness_mm=max(series.report.thicknesses_mm, default=0.0),
        spacing_mm=series.report.spacing_mm or 0.0,
        kernel=series.kernel,
    )


def _marks(series: Series, volume: Volume) -> tuple[str, ...]:
    marks = [f"study:{_hash(series.study_uid)}"] if series.study_uid else []
    marks += [f"instance:{_hash(item.sop_instance_uid)}" for item in series.slices if item.sop_instance_uid]
    # Slices of one value (air above the head, placeholders) are alike in all patients.
    pictures = (image for image in volume.hu if image.min() != image.max())
    marks += [f"pixels:{hashlib.blake2b(image.tobytes(), digest_size=16).hexdigest()}" for image in pictures]
    return tuple(sorted(set(marks)))


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8")).hexdigest()[:32]


def _listing_hash(root: Path, files: Sequence[Path]) -> str:
    lines = [f"{p.relative_to(root).as_posix()}|{p.stat().st_size}|{p.stat().st_mtime_ns}" for p in files]
    return _hash(f"{root.resolve()}\n" + "\n".join(lines))


def _content_hash(root: Path, files: Sequence[Path]) -> str:
    total = hashlib.sha256()
    for path in files:
        with path.open("rb") as file:
            total.update(path.relative_to(root).as_posix().encode("utf-8"))
            total.update(hashlib.file_digest(file, "sha256").digest())
    return total.hexdigest()[:32]


def _read_key(listing: Path) -> str | None:
    try:
        return str(json.loads(listing.read_text(encoding="utf-8"))["key"])
    except (OSError, ValueError, KeyError):
        return None


def _read_about(path: Path, case: Case) -> PreparedCase | None:
    """What is stored of a case; None when it is absent or not of this form. Id and label are the request's."""
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        rows = {name: tuple(data[name]) for name in ("shape", "scored", "marks")}
        return PreparedCase(**{**data, **rows, "case_id": case.id, "label": case.label})
    except (OSError, ValueError, KeyError, TypeError):
        return None
