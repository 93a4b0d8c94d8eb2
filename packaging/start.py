"""Start of the program that PyInstaller freezes."""

from __future__ import annotations

from leukoviewer.__main__ import main

if __name__ == "__main__":
    main()
