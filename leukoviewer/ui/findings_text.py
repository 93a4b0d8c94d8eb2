"""What the findings panel says, made from the session's state (pure functions)."""

from __future__ import annotations

from leukoviewer.core.geometry import SeriesWarning
from leukoviewer.core.results import Analysis, PackageRef, SliceScore, Vote
from leukoviewer.core.score_text import score_text
from leukoviewer.core.series import Series
from leukoviewer.core.volume import Volume
from leukoviewer.ui import honesty_words
from leukoviewer.ui.language import told, tr
from leukoviewer.ui.seal import SEALED
from leukoviewer.ui.session import Session
from leukoviewer.ui.unscored import why_unscored
from leukoviewer.ui.widgets.findings import FindingsText

NO_RESULT = "No result yet: run the model to score each slice."


def text_of(session: Session) -> FindingsText:
    """Everything the panel says now."""
    series, result = session.series, session.result
    if series is None:
        return FindingsText()
    warnings = warnings_of(series, session.volume, result)
    if not series.is_volume:
        return FindingsText(tr("Not scored: {}").format(told(series.report.reason)), warnings=warnings)
    if result is None:
        sealed = tr(SEALED) if session.has_sealed_result else ""
        return FindingsText(session.with_keys(told(session.refusal or sealed or NO_RESULT)), warnings=warnings)
    return _scored(session, result, warnings)


def _scored(session: Session, result: Analysis, warnings: tuple[str, ...]) -> FindingsText:
    view, cutoffs, vote = session.view, session.cutoffs, session.vote
    if view is None or cutoffs is None or vote is None:
        return FindingsText(warnings=warnings)
    score = score_of(result, view.slice_index)
    if score is None:
        why = why_unscored(result.by_native(), view.slice_index)
        line = tr("Slice {}: {}.").format(view.slice_index + 1, why)
    else:
        line = slice_line(view.slice_index, score, threshold=cutoffs.slice_threshold, calibrated=result.calibrated)
    is_positive = score is not None and score.score >= cutoffs.slice_threshold
    return FindingsText(
        slice_line=line,
        slice_positive=is_positive,
        has_score=score is not None,
        vote_line=vote_line(result, vote),
        vote_positive=vote.is_positive,
        patient_line=patient_line(result),
        source_line=source_line(result) + heatmap_line(session),
        warnings=(*warnings, *distrust(session)),
    )


def score_of(result: Analysis, index: int) -> SliceScore | None:
    """What the model says of a native slice; None where it did not look."""
    return next((score for score in result.scores if index in score.native), None)


def slice_line(index: int, score: SliceScore, *, threshold: float, calibrated: bool) -> str:
    """Score of one slice in words; "probability" only when the package is calibrated."""
    verdict = tr("positive") if score.score >= threshold else tr("negative")
    shown = shown_score(score.score, threshold)
    if len(score.native) > 1:
        # Else the reader counts more positive slices than the vote does.
        line = tr("Slice {} ({} to {} count as one): score {}, {}")
        if calibrated:
            line = tr("Slice {} ({} to {} count as one): probability {}, {}")
        return line.format(index + 1, min(score.native) + 1, max(score.native) + 1, shown, verdict)
    line = tr("Slice {}: probability {}, {}") if calibrated else tr("Slice {}: score {}, {}")
    return line.format(index + 1, shown, verdict)


def shown_score(score: float, threshold: float) -> str:
    """Two digits, or more where two would make a score under the threshold look like the threshold itself."""
    return score_text(score, threshold)


def vote_line(result: Analysis, vote: Vote) -> str:
    """The vote in words; a vote at limits that the reader moved never passes for the package's own."""
    sentence = told(vote.sentence)
    line = f"{sentence[0].upper()}{sentence[1:]}."
    if (vote.slice_threshold, vote.needed) == (result.slice_threshold, result.vote_needed):
        return line
    own = result.vote()
    verdict = tr("positive") if own.is_positive else tr("negative")
    if vote.slice_threshold != result.slice_threshold:
        words = tr("{} This is at your threshold; at the package's own ({:.2f}, more than {}) it is {}.")
    else:
        words = tr("{} This is at your limit of slices; at the package's own ({:.2f}, more than {}) it is {}.")
    return words.format(line, own.slice_threshold, own.needed, verdict)


def patient_line(result: Analysis) -> str:
    """The patient's calibrated probability with its provenance; it stands beside the vote and moves with no limit."""
    if result.patient_probability is None:
        return ""
    return probability_line(
        result.patient_probability, fitted_on=result.patient_calibrated_on, simulated=result.package.simulated
    )


def probability_line(probability: float, *, fitted_on: str, simulated: bool) -> str:
    """A patient's calibrated probability in words, with what it was fitted on and for whom it does not hold."""
    percent, source = percent_of(probability), told(fitted_on)
    if not simulated:
        return tr("Calibrated probability of the patient: {} (fitted on {}).").format(percent, source)
    if "simulated" not in fitted_on:
        source = tr("{}, simulated patients").format(source)
    words = tr("Calibrated probability of the patient: {} (fitted on {}; it does not hold for real patients).")
    return words.format(percent, source)


def percent_of(probability: float) -> str:
    """Whole percents; certainty is never told: a calibration on some hundred patients gives none."""
    if probability > 0.99:
        return tr("above 99 %")
    return tr("below 1 %") if probability < 0.01 else f"{100 * probability:.0f} %"


def provenance(ref: PackageRef) -> str:
    """Name, version and training data of a package in one line."""
    return tr("{} {}, trained on {}").format(ref.name, ref.version, told(ref.trained_on))


def source_line(result: Analysis) -> str:
    """Which package said it, where it ran and how long it took."""
    seconds = sum(value for _, value in result.timings_s)
    took = f", {seconds:.1f} s" if result.timings_s else ""
    return tr("{}; {} on {}{}.").format(provenance(result.package), result.engine, result.device, took)


def heatmap_line(session: Session) -> str:
    """By which method the heatmap is made that is shown instead of the result's own; empty for that one."""
    result, shown, model = session.result, session.explanation, session.model
    if result is None or shown is None or shown is result:
        return ""
    name = shown.heatmap_method if model is None else model.heatmap(shown.heatmap_method).name
    seconds = dict(shown.timings_s).get("heatmap")
    words = tr("Heatmap by {}.").format(name)
    return f" {words}" if seconds is None else " " + tr("Heatmap by {}, {:.1f} s.").format(name, seconds)


def distrust(session: Session) -> tuple[str, ...]:
    """That checks spoke against the shown result's heatmap, with the reason; nothing when they did not."""
    result = session.result
    honesty = None if result is None else session.trust.of(result.series_key, result.package.id)
    return () if honesty is None or not honesty.failed else (honesty_words.verdict(honesty),)


def warnings_of(series: Series, volume: Volume | None, result: Analysis | None) -> tuple[str, ...]:
    """Every warning of the geometry gate, of loading and of the model, each once."""
    found: tuple[SeriesWarning, ...] = series.report.warnings
    found += () if volume is None else volume.warnings
    found += () if result is None else result.warnings
    return tuple(dict.fromkeys(warning.message for warning in found))
