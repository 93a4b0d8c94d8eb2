"""The golden case: an engine repeats on this machine what the model said when it was made."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from leukoviewer.errors import EngineError
from leukoviewer.inference.engine import Engine, EngineOutput
from leukoviewer.packages.archive import Golden, Package


@dataclass(frozen=True, slots=True)
class EngineCheck:
    """How one engine repeats a package's golden case.

    Attributes
    ----------
    engine, device : str
        Which engine.
    logit_difference : float
        Largest difference of a logit, relative to the largest one (at least 1).
    map_difference : float
        Largest difference of a raw heatmap, relative to its largest value (at least that of the logit spread evenly).
    tolerance : float
        What the package allows.
    problem : str
        Why the engine could not be tried; empty when it was.
    """

    engine: str
    device: str
    logit_difference: float
    map_difference: float
    tolerance: float
    problem: str = ""

    @property
    def passed(self) -> bool:
        """Whether both differences lie within the tolerance."""
        return not self.problem and max(self.logit_difference, self.map_difference) <= self.tolerance

    @property
    def sentence(self) -> str:
        """The outcome in words."""
        where = f"{self.engine} on {self.device}"
        if self.problem:
            return f"{where}: not tried, {self.problem}"
        verdict = "agrees" if self.passed else "DIFFERS"
        return (
            f"{where}: {verdict} (logits within {self.logit_difference:.1e}, heatmaps within "
            f"{self.map_difference:.1e}, allowed {self.tolerance:.0e})"
        )


def check(engine: Engine, package: Package) -> EngineCheck:
    """Run the golden case on an engine.

    Raises
    ------
    PackageError
        The golden case cannot be read.
    EngineError
        The engine failed.
    """
    golden = package.golden()
    output = engine.run(golden.stack)
    logits, maps = differences(output, golden)
    return EngineCheck(engine.name, engine.device, logits, maps, golden.tolerance)


def require(engine: Engine, package: Package) -> EngineCheck:
    """Run the golden case, and refuse an engine that gives something else.

    Raises
    ------
    EngineError
        The differences are larger than the package allows.
    """
    outcome = check(engine, package)
    if not outcome.passed:
        raise EngineError(
            f"On this computer {engine.name} ({engine.device}) gives other results than the model {package.id} gave "
            "when it was made; choose another device in the settings.",
            thing=outcome,
        )
    return outcome


def differences(output: EngineOutput, golden: Golden) -> tuple[float, float]:
    """Largest relative difference of logits and of maps; infinite where a result is not finite."""
    if output.logits.shape != golden.logits.shape or output.maps.shape != golden.maps.shape:
        return float("inf"), float("inf")
    logits = np.abs(output.logits - golden.logits).max() / _logit_scale(golden)
    maps = np.abs(output.maps - golden.maps).max() / max(float(golden.maps.max()), _even_map(golden))
    found = np.nan_to_num(np.array([logits, maps], dtype=np.float64), nan=np.inf, posinf=np.inf)
    return float(found[0]), float(found[1])


def _logit_scale(golden: Golden) -> float:
    return max(1.0, float(np.abs(golden.logits).max()))


def _even_map(golden: Golden) -> float:
    """A map of the logit spread evenly: what a map of nothing but zeros is compared on."""
    return _logit_scale(golden) / float(golden.maps[0].size)
