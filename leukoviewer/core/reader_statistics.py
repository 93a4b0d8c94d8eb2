"""How often a reader agrees with the model before and after seeing its result, and who changes whose mind."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum

from leukoviewer.core.opinions import CONFIDENCES, Answer, CaseOpinions, Opinion
from leukoviewer.core.study_record import stamp


class Accord(Enum):
    """What an opinion is beside the model's vote."""

    AGREES = "agrees"
    UNSURE = "unsure"
    DISAGREES = "disagrees"


class Switch(Enum):
    """What seeing the result did to the opinion."""

    NONE = "none"
    TOWARD = "toward the model"
    AWAY = "away from the model"


@dataclass(frozen=True, slots=True)
class JudgedCase:
    """A case that counts: a first opinion noted blind, and a result seen after it."""

    first: Accord
    final: Accord
    confidence: int

    @property
    def switch(self) -> Switch:
        """The way from the first opinion to the last: from disagreeing over unsure to agreeing is toward the model."""
        order = (Accord.DISAGREES, Accord.UNSURE, Accord.AGREES)
        before, after = order.index(self.first), order.index(self.final)
        if before == after:
            return Switch.NONE
        return Switch.TOWARD if after > before else Switch.AWAY


@dataclass(frozen=True, slots=True)
class Counts:
    """Cases by what their opinion is beside the vote."""

    agrees: int = 0
    unsure: int = 0
    disagrees: int = 0

    @classmethod
    def of(cls, accords: Iterable[Accord]) -> Counts:
        """Count them."""
        found = Counter(accords)
        return cls(found[Accord.AGREES], found[Accord.UNSURE], found[Accord.DISAGREES])

    @property
    def total(self) -> int:
        """All."""
        return self.agrees + self.unsure + self.disagrees


@dataclass(frozen=True, slots=True)
class ByConfidence:
    """Cases of one confidence of the first opinion: how they stood then, and how many switched which way."""

    confidence: int
    first: Counts
    toward: int
    away: int


@dataclass(frozen=True, slots=True)
class ReaderStatistics:
    """The reader beside the model, over all cases.

    Attributes
    ----------
    before, after : Counts
        First opinions and last ones beside the vote of the first result seen, at the package's own limits.
    toward, away : int
        Opinions that seeing the result moved toward the model or away from it.
    by_confidence : tuple of ByConfidence
        From 1 to 5.
    opened_unasked, waiting : int
        Cases that do not count: opened without an opinion; with an opinion but no result yet.
    unreadable : int
        Records that cannot be read.
    """

    before: Counts = Counts()
    after: Counts = Counts()
    toward: int = 0
    away: int = 0
    by_confidence: tuple[ByConfidence, ...] = ()
    opened_unasked: int = 0
    waiting: int = 0
    unreadable: int = 0

    @property
    def cases(self) -> int:
        """How many count."""
        return self.before.total


def judged(case: CaseOpinions) -> JudgedCase | None:
    """The case as it counts; None when it does not."""
    first, final = case.first, case.final
    if first is None or final is None or not case.results:
        return None
    is_positive = case.results[0].is_positive
    return JudgedCase(
        _accord(first, is_positive=is_positive), _accord(final, is_positive=is_positive), first.confidence
    )


def statistics_of(cases: Sequence[CaseOpinions], *, unreadable: int = 0) -> ReaderStatistics:
    """Count cases of one reader."""
    counted = [one for case in cases if (one := judged(case)) is not None]
    return ReaderStatistics(
        before=Counts.of(one.first for one in counted),
        after=Counts.of(one.final for one in counted),
        toward=_switched(counted, Switch.TOWARD),
        away=_switched(counted, Switch.AWAY),
        by_confidence=tuple(
            _by_confidence(level, [one for one in counted if one.confidence == level]) for level in CONFIDENCES
        ),
        opened_unasked=sum(case.opened_unasked for case in cases),
        waiting=sum(case.first is not None and not case.results for case in cases),
        unreadable=unreadable,
    )


def table(cases: Iterable[tuple[str, CaseOpinions]]) -> str:
    """All cases as CSV, one row a case; cases go by the names of their files, which tell no patient."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(
        (
            "case", "first_answer", "first_confidence", "first_utc", "final_answer", "final_confidence", "final_utc",
            "package", "model_vote", "positive_slices", "scored_slices", "needed", "opened_utc", "agreement_before",
            "agreement_after", "switch", "opened_without_opinion",
        )
    )  # fmt: skip
    for name, case in cases:
        found = judged(case)
        seen = case.results[0] if case.results else None
        result = ("",) * 6 if seen is None else (
            seen.package_id, "positive" if seen.is_positive else "negative", seen.positive, seen.scored, seen.needed,
            stamp(seen.at),
        )  # fmt: skip
        accord = ("",) * 3 if found is None else (found.first.value, found.final.value, found.switch.value)
        writer.writerow(
            (name, *_opinion(case.first), *_opinion(case.final), *result, *accord, int(case.opened_unasked))
        )
    return out.getvalue()


def _opinion(one: Opinion | None) -> tuple[str, str, str]:
    return ("", "", "") if one is None else (one.answer.value, str(one.confidence), stamp(one.at))


def _accord(opinion: Opinion, *, is_positive: bool) -> Accord:
    if opinion.answer is Answer.UNSURE:
        return Accord.UNSURE
    return Accord.AGREES if (opinion.answer is Answer.YES) == is_positive else Accord.DISAGREES


def _switched(cases: Iterable[JudgedCase], way: Switch) -> int:
    return sum(one.switch is way for one in cases)


def _by_confidence(level: int, cases: Sequence[JudgedCase]) -> ByConfidence:
    first = Counts.of(one.first for one in cases)
    return ByConfidence(level, first, _switched(cases, Switch.TOWARD), _switched(cases, Switch.AWAY))
