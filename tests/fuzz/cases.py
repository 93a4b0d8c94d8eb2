"""Which file is damaged how: derived from a seed and an index, or written down for the regression corpus."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from pydicom.uid import (
    DeflatedExplicitVRLittleEndian,
    ExplicitVRBigEndian,
    ExplicitVRLittleEndian,
    ImplicitVRLittleEndian,
    JPEG2000Lossless,
    JPEGLSLossless,
    RLELossless,
)

from leukoviewer.dicom.joining import MIN_VOLUME_SLICES
from tests.fuzz.mutations import LATE, TREE
from tests.fuzz.structure import put_together, take_apart
from tests.phantom import PhantomSeries, write_capture, write_enhanced

MAX_BASE_BYTES = 64 << 10
# As many as a volume needs; the one in the middle is damaged.
SERIES_SLICES = MIN_VOLUME_SLICES
DAMAGED = SERIES_SLICES // 2
_ENCODINGS = {
    "explicit": ExplicitVRLittleEndian, "implicit": ImplicitVRLittleEndian, "big": ExplicitVRBigEndian,
    "deflated": DeflatedExplicitVRLittleEndian, "rle": RLELossless, "jpegls": JPEGLSLossless, "j2k": JPEG2000Lossless,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Step:
    """One damage by name, with the seed of its random choices."""

    name: str
    seed: int


@dataclass(frozen=True, slots=True)
class Case:
    """A damaged file.

    Attributes
    ----------
    base : str
        Name of the sound file, see :func:`bases`.
    steps : tuple of Step
        What is done to it, in order; damage to the finished bytes comes last.
    """

    base: str
    steps: tuple[Step, ...]

    @property
    def has_neighbors(self) -> bool:
        """Whether sound slices of its series lie beside it, which must open whatever happens to it."""
        return self.base.startswith("series/")


def case_of(seed: int, index: int) -> Case:
    """The case with this number; equal on every machine."""
    random = Random(f"{seed}/{index}")
    base = random.choice(_NAMES[random.choices(("series", "phantom", "pydicom", "pixelless"), (3, 7, 9, 1))[0]]())
    count = random.choice((1, 1, 1, 2, 2, 3, 4))
    steps = [Step(random.choice((*TREE, *LATE)), random.randrange(1 << 32)) for _ in range(count)]
    if base.startswith("pydicom/") and random.random() < 0.6:
        steps.insert(0, Step("classes", random.randrange(1 << 32)))
    return Case(base, tuple(steps))


def damaged(case: Case) -> bytes:
    """The bytes of a case."""
    draft = take_apart(bases()[case.base])
    for step in case.steps:
        if step.name in TREE:
            TREE[step.name](draft, Random(step.seed))
    data = put_together(draft)
    for step in case.steps:
        if step.name in LATE:
            data = LATE[step.name](data, Random(step.seed))
    return data


@cache
def bases() -> dict[str, bytes]:
    """All sound files by name: pydicom's small test files, and phantoms in every encoding that can be written here."""
    return {**_shipped(), **_phantoms()}


def _named(prefix: str, *, has_pixels: bool | None = None) -> tuple[str, ...]:
    found = (name for name in bases() if name.startswith(prefix))
    return tuple(sorted(n for n in found if has_pixels is None or (_PIXELS in bases()[n]) is has_pixels))


# Files with pixels pass the reader's first questions; the phantoms are few and can be opened whole.
_PIXELS = b"\xe0\x7f\x10\x00"
_NAMES: dict[str, Callable[[], tuple[str, ...]]] = {
    "series": cache(lambda: _named("series/")),
    "phantom": cache(lambda: _named("phantom/")),
    "pydicom": cache(lambda: _named("pydicom/", has_pixels=True)),
    "pixelless": cache(lambda: _named("pydicom/", has_pixels=False)),
}


@cache
def neighbors() -> tuple[bytes, ...]:
    """The sound slices that lie beside a damaged one: all others of the phantom series."""
    return tuple(data for index, data in enumerate(_series(ExplicitVRLittleEndian)) if index != DAMAGED)


def shipped_files() -> list[Path]:
    """Every DICOM file inside pydicom's wheel."""
    import pydicom.data

    folder = Path(pydicom.data.__file__).parent
    skipped = {".txt", ".json", ".dump", ".icc", ".gz", ".py", ".md", ".pyc"}
    found = [path for name in ("test_files", "charset_files") for path in (folder / name).rglob("*") if path.is_file()]
    return sorted(path for path in found if path.suffix not in skipped and path.name != "README")


def _shipped() -> dict[str, bytes]:
    found = {}
    for path in shipped_files():
        # One of the forty equal ones is enough.
        is_one_of_many = "TINY_ALPHA" in path.parts and path.name != "IM000000"
        if path.stat().st_size <= MAX_BASE_BYTES and not is_one_of_many:
            found[f"pydicom/{path.name}"] = path.read_bytes()
    return found


def series_of_neighbors() -> PhantomSeries:
    """What the damaged slice and its neighbors were."""
    return PhantomSeries(slices=SERIES_SLICES, rows=40, columns=33, spacing_mm=(5.0, 6.0))


@cache
def _series(syntax: str) -> tuple[bytes, ...]:
    with TemporaryDirectory() as folder:
        written = replace(series_of_neighbors(), transfer_syntax=syntax).write(Path(folder))
        return tuple(path.read_bytes() for path in written.files)


def _phantoms() -> dict[str, bytes]:
    found: dict[str, bytes] = {}
    with TemporaryDirectory() as name, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for encoding, syntax in _ENCODINGS.items():
            found[f"series/{encoding}"] = _series(syntax)[DAMAGED]
        for path in _written(Path(name)):
            found[f"phantom/{path.parent.name}"] = path.read_bytes()
    return found


def _written(folder: Path) -> Iterator[Path]:
    # JPEG 2000 of the usual five levels needs 32 pixels.
    small = {"slices": 1, "rows": 40, "columns": 33}
    for name, syntax in _ENCODINGS.items():
        yield PhantomSeries(**small, transfer_syntax=syntax).write(folder / name).files[0]
        options = {"slices": 3, "rows": 32, "columns": 36, "transfer_syntax": syntax}
        yield write_enhanced(folder / f"frames-{name}", **options).files[0]
    yield PhantomSeries(**small, signed=True, bits_stored=12, intercept=0.0).write(folder / "signed").files[0]
    yield PhantomSeries(**small, padding_value=63536, intercept=-1024.0).write(folder / "padded").files[0]
    yield write_capture(folder / "capture", rows=12, columns=16)
