"""What the answer of a dialog belongs to: the series for which it was asked, and the very file that was named.

Dialogs let the program go on: while one stands there, another folder may be opened and bring another patient.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from leukoviewer.ui.language import later, tr
from leukoviewer.ui.session import Session

OTHER_SERIES = later("Another series is shown now, so nothing was saved; ask for it again.")

Tell = Callable[[str], object]


class Asked:
    """The series that was shown when something was asked for.

    Parameters
    ----------
    session : Session
        What is shown.
    tell : callable
        Takes a sentence for the reader.
    """

    def __init__(self, session: Session, tell: Tell) -> None:
        self._session, self._tell = session, tell
        self._key: str | None = None

    def begin(self) -> None:
        """From now on the answer belongs to the series that is shown."""
        self._key = self._shown()

    def still_holds(self) -> bool:
        """Whether that series is still shown; else it is told that nothing is saved."""
        holds = self._key is None or self._key == self._shown()
        if not holds:
            self._tell(tr(OTHER_SERIES))
        return holds

    def _shown(self) -> str:
        return "" if self._session.series is None else self._session.series.key


def ended(path: Path, ending: str) -> Path:
    """The name with this ending; what follows a point in it is no ending by that."""
    return path if path.suffix.lower() == ending else path.with_name(f"{path.name}{ending}")


def is_free(named: Path, files: Iterable[Path], tell: Tell) -> bool:
    """Whether none of the files that a name becomes stands there unasked; else one of them is told.

    The system's dialog asks whether to replace the very name that was given, not what an ending or a number makes of
    it.
    """
    taken = next((file for file in files if file != named and _is_there(file)), None)
    if taken is not None:
        tell(tr("{} is there already; choose another name.").format(taken.name))
    return taken is None


def _is_there(file: Path) -> bool:
    try:
        return file.exists()
    except OSError:
        # No file can have such a name, as writing it will tell.
        return False


def file_for(name: str, ending: str, tell: Tell) -> Path | None:
    """The file that was named, with its ending; None where nobody named one or it must not be written."""
    if not name:
        return None
    path = ended(Path(name), ending)
    return path if is_free(Path(name), [path], tell) else None
