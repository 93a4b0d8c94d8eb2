"""The errors that users meet: one small tree, each a sentence that names the thing and the way out.

::

    LeukoError                    exit code 1
    ├── UsageError                2   the request itself cannot be carried out as it was made
    ├── NothingReadableError      3   no readable DICOM image in what was opened
    ├── RefusedError              4   a series or its content must not be scored
    │   └── NoBrainError          4   no brain tissue in the series
    ├── IncompleteError           5   done in part
    ├── CannotWriteError          7   a file or folder could not be written
    ├── PackageError              1   a model package is damaged, unknown or not for this version
    │   └── RecipeError           1   a preprocessing recipe that this version cannot build
    ├── EngineError               1   an inference engine is missing or failed
    │   └── OutOfMemoryError      1   the device ran out of memory
    ├── DecodeError               1   pixels of one slice could not be decoded
    └── Canceled                  1   the user stopped the work

``str(error)`` is one sentence that a radiologist can read; it never holds a patient's name or id.
"""

from __future__ import annotations


class LeukoError(Exception):
    """Base of all errors shown to the user.

    Parameters
    ----------
    message : str
        One sentence: what is wrong and what to do.
    thing : object, optional
        The offending thing (a path, a UID, a value) for the log and for tests; it is not part of ``str()``.
    """

    exit_code = 1

    def __init__(self, message: str, *, thing: object = None) -> None:
        super().__init__(message)
        self.thing = thing


class UsageError(LeukoError):
    """The request cannot be carried out as it was made."""

    exit_code = 2


class NothingReadableError(LeukoError):
    """Nothing in the opened place is a DICOM image that can be read."""

    exit_code = 3


class RefusedError(LeukoError):
    """A series must not be scored; the sentence says why."""

    exit_code = 4


class NoBrainError(RefusedError):
    """The series holds no brain tissue."""


class IncompleteError(LeukoError):
    """The work was done in part; the sentence says what is missing."""

    exit_code = 5


class CannotWriteError(LeukoError):
    """A file or a folder could not be written."""

    exit_code = 7


class PackageError(LeukoError):
    """A model package is damaged, unknown, or made for another version."""


class RecipeError(PackageError):
    """A preprocessing recipe that this version cannot build."""


class EngineError(LeukoError):
    """An inference engine is missing or failed."""


class OutOfMemoryError(EngineError):
    """The device ran out of memory."""


class DecodeError(LeukoError):
    """The pixels of one slice could not be decoded."""


class Canceled(LeukoError):  # noqa: N818 - the user's wish, not a fault
    """The user stopped the work."""
