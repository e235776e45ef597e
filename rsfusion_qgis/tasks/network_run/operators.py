"""The chain of a run: the network alone, and its outputs as bands."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from ...core.engine.chain import Chain, Encoder, Layer
from ...core.engine.output_profile import DOMAIN, history
from ...core.engine.plan import Plan
from ...core.networks.card_fields import OutputSpec
from ...core.operators.network import Network
from ...core.operators.preparation import prepare
from ...core.rasters import radiometry
from ...core.rasters.aligned_input import Scale
from ...core.rasters.sink import OutputProfile
from ...core.rasters.source import BandInfo, numpy_type


def build(plan: Plan, layers: Mapping[str, Layer]) -> Chain:
    """See `contract.Task`."""
    made = prepare(plan, layers)
    return Chain([Network(plan)], BandsEncoder(plan, made.scales), made.scales, made.layers, made.findings)


class BandsEncoder(Encoder):
    """All outputs of the card as the bands of one raster.

    Parameters
    ----------
    plan : Plan
    scales : by the name of an input; an output that is like one gets its units.
    """

    def __init__(self, plan: Plan, scales: Mapping[str, Scale]) -> None:
        self._outputs = plan.card.outputs
        self._scales = {one.name: scales.get(spec.name) for one in self._outputs for spec in plan.card.inputs
                        if spec.role == one.like}  # fmt: skip
        self._bands = tuple(band for one in self._outputs for band in _bands(plan, one))
        data_type = plan.job.data_type or "Float32"
        kind = numpy_type(data_type)
        nodata = plan.job.nodata
        if nodata is None:
            nodata = float("nan") if kind.kind == "f" else 0.0
        numbered = enumerate(self._bands, start=1)
        bands = tuple(BandInfo(n, data_type, name, wavelength_um=um) for n, (name, um) in numbered)
        grid, metadata = plan.domain.crop(plan.extent), {DOMAIN: history(plan)}
        profile = OutputProfile(grid, bands, data_type, nodata, "none", metadata)
        self._storing = radiometry.Storing(kind, nodata)
        self.targets = ((plan.job.output, profile),)

    def stored(
        self, arrays: Mapping[str, np.ndarray], valid: np.ndarray, kept: Mapping[str, np.ndarray]
    ) -> list[np.ndarray]:
        """See `Encoder`."""
        there = valid.all(axis=0)
        values = np.zeros((len(self._bands), *there.shape), np.float32)
        if arrays:
            values = np.concatenate([self._in_units(one, arrays[one.name]) for one in self._outputs])
        return [self._storing(values, np.broadcast_to(there, values.shape))]

    def _in_units(self, spec: OutputSpec, values: np.ndarray) -> np.ndarray:
        scale = self._scales.get(spec.name)
        return values if scale is None else radiometry.from_network(values, scale.offset, scale.scale)

    def findings(self) -> tuple:
        """See `Encoder`."""
        return self._storing.findings()


def _bands(plan: Plan, spec: OutputSpec) -> list[tuple[str, float | None]]:
    """(name, wavelength) of each band of an output."""
    if spec.bands is not None:
        return [(band.name, band.wavelength_um) for band in spec.bands]
    if spec.classes is not None:
        return [(one.name, None) for one in spec.classes]
    like = plan.headers.get(spec.like or "")
    own = plan.card.input(spec.like or "")
    if like is not None:
        return [(band.description, band.wavelength_um) for band in like.bands]
    return [(band.name, band.wavelength_um) for band in (own.bands if own else None) or ()]
