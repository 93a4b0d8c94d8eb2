"""What cannot be run on Linux is read: Windows' and macOS's recipes, the desktop entry, the workflow, one version."""

from __future__ import annotations

import ast
import configparser
import plistlib
import re
import shutil
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest
import yaml

from tests.packaging.conftest import Load

# The constraints hold other packages' versions, and one may be equal to ours.
TEXTS = {".py", ".sh", ".iss", ".xml", ".desktop", ".spec", ""}


@pytest.fixture
def folder(repository: Path) -> Path:
    return repository / "packaging"


def _sections(script: str) -> dict[str, list[str]]:
    """Lines of an Inno Setup script by section, without comments and directives."""
    sections: dict[str, list[str]] = {}
    name = ""
    for line in script.splitlines():
        header = re.fullmatch(r"\[(\w+)\]", line.strip())
        if header:
            name = header.group(1)
            assert name not in sections, f"section {name} stands twice"
            sections[name] = []
        elif line.strip() and not line.startswith((";", "#", " ")):
            sections[name].append(line)
    return sections


def test_the_version_stands_in_one_place(script: Load, repository: Path) -> None:
    version = script("project").version()
    assert re.fullmatch(r"\d+\.\d+\.\d+\S*", version)
    files = [p for p in (repository / "packaging").rglob("*") if p.is_file() and p.suffix in TEXTS]
    files += [
        *(repository / ".github").rglob("*.yml"),
        repository / "Makefile",
        *(repository / "leukoviewer").rglob("*.py"),
    ]
    pattern = re.compile(rf"(?<![\d.]){re.escape(version)}(?![\d.])")
    found = [p for p in files if pattern.search(p.read_text(encoding="utf-8"))]
    assert found == []


@pytest.mark.parametrize(
    ("version", "numbers"), [("0.1.0", (0, 1, 0, 0)), ("1.12.3rc1", (1, 12, 3, 0)), ("2.0", (2, 0, 0, 0))]
)
def test_the_version_resource_of_windows_is_python_with_four_numbers(
    script: Load, version: str, numbers: tuple[int, ...]
) -> None:
    tree = ast.parse(script("windows_version").text(version), mode="eval")
    assert isinstance(tree.body, ast.Call)
    fixed = next(k.value for k in tree.body.keywords if k.arg == "ffi")
    assert isinstance(fixed, ast.Call)
    values = {k.arg: ast.literal_eval(k.value) for k in fixed.keywords}
    assert values["filevers"] == values["prodvers"] == numbers
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    texts = {
        ast.literal_eval(c.args[0]): ast.literal_eval(c.args[1])
        for c in calls
        if isinstance(c.func, ast.Name) and c.func.id == "StringStruct"
    }
    assert texts["ProductVersion"] == texts["FileVersion"] == version
    assert texts["OriginalFilename"] == "leukoviewer.exe"


def test_the_installer_of_windows_is_for_one_user_and_undoes_what_it_writes(folder: Path) -> None:
    sections = _sections((folder / "windows" / "leukoviewer.iss").read_text(encoding="utf-8"))
    setup = dict(line.split("=", 1) for line in sections["Setup"])
    assert setup["PrivilegesRequired"] == "lowest"
    assert setup["AppVersion"] == "{#AppVersion}"
    assert setup["ChangesAssociations"] == "yes"
    assert re.fullmatch(r"\{\{[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}\}", setup["AppId"])
    for line in sections["Registry"]:
        assert "Root: HKA;" in line, "a part of the registry that needs an administrator"
        assert 'Subkey: "Software\\Classes\\' in line
    undone = [line for line in sections["Registry"] if "uninsdelete" in line]
    assert {".dcm\\OpenWithProgids", ".dicom\\OpenWithProgids", 'Directory\\shell\\LeukoViewer"'} <= {
        part for part in (".dcm\\OpenWithProgids", ".dicom\\OpenWithProgids", 'Directory\\shell\\LeukoViewer"')
        if any(part in line for line in undone)
    }  # fmt: skip
    commands = [line for line in sections["Registry"] if "\\command" in line]
    assert len(commands) == 2
    assert all('ValueData: """{app}\\{#Program}"" ""%1"""' in line for line in commands), "a path with spaces breaks"


def test_what_the_installer_of_windows_takes_is_there_or_is_built(folder: Path, repository: Path) -> None:
    text = (folder / "windows" / "leukoviewer.iss").read_text(encoding="utf-8")
    sections = _sections(text)
    setup = dict(line.split("=", 1) for line in sections["Setup"])
    root = (folder / "windows" / setup["SourceDir"].replace("\\", "/")).resolve()
    assert root == repository
    built = {"dist\\leukoviewer\\*", "build\\icons\\leukoviewer.ico"}
    taken = {match for line in sections["Files"] for match in re.findall(r'Source: "([^"]+)"', line)}
    taken |= {setup["SetupIconFile"], setup["LicenseFile"]}
    assert built <= taken
    assert [name for name in taken - built if not (repository / name.replace("\\", "/")).is_file()] == []
    tasks = set(re.findall(r'^Name: "(\w+)"', "\n".join(sections["Tasks"]), flags=re.MULTILINE))
    used = set(re.findall(r"Tasks: (\w+)", text))
    assert used == tasks


def test_the_program_of_the_installer_is_the_one_of_the_spec(script: Load, folder: Path) -> None:
    text = (folder / "windows" / "leukoviewer.iss").read_text(encoding="utf-8")
    assert f'#define Program "{script("project").NAME}.exe"' in text


def test_the_plist_of_macos_opens_dicom_files_and_folders(script: Load) -> None:
    info = plistlib.loads(plistlib.dumps(script("macos_bundle").info()))
    opened = {kind for entry in info["CFBundleDocumentTypes"] for kind in entry["LSItemContentTypes"]}
    declared = {entry["UTTypeIdentifier"] for entry in info["UTImportedTypeDeclarations"]}
    assert opened == {"org.nema.dicom", "public.folder"}
    assert declared == {"org.nema.dicom"}
    assert {entry["LSHandlerRank"] for entry in info["CFBundleDocumentTypes"]} == {"Alternate"}
    assert info["CFBundleVersion"] == script("project").version()


@pytest.mark.skipif(shutil.which("sh") is None, reason="a POSIX shell reads the scripts")
@pytest.mark.parametrize("name", ["macos/make_dmg.sh", "linux/postinst", "linux/postrm", "setup.sh"])
def test_shell_scripts_are_shell(folder: Path, name: str) -> None:
    run = subprocess.run(["sh", "-n", str(folder / name)], check=False, capture_output=True, text=True)
    assert run.stderr == ""
    assert run.returncode == 0
    assert "set -e" in (folder / name).read_text(encoding="utf-8")


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="dpkg calls them on Linux")
@pytest.mark.parametrize(("name", "word"), [("postinst", "configure"), ("postrm", "remove"), ("postrm", "purge")])
def test_the_scripts_of_the_debian_package_need_no_tool_of_the_desktop(
    folder: Path, tmp_path: Path, name: str, word: str
) -> None:
    run = subprocess.run(
        ["/bin/sh", str(folder / "linux" / name), word], check=False, capture_output=True, env={"PATH": str(tmp_path)}
    )
    assert (run.returncode, run.stdout, run.stderr) == (0, b"", b"")


def test_the_desktop_entry_opens_dicom_and_folders(folder: Path) -> None:
    parser = configparser.ConfigParser(interpolation=None, delimiters=("=",))
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    parser.read(folder / "linux" / "leukoviewer.desktop", encoding="utf-8")
    entry = parser["Desktop Entry"]
    assert entry["Exec"].split() == ["leukoviewer", "%f"]
    assert set(entry["MimeType"].strip(";").split(";")) == {"application/dicom", "inode/directory"}
    assert entry["Terminal"] == "false"
    assert entry["Icon"] == "leukoviewer"
    if shutil.which("desktop-file-validate"):
        run = subprocess.run(
            ["desktop-file-validate", str(folder / "linux" / "leukoviewer.desktop")], check=False, capture_output=True
        )
        assert (run.returncode, run.stdout) == (0, b"")


def test_the_metainfo_names_the_entry_and_the_license(script: Load, folder: Path) -> None:
    root = ElementTree.parse(folder / "linux" / "leukoviewer.metainfo.xml").getroot()
    assert root.findtext("id") == script("project").IDENTIFIER
    assert root.findtext("launchable") == "leukoviewer.desktop"
    assert root.findtext("project_license") == "Apache-2.0"


def test_the_workflow_builds_and_tries_on_three_systems(repository: Path) -> None:
    workflow = yaml.safe_load((repository / ".github" / "workflows" / "package.yml").read_text(encoding="utf-8"))
    (job,) = workflow["jobs"].values()
    systems = {item["system"].split("-")[0] for item in job["strategy"]["matrix"]["include"]}
    assert systems == {"ubuntu", "windows", "macos"}
    lines = [step["run"] for step in job["steps"] if "run" in step]
    scripts = [word for line in lines for word in line.split() if word.startswith("packaging/")]
    assert scripts == ["packaging/make_package.py", "packaging/package_check.py"]
    assert all((repository / name).is_file() for name in scripts)
    assert all(re.search(r"@v\d+$", step["uses"]) for step in job["steps"] if "uses" in step)


def test_the_makefile_hands_over_to_scripts_that_are_there(repository: Path) -> None:
    makefile = (repository / "Makefile").read_text(encoding="utf-8")
    named = re.findall(r"packaging/setup\.sh (\w+\.py)", makefile)
    assert named == ["make_package.py", "package_check.py"]
    assert all((repository / "packaging" / name).is_file() for name in named)
