"""What is measured: images that are read by windows, how they are aligned, and what is known of the sensor.

Arrays `(bands, rows, cols)`. "fused", "reference", "fine" and "expanded", the coarse image interpolated, lie on one
grid, the fine one, "coarse" on the coarse one: fine pixel-edge coordinate = ratio * coarse pixel-edge coordinate +
offset. Both start at 0 in the upper left corner, so that the centre of coarse pixel `i` lies at fine pixel-centre
coordinate `(i + 0.5) * ratio + offset - 0.5`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Callable

import numpy as np

from ...basics.errors import InputError

IMAGES = ("fused", "reference", "fine", "expanded", "coarse")
FINE = ("fused", "reference", "fine", "expanded")
Read = Callable[[int, int, int, int], tuple[np.ndarray, np.ndarray]]
"""`read(row_off, col_off, rows, cols)` -> values and boolean validity, both `(bands, rows, cols)`."""


@dataclass(frozen=True)
class Source:
    """One image that is read by windows; a pixel of it counts when it is valid in every band."""

    read: Read
    """Only windows inside the image are asked for."""
    rows: int
    cols: int
    bands: int

    @property
    def shape(self) -> tuple[int, int, int]:
        """`(bands, rows, cols)`."""
        return self.bands, self.rows, self.cols


@dataclass(frozen=True)
class Contrast:
    """How the coarse image varies, and how the fine image sees it; `contrast.contrast_of` gathers it."""

    spreads: tuple[float, ...]
    """Standard deviation of each coarse band, in its unit; 0 is a flat band."""
    weights: tuple[float, ...]
    """Of each coarse band in the sum that is nearest to the fine image at the coarse one's resolution."""
    fine_spread: float
    """Standard deviation of the fine image at the coarse one's resolution, in its unit."""

    @property
    def live(self) -> tuple[int, ...]:
        """The bands that are not flat, counted from 0."""
        return tuple(band for band, spread in enumerate(self.spreads) if spread)


@dataclass(frozen=True)
class Scene:
    """The images by name and what the metrics need to know; each metric's `needs` says which of it."""

    sources: Mapping[str, Source]
    """Any of `IMAGES`; all but "coarse" have the same rows and columns."""
    ratio: float = 0.0
    """Coarse pixel over fine pixel, 1.5 to 8, not necessarily whole; 0 is unknown."""
    offset: tuple[float, float] = (0.0, 0.0)
    """`(row, col)` of the coarse image's upper left corner in fine pixels, positive down and right; zeros are nested
    grids."""
    gains: tuple[float, ...] = ()
    """MTF gain at the coarse image's Nyquist frequency, one per band; () is unknown."""
    fine_gain: float = 0.0
    """MTF gain of the fine image at the Nyquist frequency of its own grid; 0 is unknown."""
    shifts: tuple[tuple[float, float], ...] = ()
    """Per band `(rows, cols)` in fine pixels, how far that coarse band lies down and right of its nominal place; () is
    no shift."""
    peak: float = 0.0
    """Largest value that the data type or the sensor can hold; 0 is unknown."""
    contrast: Contrast | None = None
    """None is unknown."""

    def has(self, name: str) -> bool:
        """Whether an image or a fact of this name is known."""
        return name in self.sources if name in IMAGES else bool(getattr(self, name))


@dataclass(frozen=True)
class Measured:
    """What a metric says about an image."""

    value: float
    per_band: tuple[float, ...] = ()
    """The same measure of each band alone; () where that makes no sense."""


def array_source(values: np.ndarray, valid: np.ndarray | None = None) -> Source:
    """An array `(bands, rows, cols)` as a source; `valid` is `(rows, cols)` or `(bands, rows, cols)`, None is all."""
    mask = np.ones(values.shape[1:], bool) if valid is None else np.asarray(valid, bool)
    mask = np.broadcast_to(mask, values.shape)

    def read(row_off: int, col_off: int, rows: int, cols: int) -> tuple[np.ndarray, np.ndarray]:
        window = np.s_[:, row_off : row_off + rows, col_off : col_off + cols]
        return values[window], mask[window]

    return Source(read, values.shape[1], values.shape[2], values.shape[0])


def scene_of_arrays(valid: np.ndarray | None = None, **known: Any) -> Scene:
    """Whole arrays on nested grids, and the facts of `Scene` by name, as a scene.

    Parameters
    ----------
    valid
        On the fine grid, `(bands, rows, cols)` or `(rows, cols)`; a pixel counts when it is valid in every band.
        None is all.

    Raises
    ------
    InputError
        When a mask or a coarse image does not fit the fused image.
    """
    images = {name: np.asarray(known.pop(name)) for name in IMAGES if name in known}
    for name, image in images.items():
        if image.ndim != 3:
            raise InputError(f"The {name} image has the shape {image.shape}; give (bands, rows, cols).")
    require_one_grid({name: image.shape for name, image in images.items()})
    mask = fine_mask(valid, images["fused"])
    if "coarse" in images:
        _require_nested(images["fused"], images["coarse"], known["ratio"])
    for name in {"gains", "shifts"} & known.keys():
        known[name] = tuple(known[name])
    sources = {name: array_source(image, mask if name in FINE else None) for name, image in images.items()}
    return Scene(sources, **known)


def require_one_grid(shapes: Mapping[str, tuple[int, ...]]) -> None:
    """Refuse images, `(bands, rows, cols)` by name, that do not have the grid and the bands of "fused"."""
    fused = shapes["fused"]
    for name in ("reference", "expanded"):
        if shapes.get(name, fused) != fused:
            raise InputError(
                f"The fused and the {name} image have the shapes {fused} and {shapes[name]}; "
                "give both as (bands, rows, cols) on the same grid."
            )
    if shapes.get("fine", (1, *fused[1:])) != (1, *fused[1:]):
        raise InputError(
            f"The fine image is {shapes['fine']}, the fused image {fused}; give one band on the same grid."
        )
    if shapes.get("coarse", fused)[0] != fused[0]:
        raise InputError(
            f"The coarse image has {shapes['coarse'][0]} bands, the fused image {fused[0]}; give the same bands."
        )


def _require_nested(fused: np.ndarray, coarse: np.ndarray, ratio: float) -> None:
    expected = (len(fused), *(int(size / ratio + 1e-6) for size in fused.shape[1:]))
    if coarse.shape != expected:
        raise InputError(
            f"The coarse image has the shape {coarse.shape}, expected {expected} for a fused image {fused.shape} at "
            f"ratio {ratio:g}; give both as (bands, rows, cols), the coarse one on the same grid with pixels that many "
            "times larger."
        )


def fine_mask(valid: np.ndarray | None, image: np.ndarray) -> np.ndarray:
    """Pixels of `image` that count, `(rows, cols)` boolean.

    Raises
    ------
    InputError
        When the mask lies on another grid.
    """
    mask = np.ones(image.shape[1:], bool) if valid is None else np.asarray(valid, bool)
    mask = mask.all(axis=0) if mask.ndim == 3 else mask
    if mask.shape != image.shape[1:]:
        raise InputError(f"The valid mask is {mask.shape}, the image {image.shape[1:]}; give a mask on its grid.")
    return mask
