"""The figures that are measured in pictures: tissue, noise, ventricles, disease."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np

from trainer.simulation.report.figures import SHOWN, Figure, Rule, Values, column, finite
from trainer.simulation.report.known import Known
from trainer.simulation.report.measures import Measures
from trainer.simulation.report.patients import Measured

_TISSUE, _NOISE, _VENTRICLES, _DISEASE = "Tissue", "Noise", "Ventricles", "White-matter disease"
_TABLES = "radclass.mudr.org; InSilicoICH"
_OFFSETS = "Scanners differ by 1.0 to 10.3 HU in grey and by 1.05 to 7.55 HU in white matter (102 normals, 3 scanners)"
# Around the age of Ambarki's healthy people, 71 years.
_AGES = (66, 76)

_OFFSET = "the scanner's offset is part of it, by which white matter differs by up to 7.55 HU between real scanners too"
_DOSE = "it falls as the noise rises, which the dose and kernel of the cohort's scanners set"
_PAINTED = (
    Rule("white_painted_hu", _TISSUE, "White matter, pure tissue", "HU", 20, 30, _TABLES, why_outside=_OFFSET),
    Rule("grey_painted_hu", _TISSUE, "Grey matter, pure tissue", "HU", 37, 45, _TABLES, why_outside=_OFFSET),
)  # fmt: skip
_TRUE = (
    Rule("white_hu", _TISSUE, "White matter in the picture, true place", "HU", 20, 30, _TABLES, why_outside=_OFFSET),
    Rule("fluid_hu", _TISSUE, "Ventricular fluid in the picture, true place", "HU", 0, 15, "several"),
    Rule("lesion_hu", _DISEASE, "Diseased white matter, true place", "HU", 12.8, 22.2, "17.5 +- 4.7 (Peng 2024)"),
)
_CONTRAST = Rule(
    "contrast_hu", _TISSUE, "Grey less white matter, true places", "HU", 5.5, 8.7,
    "5.5 by composition (JCAT 1980); measured 7.08 at 120 kV, 8.7 at 100 kV (scirp 93128)",
)  # fmt: skip
_DROP = Rule(
    "lesion_drop_hu", _DISEASE, "Disease below healthy white matter, true places", "HU", 8, 12,
    "17.5 HU in white matter of 26 to 30 (Peng 2024)",
)  # fmt: skip
_CNR = Rule(
    "cnr", _TISSUE, "Contrast to noise of grey and white matter", "", 1.5, 2.2,
    "1.77 at 120 kV, 500 mAs (scirp 93128); design: 1.5 to 2.2", digits=2, why_outside=_DOSE,
)  # fmt: skip
_NOISES = (
    Rule("noise_5mm_hu", _NOISE, "Noise, scaled to slices of 5 mm", "HU", 2.5, 5.0,
         "4.0 HU at 120 kV, 500 mAs, routine (scirp 93128)",
         why_outside="the cohort's scanners are set up for another dose", digits=2),
)  # fmt: skip


def tissue(measured: Sequence[Measured], real: Measures | None) -> list[Figure]:
    """HU of tissues by truth and by the picture alone, contrast and its ratio to noise."""
    known = [one.known for one in measured if one.known is not None]
    figures = [rule.judge_median(_of(known, rule.key)) for rule in (*_PAINTED, *_TRUE[:2])]
    figures.append(_CONTRAST.judge_median(column([k.grey_hu - k.white_hu for k in known])))
    ratio = [(k.grey_hu - k.white_hu) / one.measures.noise_5mm_hu for one in measured if (k := one.known) is not None]
    figures.append(_CNR.judge_median(column(ratio)))
    figures += _beside_the_real(measured, real)
    return figures


def _beside_the_real(measured: Sequence[Measured], real: Measures | None) -> list[Figure]:
    """What one code finds in simulated and real pictures, without truth; the real scan gives the range."""
    reach = {"white_hu": 7.55, "grey_hu": 10.3, "fluid_hu": 7.55, "contrast_hu": 2.0, "cnr": 0.7}
    names = {
        "white_hu": "White matter, picture alone",
        "grey_hu": "Grey matter, picture alone",
        "fluid_hu": "Ventricular fluid, picture alone",
        "contrast_hu": "Grey less white matter, picture alone",
        "cnr": "Contrast to noise, picture alone",
    }
    figures = []
    for key, title in names.items():
        values = column([getattr(one.measures, key) for one in measured])
        unit, digits = ("", 2) if key == "cnr" else ("HU", 1)
        if real is None:
            plain = Rule(f"{key}_picture", _TISSUE, title, unit, -math.inf, math.inf, "")
            figures.append(_only_shown(plain, values, "no real scan at hand"))
            continue
        middle = float(getattr(real, key))
        source = _OFFSETS if key.endswith("_hu") and key != "contrast_hu" else "the real scan, one patient's spread"
        rule = Rule(f"{key}_picture", _TISSUE, title, unit, middle - reach[key], middle + reach[key],
                    f"real scan +- {reach[key]:g}; {source}", digits, _DOSE if key == "cnr" else "")  # fmt: skip
        figures.append(rule.judge_median(values, real=middle))
    return figures


def noise(measured: Sequence[Measured], real: Measures | None) -> list[Figure]:
    """Standard deviation, its law by thickness, and where the spectrum peaks, by kernel."""
    values = column([one.measures.noise_5mm_hu for one in measured])
    figures = [rule.judge_median(values, real=_real(real, "noise_5mm_hu")) for rule in _NOISES]
    held = values[np.isfinite(values)]
    most = Rule("noise_most_hu", _NOISE, "Noise, scaled to 5 mm, 95th percentile", "HU", -math.inf, 10,
                "safe range up to 5 to 10 (s00234-015-1631-4)")  # fmt: skip
    figures.append(most.judge(float(np.quantile(held, 0.95)) if held.size else math.nan, count=held.size))
    figures.append(_law(measured))
    figures += _peaks(measured, real)
    return figures


def _law(measured: Sequence[Measured]) -> Figure:
    """Noise as scanned to noise asked of the scanner, against thickness, both as logarithms."""
    rule = Rule("noise_exponent", _NOISE, "Exponent of slice thickness in the noise", "", -0.65, -0.35,
                "noise ~ 1/sqrt(thickness): -0.5 (s00234-015-1631-4)", digits=2,
                why_outside="too few patients of different thickness, or a limit on the noise")  # fmt: skip
    pairs = [
        (math.log(m.noise_hu / m.noise_5mm_hu), math.log(m.noise_hu / one.known.noise_hu))
        for one in measured
        if one.known is not None and math.isfinite((m := one.measures).noise_hu)
    ]
    if len(pairs) < 10 or np.ptp([x for x, _ in pairs]) < 0.05:
        return rule.judge(math.nan)
    # The first is half of the logarithm of 5 mm to the patient's thickness, so the slope by thickness is -1/2 of it.
    wide, loud = np.array(pairs, dtype=np.float64).T
    (slope, _), spread = np.polyfit(wide, loud, 1, cov=True)
    exponent, error = -float(slope) / 2, math.sqrt(float(spread[0, 0])) / 2
    meets = exponent + 2 * error >= rule.low and exponent - 2 * error <= rule.high
    nearest = min(max(exponent, rule.low), rule.high) if meets else exponent
    judged = rule.judge(nearest)
    numbers = {**judged.numbers, "value": finite(exponent), "standard_error": finite(error)}
    return replace(judged, found=f"{exponent:.2f} +- {error:.2f} (n={len(pairs)})", numbers=numbers)


def _peaks(measured: Sequence[Measured], real: Measures | None) -> list[Figure]:
    scans = {one.record.scanner: one.record for one in measured}
    figures = []
    for name in sorted(scans):
        rule = Rule(f"noise_peak_{name}", _NOISE, f"Peak of the noise spectrum, scanner {name}", "/mm", 0.06,
                    0.60 if name == "sharp" else 0.35, "rises with frequency, then rolls off (PMC2871306); "
                    "soft kernels of a real scanner at 0.1 to 0.3", digits=2)  # fmt: skip
        peaks = column([one.measures.peak for one in measured if one.record.scanner == name])
        figures.append(rule.judge_median(peaks, real=_real(real, "peak")))
    return figures


def ventricles(measured: Sequence[Measured], real: Measures | None) -> list[Figure]:
    """Volume and Evans index about the age of Ambarki's healthy people, and their growth with age."""
    near = [one for one in measured if _AGES[0] <= one.record.age <= _AGES[1]]
    note = f"{_AGES[0]} to {_AGES[1]} years"
    mean = Rule("ventricle_ml", _VENTRICLES, f"Volume, true, {note}, mean", "mL", 19, 55,
                "71 years: 37 +- 18 mL (Ambarki 2010)")  # fmt: skip
    evans = Rule("evans", _VENTRICLES, f"Evans index, picture alone, {note}, mean", "", 0.254, 0.308,
                 "71 years: 0.281 +- 0.027 (Ambarki 2010)", digits=3)  # fmt: skip
    figures = [
        _mean(mean, column([k.ventricle_ml for one in near if (k := one.known) is not None])),
        _mean(evans, column([one.measures.evans for one in near]), real=_real(real, "evans")),
    ]
    seen = column([one.measures.ventricle_ml for one in near])
    figures.append(_mean(
        Rule("ventricle_ml_picture", _VENTRICLES, f"Volume, picture alone, {note}, mean", "mL", 19, 55,
             "71 years: 37 +- 18 mL (Ambarki 2010)", why_outside="temporal horns are not counted in the picture"),
        seen, real=_real(real, "ventricle_ml"),
    ))  # fmt: skip
    return [*figures, *_growth(measured)]


def _growth(measured: Sequence[Measured]) -> list[Figure]:
    age = column([one.record.age for one in measured])
    volume = column([(one.known or one.measures).ventricle_ml for one in measured])
    figures = []
    for key, title, values in (
        ("evans_by_age", "Evans index, change in ten years", column([one.measures.evans for one in measured])),
        ("ventricle_by_age", "Volume in mL, change in ten years", volume),
    ):
        rule = Rule(key, _VENTRICLES, title, "", 0.0, math.inf, "grows with age (Curra 2019, 3,193 CTs)", digits=3)
        held = np.isfinite(values)
        enough = np.count_nonzero(held) >= 20 and np.ptp(age[held]) >= 10
        figures.append(rule.judge(10 * float(np.polyfit(age[held], values[held], 1)[0]) if enough else math.nan))
    return figures


def disease(measured: Sequence[Measured], real: Measures | None) -> list[Figure]:
    """How much darker the disease is, by truth, and how dark the rim of the ventricles is by the picture alone."""
    known = [one.known for one in measured if one.known is not None]
    figures = [
        _TRUE[2].judge_median(_of(known, "lesion_hu")),
        _DROP.judge_median(column([k.white_hu - k.lesion_hu for k in known])),
    ]
    for grade in range(4):
        values = column([one.measures.rim_hu for one in measured if one.record.grade == grade])
        title = f"Rim of the ventricles less white matter, grade {grade}, picture alone"
        plain = Rule(f"rim_grade_{grade}", _DISEASE, title, "HU", -math.inf, math.inf, "")
        why = "no range is published; falls with the grade"
        figures.append(_only_shown(plain, values, why, real=_real(real, "rim_hu")))
    return figures


def _real(real: Measures | None, name: str) -> float | None:
    return None if real is None else float(getattr(real, name))


def _of(known: Sequence[Known], name: str) -> Values:
    return column([getattr(one, name) for one in known])


def _mean(rule: Rule, values: Values, *, real: float | None = None) -> Figure:
    held = values[np.isfinite(values)]
    if held.size < 3:
        return rule.judge(math.nan, real=real, count=held.size)
    spread = f" +- {held.std():.{rule.digits}f}"
    return rule.judge(float(held.mean()), spread=spread, real=real, count=held.size)


def _only_shown(plain: Rule, values: Values, reason: str, *, real: float | None = None) -> Figure:
    judged = plain.judge_median(values, real=real)
    return Figure(
        plain.key,
        plain.group,
        plain.title,
        judged.found,
        judged.numbers,
        verdict=SHOWN,
        reason=reason,
        real=judged.real,
    )


Part = Callable[[Sequence[Measured], Measures | None], list[Figure]]
PARTS: tuple[Part, ...] = (tissue, noise, ventricles, disease)
