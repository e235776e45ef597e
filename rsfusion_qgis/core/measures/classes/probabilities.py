"""Probabilities from what a network says of classes."""

from __future__ import annotations

import numpy as np


def probabilities(scores: np.ndarray, kind: str) -> np.ndarray:
    """(classes, rows, cols) float32 that sum to 1, from a network's scores; `kind` is "logits" or "probabilities"."""
    logits = kind == "logits"
    scores = np.exp(scores - scores.max(axis=0, keepdims=True)) if logits else np.maximum(scores, 0.0)
    total = scores.sum(axis=0, keepdims=True)
    return (scores / np.maximum(total, np.finfo(np.float32).tiny)).astype(np.float32, copy=False)
