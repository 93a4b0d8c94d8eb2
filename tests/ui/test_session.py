"""The session keeps each result with its own series and package, and tells every change once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from leukoviewer.core.results import Analysis
from leukoviewer.core.series import Catalog, SeriesKind
from leukoviewer.core.volume import LoadedSlice, Volume
from leukoviewer.core.window import BRAIN, PRESETS, Window
from leukoviewer.ui.hanging import first_window
from leukoviewer.ui.session import Session
from leukoviewer.ui.values import Cutoffs, ModelChoice
from tests.display import scene

OTHER = replace(scene.PACKAGE, id="other-2.0", name="other", version="2.0")
MODELS = (
    ModelChoice(scene.PACKAGE.id, scene.PACKAGE),
    ModelChoice(OTHER.id, OTHER),
    ModelChoice("bad", problem="Torn."),
)


def _catalog() -> Catalog:
    return Catalog((scene.series(4), replace(scene.series(6), key="second", series_uid="second")))


def _result(key: str = "1.2.3", package: str = scene.PACKAGE.id) -> Analysis:
    result = scene.analysis(scene.volume(4))
    ref = scene.PACKAGE if package == scene.PACKAGE.id else OTHER
    return replace(result, series_key=key, package=ref)


@pytest.fixture
def session() -> Session:
    session = Session()
    session.open_catalog(_catalog())
    session.set_models(MODELS, "")
    session.show_series("1.2.3")
    return session


def _told(session: Session, name: str) -> list[tuple[object, ...]]:
    calls: list[tuple[object, ...]] = []
    getattr(session, name).connect(lambda *values: calls.append(values))
    return calls


def test_a_series_opens_at_its_middle_in_the_brain_window(session: Session) -> None:
    view = session.view
    assert view is not None
    assert (view.slice_index, view.window, view.slice_count) == (2, BRAIN, 4)
    assert session.loaded_count == 0
    assert session.hu(2) is None


def test_a_folder_that_changed_is_opened_anew(session: Session) -> None:
    assert session.view is not None
    session.set_view(session.view.with_slice(3).with_window(PRESETS[3]))
    session.open_catalog(Catalog((scene.series(2),)))
    session.show_series("1.2.3")
    assert (session.view.slice_count, session.view.slice_index, session.view.window) == (2, 1, BRAIN)


def test_pictures_without_hounsfield_units_open_in_their_own_window() -> None:
    own = Window(128, 256, "")
    capture = replace(scene.series(), kind=SeriesKind.SECONDARY_CAPTURE, modality="OT", windows=(own,))
    assert first_window(capture) == own
    assert first_window(replace(scene.series(), windows=(own,))) == BRAIN


def test_each_series_keeps_its_slice_and_window(session: Session) -> None:
    view = session.view
    assert view is not None
    session.set_view(view.with_slice(1).with_window(PRESETS[2]))
    session.show_series("second")
    session.show_series("1.2.3")
    back = session.view
    assert back is not None
    assert (back.slice_index, back.window) == (1, PRESETS[2])


def test_an_unknown_series_is_an_error(session: Session) -> None:
    with pytest.raises(KeyError):
        session.show_series("gone")


def test_slices_can_be_shown_before_the_volume_is_there(session: Session) -> None:
    loaded = _told(session, "slice_loaded")
    session.add_slice(LoadedSlice(2, np.full((16, 24), 7, dtype=np.int16)))
    session.add_slice(LoadedSlice(1, np.full((16, 24), -1024, dtype=np.int16), broken="cut short"))
    assert loaded == [(2,), (1,)]
    plane = session.hu(2)
    assert plane is not None
    assert int(plane[0, 0]) == 7
    assert session.broken(1) == "cut short"
    assert session.broken(2) == ""
    assert session.loaded_count == 2


def test_the_volume_replaces_the_slices(session: Session) -> None:
    session.add_slice(LoadedSlice(2, np.full((16, 24), 7, dtype=np.int16)))
    session.set_volume(replace(scene.volume(4), broken=(3,)))
    plane = session.hu(2)
    assert plane is not None
    assert int(plane[0, 0]) == 20
    assert session.loaded_count == 4
    assert session.broken(3)
    assert not session.broken(2)


def test_a_volume_of_another_series_is_not_taken(session: Session) -> None:
    changed = _told(session, "volume_changed")
    other = replace(scene.volume(4), series=replace(scene.series(4), key="second"))
    session.set_volume(other)
    assert session.volume is None
    assert changed == []


def test_a_view_of_another_series_is_not_taken(session: Session) -> None:
    view = session.view
    assert view is not None
    session.set_view(replace(view, series_key="second", slice_index=0))
    assert session.view == view


def test_equal_views_tell_nothing(session: Session) -> None:
    told = _told(session, "view_changed")
    view = session.view
    assert view is not None
    session.set_view(view.with_slice(2))
    session.set_style(session.style)
    assert told == []
    session.set_view(view.with_slice(3))
    assert len(told) == 1


def test_the_heatmap_style_holds_for_every_series(session: Session) -> None:
    session.set_style(session.style.with_opacity(0.8))
    session.show_series("second")
    view = session.view
    assert view is not None
    assert view.heatmap.opacity == session.style.opacity == 0.8


def test_a_result_shows_on_its_own_series_only(session: Session) -> None:
    session.add_result(_result())
    assert session.result is not None
    session.show_series("second")
    assert session.result is None
    assert session.vote is None
    assert session.results_of_series() == ()
    session.show_series("1.2.3")
    assert session.result is not None


def test_a_late_result_of_another_series_does_not_show(session: Session) -> None:
    session.show_series("second")
    session.add_result(_result("1.2.3"))
    assert session.result is None


def test_results_of_several_packages_are_kept_and_switched(session: Session) -> None:
    session.add_result(_result())
    session.choose_model(OTHER.id)
    assert session.result is None
    session.add_result(_result(package=OTHER.id))
    assert session.result is not None
    assert session.result.package == OTHER
    assert [result.package.id for result in session.results_of_series()] == [scene.PACKAGE.id, OTHER.id]
    session.choose_model(scene.PACKAGE.id)
    assert session.result is not None
    assert session.result.package == scene.PACKAGE


def test_another_folder_forgets_everything_of_the_last_patient(session: Session) -> None:
    session.set_volume(scene.volume(4))
    session.add_result(_result())
    session.set_cutoffs(Cutoffs(0.9, 3))
    session.add_refusal("second", scene.PACKAGE.id, "No brain.")
    session.set_thumbnail("1.2.3", np.zeros((4, 4), dtype=np.uint8))
    session.open_catalog(_catalog())
    assert session.series is None
    assert session.view is None
    assert session.volume is None
    session.show_series("1.2.3")
    assert session.result is None
    assert session.thumbnail("1.2.3") is None
    session.add_result(_result())
    assert session.cutoffs == Cutoffs(0.5, 0)
    session.show_series("second")
    assert session.refusal == ""


def test_the_vote_follows_the_readers_limits(session: Session) -> None:
    session.add_result(_result())  # scores 0, 0.25, 0.5, 0.75; threshold 0.5, more than 0 needed
    told = _told(session, "cutoffs_changed")
    assert session.vote is not None
    assert (session.vote.positive, session.vote.is_positive) == (2, True)
    session.set_cutoffs(Cutoffs(0.2, 3))
    assert session.vote is not None
    assert (session.vote.positive, session.vote.is_positive) == (3, False)
    session.set_cutoffs(Cutoffs(0.2, 3))
    assert len(told) == 1
    session.reset_cutoffs()
    assert session.cutoffs == Cutoffs(0.5, 0)


def test_moved_limits_stay_with_their_series_and_package(session: Session) -> None:
    session.add_result(_result())
    session.set_cutoffs(Cutoffs(0.9, 2))
    session.add_result(_result())
    assert session.cutoffs == Cutoffs(0.9, 2)
    session.add_result(_result("second"))
    session.show_series("second")
    assert session.cutoffs == Cutoffs(0.5, 0)


def test_a_refusal_takes_the_place_of_an_older_result(session: Session) -> None:
    session.add_result(_result())
    session.add_refusal("1.2.3", scene.PACKAGE.id, "There is no brain in this series.")
    assert session.result is None
    assert session.refusal == "There is no brain in this series."
    session.add_result(_result())
    assert session.refusal == ""


@pytest.mark.parametrize(
    ("preferred", "chosen"),
    [("", scene.PACKAGE.id), (OTHER.id, OTHER.id), ("bad", scene.PACKAGE.id), ("x", scene.PACKAGE.id)],
)
def test_the_preferred_model_is_chosen_if_it_works(preferred: str, chosen: str) -> None:
    session = Session()
    session.set_models(MODELS, preferred)
    assert session.model is not None
    assert session.model.id == chosen


def test_without_a_good_model_none_is_chosen() -> None:
    session = Session()
    assert not session.are_models_known
    session.set_models(MODELS[2:], "bad")
    assert session.model is None
    assert session.are_models_known


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("device_changed", lambda s: s.set_device("cpu")),
        ("model_changed", lambda s: s.choose_model(OTHER.id)),
        ("result_changed", lambda s: s.choose_model(OTHER.id)),
        ("thumbnail_changed", lambda s: s.set_thumbnail("1.2.3", np.zeros((2, 2), dtype=np.uint8))),
        ("volume_changed", lambda s: s.set_volume(scene.volume(4))),
        ("series_changed", lambda s: s.show_series("second")),
        ("catalog_changed", lambda s: s.open_catalog(_catalog())),
    ],
)
def test_a_change_is_told_once(session: Session, name: str, change: Callable[[Session], object]) -> None:
    told = _told(session, name)
    change(session)
    assert len(told) == 1


def test_an_unknown_model_is_not_chosen(session: Session) -> None:
    session.choose_model("gone")
    assert session.model is not None
    assert session.model.id == scene.PACKAGE.id


def test_the_volume_of_the_scene_is_what_these_tests_count_on() -> None:
    volume: Volume = scene.volume(4)
    assert [int(volume.hu[i, 0, 0]) for i in range(4)] == [0, 10, 20, 30]
