"""What a reader thinks of a patient before and after seeing what a model says, and how both are kept."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from datetime import datetime
from enum import Enum
from typing import Any

from leukoviewer.core.results import Analysis
from leukoviewer.core.study_record import Shelf, moment, stamp

CONFIDENCES = (1, 2, 3, 4, 5)


class Answer(Enum):
    """Whether the patient has the disease."""

    YES = "yes"
    NO = "no"
    UNSURE = "unsure"


@dataclass(frozen=True, slots=True)
class Opinion:
    """An answer, how sure the reader is of it (1 hardly to 5 wholly), and when it was noted (with its zone)."""

    answer: Answer
    confidence: int
    at: datetime

    def __post_init__(self) -> None:
        if self.confidence not in CONFIDENCES or self.at.tzinfo is None:
            raise ValueError("confidence goes from 1 to 5 and a time needs its zone")

    def says_the_same(self, other: Opinion | None) -> bool:
        """Whether answer and confidence are the same, whenever they were noted."""
        return other is not None and (self.answer, self.confidence) == (other.answer, other.confidence)


@dataclass(frozen=True, slots=True)
class OpenedResult:
    """A result that the reader got to see: which package said it, its vote at its own limits, and when."""

    package_id: str
    package_sha256: str
    is_positive: bool
    positive: int
    scored: int
    needed: int
    at: datetime

    @classmethod
    def of(cls, result: Analysis, at: datetime) -> OpenedResult:
        """What is kept of a result."""
        vote, package = result.vote(), result.package
        return cls(package.id, package.sha256, vote.is_positive, vote.positive, vote.scored, vote.needed, at)


@dataclass(frozen=True, slots=True)
class CaseOpinions:
    """All that is kept of a case.

    Attributes
    ----------
    opinions : tuple of Opinion
        The first was noted while no result was to be seen, unless ``opened_unasked``; later ones follow in time.
    results : tuple of OpenedResult
        What was seen, in time; the first is what the reader is compared with.
    opened_unasked : bool
        Whether results were opened without an opinion; then no opinion counts as the reader's own.
    """

    opinions: tuple[Opinion, ...] = ()
    results: tuple[OpenedResult, ...] = ()
    opened_unasked: bool = False

    @property
    def is_open(self) -> bool:
        """Whether results may be seen."""
        return bool(self.opinions) or self.opened_unasked

    @property
    def first(self) -> Opinion | None:
        """The opinion before any result; None when there was none."""
        return self.opinions[0] if self.opinions and not self.opened_unasked else None

    @property
    def final(self) -> Opinion | None:
        """The opinion that stands now."""
        return self.opinions[-1] if self.opinions else None

    def with_opinion(self, opinion: Opinion) -> CaseOpinions:
        """A new opinion; as long as no result was seen it takes the place of the one before."""
        if opinion.says_the_same(self.final):
            return self
        return replace(self, opinions=(*(self.opinions if self.results else ()), opinion))

    def with_result(self, result: OpenedResult) -> CaseOpinions:
        """A result that is seen; of one package only the first is kept."""
        known = {(one.package_id, one.package_sha256) for one in self.results}
        if (result.package_id, result.package_sha256) in known:
            return self
        return replace(self, results=(*self.results, result))

    def joined(self, other: CaseOpinions) -> CaseOpinions:
        """With what was kept elsewhere meanwhile, all in time; a result opened unasked anywhere was opened."""
        opinions = sorted({*self.opinions, *other.opinions}, key=lambda one: one.at)
        whole = replace(self, opinions=tuple(opinions), opened_unasked=self.opened_unasked or other.opened_unasked)
        for result in other.results:
            whole = whole.with_result(result)
        return replace(whole, results=tuple(sorted(whole.results, key=lambda one: one.at)))

    def opened_without(self) -> CaseOpinions:
        """Opened without an opinion; a case with one stays as it is."""
        return self if self.is_open else replace(self, opened_unasked=True)


def _to_json(case: CaseOpinions) -> dict[str, Any]:
    return {
        "opinions": [
            {"answer": one.answer.value, "confidence": one.confidence, "at": stamp(one.at)} for one in case.opinions
        ],
        "results": [asdict(one) | {"at": stamp(one.at)} for one in case.results],
        "opened_unasked": case.opened_unasked,
    }


def _parse(data: dict[str, Any]) -> CaseOpinions:
    opinions = tuple(
        Opinion(Answer(one["answer"]), _number(one["confidence"]), moment(one["at"])) for one in data["opinions"]
    )
    results = tuple(_result(one) for one in data["results"])
    return CaseOpinions(opinions, results, data["opened_unasked"] is True)


def _result(one: dict[str, Any]) -> OpenedResult:
    positive, scored, needed = (_number(one[name]) for name in ("positive", "scored", "needed"))
    return OpenedResult(
        str(one["package_id"]), str(one["package_sha256"]), one["is_positive"] is True, positive, scored, needed,
        moment(one["at"]),
    )  # fmt: skip


def _number(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise TypeError("a count is a whole number")
    return value


OPINIONS: Shelf[CaseOpinions] = Shelf(
    "opinions", "leukoviewer.opinions/1", "Your opinion on this study", _parse, _to_json
)
