"""Where the worklist and its results lie; of two running programs only the one that opened it first keeps it."""

from __future__ import annotations

from pathlib import Path

from leukoviewer import paths
from leukoviewer.core import result_file
from leukoviewer.core import worklist as kept
from leukoviewer.core.fingerprint import fingerprint
from leukoviewer.core.results import Analysis
from leukoviewer.core.series import Series
from leukoviewer.core.worklist import Entry, Finding, Kept
from leukoviewer.ui.language import later
from leukoviewer.ui.own_lock import OwnLock

TAKEN = later("The worklist is open in another LeukoViewer; what you add here is not kept.")


class WorklistShelf:
    """The list on the disk, and results: those of this start in memory, those of earlier ones from the disk.

    Parameters
    ----------
    keep : bool
        Whether anything lies on the disk at all.
    """

    def __init__(self, *, keep: bool) -> None:
        self._keep = keep
        self._may_save = self._is_loaded = False
        self._lock = OwnLock(paths.user_data() / "worklist.lock")
        self._results: dict[str, Analysis] = {}

    def load(self) -> Kept:
        """What was kept, the first time; afterwards nothing more."""
        if self._is_loaded or not self._keep:
            return Kept()
        self._is_loaded = True
        if not self._lock.take():
            return Kept(note=TAKEN)
        found = kept.load()
        self._may_save = found.is_writable
        return found

    def save(self, entries: tuple[Entry, ...]) -> None:
        """Keep the list.

        Raises
        ------
        CannotWriteError
            The old one still stands then.
        """
        if self._may_save:
            kept.save(entries)

    @property
    def results_folder(self) -> Path | None:
        """Where new results are to be kept; None when they are not."""
        return kept.results_folder() if self._may_save else None

    def put(self, series: str, result: Analysis) -> None:
        """Have a result at hand, by the fingerprint of its series."""
        self._results[series] = result

    def result(self, series: Series, finding: Finding) -> Analysis | None:
        """The whole result of a row as one of this series; None when it is gone."""
        known = self._results.get(fingerprint(series))
        if known is not None and known.package.sha256 == finding.package_sha256:
            # Another catalog may know the same series by another key.
            return result_file.from_json(result_file.to_json(known), series)
        if not self._keep:
            return None
        return result_file.load(result_file.file_for(kept.results_folder(), series, finding.package_sha256), series)

    def forget(self, entry: Entry) -> bool:
        """Remove the result of a row; False when the disk holds it still."""
        self._results.pop(entry.series, None)
        if entry.finding is None or not self._may_save:
            return True
        name = result_file.name_of(entry.series, entry.finding.package_sha256)
        try:
            (kept.results_folder() / name).unlink(missing_ok=True)
        except OSError:
            return False
        return True

    def close(self) -> None:
        """Let another program have it."""
        self._lock.leave()
