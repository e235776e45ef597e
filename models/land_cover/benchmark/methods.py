"""What the HS-LiDAR benchmark compares: random forest, support vector machine, and networks, on labelled scenes.

A method learns from labelled scenes with their groups and predicts class indices for the pixels of other scenes.
"""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import torch

from models.land_cover.calibration import ALL_THERE
from models.land_cover.fitting import Fitted, fit
from models.land_cover.prediction import predict
from models.land_cover.samples.scenes import CELL_PX, UNLABELLED, LabelledScene, cut_chips
from models.land_cover.samples.split import TRAINING, VALIDATION, split_regions
from models.land_cover.settings import Settings, network_for

VALIDATION_SHARE = 0.2
DENSE, LARGEST_CELL_PX = 0.1, 20
PIXELS_FOR_A_CHIP = 16
"""Scenes of one pixel in a batch, for each chip that would be in it."""
MOST_SVM_SAMPLES = 3000
SVM_GRID = {"svc__C": (1.0, 10.0, 100.0), "svc__gamma": ("scale", 1e-3)}
TREES = 300


@dataclass(frozen=True)
class Method:
    """One row of the table.

    name: as it stands there. roles: the rasters that it sees. architecture: slug, "rf" or "svm".
    """

    name: str
    roles: tuple[str, ...]
    architecture: str


@dataclass(frozen=True)
class Learned:
    """Predictions for every test scene, (rows, cols) int16, and seconds."""

    predicted: list[np.ndarray]
    training_s: float
    prediction_s: float


def run(
    method: Method, training: Sequence[LabelledScene], groups: Mapping[int, int] | None,
    test: Sequence[LabelledScene], classes: Sequence[str], settings: Settings,
) -> Learned:  # fmt: skip
    """Learn and predict.

    Parameters
    ----------
    groups : region -> group of regions that stay together in the inner split, such as a plot; None = each by itself.
    settings : of networks; its architecture and seed are replaced.
    """
    training, test = ([_only(scene, method.roles) for scene in scenes] for scenes in (training, test))
    if method.architecture in ("rf", "svm"):
        return _classical(method, training, test, settings.seed)
    return _network(replace(settings, architecture=method.architecture), training, groups, test, classes)


def _only(scene: LabelledScene, roles: Sequence[str]) -> LabelledScene:
    inputs, valid = ({role: given[role] for role in roles} for given in (scene.inputs, scene.valid))
    return replace(scene, inputs=inputs, valid=valid)


def _stacked(scene: LabelledScene) -> np.ndarray:
    """(pixels, bands) of all rasters, 0 where one is invalid."""
    parts = [np.where(scene.valid[role], values, 0.0).reshape(len(values), -1) for role, values in scene.inputs.items()]
    return np.concatenate(parts).T


def _classical(method: Method, training: Sequence[LabelledScene], test: Sequence[LabelledScene], seed: int) -> Learned:
    from sklearn.ensemble import RandomForestClassifier
    from sklearn.model_selection import GridSearchCV
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler
    from sklearn.svm import SVC

    began = time.monotonic()
    samples = np.concatenate([_stacked(scene)[scene.labels.ravel() != UNLABELLED] for scene in training])
    labels = np.concatenate([scene.labels[scene.labels != UNLABELLED] for scene in training])
    if method.architecture == "rf":
        model = RandomForestClassifier(TREES, class_weight="balanced", n_jobs=1, random_state=seed)
    else:
        machine = make_pipeline(StandardScaler(), SVC(class_weight="balanced"))
        model = GridSearchCV(machine, SVM_GRID, scoring="balanced_accuracy", cv=3)
        kept = np.random.default_rng(seed).permutation(len(labels))[:MOST_SVM_SAMPLES]
        samples, labels = samples[kept], labels[kept]
    model.fit(samples, labels)
    trained = time.monotonic()
    found = [model.predict(_stacked(scene)).reshape(scene.labels.shape).astype(np.int16) for scene in test]
    return Learned(found, trained - began, time.monotonic() - trained)


def _network(
    settings: Settings, training: Sequence[LabelledScene], groups: Mapping[int, int] | None,
    test: Sequence[LabelledScene], classes: Sequence[str],
) -> Learned:  # fmt: skip
    began = time.monotonic()
    bands = {role: len(values) for role, values in training[0].inputs.items()}
    halo = network_for(settings, bands, len(classes)).halo
    pixels = training[0].labels.size == 1
    cell, batch = _cell(training), settings.batch
    batch = batch * PIXELS_FOR_A_CHIP if pixels else batch * CELL_PX // cell
    settings, halo, cell = replace(settings, batch=batch), 0 if pixels else halo, 1 if pixels else cell
    chips = [chip for number, scene in enumerate(training) for chip in cut_chips(scene, halo, cell, number)]
    shares = (1.0 - VALIDATION_SHARE, VALIDATION_SHARE, 0.0)
    split = split_regions(chips, classes, settings.seed, shares, groups=groups)
    fitted = fit(split.of(TRAINING), split.of(VALIDATION), classes, settings)
    fitted = replace(fitted, temperatures={ALL_THERE: 1.0})
    trained = time.monotonic()
    found = _of_pixels(fitted, test) if pixels else [predict(fitted, one.inputs, one.valid)[0] for one in test]
    return Learned(found, trained - began, time.monotonic() - trained)


def _of_pixels(fitted: Fitted, scenes: Sequence[LabelledScene]) -> list[np.ndarray]:
    """Classes of scenes of one pixel each, which nothing surrounds."""
    images = [fitted.statistics.standardised(role, *(np.stack([getattr(scene, what)[role] for scene in scenes])
                                                     for what in ("inputs", "valid"))) for role in fitted.roles]
    with torch.no_grad():
        logits = fitted.network.eval()(*(torch.from_numpy(image) for image in images))
    return list(logits.argmax(1).numpy().astype(np.int16))


def _cell(scenes: Sequence[LabelledScene]) -> int:
    """Edge of a chip's cell in pixels: large where so much is labelled that large chips cost less."""
    dense = np.mean([(scene.labels != UNLABELLED).mean() for scene in scenes]) > DENSE
    return LARGEST_CELL_PX if dense else CELL_PX
