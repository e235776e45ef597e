"""A random forest as a part of an ONNX graph.

Breiman 2001, doi:10.1023/A:1010933404324. The trees are found by scikit-learn; in the file they are ONNX's own
TreeEnsembleRegressor. A raster that is absent has the value `ABSENT` in all its features, on which trees can decide,
since they learn from every sample once more with a raster taken away.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

from models.land_cover.batches import Batches
from models.land_cover.samples.scenes import Chip
from models.land_cover.statistics import band_statistics
from models.regression.estimators.base import MOST_PIXELS, Features, Fit, seen
from models.regression.material import Bins, targets_of
from rsfusion_qgis.core.basics.optional import OptionalModule

ensemble = OptionalModule("sklearn.ensemble", "scikit-learn")
TREES, LEAVES, LEAST_OF_A_LEAF, SHARE_OF_FEATURES = 60, 256, 3, 0.34
"""So many trees of so many leaves are as much as a file may hold, see `core.networks.onnx_wire`."""
COMPONENTS = 16
ABSENT = -100.0
OPSETS = {"ai.onnx.ml": 3}


class Trees(nn.Module):
    """(pixels, features) -> (pixels, 1): the mean of all trees."""

    def __init__(self, trees: Sequence[Any]) -> None:
        super().__init__()
        size = max(tree.node_count for tree in trees)
        table = {"feature": np.int64, "left": np.int64, "right": np.int64, "threshold": np.float32, "value": np.float32}
        made = {name: np.zeros((len(trees), size), kind) for name, kind in table.items()}
        for number, tree in enumerate(trees):
            count = tree.node_count
            leaf = tree.children_left < 0
            made["feature"][number, :count] = np.where(leaf, 0, tree.feature)
            made["threshold"][number, :count] = np.where(leaf, 0, tree.threshold)
            made["left"][number, :count] = np.where(leaf, np.arange(count), tree.children_left)
            made["right"][number, :count] = np.where(leaf, np.arange(count), tree.children_right)
            made["value"][number, :count] = tree.value[:, 0, 0]
        self.depth, self.counts = max(tree.max_depth for tree in trees), [tree.node_count for tree in trees]
        for name, values in made.items():
            self.register_buffer(name, torch.from_numpy(values))

    def forward(self, x: Tensor) -> Tensor:
        if torch.onnx.is_in_onnx_export():
            return _operator(self)(x)
        return self.walk(x)

    def walk(self, x: Tensor) -> Tensor:
        """All pixels down all trees, step by step."""
        total = torch.zeros(len(x), dtype=torch.float64)
        for tree in range(len(self.counts)):
            at = torch.zeros(len(x), dtype=torch.int64)
            for _ in range(self.depth):
                below = x.gather(1, self.feature[tree][at][:, None])[:, 0] <= self.threshold[tree][at]
                at = torch.where(below, self.left[tree][at], self.right[tree][at])
            total += self.value[tree][at].double()
        return (total / len(self.counts)).float()[:, None]

    def attributes(self) -> dict[str, Any]:
        """Of the operator in the file."""
        rows = [(tree, node) for tree, count in enumerate(self.counts) for node in range(count)]
        trees, nodes = (list(one) for one in zip(*rows))
        at = (torch.tensor(trees), torch.tensor(nodes))
        leaf = self.left[at] == at[1]
        ends = leaf.nonzero()[:, 0].tolist()
        return {
            "nodes_treeids_i": trees, "nodes_nodeids_i": nodes, "nodes_featureids_i": self.feature[at].tolist(),
            "nodes_values_f": self.threshold[at].tolist(),
            "nodes_modes_s": ["LEAF" if one else "BRANCH_LEQ" for one in leaf.tolist()],
            "nodes_truenodeids_i": torch.where(leaf, 0, self.left[at]).tolist(),
            "nodes_falsenodeids_i": torch.where(leaf, 0, self.right[at]).tolist(),
            "target_treeids_i": [trees[one] for one in ends], "target_nodeids_i": [nodes[one] for one in ends],
            "target_ids_i": [0] * len(ends), "n_targets_i": 1,
            "target_weights_f": (self.value[at][leaf] / len(self.counts)).tolist(),
        }  # fmt: skip


def _operator(trees: Trees) -> Callable[[Tensor], Tensor]:
    """What stands for the trees while a file is written; its values do not matter then."""

    class Ensemble(torch.autograd.Function):
        @staticmethod
        def forward(ctx: Any, x: Tensor) -> Tensor:
            return x[:, :1].clone()

        @staticmethod
        def symbolic(g: Any, x: Any) -> Any:
            found = g.op("ai.onnx.ml::TreeEnsembleRegressor", x, **trees.attributes())
            found.setType(x.type().with_sizes([None, 1]))
            return found

    return Ensemble.apply


class Forest(nn.Module):
    """Features, then trees; inputs (N, B_m, H, W) -> (N, 1, H, W)."""

    multiple_of = 1

    def __init__(self, features: Features, trees: Trees) -> None:
        super().__init__()
        self.features, self.trees, self.halo = features, trees, features.halo

    def forward(self, *inputs: Tensor) -> Tensor:
        made, masks = self.features(inputs)
        seen_by_trees = torch.cat([torch.where(mask > 0, one, ABSENT) for one, mask in zip(made, masks)], 1)
        rows = seen_by_trees.permute(0, 2, 3, 1)
        found = self.trees(rows.reshape(-1, sum(self.features.counts)))
        return found.reshape(rows.shape[0], rows.shape[1], rows.shape[2], 1).permute(0, 3, 1, 2)


def fit_forest(training: Sequence[Chip], bins: Bins, optional: Sequence[str], seed: int) -> Fit:
    """A forest on all chips; see `fitting.fit_estimate`."""
    roles = tuple(training[0].inputs)
    bands: Mapping[str, int] = {role: len(values) for role, values in training[0].inputs.items()}
    statistics = band_statistics(training)
    features = Features(bands, COMPONENTS)
    features.learn(training, statistics, roles, seed)
    columns, there = seen(features, Batches(training, statistics, roles, len(bins.centres)))
    values = targets_of(training).astype(np.float64)
    rng = np.random.default_rng(seed)
    kept = rng.permutation(len(values))[:MOST_PIXELS]
    columns, there, values = [one[kept] for one in columns], there[kept], values[kept]
    rows, wanted = [_rows(columns, there)], [values]
    for place, role in enumerate(roles):
        if role in optional and len(roles) > 1:
            without = there.copy()
            without[:, place] = False
            left = without.any(axis=1)
            rows.append(_rows(columns, without)[left])
            wanted.append(values[left])
    weights = np.concatenate([np.full(len(one), 1.0 if n == 0 else 1.0 / len(roles)) for n, one in enumerate(wanted)])
    forest = ensemble.RandomForestRegressor(
        TREES, max_leaf_nodes=LEAVES, min_samples_leaf=LEAST_OF_A_LEAF, max_features=SHARE_OF_FEATURES, n_jobs=1,
        random_state=seed,
    ).fit(np.concatenate(rows), np.concatenate(wanted), weights)  # fmt: skip
    trees = Trees([one.tree_ for one in forest.estimators_])
    # a value that rounding puts on the other side of a threshold changes one tree by a part of the range
    tolerance = (bins.high - bins.low) / 20
    return Fit(Forest(features, trees).eval(), roles, tuple(optional), statistics, f"{TREES} trees", tolerance, TREES)


def _rows(columns: Sequence[np.ndarray], there: np.ndarray) -> np.ndarray:
    return np.concatenate([np.where(there[:, [n]], one, np.float32(ABSENT)) for n, one in enumerate(columns)], axis=1)
