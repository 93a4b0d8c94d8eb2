"""Every file that pydicom ships: opened, opened with warnings, refused with a reason, or another object."""

from __future__ import annotations

from pathlib import Path

import pydicom
import pytest

from leukoviewer.core.geometry import WarningCode
from leukoviewer.core.progress import finish
from leukoviewer.core.series import Catalog
from leukoviewer.dicom.decode_process import DecodeProcess
from leukoviewer.dicom.discovery import discover
from leukoviewer.dicom.loader import load
from leukoviewer.errors import DecodeError, NothingReadableError

DATA = Path(pydicom.__file__).parent / "data"
SAMPLES = DATA / "test_files"
CHARSETS = DATA / "charset_files"
FILES = sorted(path for folder in (SAMPLES, CHARSETS) for path in folder.rglob("*") if path.is_file())
NAMES = [path.relative_to(DATA).as_posix() for path in FILES]

NOT_DICOM = "not DICOM"
# What is no CT and no capture, by the name under which it is counted.
OTHERS = {
    "MR image": (
        "MR_small.dcm MR_small_RLE.dcm MR_small_bigendian.dcm MR_small_expb.dcm MR_small_implicit.dcm "
        "MR_small_jp2klossless.dcm MR_small_jpeg_ls_lossless.dcm MR_small_padded.dcm MR_truncated.dcm "
        "examples_overlay.dcm priv_SQ.dcm chrSQEncoding.dcm chrSQEncoding1.dcm"
    ),
    "Ultrasound image": "ExplVR_BigEnd.dcm examples_jpeg2k.dcm examples_palette.dcm examples_rgb_color.dcm",
    "Radiotherapy object": (
        "ExplVR_BigEndNoMeta.dcm ExplVR_LitEndNoMeta.dcm badVR.dcm no_meta_group_length.dcm rtdose.dcm "
        "rtdose_1frame.dcm rtdose_expb.dcm rtdose_expb_1frame.dcm rtdose_rle.dcm rtdose_rle_1frame.dcm rtplan.dcm "
        "rtplan_truncated.dcm rtstruct.dcm"
    ),
    "X-ray image": "6154 6247 6278 chrJapMulti.dcm chrJapMultiExplicitIR6.dcm chrKoreanMulti.dcm",
    "Registration or segmentation": "liver_1frame.dcm liver_expb_1frame.dcm",
    "Structured report": "reportsi.dcm reportsi_with_empty_number_tags.dcm test-SR.dcm",
    "Image without pixels": "UN_sequence.dcm",
    "Other DICOM object": (
        "empty_charset_LEI.dcm examples_ybr_color.dcm meta_missing_tsyntax.dcm nested_priv_SQ.dcm waveform_ecg.dcm"
    ),
    "DICOMDIR": (
        "DICOMDIR-bigEnd DICOMDIR-empty.dcm DICOMDIR-implicit DICOMDIR-nooffset DICOMDIR-nopatient DICOMDIR-reordered"
    ),
    NOT_DICOM: (
        "README.txt README FileInfo.txt crayons.icc no_meta.dcm rtplan.dump rtstruct.dump test1.json test_PN.json "
        "zipMR.gz"
    ),
}
KIND_OF = {name: kind for kind, names in OTHERS.items() for name in names.split()}
# Warnings of the CT images among them; captures say that they are no HU, and nothing else but what stands here.
CT_WARNINGS: dict[str, list[str] | None] = {
    "CT_small.dcm": ["contrast", "unusual_field_of_view", "child"],
    "693_J2KI.dcm": None,
    "J2K_pixelrep_mismatch.dcm": None,
    "6293": [],
    "6924": [],
}
CT_WARNINGS |= {
    name: ["unusual_field_of_view"]
    for name in ["17106", "17136", "17166", "17196", "2062", "2392", "2693", "3023", "3353"]
}
CAPTURE_WARNINGS = {"SC_rgb_jpeg.dcm": ["encoding", "not_hounsfield"]}
# Pixels that no decoder here reads: the series is refused with this reason.
UNREADABLE = {
    "JPEG2000-embedded-sequence-delimiter.dcm": "The JPEG 2000 data are damaged.",
    "SC_ybr_full_422_uncompressed.dcm": "Pixel data are shorter than the header says.",
}
CHARSET_NAMES = {
    "chrArab.dcm": "قباني^لنزار", "chrFren.dcm": "Buc^Jérôme", "chrFrenMulti.dcm": "Buc^Jérôme",
    "chrGerm.dcm": "Äneas^Rüdiger", "chrGreek.dcm": "Διονυσιος", "chrH31.dcm": "Yamada^Tarou=山田^太郎=やまだ^たろう",
    "chrH32.dcm": "ﾔﾏﾀﾞ^ﾀﾛｳ=山田^太郎=やまだ^たろう", "chrHbrw.dcm": "שרון^דבורה",
    "chrI2.dcm": "Hong^Gildong=洪^吉洞=홍^길동", "chrRuss.dcm": "Люкceмбypг", "chrX1.dcm": "Wang^XiaoDong=王^小東=",
    "chrX2.dcm": "Wang^XiaoDong=王^小东=",
}  # fmt: skip


def outcome(path: Path) -> Catalog | str:
    """What a file alone gives: a catalog, or the name under which it is counted."""
    try:
        return finish(discover(path))
    except NothingReadableError as nothing:
        found = str(nothing).partition("found instead: 1 ")[2].partition(")")[0]
        return NOT_DICOM if found == "file that is not DICOM" else found.removeprefix("x ")


def name_of_other(path: Path) -> str:
    """Under what a file without a picture to show is counted."""
    by_folder = {"98892003": "MR image", "TINY_ALPHA": "Image without pixels"}
    return KIND_OF.get(path.name, next((name for folder, name in by_folder.items() if folder in path.parts), ""))


@pytest.mark.parametrize("path", FILES, ids=NAMES)
def test_each_file_is_what_the_table_says(path: Path, decoder: DecodeProcess) -> None:
    if path.name == "DICOMDIR":
        # It opens its folder; what lies there is told by the other rows.
        with_folder = outcome(path)
        assert isinstance(with_folder, Catalog) == ("TINY_ALPHA" not in path.parts)
        return
    found = outcome(path)
    if isinstance(found, str):
        assert found == name_of_other(path)
        return
    assert path.name not in KIND_OF
    (series,) = found.series
    assert not series.is_volume
    codes = [warning.code.value for warning in series.report.warnings]
    if path.name in CT_WARNINGS:
        assert CT_WARNINGS[path.name] in (None, codes)
    else:
        assert codes == CAPTURE_WARNINGS.get(path.name, [WarningCode.NOT_HOUNSFIELD.value])
    if path.name in UNREADABLE:
        with pytest.raises(DecodeError) as caught:
            finish(load(series, decoder=decoder))
        assert str(caught.value) == f"No slice of this series could be read: {UNREADABLE[path.name]}"
    else:
        volume = finish(load(series, decoder=decoder))
        assert volume.broken == ()
        assert volume.hu.shape[0] == len(series.slices)


def test_the_table_names_no_file_that_is_not_there() -> None:
    named = {*KIND_OF, *CT_WARNINGS, *CAPTURE_WARNINGS, *UNREADABLE, *CHARSET_NAMES}
    assert named <= {path.name for path in FILES}


@pytest.mark.parametrize("name", sorted(CHARSET_NAMES))
def test_every_character_set_is_shown(name: str) -> None:
    found = outcome(CHARSETS / name)
    assert isinstance(found, Catalog)
    assert found.series[0].patient.name == CHARSET_NAMES[name]


def test_the_name_of_jpeg_extended_is_read_in_12_bits(decoder: DecodeProcess) -> None:
    (series,) = finish(discover(SAMPLES / "JPGExtended.dcm")).series
    from leukoviewer.dicom.header import read_images

    values = decoder.decode(read_images(series.slices[0].path)[0].header)
    # As pydicom's own tests know them from another decoder.
    assert (values[420, 140], values[230, 120]) == (244, 95)
