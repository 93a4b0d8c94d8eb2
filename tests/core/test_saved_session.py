"""What was open is written small and private, and read again only when all of it makes sense."""

from __future__ import annotations

import json
import os
from dataclasses import replace
from pathlib import Path

import pytest

from leukoviewer.core import saved_session
from leukoviewer.core.saved_session import Limits, SavedSession, SavedView

SESSION = SavedSession(
    "/x/one", "f" * 32, 11, 35.0, 85.0, True, "windows", "toy-1", (Limits("f" * 32, "ab" * 32, 0.25, 3),),
    "2026-03-04T05:06:07+00:00", "/x/prior", (SavedView("e" * 32, 4, 600.0, 2800.0, True),), 1, "here",
)  # fmt: skip


def test_it_is_found_again_as_it_was() -> None:
    place = saved_session.new_place()
    assert saved_session.load(place) is None
    saved_session.save(place, SESSION)
    assert saved_session.load(place) == SESSION
    assert SESSION.moment is not None
    assert SESSION.moment.year == 2026
    assert saved_session.places() == (place,)
    saved_session.remove(place)
    assert saved_session.places() == ()


def test_what_an_older_version_wrote_is_read() -> None:
    place = saved_session.new_place()
    saved_session.save(place, SESSION)
    record = json.loads((place / saved_session.STATE).read_text(encoding="utf-8"))
    for name in ("beside", "views", "place", "link"):
        del record[name]
    (place / saved_session.STATE).write_text(json.dumps(record), encoding="utf-8")
    assert saved_session.load(place) == replace(SESSION, beside="", views=(), place=0, link="on")


@pytest.mark.skipif(os.name != "posix", reason="modes and names as bytes are POSIX")
def test_it_is_its_users_alone_and_odd_paths_are_left_out() -> None:
    place = saved_session.new_place()
    saved_session.save(place, SESSION)
    assert all(path.stat().st_mode & 0o077 == 0 for path in (place, *place.iterdir()))
    saved_session.save(place, replace(SESSION, path=os.fsdecode(b"/x/\xff")))
    assert saved_session.load(place) == SESSION


@pytest.mark.parametrize(
    "changes",
    [
        {"schema": "leukoviewer.session/9"}, {"path": ""}, {"path": 3}, {"slice_index": -1}, {"slice_index": "x"},
        {"beside": 3}, {"link": None}, {"place": "x"}, {"views": [{}]}, {"views": [{"series": 3}]}, {"views": 1},
        {"views": [{"series": "e", "slice_index": -1}]}, {"views": [{"series": "e", "who": "x"}]},
        {"window_width": 0}, {"window_center": None}, {"inverted": 1}, {"limits": [{}]},
        {"limits": [{"series": "", "package_sha256": "", "slice_threshold": 7, "needed": 0}]},
    ],
)  # fmt: skip
def test_what_makes_no_sense_is_refused_and_put_aside_whole(changes: dict[str, object]) -> None:
    place = saved_session.new_place()
    saved_session.save(place, SESSION)
    record = json.loads((place / saved_session.STATE).read_text(encoding="utf-8")) | changes
    text = json.dumps(record)
    (place / saved_session.STATE).write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match=r"."):
        saved_session.load(place)
    told = saved_session.put_aside(place)
    aside = Path(place.with_name("session.unreadable-1"))
    assert aside.name in told
    assert (aside / saved_session.STATE).read_text(encoding="utf-8") == text
    assert saved_session.places() == ()
