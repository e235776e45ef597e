"""What networks make of triplets that they have not seen: errors, calibration of sigma, numbers for the card."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from models.cloud_removal.calibration import Calibrated, Errors, SigmaScale, errors_of, fitted_scale
from models.cloud_removal.masks import found_mask, reference_mask
from models.cloud_removal.networks import CloudNetwork
from models.cloud_removal.prediction import averaged_with_scene, composed, restored
from models.cloud_removal.scenes import Triplet, read_triplets
from models.cloud_removal.split import FOLDS, SHIPPED
from rsfusion_qgis.core.measures.images.sam import spectral_angles

WITHOUT_SAR, WITH_SAR = "without SAR", "with SAR"
LEAST_PIXELS = 200
"""Cloudy pixels of a triplet that counts."""


@dataclass(frozen=True)
class Seen:
    """What a network made of a triplet that it had not seen.

    mask: (rows, cols) bool, as the plugin finds it. estimates: `WITHOUT_SAR` and `WITH_SAR` -> restored, sigma.
    """

    triplet: Triplet
    mask: np.ndarray
    estimates: Mapping[str, tuple[np.ndarray, np.ndarray]]

    def errors(self) -> list[Errors]:
        """Of all estimates, where they are used."""
        return [errors_of(*one, self.triplet.clear, self.mask) for one in self.estimates.values()]

    def image(self, which: str) -> np.ndarray:
        """The cloudy image with the estimate under the mask."""
        return composed(self.triplet.cloudy, self.estimates[which][0], self.mask)

    def taught(self) -> np.ndarray:
        """The estimate with SAR, averaged with what the scene's clear pixels teach: the plugin's default."""
        return averaged_with_scene(self.estimates[WITH_SAR][0], self.triplet.cloudy, self.mask, self.triplet.sar)


def seen_by(network: CloudNetwork, triplet: Triplet) -> Seen:
    """Apply a network without and with SAR."""
    mask = found_mask(triplet)
    estimates = {which: restored(network, triplet.cloudy, mask, sar)
                 for which, sar in ((WITHOUT_SAR, None), (WITH_SAR, triplet.sar))}  # fmt: skip
    return Seen(triplet, mask, estimates)


def scale_without(fold: str, seen: Mapping[str, Sequence[Seen]]) -> SigmaScale:
    """Calibration of a fold's sigma, from the unseen scenes of the other folds' networks."""
    return fitted_scale([errors for other, made in seen.items() if other != fold for one in made
                         for errors in one.errors()])  # fmt: skip


@dataclass(frozen=True)
class Measured:
    """The networks of all folds, what they made of their unseen triplets, and numbers for the card."""

    networks: Mapping[str, CloudNetwork]
    seen: Mapping[str, Sequence[Seen]]
    quality: Mapping[str, float]

    def calibrated(self, fold: str) -> Calibrated:
        """A fold's network with its sigma calibrated on the other folds."""
        return Calibrated(self.networks[fold], scale_without(fold, self.seen))


def measured(networks: Mapping[str, CloudNetwork], data: Path) -> Measured:
    """Apply every fold's network to the fold's triplets."""
    seen = {fold: [seen_by(network, one) for one in read_triplets(data, FOLDS[fold])]
            for fold, network in networks.items()}  # fmt: skip
    everything = [one for made in seen.values() for one in made]
    quality: dict[str, float] = {}
    for which in (WITH_SAR, WITHOUT_SAR):
        quality |= _numbers(seen[SHIPPED], which, "own held-out scenes")
        quality |= _numbers(everything, which, "all triplets leave-scene-out")
    quality |= _within(seen[SHIPPED], scale_without(SHIPPED, seen))
    return Measured(networks, seen, quality)


def _numbers(seen: Sequence[Seen], which: str, where: str) -> dict[str, float]:
    """MAE in reflectance and SAM in degrees under clouds, means over the triplets that have enough of them."""
    found = []
    for one in seen:
        cloudy = reference_mask(one.triplet)
        if cloudy.sum() >= LEAST_PIXELS:
            image, truth = one.image(which).clip(0, 1)[:, cloudy], one.triplet.clear.clip(0, 1)[:, cloudy]
            found.append((np.abs(image - truth).mean(), spectral_angles(image, truth).mean()))
    names = (f"{metric} under clouds, {which}, {where}" for metric in ("MAE", "SAM"))
    return {name: float(value) for name, value in zip(names, np.mean(found, axis=0))}


def _within(seen: Sequence[Seen], scale: SigmaScale) -> dict[str, float]:
    """Shares of the errors within one and two calibrated sigmas, means over the triplets, with SAR."""
    found = []
    for one in seen:
        restored_image, sigma = one.estimates[WITH_SAR]
        error, stated = np.abs(restored_image - one.triplet.clear)[:, one.mask], scale(sigma)[:, one.mask]
        found.append([(error <= times * stated).mean() for times in (1, 2)])
    one_sigma, two_sigmas = np.mean(found, axis=0)
    return {"share within 1 sigma, with SAR, own held-out scenes": float(one_sigma),
            "share within 2 sigma, with SAR, own held-out scenes": float(two_sigmas)}  # fmt: skip
