"""A network becomes a package: stored once, the same on each engine, honest in its card."""

from __future__ import annotations

import copy
from dataclasses import replace
from pathlib import Path

import numpy as np
import onnx
import pytest
import torch

from leukoviewer.errors import CannotWriteError, EngineError, LeukoError
from leukoviewer.inference import golden as golden_case
from leukoviewer.inference.networks import Network, build_network
from leukoviewer.inference.torch_engine import TorchEngine
from leukoviewer.packages.archive import open_package
from leukoviewer.packages.manifest import Layout
from leukoviewer.packages.provenance import Training
from leukoviewer.packages.tensors import read_tensors, tensors_to_bytes
from leukoviewer.preprocessing.recipe import BUILTIN
from tests.packages_fixture import varied_network
from trainer import export
from trainer.export import Description, golden_of, golden_stack, write
from trainer.export_weights import Precision, stored_tensors

DESCRIPTION = Description("net", "0.3", BUILTIN["leuko-a"], Training("run", "simulated patients", True))


@pytest.fixture(scope="module")
def network() -> Network:
    return varied_network("test_convnext")


def test_what_is_written_is_what_is_opened(network: Network, tmp_path: Path) -> None:
    package = write(network, tmp_path / "net-0.3", description=DESCRIPTION)
    again = open_package(tmp_path / "net-0.3")
    assert again.sha256 == package.sha256
    manifest = again.manifest
    assert (manifest.id, manifest.architecture, manifest.layout) == ("net-0.3", "test_convnext", Layout.SLICES)
    assert manifest.map_shape == (8, 8)
    assert manifest.recipe == BUILTIN["leuko-a"]
    assert sorted(p.name for p in tmp_path.iterdir()) == ["net-0.3"]


def test_the_network_is_left_as_it_is(tmp_path: Path) -> None:
    network = varied_network("test_convnext").train()
    before = copy.deepcopy(network.state_dict())
    write(network, tmp_path / "net-0.3", description=DESCRIPTION)
    assert network.training
    torch.testing.assert_close(dict(network.state_dict()), dict(before), rtol=0, atol=0)


def test_the_same_network_gives_the_same_bytes(network: Network, tmp_path: Path) -> None:
    one = write(network, tmp_path / "a" / "net-0.3", description=DESCRIPTION)
    other = write(network, tmp_path / "b" / "net-0.3", description=DESCRIPTION)
    assert one.sha256 == other.sha256


def test_half_precision_moves_a_logit_by_little(network: Network, tmp_path: Path) -> None:
    package = write(network, tmp_path / "net-0.3", description=DESCRIPTION)
    full = golden_of(network, BUILTIN["leuko-a"], Layout.SLICES)
    np.testing.assert_allclose(package.golden().logits, full.logits, atol=0.01)


@pytest.mark.parametrize("precision", [Precision.INT8, Precision.FLOAT32])
def test_any_precision_is_the_same_model_on_both_engines(
    network: Network, tmp_path: Path, precision: Precision
) -> None:
    package = write(network, tmp_path / "net-0.3", description=replace(DESCRIPTION, precision=precision))
    outcome = golden_case.check(TorchEngine(package), package)
    assert outcome.passed
    assert outcome.logit_difference < 1e-4
    onnx.checker.check_model(str(package.graph_path), full_check=True)
    full = golden_of(network, BUILTIN["leuko-a"], Layout.SLICES)
    moved = np.abs(package.golden().logits - full.logits).max()
    if precision is Precision.FLOAT32:
        assert moved == 0
    else:
        assert 0 < moved < 0.25
        kinds = {array.dtype for array in read_tensors(package.weights_path).values()}
        assert np.dtype(np.int8) in kinds


def test_8_bits_take_half_the_place_of_16(network: Network, tmp_path: Path) -> None:
    sizes = {
        precision: len(tensors_to_bytes(stored_tensors(network, precision)))
        for precision in (Precision.INT8, Precision.FLOAT16)
    }
    assert sizes[Precision.INT8] < 0.65 * sizes[Precision.FLOAT16]


def test_the_golden_case_fits_the_slices_of_the_recipe() -> None:
    stack = golden_stack(3, (64, 48))
    assert stack.shape == (3, 64, 48)
    assert stack.dtype == np.float32
    assert len(np.unique(stack)) > 10
    np.testing.assert_array_equal(stack, np.rint(stack * 255).astype(np.float32) / np.float32(255))
    assert golden_stack(1, (16, 16)).shape == (1, 16, 16)


def test_a_package_that_exists_is_not_written_over(network: Network, tmp_path: Path) -> None:
    package = write(network, tmp_path / "net-0.3", description=DESCRIPTION)
    with pytest.raises(CannotWriteError, match="exists already"):
        write(network, tmp_path / "net-0.3", description=replace(DESCRIPTION, notes=("new",)))
    assert open_package(package.folder).sha256 == package.sha256


@pytest.mark.parametrize(
    "change",
    [{"name": "Bad Name"}, {"version": "one"}, {"slice_threshold": 2.0}],
    ids=lambda change: next(iter(change)),
)
def test_an_impossible_description_ends_in_a_sentence(
    change: dict[str, object], network: Network, tmp_path: Path
) -> None:
    with pytest.raises(LeukoError, match="The package cannot be described"):
        write(network, tmp_path / "net", description=replace(DESCRIPTION, **change))
    assert list(tmp_path.iterdir()) == []


def test_an_engine_that_differs_stops_the_export(
    network: Network, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    honest = export.golden_of

    def other(*request: object) -> object:
        golden = honest(*request)
        return replace(golden, logits=golden.logits + np.float32(0.5))

    monkeypatch.setattr(export, "golden_of", other)
    with pytest.raises(EngineError, match="gives other results"):
        write(network, tmp_path / "net-0.3", description=DESCRIPTION)
    assert list(tmp_path.iterdir()) == []


def test_a_checkout_without_its_license_is_told(
    network: Network, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(export, "__file__", str(tmp_path / "trainer" / "export.py"))
    with pytest.raises(LeukoError, match="LICENSE of the project is missing"):
        write(network, tmp_path / "net-0.3", description=DESCRIPTION)


def test_a_fresh_network_can_be_exported(tmp_path: Path) -> None:
    package = write(build_network("test_convnext"), tmp_path / "net-0.3", description=DESCRIPTION)
    assert "mean nothing yet" in package.card
