"""Start of the program that PyInstaller freezes."""

from __future__ import annotations

import os
from collections.abc import MutableMapping

from leukoviewer.__main__ import main


def give_back_library_path(environment: MutableMapping[str, str]) -> None:
    """Leave the system's programs their own libraries.

    PyInstaller's start sets ``LD_LIBRARY_PATH`` to the program's folder and keeps the former value beside it. This
    process has read it; a browser that shows the licenses must not load our libraries by it.
    """
    former = environment.pop("LD_LIBRARY_PATH_ORIG", None)
    environment.pop("LD_LIBRARY_PATH", None)
    if former is not None:
        environment["LD_LIBRARY_PATH"] = former


if __name__ == "__main__":
    give_back_library_path(os.environ)
    main()
