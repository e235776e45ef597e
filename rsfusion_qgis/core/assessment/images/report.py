"""A quality assessment as a page for the browser and as a table of numbers."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Sequence

import numpy as np

from ...measures.images import Metric
from ...rasters.spectral import wavelengths_nm
from ...reports import page as html_page
from ...reports.charts import MOST_GROUPS, bar_chart, line_chart
from .assess import BASELINE, Assessment, Row
from .job import FULL_RESOLUTION, REFERENCE, WALD, AssessmentJob
from .pictures import Pictures, coloured, legend

_PROTOCOL_WORDS = {
    REFERENCE: "Compared with a reference image, pixel by pixel.",
    FULL_RESOLUTION: (
        "Without a reference: the fused raster is brought back to the {coarse.words}'s resolution with the "
        "sensor's blur and compared with it (spectral quality), and compared with the {fine.words} (spatial "
        "quality). These indices do not replace a reference: a fused image can be consistent with both inputs and "
        "still be wrong."
    ),
    WALD: (
        "Wald's protocol: {fine.parameter} and {coarse.parameter} were made coarser by their ratio with the sensor's "
        "blur, {fine.parameter} where {coarse.parameter} really lies on it, fused, and compared with the original "
        "{coarse.parameter}. What is measured is the method on this scene one scale coarser than it will be used."
    ),
}
_NO_CONTEST = {"d_lambda", "d_lambda_k", "r_sam", "r_ergas", "cflat", "cmf"}
_TO_THE_EYE = (
    "They are no errors: the true scene has fine colours of its own, too, so the lowest number is not the best. "
    "Compare with BT-H and MTF-GLP-FS on the same rasters."
)
PER_BAND_ID, PER_BAND_UNIT = "rmse", "RMSE, % of the band's mean"


def assessment_page(title: str, found: Assessment) -> str:
    """The whole page."""
    return html_page.page(title, *assessment_parts(found))


def assessment_parts(found: Assessment) -> list[str]:
    """Verdict, tables, plot and pictures, to stand in a page of its own or at the end of another."""
    return [
        html_page.note(verdict(found), "good" if not lost(found) else "bad"),
        html_page.paragraph(_PROTOCOL_WORDS[found.protocol].format(fine=found.job.fine, coarse=found.job.coarse)),
        html_page.table([_metric_row(metric, found.rows) for metric in found.metrics if not metric.reading],
                        ("measure", "best", *(row.name for row in found.rows))),
        *_to_the_eye(found),
        *_per_band(found),
        *([] if found.pictures is None else _pictures(found.pictures)),
        html_page.heading("How it was measured"),
        html_page.table(setting_rows(found)),
    ]  # fmt: skip


def verdict(found: Assessment) -> str:
    """One sentence: where the fused raster is better than interpolation and where it is not."""
    base = found.row(BASELINE)
    if base is None:
        name = found.job.coarse.parameter
        return f"Measured against the reference; without {name} there is no interpolation to compare with."
    name = found.rows[-1].name
    worse = lost(found)
    if not worse:
        unmatched = [metric.label for metric in found.metrics
                     if metric.id in _NO_CONTEST and _known(metric, base) and not _better(metric, found.rows[-1], base)]
        if not unmatched:
            return f"{name} is better than plain interpolation ({BASELINE}) in everything that was measured."
        coarse, labels = found.job.coarse.parameter, ", ".join(unmatched)
        return (
            f"{name} is better than plain interpolation ({BASELINE}) wherever that can lose. It is not better in "
            f"{labels}: there interpolation is ahead by construction, since it only repeats {coarse}."
        )
    labels = ", ".join(metric.label for metric in worse)
    return f"{name} is not better than plain interpolation ({BASELINE}) in {labels}."


def lost(found: Assessment) -> list[Metric]:
    """The metrics in which the last row is no better than the baseline.

    Interpolation is consistent with the coarse raster by construction, so spectral indices at full resolution that
    only ask for that consistency are no contest and are left out; so are those of which interpolation is the unit.
    """
    base = found.row(BASELINE)
    if base is None:
        return []
    contest = [metric for metric in found.metrics if metric.id not in _NO_CONTEST and _known(metric, base)]
    return [metric for metric in contest if not _better(metric, found.rows[-1], base)]


def _known(metric: Metric, row: Row) -> bool:
    return not math.isnan(row.values[metric.id].value)


def _better(metric: Metric, row: Row, base: Row) -> bool:
    ours, theirs = row.values[metric.id].value, base.values[metric.id].value
    if math.isinf(metric.best):
        return ours > theirs
    return abs(ours - metric.best) < abs(theirs - metric.best)


def _to_the_eye(found: Assessment) -> list[str]:
    """The table of the measures that agree with the eye, where there are any."""
    names = {"fine": found.job.fine.parameter, "coarse": found.job.coarse.parameter}
    rows = [
        (metric.label, metric.reading.format(**names), *(number(row.values[metric.id].value) for row in found.rows))
        for metric in found.metrics if metric.reading
    ]  # fmt: skip
    if not rows:
        return []
    table = html_page.table(rows, ("measure", "what it shows", *(row.name for row in found.rows)))
    return [html_page.heading("To the eye"), html_page.paragraph(_TO_THE_EYE), table]


def _metric_row(metric: Metric, rows: Sequence[Row]) -> tuple[str, ...]:
    unit = f" ({metric.unit})" if metric.unit else ""
    best = "∞" if math.isinf(metric.best) else f"{metric.best:g}"
    return (f"{metric.label}{unit}", best, *(number(row.values[metric.id].value) for row in rows))


def number(value: float) -> str:
    """Four digits; — where there is none."""
    return "—" if math.isnan(value) else f"{value:.4g}"


def _per_band(found: Assessment) -> list[str]:
    """The plot of each band's error, with a reference."""
    rows = [row for row in found.rows if PER_BAND_ID in row.values and row.values[PER_BAND_ID].per_band]
    if not rows or not found.band_means:
        return []
    series = {
        row.name: [100.0 * error / abs(mean) if mean else math.nan
                   for error, mean in zip(row.values[PER_BAND_ID].per_band, found.band_means)]
        for row in rows
    }  # fmt: skip
    table_rows = [
        (metric.label, *(f"{number(row.values[metric.id].per_band[b])}" for b in range(len(found.bands))))
        for row in rows[-1:] for metric in found.metrics if row.values[metric.id].per_band
    ]  # fmt: skip
    names = found.band_names
    if len(names) > MOST_GROUPS:
        return [html_page.heading("Band by band"), *_over_spectrum(found, series)]
    return [
        html_page.heading("Band by band"),
        html_page.figure(bar_chart(names, series, "%"), f"{PER_BAND_UNIT}, of every method."),
        html_page.table(table_rows, (rows[-1].name, *names)),
    ]


def _over_spectrum(found: Assessment, series: dict[str, list[float]]) -> list[str]:
    """The error of very many bands, over the wavelength where it is known."""
    axis, name = wavelengths_nm(found.bands), "nm"
    if np.isnan(axis).any():
        axis, name = np.array([float(band.index) for band in found.bands]), "band"
    order = np.argsort(axis, kind="stable")
    curves = {method: [values[place] for place in order] for method, values in series.items()}
    drawing = line_chart(list(axis[order]), curves, name, "%", math.nan)
    return [html_page.figure(drawing, f"{PER_BAND_UNIT}, of every method. The table (CSV) has every number.")]


def _pictures(pictures: Pictures) -> list[str]:
    parts = [html_page.heading("Where the spectra differ")]
    finite = pictures.angles[np.isfinite(pictures.angles)]
    if finite.size:
        top = max(float(np.percentile(finite, 99)), 1e-3)
        shown = html_page.image(coloured(pictures.angles, top), "map of spectral angles", 520)
        bar = html_page.image(legend(), "colours of the map", 260)
        text = f"Spectral angle, dark 0° to bright {top:.3g}° and more (99th percentile); {pictures.angles_between}."
        parts.append(html_page.figure(shown + bar, text))
    for crop in pictures.crops:
        parts.append(html_page.heading(f"Close-up at row {crop.row}, column {crop.col}"))
        figures = [html_page.figure(html_page.image(image, name, 300), name) for name, image in crop.images]
        parts.append(html_page.beside(*figures))
    return parts


def setting_rows(found: Assessment) -> list[tuple[str, str]]:
    """What the numbers depend on."""
    fine, coarse = found.job.fine.parameter, found.job.coarse.parameter
    rows = [("Protocol", found.protocol), ("Pixels compared", f"{found.shape[0]} rows x {found.shape[1]} columns")]
    if found.ratio:
        rows.append(("Ratio of the pixel sizes", f"{found.ratio:.6g}"))
    if found.gains:
        rows.append((f"MTF gains of {coarse} at Nyquist", _digits(found.gains)))
    if found.fine_gains:
        what = "MTF gain" if len(found.fine_gains) == 1 else "MTF gains"
        rows.append((f"{what} of {fine} at Nyquist", _digits(found.fine_gains)))
    for name, noise in ((coarse, found.noise), (fine, found.fine_noise)):
        if noise:
            rows.append((f"Noise of {name}, put back onto the reduced pair (standard deviation)", _digits(noise)))
    if found.peak:
        rows.append(("Peak, for PSNR and SSIM", f"{found.peak:g}"))
    if found.job.is_moved:
        rows.append((f"Place of {coarse}", moved_words(found.job)))
    if found.shifts:
        text = "; ".join(f"{down:+.2f}, {right:+.2f}" for down, right in found.shifts)
        rows.append((f"Measured place of {coarse} on {fine} (rows, columns; {fine} pixels)", text))
    return rows


def moved_words(job: AssessmentJob) -> str:
    """By how much the coarse raster is moved."""
    dx, dy = job.moved
    if job.coarse.turned:
        return f"{job.coarse.parameter} is moved and turned as it was for the fusion"
    return f"{job.coarse.parameter} is moved by {dx:+.4g}, {dy:+.4g} map units, as it was for the fusion"


def _digits(values: Sequence[float]) -> str:
    """Each, or one where all are the same."""
    return ", ".join(f"{value:.4g}" for value in (values[:1] if len(set(values)) == 1 else values))


def assessment_csv(found: Assessment) -> str:
    """One line per method, measure and band ("all" for the whole image): method, measure, band, value, unit."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(("method", "measure", "band", "value", "unit"))
    for row in found.rows:
        for metric in found.metrics:
            measured = row.values[metric.id]
            writer.writerow((row.name, metric.id, "all", repr(measured.value), metric.unit))
            for name, value in zip(found.band_names, measured.per_band):
                writer.writerow((row.name, metric.id, name, repr(value), metric.unit))
    return stream.getvalue()
