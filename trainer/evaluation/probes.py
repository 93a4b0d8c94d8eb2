"""Shortcut probes beside each model: how far atrophy, the skull, or the scanner alone tell ill from healthy.

80 to 90 % of patients with the disease have atrophy too (Cernekova et al.), and scanners differ by ward: a network that
is no better than these probes may have learnt nothing but them.
"""

from __future__ import annotations

import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from leukoviewer.core.progress import Progress, Work, finish
from trainer.data.cache import CacheContent, PreparedCase
from trainer.data.fingerprint_facts import CaseFacts
from trainer.data.splits import Split
from trainer.evaluation.atrophy import Atrophy, Looked, look_at
from trainer.evaluation.bootstrap import Interval, over_patients
from trainer.evaluation.metrics import auc

SCHEMA = "leukoviewer.probes/1"
Features = NDArray[np.float64]

_FOLDS = 5
_STRENGTHS = (0.001, 0.01, 0.1, 1.0)
_COMPONENTS = 20
_WHAT = {
    "atrophy": "share of fluid in the skull, of ventricles and of sulci, and the width of the frontal horns",
    "skull": "the pictures without what lies in the skull",
    "acquisition": "slice thickness and distance, pixel size, matrix, tube voltage, kernel and scanner, no picture",
}


@dataclass(frozen=True, slots=True)
class Probe:
    """One probe's result.

    Attributes
    ----------
    name : str
        ``atrophy``, ``skull`` or ``acquisition``.
    auc : Interval
        By patient, on the test side; NaN with a class too small.
    cross_validated : float
        Mean AUC of the folds by patient on the training side.
    patients : int
        Test patients in whom it could be measured.
    """

    name: str
    auc: Interval
    cross_validated: float
    patients: int

    def to_json(self) -> dict[str, Any]:
        """The JSON form; what is not a number is null."""
        known = self.auc.to_json()
        inner = None if np.isnan(self.cross_validated) else round(self.cross_validated, 6)
        return {
            "name": self.name,
            "auc": known["value"],
            "low": known["low"],
            "high": known["high"],
            "patients": self.patients,
            "cross_validated": inner,
            "what": _WHAT[self.name],
        }


def probes(content: CacheContent, split: Split, *, resamples: int = 2000, confidence: float = 0.95) -> dict[str, Any]:
    """Train the probes on the training side and test them on the test side; see :func:`probing`."""
    return finish(probing(content, split, resamples=resamples, confidence=confidence))


def probing(
    content: CacheContent, split: Split, *, resamples: int = 2000, confidence: float = 0.95
) -> Work[dict[str, Any]]:
    """Train the probes on the training side and test them on the test side; yields progress by patient.

    Parameters
    ----------
    content : CacheContent
        Patients prepared by recipe A (of any plane size): B and C take the skull away.
    split : Split
        The models' own.
    resamples, confidence : int, float
        Of the bootstrap over patients.

    Returns
    -------
    dict
        ``{"schema", "split_sha256", "probes": [{"name", "auc", "low", "high", "patients", "cross_validated", "what"}],
        "fluid_share": {case id: share}}``.
    """
    train, test = (_side(content, frozenset(split.parts[part])) for part in ("train", "test"))
    looked: dict[str, Looked] = {}
    for done, case in enumerate((*train, *test), start=1):
        looked[case.case_id] = look_at(content, case)
        yield Progress(done, len(train) + len(test), "Measuring atrophy and skull")
    found = []
    for name, (known, asked) in _features(train, test, looked).items():
        found.append(_probe(name, (known, train), (asked, test), resamples=resamples, confidence=confidence))
    shares = {case_id: one.atrophy.fluid_share for case_id, one in looked.items()}
    return {
        "schema": SCHEMA,
        "split_sha256": split.sha256,
        "probes": [probe.to_json() for probe in found],
        "fluid_share": {case_id: round(share, 5) for case_id, share in shares.items() if np.isfinite(share)},
    }


def _side(content: CacheContent, ids: frozenset[str]) -> tuple[PreparedCase, ...]:
    return tuple(case for case in content.cases if case.case_id in ids)


def shortcut_check(
    scores: Mapping[str, float], fluid_share: Mapping[str, float], labels: Mapping[str, int], *, resamples: int = 2000
) -> Interval:
    """Rank correlation (Spearman) of a model's scores with atrophy among patients without the disease.

    Around 0 for a model that looks at white matter; clearly above it for one that learnt atrophy.

    Parameters
    ----------
    scores : mapping of str to float
        One score a patient.
    fluid_share : mapping of str to float
        As :func:`probes` returns it.
    labels : mapping of str to int
        Of the patients.
    """
    chosen = [name for name in scores if labels.get(name) == 0 and name in fluid_share]
    pairs = np.array([(scores[name], fluid_share[name]) for name in chosen], dtype=np.float64).reshape(-1, 2)
    return over_patients(lambda rows: _spearman(pairs[rows]), len(pairs), resamples=resamples, confidence=0.95)


def _spearman(pairs: Features) -> float:
    from scipy.stats import rankdata

    if len(pairs) < 3:
        return float("nan")
    ranks = rankdata(pairs, axis=0)
    if (np.ptp(ranks, axis=0) == 0).any():
        return float("nan")
    return float(np.corrcoef(ranks.T)[0, 1])


def _features(
    train: Sequence[PreparedCase], test: Sequence[PreparedCase], looked: Mapping[str, Looked]
) -> dict[str, tuple[Features, Features]]:
    def of(cases: Sequence[PreparedCase], name: str) -> Features:
        seen = [looked[case.case_id] for case in cases]
        rows = [one.atrophy.values() if name == "atrophy" else one.outside.astype(np.float64) for one in seen]
        return np.stack(rows) if rows else np.zeros((0, 1))

    words = _vocabulary([case.facts for case in train])
    return {
        **{name: (of(train, name), of(test, name)) for name in ("atrophy", "skull")},
        "acquisition": (_acquisition(train, words), _acquisition(test, words)),
    }


def _vocabulary(facts: Sequence[CaseFacts | None]) -> tuple[str, ...]:
    return tuple(sorted({word for one in facts if one is not None for word in _words(one)}))


def _words(facts: CaseFacts) -> tuple[str, ...]:
    return (f"kernel {facts.kernel}", f"maker {facts.manufacturer}", f"scanner {facts.model}")


def _acquisition(cases: Sequence[PreparedCase], words: tuple[str, ...]) -> Features:
    width = 8 + len(words)
    rows = [np.full(width, np.nan) if case.facts is None else _of_facts(case.facts, words) for case in cases]
    return np.array(rows, dtype=np.float64).reshape(-1, width)


def _of_facts(facts: CaseFacts, words: tuple[str, ...]) -> Features:
    thick = facts.thicknesses_mm or (0.0,)
    numbers = (
        facts.slices,
        facts.rows,
        facts.columns,
        facts.pixel_mm,
        facts.step_mm,
        min(thick),
        max(thick),
        facts.kvp,
    )
    own = set(_words(facts))
    return np.array([*numbers, *(float(word in own) for word in words)], dtype=np.float64)


Side = tuple[Features, Sequence[PreparedCase]]


def _probe(name: str, train: Side, test: Side, *, resamples: int, confidence: float) -> Probe:
    known, asked = _measured(train), _measured(test)
    labels = np.array([case.label for case in asked[1]], dtype=np.int64)
    fitted = _fit(*known)
    if fitted is None or len(set(labels.tolist())) < 2:
        nothing = Interval(float("nan"), float("nan"), float("nan"))
        return Probe(name, nothing, float("nan"), len(labels))
    model, inner = fitted
    scores = np.asarray(model.decision_function(asked[0]), dtype=np.float64)
    interval = over_patients(
        lambda rows: auc(labels[rows], scores[rows]), len(labels), resamples=resamples, confidence=confidence
    )
    return Probe(name, interval, inner, len(labels))


def _measured(side: Side) -> tuple[Features, tuple[PreparedCase, ...]]:
    """Without the patients in whom something could not be measured."""
    held = np.flatnonzero(np.isfinite(side[0]).all(axis=1))
    return side[0][held], tuple(side[1][row] for row in held.tolist())


def _fit(features: Features, cases: Sequence[PreparedCase]) -> tuple[Any, float] | None:
    """A logistic regression whose strength is chosen by cross-validation by patient; None with too few patients."""
    from sklearn.decomposition import PCA
    from sklearn.linear_model import LogisticRegression
    from sklearn.model_selection import GridSearchCV, StratifiedGroupKFold
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler

    labels = np.array([case.label for case in cases], dtype=np.int64)
    people = np.array([case.patient for case in cases])
    fewest = min((len(set(people[labels == label].tolist())) for label in (0, 1)), default=0)
    folds = min(_FOLDS, fewest)
    if folds < 2:
        return None
    components = min(_COMPONENTS, features.shape[1], max(1, len(labels) * (folds - 1) // folds - 1))
    steps = [StandardScaler(), *([PCA(components, random_state=0)] if features.shape[1] > _COMPONENTS else [])]
    pipeline = make_pipeline(*steps, LogisticRegression(class_weight="balanced", max_iter=2000))
    parts = list(StratifiedGroupKFold(folds, shuffle=True, random_state=0).split(features, labels, people))
    search = GridSearchCV(pipeline, {"logisticregression__C": _STRENGTHS}, scoring="roc_auc", cv=parts)
    with warnings.catch_warnings():
        # A fold of one class has no AUC; scikit-learn warns and the mean of the others decides.
        warnings.simplefilter("ignore")
        search.fit(features, labels)
    return search, float(search.best_score_)


def atrophy_of(content: CacheContent, cases: Sequence[PreparedCase]) -> dict[str, Atrophy]:
    """The measures of atrophy of some patients by case id."""
    return {case.case_id: look_at(content, case).atrophy for case in cases}
