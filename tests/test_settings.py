"""Settings survive restarts, damage and other versions, and hold no patient data."""

from __future__ import annotations

import json
from dataclasses import fields, replace
from pathlib import Path

import pytest

from leukoviewer import settings
from leukoviewer.errors import CannotWriteError
from leukoviewer.settings import MAX_OWN_WINDOWS, MAX_RECENT, NOTICE_VERSION, OwnWindow, Settings


def test_without_a_file_the_defaults_come_back_silently() -> None:
    assert settings.load() == (Settings(), "")


def test_what_is_saved_is_loaded() -> None:
    saved = Settings(
        notice_accepted=1,
        package_id="leuko-1",
        device="cpu",
        heatmap_opacity=0.5,
        heatmap_threshold=0.1,
        heatmap_colormap="magma",
        swap_drag=True,
        recent=("/a", "/b ü"),
        window_geometry="AAEC",
        window_layout="AAED",
    )
    settings.save(saved)
    assert settings.load() == (saved, "")
    assert [p.name for p in settings.file().parent.iterdir()] == ["settings.json"]


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"", id="empty"),
        pytest.param(b"{", id="cut"),
        pytest.param(b"\xff\xfe\x00", id="not text"),
        pytest.param(b"[" * 100_000, id="nested without end"),
        pytest.param(b"[]", id="list"),
        pytest.param(b'{"schema": "leukoviewer.settings/0"}', id="other version"),
        pytest.param(b'{"schema": "leukoviewer.settings/1", "heatmap_opacity": 7}', id="out of range"),
        pytest.param(b'{"schema": "leukoviewer.settings/1", "heatmap_opacity": NaN}', id="not a number"),
        pytest.param(b'{"schema": "leukoviewer.settings/1", "swap_drag": 1}', id="wrong type"),
        pytest.param(b'{"schema": "leukoviewer.settings/1", "notice_accepted": true}', id="truth for a number"),
        pytest.param(b'{"schema": "leukoviewer.settings/1", "recent": [1]}', id="wrong list"),
        pytest.param(b'{"schema": "leukoviewer.settings/1", "device": "toaster"}', id="unknown device"),
        pytest.param(b'{"schema": "leukoviewer.settings/1", "theme": "pink"}', id="unknown theme"),
        pytest.param(b'{"schema": "leukoviewer.settings/1", "font_percent": 900}', id="huge font"),
        pytest.param(b'{"schema": "leukoviewer.settings/1", "keys": ["A"]}', id="keys as a list"),
        pytest.param(b'{"schema": "leukoviewer.settings/1", "keys": {"slice.next": "A"}}', id="a bare key"),
        pytest.param(b'{"schema": "leukoviewer.settings/1", "own_windows": [{"name": "A"}]}', id="half a window"),
    ],
)
def test_a_bad_file_gives_the_defaults_with_a_note_and_is_kept(content: bytes) -> None:
    path = settings.file()
    path.parent.mkdir(parents=True)
    path.write_bytes(content)
    loaded, note = settings.load()
    assert loaded == Settings()
    assert "settings.old.json" in note
    assert path.with_name("settings.old.json").read_bytes() == content
    assert not path.exists()
    settings.save(loaded)
    assert settings.load() == (Settings(), "")


def test_unknown_names_are_left_out_and_the_old_file_is_kept() -> None:
    settings.save(Settings(device="cpu"))
    data = json.loads(settings.file().read_text())
    settings.file().write_text(json.dumps({**data, "toolbar_color": "red"}))
    loaded, note = settings.load()
    assert loaded == Settings(device="cpu")
    assert "toolbar_color" in note
    assert json.loads(settings.file().with_name("settings.old.json").read_text())["toolbar_color"] == "red"


def test_keys_and_own_windows_come_back_as_they_were() -> None:
    saved = Settings(
        keys=(("slice.next", ("Ctrl+J",)), ("model.run", ())),
        own_windows=(OwnWindow("Clots", 100, 60), OwnWindow("Čo", 1, -5)),
    )
    settings.save(saved)
    assert settings.load() == (saved, "")


@pytest.mark.parametrize(
    ("name", "width", "center"),
    [("", 80, 40), (" Clots", 80, 40), ("x" * 25, 80, 40), ("a\nb", 80, 40), ("A", 0, 40), ("A", 80, float("nan"))],
)
def test_an_own_window_that_cannot_be_is_refused(name: str, width: float, center: float) -> None:
    with pytest.raises(ValueError, match="own window"):
        OwnWindow(name, width, center)


def test_own_windows_have_names_of_their_own_and_are_few() -> None:
    with pytest.raises(ValueError, match="one name"):
        Settings(own_windows=(OwnWindow("A", 80, 40), OwnWindow("A", 90, 40)))
    with pytest.raises(ValueError, match="too many"):
        Settings(own_windows=tuple(OwnWindow(str(number), 80, 40) for number in range(MAX_OWN_WINDOWS + 1)))


def test_the_recent_list_is_newest_first_without_repeats_and_short() -> None:
    value = Settings()
    for number in range(15):
        value = value.with_recent(f"/{number}")
    value = value.with_recent("/9")
    assert value.recent[:3] == ("/9", "/14", "/13")
    assert len(value.recent) == len(set(value.recent)) == MAX_RECENT
    assert "/9" not in value.without_recent("/9").recent
    assert value.with_recent_cleared().recent == ()


def test_the_recent_list_can_be_switched_off() -> None:
    value = Settings().with_recent("/a").with_keep_recent(keep=False)
    assert value.recent == ()
    assert value.with_recent("/b").recent == ()
    assert value.with_keep_recent(keep=True).with_recent("/b").recent == ("/b",)


def test_the_notice_is_due_until_this_version_is_accepted() -> None:
    assert Settings().notice_is_due
    assert not replace(Settings(), notice_accepted=NOTICE_VERSION).notice_is_due


def test_no_field_could_hold_a_patient() -> None:
    words = {word for field in fields(Settings) for word in field.name.split("_")}
    assert not words & {"patient", "name", "id", "birth", "study", "series", "uid"} - {"id"}
    assert [field.name for field in fields(Settings) if field.name.endswith("_id")] == ["package_id"]


def test_a_folder_that_cannot_be_made_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("LEUKOVIEWER_HOME", str(tmp_path / "file"))
    with pytest.raises(CannotWriteError):
        settings.save(Settings())
