"""Trees on pixels: gradient boosting or a forest from scikit-learn, as a network that ONNX Runtime runs.

Features of a pixel are each band's value, its mean over 3 x 3 and 9 x 9 pixels, and its deviation over 9 x 9, of what
is there; where nothing is they are `NOTHING`. Every second sample is shown without one of the sensors, so that trees
learn to do without. Tensors (N, channels, H, W) float32. Histogram-based boosting: Ke et al. 2017, LightGBM, NeurIPS.
Random forests: Breiman 2001, Machine Learning 45, 5-32, doi:10.1023/A:1010933404324.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

from models.land_cover.fitting import Fitted
from models.land_cover.networks import MISSING
from models.land_cover.networks.base import Classifier
from models.land_cover.networks.fusion import window_mean
from models.land_cover.samples.scenes import Chip
from models.land_cover.settings import Settings, may_be_absent
from models.land_cover.statistics import BandStatistics, band_statistics
from models.segmentation.networks.scene_base import dates_of
from rsfusion_qgis.core.basics.errors import InputError
from rsfusion_qgis.core.basics.optional import require

BOOSTING, FOREST = "gradient_boosting", "forest"
NOTHING = -100.0
MOST_PIXELS = 120_000
_NEAR, _FAR = 3, 9
_LEAST = 1e-4


class PixelFeatures(Classifier):
    """What trees see; no network that decides. `forward` gives (N, features, H, W)."""

    halo = _FAR // 2

    def __init__(self, bands: dict[str, int], classes: int) -> None:
        super().__init__(bands, classes)

    def logits(self, images: list[Tensor], masks: list[Tensor]) -> Tensor:
        made = []
        for image, mask in zip(images, masks):
            near, far = window_mean(image, mask, _NEAR), window_mean(image, mask, _FAR)
            spread = torch.sqrt(torch.relu(window_mean(image * image, mask, _FAR) - far * far) + _LEAST)
            features = torch.cat([image, near, far, spread], 1)
            made.append(torch.where(mask > 0, features, torch.full_like(features, NOTHING)))
        return torch.cat(made, 1)


@dataclass(frozen=True)
class Tree:
    """One binary tree: arrays (nodes,); a leaf has the left child -1 and values (nodes, classes)."""

    feature: np.ndarray
    threshold: np.ndarray
    left: np.ndarray
    right: np.ndarray
    values: np.ndarray


class TreeNetwork(nn.Module):
    """Trees on the features of pixels; logits are the sum of the trees', of a forest the logarithm of the mean.

    Parameters
    ----------
    features : PixelFeatures
    trees : list of Tree
    base : (classes,) what is added to the sum.
    forest : whether values are shares of classes.
    """

    def __init__(self, features: PixelFeatures, trees: Sequence[Tree], base: np.ndarray, forest: bool) -> None:
        super().__init__()
        self.features, self.trees, self.base, self.forest = features, list(trees), base, forest
        self.slug = FOREST if forest else BOOSTING
        self.halo, self.multiple_of, self.config = features.halo, 1, features.config
        self.settles: tuple[str, ...] = ()

    @property
    def nodes(self) -> int:
        """Of all trees."""
        return sum(len(one.feature) for one in self.trees)

    def forward(self, *inputs: Tensor) -> Tensor:
        seen = self.features(*inputs)
        count, _, rows, cols = seen.shape
        table = np.ascontiguousarray(seen.permute(0, 2, 3, 1).reshape(-1, seen.shape[1]).numpy())
        total = np.tile(self.base.astype(np.float32), (len(table), 1))
        for tree in self.trees:
            total += tree.values[_leaves(tree, table)]
        logits = np.log(np.maximum(total, 1e-4)) if self.forest else total
        return torch.from_numpy(logits.reshape(count, rows, cols, -1)).permute(0, 3, 1, 2).contiguous()


def _leaves(tree: Tree, table: np.ndarray) -> np.ndarray:
    """(rows,) leaf of each row of features."""
    place, everyone = np.zeros(len(table), np.int64), np.arange(len(table))
    while True:
        inner = tree.left[place] >= 0
        if not inner.any():
            return place
        who, at = everyone[inner], place[inner]
        goes = table[who, tree.feature[at]] <= tree.threshold[at]
        place[inner] = np.where(goes, tree.left[at], tree.right[at])


def fit_trees(method: str, training: Sequence[Chip], classes: Sequence[str], settings: Settings) -> Fitted:
    """Train trees on the pixels of chips with a halo of `PixelFeatures.halo` at least.

    Raises
    ------
    MissingPackageError, InputError
        scikit-learn is missing, or there is nothing to learn from.
    """
    ensemble = require("sklearn.ensemble", "scikit-learn")
    if not training or len(classes) < 2:
        raise InputError("SAMPLES: found too few labelled pixels to learn from; add samples of two or more classes.")
    began, roles = time.monotonic(), tuple(training[0].inputs)
    statistics, optional = band_statistics(training), may_be_absent(settings, roles)
    features = PixelFeatures({role: len(values) for role, values in training[0].inputs.items()}, len(classes)).eval()
    table, labels = _table(features, training, statistics, roles, optional, settings.seed)
    share = np.bincount(labels, minlength=len(classes)).clip(1) / len(labels)
    weights = (share ** -settings.balance)[labels]
    if method == FOREST:
        model = ensemble.RandomForestClassifier(60, max_depth=16, min_samples_leaf=3, n_jobs=settings.threads or None,
                                                random_state=settings.seed)  # fmt: skip
    else:
        model = ensemble.HistGradientBoostingClassifier(max_iter=80, learning_rate=0.1, max_leaf_nodes=15,
                                                        l2_regularization=1.0, early_stopping=False,
                                                        random_state=settings.seed)  # fmt: skip
    model.fit(table, labels, weights / weights.mean())
    made = _forest(model) if method == FOREST else _boosted(model)
    network = TreeNetwork(features, *made, method == FOREST)
    seconds = time.monotonic() - began
    return Fitted(network, roles, tuple(classes), statistics, optional, settings, (), len(made[0]), seconds,
                  f"{len(made[0])} trees were grown on {len(labels)} pixels", {})  # fmt: skip


def _table(
    features: PixelFeatures, chips: Sequence[Chip], statistics: BandStatistics, roles: tuple[str, ...],
    optional: tuple[str, ...], seed: int,
) -> tuple[np.ndarray, np.ndarray]:  # fmt: skip
    """Features (n, features) and classes (n,) of pixels by chance, half of them without one of the sensors."""
    draw = np.random.default_rng(seed)
    per_chip = max(8, MOST_PIXELS // (2 * len(chips)))
    sensors = [places for places in dates_of(roles) if roles[places[0]] in optional] if len(dates_of(roles)) > 1 else []
    rows, truth = [], []
    for chip in chips:
        rows_at, cols_at = np.nonzero(chip.labelled)
        taken = draw.permutation(len(rows_at))[:per_chip]
        where = rows_at[taken], cols_at[taken]
        images = [torch.from_numpy(statistics.standardised(role, chip.inputs[role], chip.valid[role]))[None]
                  for role in roles]  # fmt: skip
        shown = [images]
        if sensors:
            gone = sensors[draw.integers(len(sensors))]
            shown.append([torch.full_like(one, MISSING) if place in gone else one for place, one in enumerate(images)])
        for one in shown:
            with torch.inference_mode():
                rows.append(features(*one)[0].numpy()[:, where[0], where[1]].T)
            truth.append(chip.labels[where])
    return np.concatenate(rows), np.concatenate(truth).astype(np.int64)


def _below(threshold: np.ndarray) -> np.ndarray:
    """The largest float32 that is not above: x <= it for the same float32 x as for the threshold."""
    narrow = threshold.astype(np.float32)
    return np.where(narrow > threshold, np.nextafter(narrow, np.float32(-np.inf)), narrow).astype(np.float32)


def _boosted(model: Any) -> tuple[list[Tree], np.ndarray]:
    """The trees of HistGradientBoostingClassifier; two classes have one tree a round, for the second one."""
    count = len(model.classes_)
    base = np.asarray(model._baseline_prediction, np.float64).reshape(-1)
    trees = []
    for each in model._predictors:
        for place, one in enumerate(each):
            nodes = one.nodes
            values = np.zeros((len(nodes), count), np.float32)
            values[:, place if count > 2 else 1] = np.where(nodes["is_leaf"], nodes["value"], 0)
            left = np.where(nodes["is_leaf"], -1, nodes["left"].astype(np.int64))
            trees.append(Tree(nodes["feature_idx"].astype(np.int64), _below(nodes["num_threshold"]), left,
                              nodes["right"].astype(np.int64), values))  # fmt: skip
    return trees, base if count > 2 else np.array([0.0, base[0]])


def _forest(model: Any) -> tuple[list[Tree], np.ndarray]:
    trees = []
    for one in model.estimators_:
        tree = one.tree_
        share = tree.value[:, 0] / np.maximum(tree.value[:, 0].sum(axis=1, keepdims=True), 1e-12)
        values = np.where((tree.children_left < 0)[:, None], share / len(model.estimators_), 0).astype(np.float32)
        trees.append(Tree(np.maximum(tree.feature, 0).astype(np.int64), _below(tree.threshold), tree.children_left,
                          tree.children_right, values))  # fmt: skip
    return trees, np.zeros(len(model.classes_))
