"""The template is computed once and kept in pytest's cache; one patient is simulated once for all tests."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch

from tests.trainer.simulation.records import record_of
from trainer.simulation import protocol
from trainer.simulation.patient import SimulatedPatient, simulate
from trainer.simulation.protocol import Protocol
from trainer.simulation.template import Template, load_template


@pytest.fixture(scope="session")
def simulation_home(pytestconfig: pytest.Config) -> Path:
    return pytestconfig.cache.mkdir("simulation-home")


@pytest.fixture(scope="session")
def template(simulation_home: Path) -> Template:
    return load_template(torch.device("cpu"), cache=simulation_home / "cache" / "simulation")


@pytest.fixture
def warm_home(template: Template, simulation_home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The user's folders hold the computed template already."""
    monkeypatch.setenv("LEUKOVIEWER_HOME", str(simulation_home))
    return simulation_home


@pytest.fixture
def few_slices(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every protocol takes five or six slices of 8 mm, so that a whole patient takes half a second."""
    for name in protocol.PROTOCOLS:
        monkeypatch.setitem(protocol.PROTOCOLS, name, Protocol((8.0, 30.0), (8.0, 30.0)))


@pytest.fixture(scope="session")
def ill(template: Template) -> SimulatedPatient:
    """A whole patient of grade 2."""
    return simulate(record_of(), template)
