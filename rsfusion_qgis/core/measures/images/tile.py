"""One tile of a scene: the images that the parts of metrics want, each read or degraded once.

Images on the fine grid: "fused", "reference", "fine", "expanded", the coarse image interpolated. On the coarse grid:
"coarse"; "degraded", the fused image blurred with the MTF of each band and decimated on the coarse image's pixels;
"reprojected", the same where each band of the coarse image really lies (`Scene.shifts`); "degraded_fine", see
`fine_gain`; "covered", no values, only where all the fused pixels under a coarse pixel are valid. Arrays `(bands, rows,
cols)` float64, zero where a pixel is not valid in every band; masks `(rows, cols)` boolean.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Callable

import numpy as np

from ...basics.errors import InputError
from ...grid.degradation import FULL_SUPPORT, apply_taps, covered, covered_span, mtf_sigma, sampling_taps, whole_pixels
from .scene import FINE, Scene

BLOCK_PX = 32
"""Side of the blocks of Q2n and of the universal index; tiles start at multiples of it."""
Span = tuple[int, int]
"""First pixel and one past the last, along one axis."""
Image = tuple[np.ndarray, np.ndarray]
"""Values and mask."""
Kernel = tuple[float, tuple[float, float]]
"""MTF gain, and shift (rows, cols) in fine pixels."""


def single(scene: Scene) -> int:
    """Window of a metric that looks at pixels or blocks alone."""
    return 1


@dataclass(frozen=True)
class Part:
    """What is summed up over the tiles of one grid; equal parts of several metrics are computed once."""

    images: tuple[str, ...]
    """Names of the module's list, of one grid."""
    partial: Callable[..., Any]
    """`partial(scene, mask, *images)` to something that is added with `+`."""
    window: Callable[[Scene], int] = single
    """Side in pixels of the windows that slide over the fine grid; they lie inside the image."""
    masks: tuple[str, ...] = ()
    """Images that must be valid, too, without being looked at."""

    @property
    def is_fine(self) -> bool:
        """Whether it runs on the fine grid."""
        return self.images[0] in FINE


class Tile:
    """Images of a part of one grid, computed when they are first asked for."""

    def __init__(self, scene: Scene, rows: Span, cols: Span) -> None:
        self.scene, self.rows, self.cols = scene, rows, cols
        self._kept: dict[str, Image] = {}

    def image(self, name: str) -> Image:
        """Values and mask of an image of this grid."""
        if name not in self._kept:
            self._kept[name] = self._make(name)
        return self._kept[name]

    def of(self, part: Part) -> tuple[np.ndarray, list[np.ndarray]]:
        """The mask and the images that `part` wants, windows that begin in the tile included."""
        rows, cols = (span[1] - span[0] + part.window(self.scene) - 1 for span in (self.rows, self.cols))
        found = [self.image(name) for name in (*part.images, *part.masks)]
        mask = np.logical_and.reduce([mask[:rows, :cols] for _, mask in found])
        return mask, [values[:, :rows, :cols] for values, _ in found[: len(part.images)]]

    def _make(self, name: str) -> Image:
        raise NotImplementedError

    def _read(self, name: str, rows: Span, cols: Span) -> Image:
        values, valid = self.scene.sources[name].read(rows[0], cols[0], rows[1] - rows[0], cols[1] - cols[0])
        mask = np.asarray(valid, bool).all(axis=0)
        return np.where(mask, np.asarray(values, np.float64), 0.0), mask


class FineTile(Tile):
    """Pixels of the fine grid, read with what the windows that begin in them reach beyond.

    Parameters
    ----------
    window
        Side of the largest of those windows.
    """

    def __init__(self, scene: Scene, rows: Span, cols: Span, window: int) -> None:
        super().__init__(scene, rows, cols)
        fused = scene.sources["fused"]
        self._reach = (
            (rows[0], min(rows[1] + window - 1, fused.rows)),
            (cols[0], min(cols[1] + window - 1, fused.cols)),
        )

    def _make(self, name: str) -> Image:
        return self._read(name, *self._reach)


class CoarseTile(Tile):
    """Pixels of the coarse image, and what the fine images look like on them.

    A coarse pixel that lies partly outside the fine image is not valid; at the edge of the fine image its mirror image
    is blurred. Shifts do not make a pixel invalid.
    """

    def __init__(self, scene: Scene, rows: Span, cols: Span) -> None:
        super().__init__(scene, rows, cols)
        fused = scene.sources["fused"]
        self._size = (fused.rows, fused.cols)
        self._inside = [
            whole_pixels(*span, scene.ratio, offset, size)
            for span, offset, size in zip((rows, cols), scene.offset, self._size)
        ]
        self._fine: dict[str, Image] = {}
        self._taps: dict[tuple[int, float, float], tuple[np.ndarray, np.ndarray]] = {}
        self._window = self._fine_window()

    def _make(self, name: str) -> Image:
        if name == "coarse":
            return self._read("coarse", self.rows, self.cols)
        shape = tuple(span[1] - span[0] for span in (self.rows, self.cols))
        source = "fine" if name == "degraded_fine" else "fused"
        if not all(end > first for first, end in self._inside):
            return np.zeros((self.scene.sources[source].bands, *shape)), np.zeros(shape, bool)
        if name == "covered":
            values, mask = np.zeros((0, *shape)), self._covered()
        else:
            values, mask = self._degrade(source, self._kernels(name))
        mask = mask & np.logical_and.outer(*(self._is_inside(axis) for axis in (0, 1)))
        return np.where(mask, values, 0.0), mask

    def _kernels(self, name: str) -> list[Kernel]:
        """One per band of the image that is degraded."""
        scene = self.scene
        if name == "degraded_fine":
            return [(fine_gain(scene), (0.0, 0.0))]
        bands = scene.sources["fused"].bands
        shifts = scene.shifts if name == "reprojected" and scene.shifts else ((0.0, 0.0),) * bands
        if len(scene.gains) != bands or len(shifts) != bands:
            raise InputError(
                f"Found {len(scene.gains)} gains and {len(shifts)} shifts for {bands} bands; give one per band."
            )
        return list(zip(scene.gains, shifts))

    def _degrade(self, source: str, kernels: Sequence[Kernel]) -> Image:
        fine, valid = self._fine_image(source)
        values = np.stack([self._blur(band, kernel) for band, kernel in zip(fine, kernels)])
        mask = np.ones(values.shape[1:], bool)
        if not valid.all():
            for kernel in _widest(kernels):
                mask &= self._blur(valid.astype(np.float64), kernel) >= FULL_SUPPORT
        return values, mask

    def _blur(self, band: np.ndarray, kernel: Kernel) -> np.ndarray:
        for axis in (0, 1):
            index, weight = self._taps_of(axis, kernel)
            band = apply_taps(band, index - self._window[axis][0], weight, axis)
        return band

    def _taps_of(self, axis: int, kernel: Kernel) -> tuple[np.ndarray, np.ndarray]:
        """Fine pixels and weights along one axis; coarse pixels outside take those of the nearest one inside."""
        gain, shift = kernel[0], kernel[1][axis]
        if (axis, gain, shift) not in self._taps:
            first, end = self._inside[axis]
            sigma, at = mtf_sigma(gain, self.scene.ratio), self.scene.offset[axis] + shift
            index, weight = sampling_taps(first, end - first, self.scene.ratio, at, sigma, self._size[axis])
            nearest = np.clip(np.arange(*(self.rows, self.cols)[axis]), first, end - 1) - first
            self._taps[axis, gain, shift] = index[nearest], weight[nearest]
        return self._taps[axis, gain, shift]

    def _covered(self) -> np.ndarray:
        mask = self._fine_image("fused")[1]
        for axis, span in enumerate((self.rows, self.cols)):
            first, end = self._inside[axis]
            edges = covered_span(first, end - first, self.scene.ratio, self.scene.offset[axis], self._size[axis])
            whole = covered(mask, *(edge - self._window[axis][0] for edge in edges), axis)
            pad = [(0, 0), (0, 0)]
            pad[axis] = (first - span[0], span[1] - end)
            mask = np.pad(whole, pad)
        return mask

    def _is_inside(self, axis: int) -> np.ndarray:
        first, end = self._inside[axis]
        index = np.arange(*(self.rows, self.cols)[axis])
        return (index >= first) & (index < end)

    def _fine_image(self, source: str) -> Image:
        if source not in self._fine:
            self._fine[source] = self._read(source, *self._window)
        return self._fine[source]

    def _fine_window(self) -> list[Span]:
        """Rows and columns of the fine images that any of the kernels reads for the pixels inside."""
        if not all(end > first for first, end in self._inside):
            return []
        kernels = [(gain, (0.0, 0.0)) for gain in self.scene.gains]
        kernels += list(zip(self.scene.gains, self.scene.shifts))
        if "fine" in self.scene.sources and (self.scene.gains or self.scene.fine_gain):
            kernels.append((fine_gain(self.scene), (0.0, 0.0)))
        window = []
        for axis, (first, end) in enumerate(self._inside):
            low, high = covered_span(first, end - first, self.scene.ratio, self.scene.offset[axis], self._size[axis])
            taps = [self._taps_of(axis, kernel)[0] for kernel in dict.fromkeys(kernels)]
            start = min([int(low.min()), *(int(index.min()) for index in taps)])
            window.append((start, max([int(high.max()), *(int(index.max()) + 1 for index in taps)])))
        return window


def fine_gain(scene: Scene) -> float:
    """Gain at the coarse image's Nyquist frequency with which the fine image is brought to the coarse one's resolution.

    The fine image's own gain, as Wald's protocol does: what its sensor would have seen with pixels of the coarse
    one's size; the mean of the bands' gains where it is not known.
    """
    return scene.fine_gain or float(np.mean(scene.gains))


def _widest(kernels: Sequence[Kernel]) -> list[Kernel]:
    """The kernels with the least gain of each shift: what they read contains what the others read."""
    widest: dict[tuple[float, float], float] = {}
    for gain, shift in kernels:
        widest[shift] = min(gain, widest.get(shift, gain))
    return [(gain, shift) for shift, gain in widest.items()]
