"""The folder of a run."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from leukoviewer.errors import UsageError
from trainer.experiments.config import load
from trainer.experiments.rundir import RunFolder, git_state, versions


def test_a_run_notes_what_was_asked_with_versions_and_gives_it_back(tmp_path: Path) -> None:
    folder = RunFolder(tmp_path / "run")
    config = load("leukoencephalopathy", preset="bundled")
    folder.begin(config, about={"data": {"patients": 3}})
    again, held = folder.read_config()
    assert again == config
    assert held["data"] == {"patients": 3}
    assert held["versions"] == versions()
    assert {"python", "torch", "timm", "lightning", "leukoviewer"} <= set(held["versions"])


def test_a_folder_that_holds_something_is_never_written_into(tmp_path: Path) -> None:
    (tmp_path / "precious.txt").write_text("x")
    with pytest.raises(UsageError, match="not empty"):
        RunFolder(tmp_path).begin(load("leukoencephalopathy"), about={})
    assert [path.name for path in tmp_path.iterdir()] == ["precious.txt"]


@pytest.mark.parametrize("content", [None, "{", "[]", '{"schema": "other"}', '{"schema": "leukoviewer.run/1"}'])
def test_a_folder_without_a_run_cannot_be_carried_on(content: str | None, tmp_path: Path) -> None:
    if content is not None:
        (tmp_path / "config.json").write_text(content)
    with pytest.raises(UsageError, match="no run"):
        RunFolder(tmp_path).read_config()


def test_the_paths_are_those_that_the_export_reads(tmp_path: Path) -> None:
    folder = RunFolder(tmp_path)
    paths = [folder.config, folder.split, folder.metrics, folder.best, folder.scores("test")]
    assert [path.relative_to(tmp_path).as_posix() for path in paths] == [
        "config.json",
        "split.json",
        "metrics.json",
        "checkpoints/best.ckpt",
        "scores/test.csv",
    ]


def test_the_config_is_plain_json(tmp_path: Path) -> None:
    folder = RunFolder(tmp_path / "run")
    folder.begin(load("leukoencephalopathy"), about={})
    held = json.loads(folder.config.read_text())
    assert held["schema"] == "leukoviewer.run/1"
    assert held["experiment"]["optimize"]["learning_rate"] == 1e-5


def test_a_run_notes_the_commit_of_a_checkout_and_nothing_elsewhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, repository: Path
) -> None:
    folder = RunFolder(tmp_path / "run")
    folder.begin(load("leukoencephalopathy"), about={})
    held = json.loads(folder.config.read_text())
    if (repository / ".git").exists():
        assert len(held["git"]["commit"]) == 40
        assert held["git"]["changed"] in (True, False)
    monkeypatch.setattr("trainer.experiments.rundir.__file__", str(tmp_path / "site" / "trainer" / "a" / "rundir.py"))
    assert git_state() == {}


def test_a_run_that_wrote_its_note_alone_can_be_taken_back(tmp_path: Path) -> None:
    folder = RunFolder(tmp_path / "run")
    folder.begin(load("leukoencephalopathy"), about={})
    folder.take_back()
    folder.begin(load("leukoencephalopathy"), about={})
    folder.split.write_text("{}")
    folder.take_back()
    assert folder.config.is_file()


@pytest.mark.parametrize("changes", [(), ("optimize.epochs=8",), ("model.pretrained=false",)])
def test_a_run_is_carried_on_with_settings_that_are_its_own(changes: tuple[str, ...], tmp_path: Path) -> None:
    folder = RunFolder(tmp_path)
    config = load("leukoencephalopathy", preset="tiny", changes=("optimize.epochs=8", "model.pretrained=false"))
    folder.begin(config, about={})
    assert folder.carried_on(changes)[0] == config


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ("optimize.epochs=3", r"optimize\.epochs is 8 there, 3 here"),
        ("optimize.sizes=[[0.0, 32]]", r"optimize\.sizes is .* there, \(\(0\.0, 32\),\) here"),
    ],
)
def test_a_change_that_would_not_be_followed_is_refused(change: str, words: str, tmp_path: Path) -> None:
    folder = RunFolder(tmp_path)
    folder.begin(load("leukoencephalopathy", preset="tiny", changes=("optimize.epochs=8",)), about={})
    with pytest.raises(UsageError, match=f"begun with other settings \\({words}\\); leave them out"):
        folder.carried_on((change,))
