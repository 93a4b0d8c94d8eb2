"""The language of the window: English texts stand in the source, other languages in catalogs of Qt Linguist.

``resources/languages/leukoviewer_<code>.ts`` is what translators edit, the ``.qm`` beside it what Qt reads;
``packaging/languages.py`` keeps both in step with the source. Files for machines (CSV, JSON, DICOM) and logs stay
English in every language, and numbers keep their point.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, Qt, QTranslator

from leukoviewer import paths

CONTEXT = "leukoviewer"
SYSTEM = "system"
_REMEMBERED = 2000
_DEPTH = 3
_COUNTED = re.compile(r"\{\} [a-z ]+")
ENGLISH = "en"
# Each language by the name that its readers know it by.
NAMES = {ENGLISH: "English", "sk": "Slovenčina"}


def tr(text: str) -> str:
    """A text in the language of the window; itself in English, without an application or where none is known.

    Only literals are found for translators: ``tr("Slice {} of {}").format(number, total)``.
    """
    return QCoreApplication.translate(CONTEXT, text)


def later(text: str) -> str:
    """Mark a text of a table that is made before the language is known; :func:`tr` gives it where it is shown."""
    return text


def plural(count: int, one: str, many: str) -> str:
    """A text that depends on a number, as the language counts; ``{}`` in it becomes the number.

    Parameters
    ----------
    count : int
        The number.
    one, many : str
        The English texts for 1 and for the rest; translators give all forms of theirs for ``many``.
    """
    english = one if count == 1 else many
    translated = QCoreApplication.translate(CONTEXT, many, "", count)
    return (english if translated == many else translated).format(count)


def told(text: str) -> str:
    """A sentence from below the window (an error, a warning, a progress) in its language, as far as it is known.

    What such a sentence names (a file, a number) is taken out, the rest looked up, and the names put back; a name that
    is a known sentence itself is told in the language, too.
    """
    catalog = _catalog()
    return text if catalog is None or not text else catalog.told(text)


def said_in(code: str, text: str) -> str:
    """A text in another language than that of the window; itself where that language lacks it."""
    other = QTranslator()
    if code == ENGLISH or not other.load(_file(code)):
        return text
    return other.translate(CONTEXT, text) or text


def chosen(choice: str) -> str:
    """Code of the language for a remembered choice; the system's one when it is known, else English."""
    if choice in NAMES:
        return choice
    wishes = (wish.replace("_", "-").split("-")[0] for wish in QLocale.system().uiLanguages())
    return next((wish for wish in wishes if wish in NAMES), ENGLISH)


def current() -> str:
    """Code of the language that the window speaks now."""
    catalog = _catalog()
    return ENGLISH if catalog is None else catalog.code


def install(application: QCoreApplication, choice: str) -> None:
    """Let the application speak a language from now on; what was shown before stays as it is.

    Parameters
    ----------
    application : QCoreApplication
        The one of this process.
    choice : str
        A code of :data:`NAMES` or ``system``. A catalog that cannot be read leaves English.
    """
    for old in application.findChildren(QTranslator):
        application.removeTranslator(old)
        old.setParent(None)
    code = chosen(choice)
    if code == ENGLISH:
        return
    catalog = _Catalog(code, application)
    if not catalog.load(_file(code)):
        catalog.setParent(None)
        return
    # Qt's own words (buttons of dialogs, menus of fields) under ours: the last one installed is asked first.
    words = QTranslator(application)
    if words.load(f"qtbase_{code}", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        application.installTranslator(words)
    application.installTranslator(catalog)


@dataclass(frozen=True, slots=True)
class Template:
    """A sentence from below the window with ``{}`` where it names something."""

    source: str
    pattern: re.Pattern[str]

    @classmethod
    def of(cls, source: str) -> Template:
        """The sentence of a source text with ``{}``."""
        parts = (re.escape(part) for part in source.split("{}"))
        # "{} slices" is a number of them, and not every sentence that ends so.
        name = r"(\d+)" if _COUNTED.fullmatch(source) else "(.*?)"
        return cls(source, re.compile(name.join(parts), re.DOTALL))

    @property
    def weight(self) -> int:
        """How much of it is fixed; the heaviest one that fits is the right one."""
        return len(self.source) - 2 * self.source.count("{}")


class _Catalog(QTranslator):
    """The texts of one language, with the sentences that hold names."""

    def __init__(self, code: str, parent: QCoreApplication) -> None:
        super().__init__(parent)
        self.code = code
        self._templates = _templates()
        self._known: dict[str, str] = {}

    def told(self, text: str) -> str:
        """See :func:`told`; what was told once is remembered, as a panel tells the same with every slice."""
        if text not in self._known:
            if len(self._known) >= _REMEMBERED:
                self._known.clear()
            self._known[text] = self._filled(text, _DEPTH)
        return self._known[text]

    def _filled(self, text: str, depth: int) -> str:
        if depth < _DEPTH and text[:1].isupper() and " " not in text:
            return text  # A folder may be called "Series".
        whole = self.translate(CONTEXT, text)
        if whole or not depth:
            return whole or text
        if depth < _DEPTH and not text.endswith("."):
            # A sentence within another one has lost its point.
            sentence = self._filled(f"{text}.", 0)
            if sentence != f"{text}.":
                return sentence.removesuffix(".")
        for template in self._templates:
            found = template.pattern.fullmatch(text)
            words = self._words(template.source, _count(found.group(1))) if found else ""
            if found and words:
                return words.format(*(self._filled(name, depth - 1) for name in found.groups()))
        return text

    def _words(self, source: str, count: int) -> str:
        """The form for a number, or the only one."""
        return self.translate(CONTEXT, source, "", count) or self.translate(CONTEXT, source) or ""


def _templates() -> tuple[Template, ...]:
    """Sentences with names, the most telling first; none when their list cannot be read."""
    try:
        sources = json.loads((paths.resources() / "languages" / "sentences.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return ()
    return tuple(sorted((Template.of(one) for one in sources if "{}" in one), key=lambda one: -one.weight))


def _file(code: str) -> str:
    return str(paths.resources() / "languages" / f"leukoviewer_{code}.qm")


def _count(text: str) -> int:
    """The number that decides how the rest is counted; -1 without one."""
    return int(text) if text.isascii() and text.isdigit() else -1


def _catalog() -> _Catalog | None:
    application = QCoreApplication.instance()
    if application is None:
        return None
    children = application.findChildren(QTranslator, options=Qt.FindChildOption.FindDirectChildrenOnly)
    return next((one for one in children if isinstance(one, _Catalog)), None)
