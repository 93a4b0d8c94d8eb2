"""Texts in the reader's language: whole ones, counted ones, and sentences with names in them."""

from __future__ import annotations

from collections.abc import Generator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from leukoviewer.core.honesty import Check, Finding, Honesty
from leukoviewer.core.measurements import Kind, Measurement, Values
from leukoviewer.display.corner_text import CornerTexts
from leukoviewer.ui import corner_words, honesty_words, language, measurement_words
from leukoviewer.ui.language import later, plural, told, tr


@pytest.fixture
def slovak(qapp: QApplication) -> Generator[None, None, None]:
    language.install(qapp, "sk")
    yield
    language.install(qapp, "en")


def test_english_is_what_stands_in_the_source(qapp: QApplication) -> None:
    assert language.current() == "en"
    assert (tr("Slice {} of {}"), later("Slice"), told("Opening was stopped.")) == (
        "Slice {} of {}", "Slice", "Opening was stopped.",
    )  # fmt: skip
    assert (plural(1, "{} slice", "{} slices"), plural(2, "{} slice", "{} slices")) == ("1 slice", "2 slices")


@pytest.mark.usefixtures("slovak")
def test_a_text_is_told_in_the_language() -> None:
    assert language.current() == "sk"
    assert tr("Research use, not for diagnosis") == "Na výskum, nie na diagnostiku"
    assert tr("a text that nobody translated") == "a text that nobody translated"


@pytest.mark.usefixtures("slovak")
@pytest.mark.parametrize(
    ("count", "words"), [(1, "1 rez"), (2, "2 rezy"), (4, "4 rezy"), (5, "5 rezov"), (0, "0 rezov")]
)
def test_a_number_is_counted_as_the_language_counts(count: int, words: str) -> None:
    assert plural(count, "{} slice", "{} slices") == words


@pytest.mark.usefixtures("slovak")
@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("head.dcm is no longer there; choose another folder.", "head.dcm už neexistuje; vyberte iný priečinok."),
        ("Series is no longer there; choose another folder.", "Series už neexistuje; vyberte iný priečinok."),
        (
            "This series cannot be scored: The slices are not axial; models read axial slices.",
            "Táto séria sa nedá skórovať: Rezy nie sú axiálne; modely čítajú axiálne rezy.",
        ),
        ("2 of 12 slices were compressed with loss.", "2 z 12 rezov bolo komprimovaných so stratou."),
        ("Slices differ in thickness: 4 mm (14) and 7 mm (12).", "Rezy majú rôznu hrúbku: 4 mm (14) a 7 mm (12)."),
        ("3 of 12 slices have no position in space.", "3 z 12 rezov nemá polohu v priestore."),
        ("", ""),
        ("Nobody has said this before.", "Nobody has said this before."),
    ],
)
def test_a_sentence_keeps_what_it_names(sentence: str, words: str) -> None:
    assert told(sentence) == words
    assert told(sentence) == words


def test_back_in_english_every_text_is_the_same(qapp: QApplication) -> None:
    language.install(qapp, "sk")
    language.install(qapp, "en")
    assert tr("Slice threshold") == "Slice threshold"
    assert told("Opening was stopped.") == "Opening was stopped."


def test_a_catalog_that_is_missing_leaves_english(
    qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LEUKOVIEWER_RESOURCES", str(tmp_path))
    language.install(qapp, "sk")
    assert (language.current(), tr("Slice")) == ("en", "Slice")


@pytest.mark.usefixtures("slovak")
def test_corners_leave_what_comes_from_the_files() -> None:
    told_texts = corner_words.spoken(
        CornerTexts(
            ("Brain", "ID 17", "M  66 y  born 1960-01-02"), ("Head", "Series 2  Brain"), ("W 80  C 40  Brain",),
            ("Thickness 5 mm", "Slice 3 / 12"),
        )
    )  # fmt: skip
    assert told_texts.top_left == ("Brain", "ID 17", "M  66 r.  nar. 1960-01-02")
    assert told_texts.top_right == ("Head", "Séria 2  Brain")
    assert told_texts.bottom_left == ("W 80  C 40  Mozog",)
    assert told_texts.bottom_right == ("Hrúbka 5 mm", "Rez 3 / 12")


@pytest.mark.usefixtures("slovak")
def test_a_measurement_keeps_its_own_text_and_its_numbers() -> None:
    one = Measurement("m1", Kind.LENGTH, ((1.0, 1.0), (2.0, 2.0)), "1.2.3", slice_index=4, text="Length")
    assert measurement_words.title(one, Values(length_mm=12.34)) == "5:  Dĺžka  12.3 mm  “Length”"
    assert measurement_words.caption(Kind.LENGTH, Values(length_mm=12.34), text="Length") == ("Length", "12.3 mm")


@pytest.mark.usefixtures("slovak")
def test_distrust_of_a_heatmap_is_told_with_its_reason() -> None:
    sentence = "The heatmap does not stay the same when the slice is moved a little or mirrored."
    honesty = Honesty("series", "package", "1.0", (3,), (Finding(Check.REPEATABILITY, False, sentence, ()),))
    assert honesty_words.verdict(honesty) == (
        "Lokalizácia tu nie je dôveryhodná: "
        "tepelná mapa nezostane rovnaká, keď sa rez trochu posunie alebo zrkadlovo obráti."
    )


@pytest.mark.usefixtures("slovak")
@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("Research use, not for diagnosis", "Na výskum, nie na diagnostiku"),
        (
            "Research use: no replacement for the clinician's complete review.",
            "Na výskum: nenahrádza úplné posúdenie lekárom.",
        ),
        ("Scores are no probabilities", "Skóre nie sú pravdepodobnosti"),
        ("positive", "pozitívny"),
        ("negative", "negatívny"),
        ("ANOTHER PATIENT: differs in {}", "INÝ PACIENT: nezhoduje sa {}"),
        ("Localization not trustworthy here: {}.", "Lokalizácia tu nie je dôveryhodná: {}."),
        ("not scored by this model", "tento model ho neskóroval"),
        ("Refused: models do not run on it", "Odmietnuté: modely sa na ňu nespúšťajú"),
    ],
)
def test_words_of_safety_say_the_same(source: str, words: str) -> None:
    assert tr(source) == words
