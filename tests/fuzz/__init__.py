"""The project's own fuzzer: header-aware damage to DICOM files, each outcome classified, each case repeatable."""
