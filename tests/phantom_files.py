"""DICOM objects of the phantom builder as bytes in files: data sets, encodings, identifiers."""

from __future__ import annotations

import warnings
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from pydicom.dataset import Dataset, FileDataset, FileMetaDataset
from pydicom.uid import (
    UID,
    DeflatedExplicitVRLittleEndian,
    ExplicitVRBigEndian,
    ExplicitVRLittleEndian,
    ImplicitVRLittleEndian,
    generate_uid,
)


def new_dataset(sop_class: str, sop_uid: str, transfer_syntax: str) -> FileDataset:
    """An empty DICOM object with its file meta information."""
    meta = FileMetaDataset()
    meta.MediaStorageSOPClassUID, meta.MediaStorageSOPInstanceUID = sop_class, sop_uid
    meta.TransferSyntaxUID, meta.ImplementationClassUID = transfer_syntax, uid_of("phantom")
    syntax = UID(transfer_syntax)
    data = FileDataset(
        "", {}, file_meta=meta, preamble=b"\0" * 128,
        is_implicit_VR=syntax.is_implicit_VR, is_little_endian=syntax.is_little_endian,
    )  # fmt: skip
    data.SpecificCharacterSet = "ISO_IR 192"
    data.SOPClassUID, data.SOPInstanceUID = sop_class, sop_uid
    return data


def put(data: Dataset, keyword: str, value: object) -> None:
    """Set an element to any value, also to one that the standard forbids."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        setattr(data, keyword, value)


def encode(data: Dataset, words: NDArray[np.uint16], transfer_syntax: str) -> None:
    """Put 16-bit words, shape (frames, rows, columns), into a data set whose other pixel attributes are set."""
    native = {ExplicitVRLittleEndian, ImplicitVRLittleEndian, DeflatedExplicitVRLittleEndian, ExplicitVRBigEndian}
    order = ">u2" if transfer_syntax == ExplicitVRBigEndian else "<u2"
    data.PixelData = words.astype(order).tobytes()
    data["PixelData"].VR = "OW"
    if transfer_syntax in native:
        return
    data.file_meta.TransferSyntaxUID = ExplicitVRLittleEndian
    data.compress(transfer_syntax, generate_instance_uid=False)


def save(data: Dataset, path: Path, *, preamble: bool = True) -> None:
    """Write a data set; without a preamble nothing but the bare elements is written."""
    syntax = data.file_meta.TransferSyntaxUID
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        if preamble:
            data.save_as(path, enforce_file_format=True)
        else:
            Dataset(data).save_as(path, implicit_vr=syntax.is_implicit_VR, little_endian=syntax.is_little_endian)


def decimal(value: float) -> str:
    """A decimal string of at most 16 characters (DICOM PS3.5, DS)."""
    text = f"{float(value):.9g}"
    return text if len(text) <= 16 else f"{float(value):.6g}"


def uid_of(*parts: str) -> str:
    return generate_uid(entropy_srcs=["leukoviewer phantom", *parts])
