"""A fine scene and its pan, and how far a fused image lies from the true one."""

from __future__ import annotations

import numpy as np

from models.benchmarks import classical, wald

GAINS = (0.3, 0.3, 0.3)


def make_scene(seed: int = 1, size: int = 256, bands: int = 3) -> tuple[np.ndarray, np.ndarray]:
    """A fine scene `(bands, size, size)`, smooth patches plus shared texture, and the pan that sums it up."""
    rng = np.random.default_rng(seed)
    texture = classical.interpolate(rng.normal(size=(1, size // 2, size // 2)), 2, (size, size))
    patches = classical.interpolate(
        rng.uniform(300, 900, size=(bands, size // 32, size // 32)), 32, (size, size)
    )
    fine = patches + np.linspace(40, 80, bands)[:, None, None] * texture
    return fine, fine.mean(axis=0, keepdims=True)


def rms(fused: np.ndarray, reference: np.ndarray) -> float:
    return float(np.sqrt(((wald.inner(fused) - wald.inner(reference)) ** 2).mean()))
