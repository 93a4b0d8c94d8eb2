"""Jobs in processes, and those that are asked for again."""

from __future__ import annotations

import os
from collections import Counter

import pytest

from leukoviewer.errors import LeukoError, UsageError
from trainer.data.workers import run_jobs


def _square(job: int) -> int | None:
    if job == -1:
        raise UsageError("This job cannot be done.")
    if job == -2:
        os._exit(9)
    return job * job


@pytest.mark.parametrize("workers", [1, 2])
def test_every_job_is_done_once(workers: int) -> None:
    assert sorted(filter(None, run_jobs(_square, [1, 2, 3, 4], workers=workers))) == [1, 4, 9, 16]


def test_no_jobs_need_no_process() -> None:
    assert list(run_jobs(_square, [], workers=4)) == []


def test_a_job_that_is_put_off_is_asked_for_again_after_the_others() -> None:
    asked: Counter[str] = Counter()

    def work(job: str) -> str | None:
        asked[job] += 1
        return None if job == "late" and asked[job] < 3 else job

    assert list(run_jobs(work, ["late", "a", "b"], workers=1)) == [None, "a", "b", None, "late"]


@pytest.mark.parametrize(
    ("job", "kind", "words"), [(-1, UsageError, "cannot be done"), (-2, LeukoError, "ended from outside")]
)
def test_what_goes_wrong_in_a_process_comes_out_as_one_sentence(job: int, kind: type[LeukoError], words: str) -> None:
    with pytest.raises(kind, match=words):
        list(run_jobs(_square, [job, job], workers=2))
