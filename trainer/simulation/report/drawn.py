"""The curves of the report: histograms, noise spectra, ventricles by age, disease by grade."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from trainer.pages.curves import Band, Line, Values, chart, histogram
from trainer.simulation.report.figures import column
from trainer.simulation.report.measures import FREQUENCY, RELATIVE_HU, Measures
from trainer.simulation.report.patients import CohortFolder, Measured
from trainer.simulation.scanner import SCANNERS

_REAL = "real scan"


def draw_curves(folder: CohortFolder, measured: Sequence[Measured], real: Measures | None) -> dict[str, str]:
    """Return the SVG of every curve by its caption."""
    return {
        "Brain tissue, HU above white matter, without cupping": _tissue(measured, real),
        "Noise power by kernel": _spectra(measured, real),
        "Evans index by age (picture alone)": _by_age(measured, real, "evans"),
        "Ventricles by age (true volume)": _ventricles_by_age(measured),
        "Ventricles, 66 to 76 years (true volume)": _ventricles(measured),
        "Volume of the disease by grade (true)": histogram(
            [(f"grade {g}", _volumes(folder, g)) for g in (1, 2, 3)], x_name="mL", bins=36
        ),
        "Noise scaled to 5 mm, by scanner": histogram(
            _by(measured, "scanner", [one.measures.noise_5mm_hu for one in measured]),
            x_name="HU", bands=(Band("about the routine dose, 4 HU", 2.5, 5.0, 0, 0),),
        ),
        "Mean HU of white matter: what a threshold sees": histogram(
            _by(measured, "grade", [(one.known or one.measures).white_mean_hu for one in measured]), x_name="HU"
        ),
    }  # fmt: skip


def _tissue(measured: Sequence[Measured], real: Measures | None) -> str:
    middle = RELATIVE_HU + 0.5
    lines = [
        Line(f"grade {grade}", middle, 100 * np.mean(found, axis=0))
        for grade in range(4)
        if (found := [one.measures.histogram for one in measured if one.record.grade == grade])
    ]
    if real is not None:
        lines.append(Line(_REAL, middle, 100 * real.histogram, width=3.0))
    return chart(lines, x_name="HU less white matter", y_name="% of brain")


def _spectra(measured: Sequence[Measured], real: Measures | None) -> str:
    lines = []
    for kernel in sorted({SCANNERS[one.record.scanner].kernel for one in measured}):
        among = [one.measures.spectrum for one in measured if SCANNERS[one.record.scanner].kernel == kernel]
        held = [spectrum for spectrum in among if np.isfinite(spectrum).all()]
        if held:
            lines.append(Line(f"{kernel} (n={len(held)})", FREQUENCY, np.mean(held, axis=0)))
    if real is not None and np.isfinite(real.spectrum).all():
        lines.append(Line(_REAL, FREQUENCY, real.spectrum, width=3.0))
    return chart(lines, x_name="cycles per mm", y_name="power, unit sum")


def _by_age(measured: Sequence[Measured], real: Measures | None, name: str) -> str:
    age = column([one.record.age for one in measured])
    values = column([getattr(one.measures, name) for one in measured])
    band = Band("Ambarki 2010, 71 years: 0.281 +- 0.027", 66, 76, 0.254, 0.308)
    lines = [Line("simulated", age, values, dots=True), *_trend(age, values)]
    if real is not None:
        ends = column([float(age.min()), float(age.max())])
        lines.append(Line(f"{_REAL} (age unknown)", ends, np.full(2, getattr(real, name)), width=1.2))
    return chart(lines, x_name="age in years", y_name="Evans index", bands=(band,))


def _ventricles_by_age(measured: Sequence[Measured]) -> str:
    age, volume = column([one.record.age for one in measured]), _true_volume(measured)
    band = Band("Ambarki 2010, 71 years: 37 +- 18 mL", 66, 76, 19, 55)
    lines = [Line("simulated", age, volume, dots=True), *_trend(age, volume)]
    return chart(lines, x_name="age in years", y_name="mL", bands=(band,))


def _ventricles(measured: Sequence[Measured]) -> str:
    near = [one for one in measured if 66 <= one.record.age <= 76]
    return histogram(
        [("simulated", _true_volume(near))], x_name="mL", bands=(Band("Ambarki 2010: 37 +- 18 mL", 19, 55, 0, 0),)
    )


def _true_volume(measured: Sequence[Measured]) -> Values:
    return column([(one.known or one.measures).ventricle_ml for one in measured])


def _trend(x: Values, y: Values) -> list[Line]:
    """Means of decades."""
    decades = np.floor(x / 10) * 10
    held = [d for d in np.unique(decades) if np.count_nonzero((decades == d) & np.isfinite(y)) >= 3]
    if len(held) < 2:
        return []
    return [Line("mean by decade", column(held) + 5, column([np.nanmean(y[decades == d]) for d in held]))]


def _volumes(folder: CohortFolder, grade: int) -> Values:
    return column([d.lesion_ml for d in folder.finished if d.record.grade == grade])


def _by(measured: Sequence[Measured], name: str, values: Sequence[float]) -> list[tuple[str, Values]]:
    keys = [str(getattr(one.record, name)) for one in measured]
    held = column(values)
    label = "grade " if name == "grade" else ""
    return [(f"{label}{key}", held[np.array(keys) == key]) for key in sorted(set(keys))]
