"""What checks say of a heatmap's honesty in one case (values; the checks: ``leukoviewer.inference.honesty``)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Check(StrEnum):
    """What is checked."""

    REPEATABILITY = "repeatability"
    DELETION = "deletion"
    RANDOMIZATION = "randomization"


@dataclass(frozen=True, slots=True)
class Finding:
    """One check's outcome.

    Attributes
    ----------
    check : Check
        Which one.
    passed : bool or None
        None where it could not be done.
    sentence : str
        What was found, in plain words.
    numbers : tuple of (str, float)
        What stands behind it, in reading order.
    """

    check: Check
    passed: bool | None
    sentence: str
    numbers: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Honesty:
    """The verdict on the heatmap of one result.

    Attributes
    ----------
    series_key, package_id : str
        Whose result it is.
    method : str
        Which heatmap was checked.
    slices : tuple of int
        The native slices that were looked at; empty when the model points at nothing in this scan.
    findings : tuple of Finding
        One a check; empty when there was nothing to check.
    """

    series_key: str
    package_id: str
    method: str
    slices: tuple[int, ...] = ()
    findings: tuple[Finding, ...] = ()

    @property
    def failed(self) -> tuple[Finding, ...]:
        """The checks that speak against the heatmap."""
        return tuple(finding for finding in self.findings if finding.passed is False)

    @property
    def is_trustworthy(self) -> bool:
        """Whether every check was done and none speaks against the heatmap."""
        return bool(self.findings) and all(finding.passed for finding in self.findings)

    @property
    def verdict(self) -> str:
        """In plain words."""
        if not self.findings:
            return "The model points at nothing in this scan, so there is no localization to judge."
        if self.failed:
            why = "; ".join(finding.sentence.rstrip(".") for finding in self.failed)
            return f"Localization not trustworthy here: {why[0].lower()}{why[1:]}."
        if self.is_trustworthy:
            return "No check speaks against the localization here; it is still a hint, not a proof."
        return "Not every check could be done, so nothing is known for sure of the localization here."
