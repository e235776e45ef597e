"""Any network on any rasters: what it gives is written as it is, band by band."""

from __future__ import annotations

from ...core.engine.contract import Face, Task, Text
from . import operators
from .options import RunOptions
from .roles import ROLES

_RUN = Text(
    "runnetwork",
    "Run a network",
    "Runs a network that fits no other algorithm here: unmixing, prediction in time, regression, super-resolution, or "
    "whatever takes one to four rasters and gives bands. Its card says how each raster is fed, see "
    "rsfusion:describemodel.\n\n"
    "The result lies on the grid of the first input of the card. It has the bands of all outputs that the card names, "
    "as "
    "floating-point numbers, unless DATA_TYPE says otherwise. Where an output is like an input, it has the units of "
    "that "
    "raster.",
    ("network", "onnx", "model", "custom", "regression", "abundance", "spatiotemporal",
     "super-resolution", "inference"),
)

TASK = Task(
    id="network_run",
    card_task="network_run",
    mlm_task="regression",
    group="Models",
    roles=ROLES,
    grid="",
    like="",
    faces=(
        Face(
            _RUN, RunOptions, trained_by_users=True, output="Bands",
            report="What was found about the rasters, and what the network costs, as a page for the browser.",
        ),
    ),
    build=operators.build,
)  # fmt: skip
