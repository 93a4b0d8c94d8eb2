"""Headers read by the layout of another file: never otherwise than by a walk, whatever the file."""

from __future__ import annotations

import io
import random
import warnings
from collections.abc import Callable
from pathlib import Path

import pydicom
import pytest
from pydicom.dataset import Dataset
from pydicom.sequence import Sequence
from pydicom.uid import ExplicitVRBigEndian, ExplicitVRLittleEndian, ImplicitVRLittleEndian, JPEGLSLossless

from leukoviewer.dicom import layouts, tags
from leukoviewer.dicom.elements import FileElements, NotDicomError, read_open
from leukoviewer.dicom.layouts import Layouts
from tests.phantom import write_enhanced, write_phantom

Edit = Callable[[Dataset, int], None]
SYNTAXES = (ExplicitVRLittleEndian, ExplicitVRBigEndian, ImplicitVRLittleEndian, JPEGLSLossless)
SMALL = {"slices": 12, "rows": 8, "columns": 8}


def walked(data: bytes) -> FileElements | str:
    """What a walk says of a file; the reason where it is refused."""
    try:
        return read_open(io.BytesIO(data), len(data))
    except NotDicomError as reason:
        return str(reason)


def remembered(known: Layouts, data: bytes) -> FileElements | str:
    """The same by what files before it taught."""
    try:
        return known.read_open(io.BytesIO(data), len(data))
    except NotDicomError as reason:
        return str(reason)


@pytest.fixture
def walks(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The sizes of the files that were walked."""
    sizes: list[int] = []

    def counted(file: io.BytesIO, size: int) -> FileElements:
        sizes.append(size)
        return read_open(file, size)

    monkeypatch.setattr(layouts, "read_open", counted)
    return sizes


def files(tmp_path: Path, edit: Edit | None = None, **options: object) -> list[bytes]:
    """The bytes of the files of a phantom."""
    phantom = write_phantom(tmp_path, **{**SMALL, "edit": edit, **options})
    return [path.read_bytes() for path in phantom.files]


@pytest.mark.parametrize("syntax", [ExplicitVRLittleEndian, JPEGLSLossless])
def test_one_walk_serves_files_that_are_laid_out_alike(tmp_path: Path, walks: list[int], syntax: str) -> None:
    known = Layouts()
    datas = files(tmp_path, slices=9, transfer_syntax=syntax)
    assert [remembered(known, data) for data in datas] == [walked(data) for data in datas]
    assert len(walks) == 1


def test_an_element_of_another_length_moves_what_follows(tmp_path: Path, walks: list[int]) -> None:
    def name(data: Dataset, index: int) -> None:
        data.SeriesDescription = "h" * (2 * (index % 4))
        data.add_new(0x00091001, "UN", b"\1" * (2 * (index % 3)))
        data.add_new(0x00091002, "OB", b"\7" * 600)

    known = Layouts()
    datas = files(tmp_path, name)
    assert [remembered(known, data) for data in datas] == [walked(data) for data in datas]
    # A walk for the first file, and one for each element whose length is found to differ.
    assert len(walks) <= 4


def add_sequence(data: Dataset, _: int) -> None:
    """A sequence of stated length, with an element in it that is wanted on the top level alone."""
    item = Dataset()
    item.SeriesDescription = "not this one"
    data.RequestAttributesSequence = Sequence([item])


def add_overlay(data: Dataset, _: int) -> None:
    """An element behind the last group of plain ones."""
    data.add_new(0x60000010, "US", 8)
    data.add_new(0x60003000, "OW", b"\0" * 8)


def make_long(data: Dataset, _: int) -> None:
    """More than is read of a file at first."""
    data.add_new(0x00091001, "OB", b"\7" * 40_000)


@pytest.mark.parametrize("edit", [add_sequence, add_overlay, make_long, None])
@pytest.mark.parametrize(
    "syntax", [ExplicitVRLittleEndian, ExplicitVRBigEndian, ImplicitVRLittleEndian, JPEGLSLossless]
)
def test_every_encoding_is_read_as_a_walk_reads_it(tmp_path: Path, edit: Edit | None, syntax: str) -> None:
    known = Layouts()
    datas = files(tmp_path, edit, transfer_syntax=syntax, slices=4)
    assert [remembered(known, data) for data in datas] == [walked(data) for data in datas]


def test_another_transfer_syntax_of_the_same_length_is_another_layout(tmp_path: Path) -> None:
    """Its name alone says that the pixels are encoded otherwise."""
    known = Layouts()
    first, second = files(tmp_path, slices=2)
    other = second.replace(b"1.2.840.10008.1.2.1\0", b"1.2.840.10008.1.2.9\0", 1)
    remembered(known, first)
    found = remembered(known, other)
    assert isinstance(found, FileElements)
    assert found.transfer_syntax_uid == "1.2.840.10008.1.2.9"
    assert found == walked(other)


def test_a_file_whose_class_is_blank_has_that_of_its_meta_information(tmp_path: Path) -> None:
    known = Layouts()
    first, second = files(tmp_path, slices=2)
    at = second.index(b"\x08\0\x16\0UI")
    length = second[at + 6]
    blank = second[: at + 8] + b"\0" * length + second[at + 8 + length :]
    remembered(known, first)
    assert remembered(known, blank) == walked(blank) != walked(second)


def test_the_first_of_two_elements_of_one_tag_counts(tmp_path: Path) -> None:
    known = Layouts()
    for data in files(tmp_path, slices=3):
        at = data.index(b"\x28\0\x10\0US\2\0")
        twice = data[: at + 10] + b"\x28\0\x10\0US\2\0\x63\0" + data[at + 10 :]
        found = remembered(known, twice)
        assert isinstance(found, FileElements)
        assert found.values.integer(tags.ROWS) == 8
        assert found == walked(twice)


def test_series_that_alternate_are_both_remembered(tmp_path: Path, walks: list[int]) -> None:
    known = Layouts()
    one, other = files(tmp_path / "a"), files(tmp_path / "b", add_overlay)
    for pair in zip(one, other, strict=True):
        for data in pair:
            assert remembered(known, data) == walked(data)
    assert len(walks) <= 4


def test_files_that_have_little_in_common_are_walked_and_no_more(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    taught: list[int] = []
    learn = Layouts._learn

    def counted(known: Layouts, head: bytes, found: FileElements) -> None:
        taught.append(len(head))
        learn(known, head, found)

    monkeypatch.setattr(Layouts, "_learn", counted)

    def odd(data: Dataset, index: int) -> None:
        for bit in range(8):
            if index >> bit & 1:
                data.add_new(0x00091000 + bit, "LO", "odd")

    known = Layouts()
    datas = files(tmp_path, odd, slices=120)
    assert [remembered(known, data) for data in datas] == [walked(data) for data in datas]
    assert len(taught) < 40


@pytest.mark.parametrize("seed", range(4))
def test_damage_is_seen_as_a_walk_sees_it(tmp_path: Path, walks: list[int], seed: int) -> None:
    draw = random.Random(seed)
    datas = files(tmp_path, add_sequence if seed % 2 else None)
    known, different = Layouts(), 0
    for turn in range(1500):
        data = bytearray(draw.choice(datas))
        # Heads of elements lie everywhere; half of the damage meets lengths and letters.
        for _ in range(draw.choice((0, 1, 1, 2, 5))):
            data[draw.randrange(128, len(data))] = draw.choice((0, 1, 2, 8, 255, draw.randrange(256)))
        if draw.random() < 0.1:
            del data[draw.randrange(132, len(data)) :]
        expected = walked(bytes(data))
        assert remembered(known, bytes(data)) == expected, turn
        different += expected != walked(bytes(datas[0]))
        if turn % 100 == 99:
            known = Layouts()
    # Both ways were taken by many files.
    assert 300 < len(walks) < 1200
    assert different > 300


def test_real_scans_are_read_as_a_walk_reads_them(real_data: Path, walks: list[int]) -> None:
    folder = real_data / "head_ct_ge"
    known, datas = Layouts(), [path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()]
    assert [remembered(known, data) for data in datas] == [walked(data) for data in datas]
    assert len(walks) < len(datas) / 2


def test_the_samples_that_come_with_pydicom_are_read_as_a_walk_reads_them(tmp_path: Path) -> None:
    known = Layouts()
    paths = sorted((Path(pydicom.__file__).parent / "data" / "test_files").glob("*.dcm"))
    assert len(paths) > 60
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        # Each twice: the second time it may be remembered.
        for path in (*paths, *reversed(paths)):
            data = path.read_bytes()
            assert remembered(known, data) == walked(data), path.name
    data = write_enhanced(tmp_path, slices=3, rows=8, columns=8).files[0].read_bytes()
    assert [remembered(known, data) for _ in range(2)] == [walked(data)] * 2
