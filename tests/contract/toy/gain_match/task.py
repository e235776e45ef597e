"""A task as anyone may drop it in: one folder, and nothing else in the house knows of it.

A raster's values are brought to the mean of another's, by one gain that is learned on the whole scene.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from rsfusion_qgis.core.basics.findings import Finding
from rsfusion_qgis.core.engine.chain import Chain, Operator
from rsfusion_qgis.core.engine.contract import Face, Role, Task, Text
from rsfusion_qgis.core.engine.options import option
from rsfusion_qgis.core.grid.sampling import whole_or_spread
from rsfusion_qgis.core.networks.card import ModelCard
from rsfusion_qgis.core.networks.card_fields import InputSpec, OutputSpec
from rsfusion_qgis.core.operators.image import ImageEncoder
from rsfusion_qgis.core.operators.scales import scales_of
from rsfusion_qgis.core.reports import page

IMAGE, PATTERN, MATCHED = "image", "pattern", "matched"


@dataclass(frozen=True)
class GainOptions:
    """`strength`: 0 = the values stay as they are, 1 = the means become equal."""

    strength: float = option(1.0, "Strength", "0: nothing changes. 1: the means become equal.", low=0.0, high=1.0)


class Gain(Operator):
    """Learns the ratio of the means, then multiplies."""

    COST = 1.0

    def __init__(self, plan, layers):
        self._layers, self._strength, self._sums = layers, plan.job.options.strength, np.zeros(2)
        self.windows = whole_or_spread(plan.domain.window, 256, 4)

    def survey(self, run, place):
        return self

    def read_sample(self, window):
        read = [self._layers[name].read(window) for name in (IMAGE, PATTERN)]
        both = np.logical_and.reduce([valid.all(axis=0) for _, valid in read])
        return [values[:, both].mean(axis=0, dtype=np.float64).sum() for values, _ in read]

    def add_sample(self, sample):
        self._sums += sample

    def solve(self):
        image, pattern = self._sums
        self.gain = (pattern / image) ** self._strength if image and pattern / image > 0 else 1.0

    def learned(self, run):
        return (Finding("gain", "info", "IMAGE", f"IMAGE is multiplied by {self.gain:.4g}", self.gain),)

    def apply(self, block):
        block.arrays[MATCHED] = block.arrays[IMAGE] * np.float32(self.gain)


def method_card(job):
    inputs = InputSpec(IMAGE, IMAGE), InputSpec(PATTERN, PATTERN)
    return ModelCard(job.method, job.task.card_task, inputs, (OutputSpec(MATCHED, IMAGE),), 0, ratio_range=(0.1, 10.0))


def build(plan, layers):
    scales = scales_of(plan, layers)
    return Chain([Gain(plan, layers)], ImageEncoder(plan, plan.card.outputs[0], scales[IMAGE]), scales)


def gain_of(result):
    return next(finding.measured for finding in result.findings if finding.check == "gain")


def report(result, watch):
    return [page.heading("The gain"), page.paragraph(f"Every value was multiplied by {gain_of(result):.4g}.")]


def values(result):
    return {"GAIN": gain_of(result)}


TASK = Task(
    id="gain_match", card_task="gain_match", mlm_task="super-resolution", grid=IMAGE, like=IMAGE, build=build,
    roles=(Role(IMAGE, "Raster to change", "Any bands."), Role(PATTERN, "Raster to be like", "Any bands.")),
    faces=(Face(
        Text("matchgain", "Match the gain", "Brings the values of one raster to the mean of another one, by a gain "
             "that is learned on the scene.", ("gain", "toy")),
        GainOptions, networks=False, methods=("mean",), methods_help="mean: the ratio of the two means.",
        results={"GAIN": "What was multiplied by"}, numbers=("GAIN",),
    ),),
    method_card=method_card, report=report, values=values,
)  # fmt: skip
