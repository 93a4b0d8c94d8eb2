"""The catalogs of translations hold what the source says, fit into its places, and are what Qt reads."""

from __future__ import annotations

from pathlib import Path
from types import ModuleType

import pytest
from PySide6.QtCore import QTranslator

from tests.packaging.conftest import Load

# A new sentence from below the window may wait for its words; a text of the window never does.
MOST_WAITING = 0.05


@pytest.fixture
def languages(script: Load) -> ModuleType:
    return script("languages")


def test_translators_find_every_text(languages: ModuleType) -> None:
    assert languages.found().faults == []


def test_every_text_of_the_window_is_translated(languages: ModuleType) -> None:
    texts = languages.found()
    needed = {(languages.CONTEXT, source) for source in texts.plain | texts.plural}
    needed |= {(context, word) for context, words in languages.QT_WORDS.items() for word in words}
    for path in languages.catalogs():
        catalog = languages.read_catalog(path)
        missing = [key for key in needed if key not in catalog or not catalog[key].is_finished]
        assert sorted(missing) == [], "run make languages and translate them"


def test_sentences_from_below_the_window_are_translated_too(languages: ModuleType) -> None:
    _, sentences = languages.wanted(languages.found(), languages.kept_sentences())
    known = set(languages.kept_sentences())
    assert len(known.symmetric_difference(sentences)) <= MOST_WAITING * len(sentences), "run make languages"
    for path in languages.catalogs():
        catalog = languages.read_catalog(path)
        finished = {source for (_, source), message in catalog.items() if message.is_finished}
        assert len(set(sentences) - finished) <= MOST_WAITING * len(sentences)


def test_a_translation_has_the_places_of_its_source(languages: ModuleType) -> None:
    for path in languages.catalogs():
        assert [problem for one in languages.read_catalog(path).values() for problem in one.problems] == []


@pytest.mark.parametrize(
    ("source", "form", "fits"),
    [
        ("Slice {} of {}", "Rez {} z {}", True),
        ("Slice {} of {}", "Rez {}", False),
        ("Slice {} of {}", "{1} rezov, rez {0}", True),
        ("Slice {} of {}", "Rez {2}", False),
        ("score {:.2f}", "skóre {:.2f}", True),
        ("score {:.2f}", "skóre {:.3f}", False),
    ],
)
def test_places_are_compared(languages: ModuleType, source: str, form: str, fits: bool) -> None:
    assert (languages.Message(source, (form,)).problems == []) is fits


def test_a_number_has_all_its_forms(languages: ModuleType) -> None:
    for path in languages.catalogs():
        count = languages.FORMS[path.stem.rsplit("_", 1)[1]]
        plurals = [one for one in languages.read_catalog(path).values() if one.is_plural]
        assert plurals
        assert all(len(one.forms) == count for one in plurals)


def test_what_qt_reads_is_what_translators_wrote(languages: ModuleType) -> None:
    for path in languages.catalogs():
        translator = QTranslator()
        assert translator.load(str(path.with_suffix(".qm")))
        for one in languages.read_catalog(path).values():
            numbers = (1, 2, 5) if one.is_plural else (-1,)
            forms = tuple(translator.translate(one.context, one.source, "", number) for number in numbers)
            assert not one.is_finished or forms == one.forms, "run make languages"


def test_a_catalog_comes_back_as_it_was_written(languages: ModuleType, tmp_path: Path) -> None:
    messages = [
        languages.Message("Say “no” & <yes>", ("Povedz „nie“ & <áno>",)),
        languages.Message("{} slices", ("{} rez", "{} rezy", "{} rezov"), is_plural=True),
        languages.Message("waits"),
        languages.Message("Close", ("Zavrieť",), context="QPlatformTheme"),
    ]
    path = tmp_path / "leukoviewer_sk.ts"
    languages.write_catalog(path, messages)
    assert languages.read_catalog(path) == {message.key: message for message in messages}
    assert 'type="unfinished"' in path.read_text(encoding="utf-8")
