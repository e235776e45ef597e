"""How good are shares of classes (abundances), against true ones: errors of each class, and angles of endmembers.

Two rasters with one band per class, shares from 0 to 1, on the same pixels. Bands belong together by their names, else,
where no name is in both, by their order. Pixels count where every compared band of both is valid.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Callable, Optional

import numpy as np

from ...basics.errors import InputError
from ...measures.moments import Moments, columns
from ...rasters.spectra import Spectra, resampled
from ...rasters.spectral_library import read_library
from ..images.quality_rasters import QualityRasters, RasterName, open_rasters

STRIP_ROWS = 256
Watch = Callable[[float], None]


@dataclass(frozen=True)
class SharesJob:
    """What to assess.

    Attributes
    ----------
    shares, truth : RasterName
    spectra, true_spectra : (path, the user's parameter) of libraries; a path of "" = not given.
    """

    shares: RasterName
    truth: RasterName
    spectra: tuple[str, str] = ("", "")
    true_spectra: tuple[str, str] = ("", "")


@dataclass(frozen=True)
class ClassError:
    """One class.

    Attributes
    ----------
    name : str
    rmse, mae : float
        Of the shares.
    bias : mean share less mean true share.
    correlation : NaN where one of both is constant.
    true_mean : mean true share.
    angle : degrees between its endmembers, the mean of its spectra each; NaN = not measured.
    """

    name: str
    rmse: float
    mae: float
    bias: float
    correlation: float
    true_mean: float
    angle: float = math.nan


@dataclass(frozen=True)
class SharesAssessment:
    """What came out.

    Attributes
    ----------
    classes : tuple of ClassError
    pixels : how many were compared.
    rmse : over all classes and pixels.
    constant : rmse of the true mean of each class everywhere, which needs no unmixing.
    sum_error : largest distance of the sum of a pixel's shares from 1.
    angle : mean over the classes, degrees; NaN = not measured.
    unmatched : names of classes that only one raster has.
    """

    job: SharesJob
    classes: tuple[ClassError, ...]
    pixels: int
    rmse: float
    constant: float
    sum_error: float
    angle: float
    unmatched: tuple[str, ...]


def assess_shares(job: SharesJob, watch: Optional[Watch] = None) -> SharesAssessment:
    """Measure, strip by strip.

    Raises
    ------
    InputError, CoregistrationError
        The rasters do not fit each other, a library cannot be read, or no pixel is valid in both.
    """
    watch = watch or (lambda share: None)
    with open_rasters({"shares": job.shares, "truth": job.truth}) as rasters:
        names = [_names(rasters, key) for key in ("shares", "truth")]
        pairs, unmatched = matched(*names, (job.shares.parameter, job.truth.parameter))
        found = _measured(rasters, pairs, watch)
    angles = _angles(job, [names[1][other] for _, other in pairs])
    classes = tuple(
        ClassError(names[1][pair[1]], *numbers, angle) for pair, numbers, angle in zip(pairs, found.classes, angles)
    )
    known = [angle for angle in angles if math.isfinite(angle)]
    mean = float(np.mean(known)) if known else math.nan
    watch(1.0)
    return SharesAssessment(job, classes, found.pixels, found.rmse, found.constant, found.sum_error, mean, unmatched)


def matched(
    ours: Sequence[str], theirs: Sequence[str], called: tuple[str, str]
) -> tuple[list[tuple[int, int]], tuple[str, ...]]:
    """Places of the bands that belong together, in the order of the truth, and names that have no partner.

    Raises
    ------
    InputError
        No name is in both, and the numbers of bands differ.
    """
    places = {_key(name): place for place, name in enumerate(ours) if name}
    pairs = [(places[_key(name)], other) for other, name in enumerate(theirs) if name and _key(name) in places]
    if pairs:
        of_ours, of_theirs = {one for one, _ in pairs}, {one for _, one in pairs}
        rest = [name or f"band {place + 1}" for taken, told in ((of_ours, ours), (of_theirs, theirs))
                for place, name in enumerate(told) if place not in taken]  # fmt: skip
        return pairs, tuple(rest)
    if len(ours) != len(theirs):
        raise InputError(
            f"{called[0]} has {len(ours)} bands and {called[1]} {len(theirs)}, and no name of a class is in both; "
            "expected the same classes, so give the bands the same names (band descriptions)."
        )
    return [(place, place) for place in range(len(ours))], ()


def _key(name: str) -> str:
    return name.strip().casefold()


def _names(rasters: QualityRasters, key: str) -> list[str]:
    return [band.description for band in rasters.images[key].band_infos]


@dataclass(frozen=True)
class _Found:
    classes: list[tuple[float, float, float, float, float]]
    pixels: int
    rmse: float
    constant: float
    sum_error: float


def _measured(rasters: QualityRasters, pairs: Sequence[tuple[int, int]], watch: Watch) -> _Found:
    size, (rows, cols) = len(pairs), rasters.shape
    ours, theirs = ([pair[side] for pair in pairs] for side in (0, 1))
    moments, absolute, furthest = Moments(2 * size), np.zeros(size), 0.0
    for row in range(0, rows, STRIP_ROWS):
        watch(row / rows)
        window = row, 0, min(STRIP_ROWS, rows - row), cols
        (shares, there), (truth, here) = (rasters.images[key](*window) for key in ("shares", "truth"))
        valid = there[ours].all(axis=0) & here[theirs].all(axis=0)
        both = columns(shares[ours].astype(float), truth[theirs].astype(float), valid=valid)
        moments.add(both)
        absolute += np.abs(both[:size] - both[size:]).sum(axis=1)
        total = shares[:, valid & there.all(axis=0)].sum(axis=0, dtype=float)
        furthest = max(furthest, float(np.abs(total - 1).max(initial=0.0)))
    if not moments.count:
        first, second = (rasters.images[key].parameter for key in ("shares", "truth"))
        raise InputError(f"{first} and {second} have no valid pixel in common; check their nodata values.")
    return _summed(moments, absolute, furthest)


def _summed(moments: Moments, absolute: np.ndarray, furthest: float) -> _Found:
    size, covariance = len(absolute), moments.covariance
    own, true, cross = (np.diag(one) for one in (covariance[:size, :size], covariance[size:, size:],
                                                 covariance[:size, size:]))  # fmt: skip
    bias = moments.mean[:size] - moments.mean[size:]
    squared = np.maximum(own + true - 2 * cross, 0) + bias**2
    spread = np.sqrt(np.maximum(own * true, 0))
    correlation = np.where(spread > 0, cross / np.where(spread > 0, spread, 1), np.nan)
    numbers = zip(np.sqrt(squared), absolute / moments.count, bias, correlation, moments.mean[size:])
    classes = [tuple(float(one) for one in row) for row in numbers]
    return _Found(classes, moments.count, float(np.sqrt(squared.mean())), float(np.sqrt(true.mean())), furthest)


def _angles(job: SharesJob, names: Sequence[str]) -> list[float]:
    """Of each class between the endmembers of both libraries, degrees; NaN where they are not given, or one lacks."""
    if not job.spectra[0] or not job.true_spectra[0]:
        return [math.nan] * len(names)
    ours, theirs = (read_library(*one).means() for one in (job.spectra, job.true_spectra))
    if not _same_bands(ours, theirs):
        path, parameter = job.spectra
        ours = resampled(ours, theirs.wavelengths, theirs.widths, parameter, path, job.true_spectra[1])
    places = [{_key(name): place for place, name in enumerate(one.names)} for one in (ours, theirs)]
    return [
        angle(ours.values[:, places[0][_key(name)]], theirs.values[:, places[1][_key(name)]])
        if all(_key(name) in one for one in places) else math.nan for name in names
    ]  # fmt: skip


def _same_bands(ours: Spectra, theirs: Spectra) -> bool:
    return len(ours.values) == len(theirs.values) and bool(
        np.allclose(ours.wavelengths, theirs.wavelengths, atol=1e-6, equal_nan=True)
    )


def angle(one: np.ndarray, other: np.ndarray) -> float:
    """Between two spectra (bands,), degrees; NaN where one is 0."""
    length = float(np.linalg.norm(one) * np.linalg.norm(other))
    return math.degrees(math.acos(min(1.0, max(-1.0, float(one @ other) / length)))) if length > 0 else math.nan
