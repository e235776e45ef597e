"""Teaching a perceptron from pixels of many skies, as many of each class from each of them."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import torch
from torch.nn import functional as F

from models.cloud_removal.mask_network.examples import CLEAR, Sky
from models.cloud_removal.mask_network.network import CLASSES, Perceptron, flat

EACH = 700
"""Pixels of a class from a sky; twice as many clear ones."""
EPOCHS, BATCH, RATE, DECAY, NOISE, SMOOTHING = 10, 4096, 3e-3, 1e-3, 0.05, 0.02


def sampled(skies: Iterable[Sky], seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Features (pixels, features) float32 and classes (pixels,)."""
    draw, found, classes = np.random.default_rng(seed), [], []
    for sky in skies:
        with torch.no_grad():
            seen = flat(torch.from_numpy(sky.optical[None]))[0].flatten(1).numpy()
        for kind in range(len(CLASSES)):
            places = np.flatnonzero(sky.classes.ravel() == kind)
            most = EACH * (2 if kind == CLEAR else 1)
            chosen = draw.choice(places, min(len(places), most), replace=False)
            found.append(np.ascontiguousarray(seen[:, chosen].T))
            classes.append(np.full(len(chosen), kind))
    return np.concatenate(found), np.concatenate(classes)


def taught(found: np.ndarray, classes: np.ndarray, seed: int) -> Perceptron:
    """A perceptron; the same for the same seed on the same machine."""
    torch.manual_seed(seed)
    network = Perceptron()
    network.mean.copy_(torch.from_numpy(found.mean(axis=0)))
    network.spread.copy_(torch.from_numpy(found.std(axis=0) + 1e-3))
    values, wanted = torch.from_numpy(found), torch.from_numpy(classes)
    share = np.bincount(classes, minlength=len(CLASSES)) / len(classes)
    rare = 1 / np.sqrt(np.maximum(share, 1e-6))
    weight = torch.from_numpy((rare / rare.mean()).astype(np.float32))
    steps = len(values) // BATCH
    optimiser = torch.optim.AdamW(network.parameters(), lr=RATE, weight_decay=DECAY)
    rates = torch.optim.lr_scheduler.OneCycleLR(optimiser, RATE, total_steps=EPOCHS * steps + 1)
    for _ in range(EPOCHS):
        order = torch.randperm(len(values))
        for first in range(0, steps * BATCH, BATCH):
            batch = order[first : first + BATCH]
            given = values[batch] + NOISE * network.spread * torch.randn(BATCH, values.shape[1])
            loss = F.cross_entropy(network(given), wanted[batch], weight=weight, label_smoothing=SMOOTHING)
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            rates.step()
    return network.eval()
