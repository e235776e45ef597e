"""Close-ups of a pair as a person looks at them: pan, interpolation, the best classical methods and ours, side by side.

Three places a pair: where the pan has most detail, where plants grow, and the flattest that is lit; there noise, edges
and colours show. Every pixel is repeated `ZOOM` times either way, nothing is interpolated for the eye. The panels of
bands are all stretched alike, by what interpolation shows there; the pan has a stretch of its own.
Arrays `(bands, rows, cols)`; pictures are `(rows, cols, 3)` uint8, first row on top.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from models.pansharpening.benchmark.pairs import Pair
from models.pansharpening.benchmark.protocols import Seen

CROP_PX, ZOOM, GAP_PX, STRIP_PX = 80, 3, 6, 18
"""Side of a close-up in pixels of the pan; of the picture: between two panels, and the height of a caption."""
PAN, INTERPOLATION = "PAN", "interpolation"
PREFIX = "pansharpening_"
"""Left out of the names of networks, which are long."""
PERCENTILES = (1.0, 99.0)
LEAST_RANGE = 0.2
"""Of the scene's own range: a close-up is not stretched more than this, so that a flat place stays flat."""
FONT_PX = 13
_COLOURS_AT = {4: (2, 1, 0, 3), 6: (2, 1, 0, 3), 7: (3, 2, 1, 4), 8: (4, 2, 1, 6)}
_NAMES = (("red",), ("green",), ("blue",), ("nir", "nir1"))

Place = tuple[str, int, int]
"""What is there, and the row and column of its first pixel."""


def colours_of(pair: Pair) -> tuple[int, ...]:
    """Indices of the bands for red, green, blue and, where there is one, near infrared."""
    told = [set(name.lower().split()) for name in pair.bands]
    found = [next((at for at, words in enumerate(told) if words & set(names)), None) for names in _NAMES]
    if None not in found:
        return tuple(found)  # type: ignore[arg-type]
    count = len(pair.ms)
    return _COLOURS_AT.get(count, (2, 1, 0) if count >= 3 else (0, 0, 0))


def places_of(pair: Pair, seen: Seen) -> list[Place]:
    """The close-ups, no two of which overlap where there is room; plants are left out where no band shows them."""
    side, pan = min(CROP_PX, *pair.pan.shape[1:]), seen.pan[0]
    corners = [(row, col) for row in _mesh(pan.shape[0], side) for col in _mesh(pan.shape[1], side)]
    cut = {corner: np.s_[corner[0] : corner[0] + side, corner[1] : corner[1] + side] for corner in corners}
    detail = {corner: _detail(pan[cut[corner]]) for corner in corners}
    lit = float(np.median(pan))
    flat = {
        corner: -value if value > 0 and pan[cut[corner]].mean() >= lit else -np.inf
        for corner, value in detail.items()
    }
    scores: list[tuple[str, dict[tuple[int, int], float]]] = [("most detail", detail)]
    bands = colours_of(pair)
    if len(bands) == 4:
        red, infrared = seen.expanded[bands[0]], seen.expanded[bands[3]]
        green = (infrared - red) / np.maximum(np.abs(infrared + red), 1e-12)
        scores.append(("most plants", {corner: float(green[cut[corner]].mean()) for corner in corners}))
    picked: list[Place] = []
    for name, values in [*scores, ("flat and lit", flat)]:
        free = [c for c in corners if all(max(abs(c[0] - r), abs(c[1] - k)) >= side for _, r, k in picked)]
        picked.append((name, *max(free or corners, key=values.__getitem__)))
    return picked


class Page:
    """The picture of one pair, filled with what methods fuse.

    Parameters
    ----------
    methods : those that are shown, beside the pan and interpolation.
    """

    def __init__(self, pair: Pair, seen: Seen, methods: Sequence[str]) -> None:
        self._title = f"{pair.name}, {pair.sensor.name}: every pixel of PAN x {ZOOM}"
        self._colours, self._methods = list(colours_of(pair)[:3]), methods
        self._places, self._side = places_of(pair, seen), min(CROP_PX, *pair.pan.shape[1:])
        shown = seen.expanded[self._colours]
        self._limits = [_limits(crop, shown) for crop in self._cut(shown)]
        self._panels = {PAN: [_panel(crop, _limits(crop, seen.pan)) for crop in self._cut(seen.pan)]}
        self._keep(INTERPOLATION, shown)

    def show(self, method: str, fused: np.ndarray) -> None:
        """See `evaluate.Show`."""
        if method in self._methods:
            self._keep(method, fused[self._colours])

    def write(self, path: Path) -> None:
        """As PNG: a strip of names, and one row of panels per place with a strip that says what is there."""
        names = [PAN, INTERPOLATION, *(name for name in self._methods if name in self._panels)]
        step = self._side * ZOOM + GAP_PX
        width = step * len(names) - GAP_PX
        parts = [_strip(width, [self._title]), _strip(width, [name.replace(PREFIX, "") for name in names], step)]
        for number, (what, row, col) in enumerate(self._places):
            panels = [self._panels[name][number] for name in names]
            gap = np.full((len(panels[0]), GAP_PX, 3), 255, np.uint8)
            parts += [np.concatenate([part for panel in panels for part in (panel, gap)][:-1], axis=1)]
            parts += [_strip(width, [f"{what}: row {row}, column {col}"])]
        path.parent.mkdir(parents=True, exist_ok=True)
        Image.fromarray(np.concatenate(parts)).save(path, optimize=True)

    def _keep(self, name: str, bands: np.ndarray) -> None:
        self._panels[name] = [_panel(crop, limits) for crop, limits in zip(self._cut(bands), self._limits)]

    def _cut(self, image: np.ndarray) -> list[np.ndarray]:
        side = self._side
        return [image[:, row : row + side, col : col + side] for _, row, col in self._places]


def _mesh(size: int, side: int) -> list[int]:
    """Where close-ups may begin along an axis: half a close-up from one to the next."""
    return [*range(0, size - side, max(1, side // 2)), size - side]


def _detail(image: np.ndarray) -> float:
    """Median step between neighbouring pixels: robust against a single bright roof."""
    return float(np.median(np.abs(np.diff(image, axis=0))) + np.median(np.abs(np.diff(image, axis=1))))


def _limits(crop: np.ndarray, scene: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """What is black and what is white in each band, `(bands, 1, 1)` both."""
    low, high = np.percentile(crop, PERCENTILES, axis=(1, 2), keepdims=True)
    whole = np.percentile(scene, PERCENTILES, axis=(1, 2), keepdims=True)
    lacking = np.maximum(LEAST_RANGE * (whole[1] - whole[0]) - (high - low), 0.0) / 2
    return low - lacking, high + lacking


def _panel(crop: np.ndarray, limits: tuple[np.ndarray, np.ndarray]) -> np.ndarray:
    """A close-up as a picture; one band in grey."""
    low, high = limits
    grey = np.clip((crop - low) / np.maximum(high - low, 1e-12), 0, 1)
    picture = np.moveaxis(np.broadcast_to(np.rint(255 * grey), (3, *crop.shape[1:])), 0, -1).astype(np.uint8)
    return picture.repeat(ZOOM, axis=0).repeat(ZOOM, axis=1)


def _strip(width: int, texts: Sequence[str], step: int = 0) -> np.ndarray:
    """A line of captions, one every `step` pixels."""
    strip = Image.new("RGB", (width, STRIP_PX), "white")
    for number, text in enumerate(texts):
        ImageDraw.Draw(strip).text((step * number + 2, 1), text, "black", ImageFont.load_default(FONT_PX))
    return np.asarray(strip)
