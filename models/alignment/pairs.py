"""The pairs of the registration benchmark: windows of a data folder, by kind of sensors.

Axis order (bands, rows, cols), float64, NaN = invalid. Sentinel-2 is compared by its four 10 m bands, Sentinel-1 in dB.
Folders that are missing are left out; what was found, and what is too small, is said in the report.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Optional

import numpy as np

from models.alignment.control_points import ControlPoints, read_control_points
from models.alignment.motion import margin_px
from models.common.rasters import read_all
from models.pansharpening.benchmark.pairs import find_pairs
from rsfusion_qgis.core.basics.errors import InputError
from rsfusion_qgis.core.grid.degradation import degrade

PAN_PAN, PAN_MS_MADE, PAN_MS = "pan-pan", "pan-MS, made from one pan", "pan-MS"
SAR, SAR_SEEN, LIDAR = "optical-SAR", "optical-SAR, used for calibration", "optical-LiDAR"
GROUPS = (PAN_PAN, PAN_MS_MADE, PAN_MS, SAR, SAR_SEEN, LIDAR)
PAN_GROUPS = (PAN_PAN, PAN_MS_MADE, PAN_MS)
WINDOW_PX = 256
LARGEST_PAN_PX = 384
"""Side of the middle part of a pan that is compared with itself."""
S2_10M = (1, 2, 3, 7)
"""B2, B3, B4, B8 among the 12 or 13 bands of a Sentinel-2 raster, from 0."""
NOISE_SHARE = 0.02
"""Deviation of the noise that is added to either image of a made pair, over the image's own."""
TOO_SMALL = "hs_lidar: plots of 20 x 20 pixels are too small to be measured; left out."


@dataclass(frozen=True)
class Couple:
    """Two images of one place.

    Attributes
    ----------
    name, group : str
    place : str
        The same for windows of one scene: two of them are not "different places".
    reference, secondary : np.ndarray
        (bands, rows, cols); the secondary's pixels are `ratio` times as large, first corners coincide.
    ratio : int
    reference_moved : bool
        The known motion goes into the reference, because the secondary is aliased and bears no interpolation.
    order : int
        Of the splines that put it in.
    gain : float
        MTF gain with which the reference is brought to the secondary's pixels for methods that need one grid.
    exact : bool
        Both were made from one image: aligned by construction, and independent noise is added to both.
    truth : ControlPoints, optional
        What was measured independently, in the window's pixels.
    """

    name: str
    group: str
    place: str
    reference: np.ndarray
    secondary: np.ndarray
    ratio: int = 1
    reference_moved: bool = False
    order: int = 3
    gain: float = 0.3
    exact: bool = False
    truth: Optional[ControlPoints] = None

    @property
    def margin(self) -> int:
        """Reference pixels cut off each side after a motion."""
        return margin_px(max(self.reference.shape[1:]), self.ratio)


def find_couples(data: Path) -> Iterator[Couple]:
    """Every pair of the data folder, group by group.

    Raises
    ------
    InputError
        When there is none.
    """
    found = False
    for finder in (_pans, _sentinels, _flood, _control_pairs, _display_pair):
        for couple in finder(data):
            found = True
            yield couple
    if not found:
        raise InputError(
            f"'{data}' has none of pan_ms, s1s2_cloud, s1s2_landcover, s2_multires, registration; "
            "give the data folder as --data."
        )


def _pans(data: Path) -> Iterator[Couple]:
    if not (data / "pan_ms").is_dir():
        return
    for pair in find_pairs(data):
        gain = float(np.mean(pair.gains))
        pan = middle(pair.pan, LARGEST_PAN_PX, pair.ratio)
        yield Couple(pair.name, PAN_PAN, pair.name, pan, pan, order=5, exact=True)
        coarse = degrade(pair.pan, pair.ratio, [gain])
        yield Couple(pair.name, PAN_MS_MADE, pair.name, pair.pan, coarse, pair.ratio, True, 5, gain, exact=True)
        yield Couple(pair.name, PAN_MS, pair.name, pair.pan, pair.ms, pair.ratio, True, 5, gain)


def _sentinels(data: Path) -> Iterator[Couple]:
    for number, sar in enumerate(sorted((data / "s1s2_cloud").glob("*_s1.tif"))):
        stem = sar.name[: -len("_s1.tif")]
        optical = read_all(sar.with_name(f"{stem}_s2_clear.tif"))[list(S2_10M)]
        # The calibration of the confidence saw every second patch, the first among them.
        group, place = SAR if number % 2 else SAR_SEEN, "4294" if stem.endswith(("_4294", "_4433")) else stem
        yield Couple(f"s1s2_cloud/{stem}", group, place, optical, read_all(sar))
    for sar in sorted((data / "s1s2_landcover").glob("*_s1.tif")):
        stem = sar.name[: -len("_s1.tif")]
        optical = read_all(sar.with_name(f"{stem}_s2.tif"))[list(S2_10M)]
        yield Couple(f"s1s2_landcover/{stem}", SAR_SEEN, stem, optical, read_all(sar))
    for sar in sorted((data / "s2_multires").glob("*/s1_10m.tif")):
        name = sar.parent.name
        yield Couple(f"s2_multires/{name}", SAR_SEEN, name, read_all(sar.with_name("s2_10m.tif")), read_all(sar))


def _flood(data: Path) -> Iterator[Couple]:
    for optical in sorted((data / "s1s2_flood" / "sen1floods11").glob("*_s2.tif")):
        stem = optical.name[: -len("_s2.tif")]
        images = read_all(optical)[list(S2_10M)], read_all(optical.with_name(f"{stem}_s1.tif"))
        yield from _windows(f"sen1floods11/{stem}", SAR, *images)


def _control_pairs(data: Path) -> Iterator[Couple]:
    for path in sorted((data / "registration").glob("*/control_points.csv")):
        images = (read_all(path.with_name(f"{name}.tif")) for name in ("reference", "sensed"))
        group = LIDAR if "lidar" in path.parent.name else SAR
        yield from _windows(path.parent.name, group, *images, read_control_points(path))


def _display_pair(data: Path) -> Iterator[Couple]:
    for optical in sorted((data / "registration").glob("*/optical.tif")):
        yield from _windows(optical.parent.name, SAR, read_all(optical), read_all(optical.with_name("sar.tif")))


def _windows(
    name: str, group: str, reference: np.ndarray, secondary: np.ndarray, points: Optional[ControlPoints] = None
) -> Iterator[Couple]:
    """Windows that have `WINDOW_PX` left after the margin is cut off, spread evenly; the smaller image bounds them."""
    side = WINDOW_PX + 2 * margin_px(WINDOW_PX, 1) + 2
    rows, cols = (min(a, b) for a, b in zip(reference.shape[1:], secondary.shape[1:]))
    for row in _starts(rows, side):
        for col in _starts(cols, side):
            part = (slice(None), slice(row, row + side), slice(col, col + side))
            truth = points.inside((col, row), side) if points else None
            yield Couple(f"{name}@{col},{row}", group, name, reference[part], secondary[part], truth=truth)


def _starts(length: int, side: int) -> list[int]:
    """First pixels of windows along one axis; neighbours overlap by at most a quarter."""
    count = max(1, int((length - side) / (0.75 * side)) + 1)
    return [round(i * (length - side) / max(count - 1, 1)) for i in range(count)] if length > side else [0]


def middle(values: np.ndarray, largest: int, multiple: int) -> np.ndarray:
    """The middle part, at most `largest` pixels a side, beginning at a multiple."""
    parts = []
    for size in values.shape[1:]:
        start = max(0, (size - largest) // 2) // multiple * multiple
        parts.append(slice(start, start + min(size, largest)))
    return values[:, parts[0], parts[1]]


