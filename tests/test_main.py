"""The start without a console, as Windows gives it to a double-clicked program."""

from __future__ import annotations

import ctypes
import signal
import sys
from collections.abc import Iterator
from types import SimpleNamespace

import pytest

from leukoviewer import __main__


@pytest.fixture
def boxes(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """What stands in the boxes that Windows would show."""
    shown: list[str] = []

    def box(_window: object, text: str, title: str, _kind: int) -> None:
        shown.append(f"{title}: {text}")

    monkeypatch.setattr(ctypes, "windll", SimpleNamespace(user32=SimpleNamespace(MessageBoxW=box)), raising=False)
    before = signal.getsignal(signal.SIGTERM)
    yield shown
    signal.signal(signal.SIGTERM, before)


def _exit_code(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> object:
    monkeypatch.setattr(sys, "argv", ["leukoviewer", *arguments])
    for name in ("stdout", "stderr"):
        monkeypatch.setattr(sys, name, None)
    with pytest.raises(SystemExit) as ended:
        __main__.main()
    return ended.value.code


def test_why_it_cannot_start_is_shown_in_a_box(boxes: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    assert _exit_code(monkeypatch, "no such folder") == 3
    (shown,) = boxes
    assert shown.startswith("LeukoViewer: leukoviewer: no such folder does not exist")


def test_what_goes_well_shows_no_box(boxes: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    assert _exit_code(monkeypatch, "--version") == 0
    assert boxes == []
