"""What the network is shown: pieces of scenes with clouds, real or put on, and with inputs that may be absent.

Axis order (bands, rows, cols), float32: reflectance and decibels as in `scenes`, MISSING where an input is absent.
Few scenes have clouds of their own, so an example is drawn in one of four ways:

real       the cloudy image of a triplet; the target is the clear image, of another day
put on     a clear image under clouds of `clouds`; the target is that image
same day   the cloudy image of a triplet under further clouds; the target is known where it was clear before, and the
           clear image is the reference of another day
borrowed   a clear image under the clouds of another triplet
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from scipy import ndimage

from models.cloud_removal.clouds import fractal, put_clouds
from models.cloud_removal.masks import found_mask, reference_mask
from models.cloud_removal.networks import MISSING
from models.cloud_removal.scenes import BANDS, Clear, Triplet
from models.cloud_removal.split import group_of
from models.cloud_removal.variation import another_day, turned, varied_radiometry, varied_sar

WAYS, ODDS = ("real", "put on", "same day", "borrowed"), (0.3, 0.3, 0.15, 0.25)
NO_SAR, PART_OF_SAR, NO_REFERENCE = 0.3, 0.1, 0.55
MORE_CLOUDS = 0.25
"""Share of real triplets that get further clouds."""
AS_FOUND = 0.6
"""Share of the others that come with the mask that the plugin finds."""
OPAQUE = 0.25
"""Brightening in the blue of a cloud that hides the ground altogether, for borrowing it."""
LEAST_CLEAR = 0.15
_BLUE = BANDS.index("B2")


@dataclass(frozen=True)
class Example:
    """One piece: the network's inputs, and what it shall give.

    optical, clear: (12, rows, cols). sar: (2, rows, cols). mask: (1, rows, cols) as given to the network, 0..1.
    target: (12, rows, cols). known: (1, rows, cols) bool, where the target is known. clouded: bool, the true mask.
    """

    optical: np.ndarray
    sar: np.ndarray
    clear: np.ndarray
    mask: np.ndarray
    target: np.ndarray
    known: np.ndarray
    clouded: np.ndarray


@dataclass(frozen=True)
class _Layers:
    """Cut-outs of a triplet: the true mask of its clouds and the one that the plugin finds, (1, rows, cols) bool."""

    cloudy: np.ndarray
    clear: np.ndarray
    sar: np.ndarray
    mask: np.ndarray
    found: np.ndarray


class Examples:
    """Draws examples from scenes; the same generator gives the same examples."""

    def __init__(self, triplets: Sequence[Triplet], clear: Sequence[Clear], rng: np.random.Generator) -> None:
        self.rng = rng
        self.triplets = [(one, reference_mask(one), found_mask(one)) for one in triplets]
        self.partly = [known for known in self.triplets if known[1].mean() < 1 - LEAST_CLEAR]
        own = [Clear(one.name, one.clear, one.sar) for one in triplets]
        self.clear = [*own, *clear]

    def draw(self, size: int) -> Example:
        """One example of `size` x `size` pixels."""
        way = self.rng.choice(WAYS, p=ODDS)
        if way == "same day" and not self.partly:
            way = "put on"
        made = {"real": self._real, "put on": self._put_on, "same day": self._same_day, "borrowed": self._borrowed}
        return self._varied(made[way](size))

    def _real(self, size: int) -> Example:
        part = self._triplet(self.triplets, size)
        if self.rng.random() < MORE_CLOUDS:
            more = put_clouds(part.cloudy, self.rng)
            return self._example(more.cloudy, part.sar, self._reference(part.clear), part.clear, part.mask | more.mask)
        example = self._example(part.cloudy, part.sar, self._reference(part.clear), part.clear, part.mask)
        return replace(example, mask=part.found.astype(np.float32)) if self.rng.random() < AS_FOUND else example

    def _put_on(self, size: int) -> Example:
        chosen = self.rng.integers(len(self.clear))
        if chosen < len(self.triplets):
            part = self._triplet([self.triplets[chosen]], size)
            optical, sar, other = part.clear, part.sar, np.where(part.mask, np.float32(MISSING), part.cloudy)
            own = part.mask.mean() < 1 - LEAST_CLEAR and self.rng.random() < 0.6
            reference = other if own else self._reference(optical)
        else:
            optical, sar = self._piece(self.clear[chosen], size)
            reference = self._reference(optical)
        made = put_clouds(optical, self.rng)
        return self._example(made.cloudy, sar, reference, optical, made.mask)

    def _same_day(self, size: int) -> Example:
        part = self._triplet(self.partly, size)
        made = put_clouds(part.cloudy, self.rng)
        reference = part.clear if self.rng.random() < 0.6 else _missing_like(part.clear)
        example = self._example(made.cloudy, part.sar, reference, part.cloudy, made.mask | part.mask)
        return replace(example, known=~part.mask)

    def _borrowed(self, size: int) -> Example:
        above = self._triplet(self.triplets, size)
        optical, sar = self._piece(self.clear[self.rng.integers(len(self.clear))], size)
        brighter = ndimage.gaussian_filter((above.cloudy - above.clear)[_BLUE], 1.0)
        opacity = (brighter / OPAQUE).clip(0, 1) * above.mask[0]
        cloudy = optical * (1 - opacity) + above.cloudy * opacity
        return self._example(cloudy, sar, self._reference(optical), optical, opacity > 0.05)

    def _example(self, optical: np.ndarray, sar: np.ndarray, reference: np.ndarray, target: np.ndarray,
                 clouded: np.ndarray) -> Example:
        clouded = clouded.reshape(1, *clouded.shape[-2:])
        return Example(optical.astype(np.float32), self._sometimes(sar), reference.astype(np.float32),
                       self._given(clouded[0])[None], target, np.ones_like(clouded), clouded)

    def _reference(self, target: np.ndarray) -> np.ndarray:
        """The clear reference made from the target, where there is none of another day."""
        if self.rng.random() < NO_REFERENCE:
            return _missing_like(target)
        made = another_day(target, self.rng)
        if self.rng.random() < 0.25:
            made = np.where(self._patches(target.shape[1:]), np.float32(MISSING), made)
        return made

    def _sometimes(self, sar: np.ndarray) -> np.ndarray:
        chance = self.rng.random()
        if chance < NO_SAR:
            return _missing_like(sar)
        made = varied_sar(sar, self.rng)
        if chance < NO_SAR + PART_OF_SAR:
            made = np.where(self._patches(sar.shape[1:]), np.float32(MISSING), made)
        return made

    def _patches(self, shape: tuple[int, int]) -> np.ndarray:
        return fractal(shape, 200.0, 4.0, self.rng) > self.rng.uniform(-0.5, 0.8)

    def _given(self, clouded: np.ndarray) -> np.ndarray:
        """The mask as a detector would give it: larger or smaller, with holes, soft, or everything."""
        chance, mask = self.rng.random(), clouded
        if chance < 0.04:
            return np.ones(mask.shape, np.float32)
        if chance < 0.55:
            mask = ndimage.binary_dilation(mask, iterations=int(self.rng.integers(1, 7)))
        elif chance < 0.7:
            mask = ndimage.binary_opening(mask, iterations=int(self.rng.integers(1, 4)))
        if self.rng.random() < 0.2:
            return ndimage.gaussian_filter(mask.astype(np.float32), self.rng.uniform(0.7, 3))
        return mask.astype(np.float32)

    def _varied(self, example: Example) -> Example:
        optical, clear, target = varied_radiometry((example.optical, example.clear, example.target), self.rng)
        example = replace(example, optical=optical, clear=clear, target=target)
        return Example(*turned(list(vars(example).values()), self.rng))

    def _triplet(self, among: Sequence[tuple[Triplet, np.ndarray, np.ndarray]], size: int) -> _Layers:
        scene, mask, found = among[self._fairly([one[0].name for one in among])]
        at = self._corner(mask.shape, size)
        return _Layers(scene.cloudy[at], scene.clear[at], scene.sar[at], mask[None][at], found[None][at])

    def _fairly(self, names: Sequence[str]) -> int:
        """A place among triplets; groups of scenes are drawn equally often, however many triplets they have."""
        groups = [group_of(name) for name in names]
        group = self.rng.choice(sorted(set(groups)))
        return int(self.rng.choice([place for place, one in enumerate(groups) if one == group]))

    def _piece(self, scene: Clear, size: int) -> tuple[np.ndarray, np.ndarray]:
        """Optical and SAR of a part of a clear scene; smaller scenes are mirrored."""
        least = [max(size - side, 0) for side in scene.optical.shape[1:]]
        layers = [scene.optical, scene.sar if scene.sar is not None else np.full_like(scene.optical[:2], MISSING)]
        if any(least):
            layers = [np.pad(one, ((0, 0), (0, least[0]), (0, least[1])), mode="symmetric") for one in layers]
        at = self._corner(layers[0].shape[1:], size)
        return layers[0][at], layers[1][at]

    def _corner(self, shape: tuple[int, ...], size: int) -> tuple[slice, ...]:
        row, col = (int(self.rng.integers(side - size + 1)) for side in shape)
        return np.s_[:, row:row + size, col:col + size]


def _missing_like(image: np.ndarray) -> np.ndarray:
    return np.full_like(image, MISSING)
