"""Where on an image another one lies best: shifts by parts of a pixel, in the Fourier domain.

A fused image may lie on the pan or on the MS, and the two lie off one another. The reference of a reduced pair lies on
the MS. It is moved to where it suits the fused image best, by the same procedure for every method; the fused image
stays as it is. Shifts are `(rows, cols)` in pixels, positive where the content goes down and right.
Arrays `(bands, rows, cols)` float64.
"""

from __future__ import annotations

import numpy as np

from models.pansharpening.benchmark.wald import inner

FARTHEST_PX = 3.0
"""No reference is moved farther, either way."""
STEPS, CLOSE_PX = 8, 0.005
"""Steps of the search at most, and how small one is that ends it."""

Shift = tuple[float, float]


class Movable:
    """An image that can be moved by any part of a pixel; beyond its edges stands its mirror image."""

    def __init__(self, image: np.ndarray) -> None:
        mirrored = np.concatenate([image, image[:, ::-1]], axis=1)
        mirrored = np.concatenate([mirrored, mirrored[:, :, ::-1]], axis=2)
        self.means = image.mean(axis=(1, 2))
        self._shape, self._mirrored = image.shape[1:], mirrored.shape[1:]
        self._spectrum = np.fft.rfft2(mirrored)
        self._down = np.fft.fftfreq(mirrored.shape[1])[:, None]
        self._right = np.fft.rfftfreq(mirrored.shape[2])[None]

    def at(self, shift: Shift) -> np.ndarray:
        """The image, moved."""
        return self._image(self._moved(shift))

    def slopes(self, shift: Shift) -> tuple[np.ndarray, np.ndarray]:
        """How the moved image changes per pixel, down and to the right."""
        spectrum = self._moved(shift)
        return tuple(self._image(2j * np.pi * way * spectrum) for way in (self._down, self._right))

    def _moved(self, shift: Shift) -> np.ndarray:
        return self._spectrum * np.exp(-2j * np.pi * (self._down * shift[0] + self._right * shift[1]))

    def _image(self, spectrum: np.ndarray) -> np.ndarray:
        rows, cols = self._shape
        return np.fft.irfft2(spectrum, self._mirrored)[:, :rows, :cols]


def best_place(fused: np.ndarray, reference: Movable) -> Shift:
    """The shift of the reference at which ERGAS is lowest, inside a border.

    Gauss-Newton steps from no shift on, of which the best counts, so that no place is worse than that.
    Lucas & Kanade 1981, An iterative image registration technique, with a Fourier-domain shift.
    """
    weight = (1.0 / np.maximum(np.abs(reference.means), 1e-12) ** 2)[:, None, None]
    shift, found, lowest = (0.0, 0.0), (0.0, 0.0), np.inf
    for _ in range(STEPS):
        off = inner(fused - reference.at(shift))
        error = float((weight * off**2).sum())
        if error < lowest:
            found, lowest = shift, error
        down, right = (inner(slope) for slope in reference.slopes(shift))
        system = [[(weight * a * b).sum() for b in (down, right)] for a in (down, right)]
        step = np.linalg.lstsq(np.array(system), [-(weight * a * off).sum() for a in (down, right)], rcond=None)[0]
        shift = tuple(np.clip(np.array(shift) + step, -FARTHEST_PX, FARTHEST_PX).tolist())
        if np.abs(step).max() < CLOSE_PX:
            break
    return found
