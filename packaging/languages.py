"""Keep the catalogs of the window's languages in step with the source: texts, translations, and the files for Qt.

``python packaging/languages.py`` reads every text out of the source, writes it into ``resources/languages/*.ts`` (texts
that are gone leave, new ones wait as unfinished, translations stay) and makes the ``.qm`` files from them with Qt's
lrelease. What translators edit are the ``.ts`` files, by hand or with Qt Linguist.
"""

from __future__ import annotations

import ast
import json
import re
import subprocess
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree import ElementTree as ET

import project

CONTEXT = "leukoviewer"
FOLDER = project.RESOURCES / "languages"
SOURCE = project.ROOT / "leukoviewer"
# Sentences from below the window, which cannot mark their texts for Qt: found by their form, fragments kept by hand.
SENTENCES = FOLDER / "sentences.json"
FORMS = {"sk": 3}
# Qt's own words that its catalogs lack; those of the menu that macOS makes among them.
QT_WORDS = {
    "QPlatformTheme": (
        "OK", "Save", "Save All", "Open", "&Yes", "Yes to &All", "&No", "N&o to All", "Abort", "Retry", "Ignore",
        "Close", "Cancel", "Discard", "Help", "Apply", "Reset", "Restore Defaults",
    ),
    "QKeySequenceEdit": ("Press shortcut",),
    "MAC_APPLICATION_MENU": ("Hide %1", "Quit %1", "About %1", "Preferences…", "Services", "Hide Others", "Show All"),
}  # fmt: skip
# Parts of sentences that are put together of a number and a word.
COUNTED = (
    "{} slice", "{} slices", "{} image", "{} images", "{} pair", "{} pairs", "{} exact copy", "{} exact copies",
    "{} mm ({}) and {} mm ({})", "{} file that is not DICOM", "{} files that are not DICOM", "not DICOM",
)  # fmt: skip
Key = tuple[str, str]
_PLACE = re.compile(r"\{([^{}]*)\}")
_SENTENCE = re.compile(r"[A-Z{].*[a-z].* .*[.…]", re.DOTALL)
# Said in a terminal or written into files, never in the window.
_UNSEEN = re.compile(r"^(commands/|cli\.py|__main__\.py|display/report|ui/report_pdf)")


@dataclass(frozen=True, slots=True)
class Message:
    """One text with its translation: one form, all forms of a number, or none as long as it is unfinished."""

    source: str
    forms: tuple[str, ...] = ()
    is_plural: bool = False
    context: str = CONTEXT

    @property
    def key(self) -> Key:
        """What tells it from others."""
        return self.context, self.source

    @property
    def is_finished(self) -> bool:
        """Whether every form is there."""
        return bool(self.forms) and all(self.forms)

    @property
    def problems(self) -> list[str]:
        """What would go wrong when the translation is filled in."""
        forms = self.forms if self.is_finished else ()
        return [f"{form!r} has other places than {self.source!r}" for form in forms if not self._fits(form)]

    def _fits(self, form: str) -> bool:
        """The same places to fill; numbered ones may change their order and leave out an English ending."""
        mine, theirs = _PLACE.findall(self.source), _PLACE.findall(form)
        if theirs and all(place.isdigit() for place in theirs):
            return all(int(place) < len(mine) for place in theirs)
        return mine == theirs


@dataclass(slots=True)
class Found:
    """The texts of the source."""

    plain: set[str] = field(default_factory=set)
    plural: set[str] = field(default_factory=set)
    sentences: set[str] = field(default_factory=set)
    literals: set[str] = field(default_factory=set)
    faults: list[str] = field(default_factory=list)


def found() -> Found:
    """All texts: of ``tr``, ``later`` and ``plural``, those that are made, and sentences from anywhere else."""
    texts = Found(plain=made())
    for path in sorted(SOURCE.rglob("*.py")):
        name = path.relative_to(SOURCE).as_posix()
        if not _UNSEEN.match(name):
            _read(ast.parse(path.read_text(encoding="utf-8")), name, texts)
    texts.sentences -= texts.plain
    return texts


def made() -> set[str]:
    """Texts that the program puts together: of menus and actions, kinds of warnings, windows, bundled models."""
    if str(project.ROOT) not in sys.path:
        sys.path.insert(0, str(project.ROOT))
    from leukoviewer.core.geometry import WarningCode
    from leukoviewer.core.window import PRESETS
    from leukoviewer.ui.actions import ACTIONS, MENUS, MOUSE

    texts = {*MENUS, *(part for line in MOUSE for part in line), *(window.name for window in PRESETS)}
    texts |= {text for action in ACTIONS for text in (action.text, action.tip, action.group)}
    texts |= {code.value.replace("_", " ") for code in WarningCode}
    for file in (project.RESOURCES / "models").glob("*/manifest.json"):
        manifest = json.loads(file.read_text(encoding="utf-8"))
        calibration = manifest.get("calibration") or {}
        patient = manifest.get("patient_calibration") or {}
        texts |= {manifest["training"]["trained_on"], manifest["intended_use"], *manifest["labels"]}
        texts |= {one["fitted_on"] for one in (calibration, patient) if "fitted_on" in one}
        texts |= {
            metric[key] for metric in manifest.get("metrics", ()) for key in ("name", "by", "split") if key in metric
        }
    return texts - {""}


def _read(tree: ast.Module, name: str, texts: Found) -> None:
    marked: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in {"tr", "later", "plural"}:
            _read_call(node, node.func.id, name, texts)
            marked.update(id(part) for argument in node.args for part in ast.walk(argument))
    texts.faults += [
        f"{name}:{node.lineno}: asked for before the language is known; use later" for node in _early(tree)
    ]
    texts.sentences.update(_steps(tree, marked))
    for text in _literals(tree, marked):
        texts.literals.add(text)
        if _SENTENCE.fullmatch(text) and len(_PLACE.sub("", text)) > 12:
            texts.sentences.add(text)


def _early(tree: ast.Module) -> list[ast.Call]:
    """Calls that are made when a module is imported."""
    inner = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)
    late = {id(part) for one in ast.walk(tree) if isinstance(one, inner) for part in ast.walk(one)}
    calls = [one for one in ast.walk(tree) if isinstance(one, ast.Call) and id(one) not in late]
    return [one for one in calls if isinstance(one.func, ast.Name) and one.func.id in {"tr", "plural", "told"}]


def _read_call(node: ast.Call, function: str, name: str, texts: Found) -> None:
    words = [one.value for one in node.args if isinstance(one, ast.Constant) and isinstance(one.value, str)]
    if function == "plural":
        texts.plural.update(words[-1:])
        is_right = len(words) == 2
    else:
        texts.plain.update(words)
        # What a variable holds was marked by later.
        is_right = len(words) == 1 or (function == "tr" and not isinstance(node.args[0], ast.JoinedStr | ast.BinOp))
    if not is_right and name != "ui/language.py":
        texts.faults.append(f"{name}:{node.lineno}: only literals are found for translators")


def _steps(tree: ast.Module, marked: set[int]) -> Iterator[str]:
    """What long work says of itself: ``Progress(done, total, "Reading headers")``."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Progress":
            for part in node.args[2:]:
                yield from _literals(part, marked)


def _literals(tree: ast.AST, marked: set[int]) -> Iterator[str]:
    """Texts beside docstrings and marked ones; what is filled into a text becomes ``{}``."""
    left_out = set(marked)
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            left_out.add(id(node.value))
        if isinstance(node, ast.JoinedStr):
            left_out.update(id(one) for one in node.values if isinstance(one, ast.Constant))
            specs = [one.format_spec for one in node.values if isinstance(one, ast.FormattedValue) and one.format_spec]
            left_out.update(id(part) for spec in specs for part in ast.walk(spec))
    for node in ast.walk(tree):
        if id(node) in left_out:
            continue
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value
        elif isinstance(node, ast.JoinedStr):
            yield "".join(str(one.value) if isinstance(one, ast.Constant) else "{}" for one in node.values)


def read_catalog(path: Path) -> dict[Key, Message]:
    """The messages of a ``.ts`` file."""
    if not path.exists():
        return {}
    contexts = ET.parse(path).getroot().iter("context")
    messages = [
        _message(one, context.findtext("name") or "") for context in contexts for one in context.iter("message")
    ]
    return {message.key: message for message in messages}


def _message(element: ET.Element, context: str) -> Message:
    translation = element.find("translation")
    source = element.findtext("source") or ""
    if element.get("numerus") == "yes":
        forms = () if translation is None else tuple(one.text or "" for one in translation.iter("numerusform"))
        return Message(source, forms, is_plural=True, context=context)
    is_open = translation is None or translation.get("type") == "unfinished" or not translation.text
    return Message(source, () if is_open or translation is None else (translation.text or "",), context=context)


def write_catalog(path: Path, messages: Iterable[Message]) -> None:
    """Write a ``.ts`` file, sources in order, so that a change shows where it is."""
    root = ET.Element("TS", version="2.1", language=path.stem.rsplit("_", 1)[1], sourcelanguage="en")
    contexts: dict[str, ET.Element] = {}
    for message in sorted(messages, key=lambda one: (one.context, one.source.casefold(), one.source)):
        context = contexts.get(message.context)
        if context is None:
            context = contexts[message.context] = ET.SubElement(root, "context")
            ET.SubElement(context, "name").text = message.context
        element = ET.SubElement(context, "message", {"numerus": "yes"} if message.is_plural else {})
        ET.SubElement(element, "source").text = message.source
        translation = ET.SubElement(element, "translation")
        if not message.is_finished:
            translation.set("type", "unfinished")
        if message.is_plural:
            for form in message.forms or ("",) * FORMS[root.attrib["language"]]:
                ET.SubElement(translation, "numerusform").text = form
        else:
            translation.text = "".join(message.forms)
    ET.indent(root, " ")
    text = '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE TS>\n' + ET.tostring(root, encoding="unicode") + "\n"
    path.write_text(text, encoding="utf-8")


def wanted(texts: Found, kept: list[str]) -> tuple[dict[Key, Message], list[str]]:
    """What a catalog must hold, without translations, and the sentences that come from below the window.

    Parameters
    ----------
    texts : Found
        Of the source.
    kept : list of str
        The sentences so far; fragments among them stay as long as the source has them.
    """
    sentences = sorted({*texts.sentences, *COUNTED, *(one for one in kept if one in texts.literals)})
    messages = [Message(source) for source in {*texts.plain, *sentences} - texts.plural]
    messages += [Message(source, is_plural=True) for source in texts.plural]
    messages += [Message(word, context=context) for context, words in QT_WORDS.items() for word in words]
    return {message.key: message for message in messages}, sentences


def kept_sentences() -> list[str]:
    """Those of the file."""
    return list(json.loads(SENTENCES.read_text(encoding="utf-8"))) if SENTENCES.exists() else []


def catalogs() -> list[Path]:
    """The ``.ts`` file of each language."""
    return [FOLDER / f"leukoviewer_{code}.ts" for code in FORMS]


def release(path: Path) -> None:
    """Make the ``.qm`` file beside a ``.ts`` file with Qt's own tool."""
    import PySide6

    tool = next(Path(PySide6.__file__).parent.glob("lrelease*"))
    subprocess.run([tool, "-silent", path, "-qm", path.with_suffix(".qm")], check=True)


def main() -> int:
    """Bring everything up to date and say what is left to translate."""
    texts = found()
    messages, sentences = wanted(texts, kept_sentences())
    FOLDER.mkdir(exist_ok=True)
    SENTENCES.write_text(json.dumps(sentences, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    for path in catalogs():
        known = read_catalog(path)
        same = {key: known.get(key, message) for key, message in messages.items()}
        merged = [one if one.is_plural == messages[key].is_plural else messages[key] for key, one in same.items()]
        write_catalog(path, merged)
        release(path)
        left = sum(not one.is_finished for one in merged)
        sys.stdout.write(f"{path.name}: {len(merged)} texts, {left} to translate\n")
    sys.stdout.writelines(f"{fault}\n" for fault in texts.faults)
    return 1 if texts.faults else 0


if __name__ == "__main__":
    raise SystemExit(main())
