"""The bill of materials of what is installed, and versions locked by hash."""

from __future__ import annotations

import json
import re
from importlib import metadata
from pathlib import Path

import pytest

from tests.packaging.conftest import Load


def test_the_bill_holds_every_installed_package_once_with_version_and_license(script: Load, tmp_path: Path) -> None:
    bill = script("installed_bill")
    file = script("sbom").write(bill.installed(), tmp_path, program=tmp_path)
    document = json.loads(file.read_text(encoding="utf-8"))
    assert (document["bomFormat"], document["specVersion"]) == ("CycloneDX", "1.6")
    found = {component["name"]: component for component in document["components"]}
    names = {bill.canonical(d.metadata["Name"]) for d in metadata.distributions()} - {"leukoviewer"}
    assert set(found) == names
    assert len(document["components"]) == len(names)
    assert found["pydicom"]["version"] == metadata.version("pydicom")
    assert found["pydicom"]["purl"] == f"pkg:pypi/pydicom@{metadata.version('pydicom')}"
    assert found["numpy"]["licenses"]
    references = [component["bom-ref"] for component in document["components"]]
    assert document["dependencies"][0]["dependsOn"] == sorted(references)


def test_two_bills_of_one_environment_are_the_same(script: Load, tmp_path: Path) -> None:
    bill, sbom = script("installed_bill"), script("sbom")
    first = sbom.write(bill.installed(), tmp_path, program=tmp_path).read_bytes()
    assert sbom.write(bill.installed(), tmp_path, program=tmp_path).read_bytes() == first


def report(**hashes: str) -> dict[str, object]:
    return {
        "install": [
            {
                "metadata": {"name": "zlib_like", "version": "2.0"},
                "download_info": {"archive_info": {"hashes": hashes}},
            },
            {"metadata": {"name": "leukoviewer", "version": "1"}, "download_info": {"dir_info": {"editable": False}}},
            {"metadata": {"name": "Abc", "version": "1.1"}, "download_info": {"archive_info": {"hashes": hashes}}},
        ]
    }


def test_versions_are_locked_by_name_in_the_form_that_pip_reads(script: Load) -> None:
    lines = script("installed_bill").locked(report(sha256="ab" * 32, md5="1"))
    assert lines == [f"abc==1.1 --hash=sha256:{'ab' * 32}", f"zlib-like==2.0 --hash=sha256:{'ab' * 32}"]
    assert all(re.fullmatch(r"[a-z0-9-]+==\S+ --hash=sha256:[0-9a-f]{64}", line) for line in lines)


def test_a_package_without_a_hash_cannot_be_locked(script: Load) -> None:
    with pytest.raises(script("project").PackagingError, match=r"zlib-like 2\.0 comes without"):
        script("installed_bill").locked(report(md5="1"))


def test_what_pip_cannot_find_is_told(script: Load, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bill, project = script("installed_bill"), script("project")
    monkeypatch.setattr(project, "ROOT", tmp_path)
    with pytest.raises(project.PackagingError, match="pip cannot resolve"):
        bill.resolved(tmp_path / "report.json")
