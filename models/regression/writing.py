"""A trained estimate as an ordinary ONNX file with its card, compared with torch before it is written.

Tensors: inputs (1, bands, rows, cols) float32, standardised by the engine with the numbers in the card; `value`
(1, 1, rows, cols) and `interval` (1, 2, rows, cols), in the units of the samples.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import redirect_stdout
from dataclasses import replace
from pathlib import Path

import torch

from models.common.export import put_card
from models.common.parity import require_same
from models.common.tracing import traced
from models.land_cover.writing import SPAN, example_of, input_of, with_ranges
from models.regression.estimators.base import Fit
from models.regression.estimators.forest import OPSETS, Forest
from models.regression.intervals import WithInterval
from rsfusion_qgis.core.networks.card import ModelCard
from rsfusion_qgis.core.networks.card_fields import Band, OutputSpec
from rsfusion_qgis.core.networks.session import InferenceSession
from rsfusion_qgis.core.rasters.band_info import BandInfo

VALUE, INTERVAL = "value", "interval"


def write_estimate(
    fit: Fit, network: WithInterval, draft: ModelCard, output: Path, facts: Mapping[str, object], name: str,
    ratios: Mapping[str, float], bands: Mapping[str, Sequence[BandInfo]],
) -> ModelCard:  # fmt: skip
    """Write the file.

    Parameters
    ----------
    draft : the card with which the training read its rasters.
    facts : further fields of `ModelCard`.
    name : of what is estimated.
    ratios : role -> pixel size over that of the first raster, as trained.
    bands : role -> what the bands that were learned from say of themselves.

    Raises
    ------
    ModelError
        The exported file differs from torch or reaches past its halo.
    """
    least, most = min(ratios.values(), default=1.0) / SPAN, max(ratios.values(), default=1.0) * SPAN
    inputs = tuple(input_of(draft.input(role), fit.statistics, role in fit.optional) for role in fit.roles)
    taken = {band.name for spec in inputs for band in spec.bands or ()}
    names = [_free(one, taken) for one in (name, f"{name}, low end", f"{name}, high end")]
    outputs = (OutputSpec(VALUE, bands=(Band(names[0]),)),
               OutputSpec(INTERVAL, bands=tuple(Band(one) for one in names[1:])))  # fmt: skip
    card = replace(
        draft, inputs=inputs, outputs=outputs, halo=network.halo, multiple_of=network.multiple_of,
        ratio_range=(least, most), total_parameters=sum(weight.numel() for weight in network.parameters()), **facts,
    )  # fmt: skip
    card = with_ranges(card, fit.statistics, bands)
    opsets = OPSETS if isinstance(fit.network, Forest) else None
    with tempfile.TemporaryDirectory(prefix="rsfusion_export_") as folder:
        bare, made = Path(folder) / "bare.onnx", Path(folder) / output.name
        example = example_of(fit.roles, fit.statistics, fit.optional, 24, 32)
        model = traced(network, example, fit.roles, [VALUE, INTERVAL], opsets=opsets)
        bare.write_bytes(model.SerializeToString())
        _compare(network, card, bare, fit.tolerance)
        with redirect_stdout(sys.stderr):
            card = put_card(bare, card, made)
        output.write_bytes(made.read_bytes())
    return card


def _free(name: str, taken: set[str]) -> str:
    while name in taken:
        name += "_"
    return name


def _compare(network: WithInterval, card: ModelCard, path: Path, tolerance: float) -> None:
    side = 3 * card.halo
    with torch.random.fork_rng(devices=[]), InferenceSession(path, card, device="cpu", threads=1) as session:
        torch.manual_seed(1)
        whole = {spec.name: torch.randn(1, len(spec.bands), side + 17, side + 21).numpy() for spec in card.inputs}
        require_same(network, session, whole, (5, 7), tolerance, "choose another ARCHITECTURE, and report this")
