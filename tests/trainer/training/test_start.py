"""Starting weights: all but the last layer, of the same network, or a sentence."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch

from leukoviewer.errors import UsageError
from tests.packages_fixture import varied_network
from trainer.training.architectures import build
from trainer.training.start import START_FILE, load_start, read_about, write_start


def test_a_network_begins_with_the_weights_but_its_own_last_layer(tmp_path: Path) -> None:
    learnt, fresh = varied_network("test_convnext"), build("test_convnext", pretrained=False)
    own = {name: value.clone() for name, value in fresh.state_dict().items()}
    write_start(learnt, tmp_path / START_FILE)
    load_start(fresh, tmp_path)
    last = {"backbone.head.fc.weight", "backbone.head.fc.bias"}
    for name, value in fresh.state_dict().items():
        assert torch.equal(value, own[name] if name in last else learnt.state_dict()[name]), name
    assert last < set(own)


def test_weights_of_another_network_are_refused(tmp_path: Path) -> None:
    write_start(varied_network("test_convnext"), tmp_path / START_FILE)
    with pytest.raises(UsageError, match="another network than resnet10t"):
        load_start(build("resnet10t", pretrained=False), tmp_path)


@pytest.mark.parametrize("content", [None, b"", b"no weights"])
def test_a_folder_without_weights_is_told(tmp_path: Path, content: bytes | None) -> None:
    if content is not None:
        (tmp_path / START_FILE).write_bytes(content)
    with pytest.raises(UsageError, match="holds no starting weights; make them with leuko-trainer pretrain"):
        load_start(build("test_convnext", pretrained=False), tmp_path)


def test_a_folder_that_is_no_run_has_no_provenance(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="holds no run"):
        read_about(tmp_path)
