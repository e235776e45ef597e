"""What a cloud removal takes and gives: all bands of the image, and for a network those rasters that it knows."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Optional

from ...core.basics.errors import InputError
from ...core.engine.contract import MEMBER, NETWORK
from ...core.engine.job import Job
from ...core.engine.method_card import MethodCard
from ...core.networks.card import ModelCard
from ...core.networks.card_fields import Band, InputSpec, OutputSpec
from ...core.networks.card_files import read_card
from ...core.rasters.source import RasterSource
from ...core.sensors.sentinel2 import find_bands

OPTICAL, SAR, CLEAR, MASK = "optical", "sar", "clear", "cloudmask"
RESTORED, SIGMA = "restored", "sigma"
AUTO, FOREST, REFERENCE, MEAN = "auto", "forest", "reference", "mean"
METHODS = (AUTO, NETWORK, FOREST, REFERENCE, MEAN)
MISSING = -1e6
"""Stands where a raster that one can do without has no data."""
MAX_SHIFT_PX, RATIO_RANGE = 2.0, (0.1, 8.0)
POLARISATIONS = (Band("VV"), Band("VH"))


@dataclass(frozen=True)
class CloudCard(MethodCard):
    """See `MethodCard`.

    Attributes
    ----------
    version : str
    network : ModelCard or None
        That of a network which is used, or may be.
    """

    version: str = ""
    network: Optional[ModelCard] = None


def method_card(job: Job) -> CloudCard:
    """See `contract.Task`; raises InputError where METHOD is unknown, or needs a raster that is not given."""
    if job.method not in METHODS:
        raise InputError(f"METHOD is '{job.method}'; expected one of {', '.join(METHODS)}.")
    if job.method == FOREST and not job.inputs.get(SAR):
        raise InputError("METHOD is forest, which learns from SAR, but SAR is not given; name a Sentinel-1 raster, or "
                         "choose another METHOD.")  # fmt: skip
    if job.method == REFERENCE and not references(job.inputs):
        raise InputError("METHOD is reference, but CLEARREFERENCE is not given; name one or several clear images, or "
                         "choose another METHOD.")  # fmt: skip
    network = read_card(job.model) if job.method == AUTO and job.model else None
    given = [name for name, path in job.inputs.items() if path]
    return CloudCard(job.method, _inputs(given, joined(job)), _outputs(), MAX_SHIFT_PX, RATIO_RANGE, network=network)


def network_card(job: Job, card: ModelCard) -> CloudCard:
    """See `contract.Task`: all bands come in and go out, whichever of them the network takes."""
    known = {spec.role for spec in card.inputs} | {OPTICAL, MASK}
    given = [name for name, path in job.inputs.items() if path and name.partition(MEMBER)[0] in known]
    names = {*given, *known} & {*given, SAR, CLEAR, MASK, OPTICAL}
    return CloudCard(
        card.name, _inputs(names, joined(job)), _outputs(), card.max_shift_px, card.ratio_range, card.multiple_of,
        card.version, card,
    )  # fmt: skip


def references(names: Collection[str]) -> tuple[str, ...]:
    """The roles of the clear images among the names of inputs, in order."""
    return tuple(name for name in names if name.partition(MEMBER)[0] == CLEAR)


def joined(job: Job) -> Optional[tuple[Band, ...]]:
    """The bands of an image that comes in several rasters, in Sentinel-2's order; None = all in their own order."""
    if not any(role.parameter in job.sources for role in job.task.roles if role.joins == OPTICAL):
        return None
    with RasterSource(job.inputs[OPTICAL], job.task.parameter(OPTICAL)) as source:
        try:
            found = find_bands(source.bands, source.role)
        except InputError:
            return None
        places = [found.places[name] for name in found.names]
        names = [source.bands[place].description for place in places]
        return tuple(map(Band, names)) if len(set(names)) == len(source.bands) and all(names) else None


def _inputs(names: Collection[str], bands: Optional[tuple[Band, ...]]) -> tuple[InputSpec, ...]:
    made = [InputSpec(OPTICAL, OPTICAL, bands)]
    if SAR in names:
        made.append(InputSpec(SAR, SAR, POLARISATIONS, required=False, stand_in=MISSING))
    made += [InputSpec(name, name, required=False, stand_in=MISSING) for name in sorted(references(names))]
    return (*made, InputSpec(MASK, MASK, (Band("cloud"),), resampling="nearest"))


def _outputs() -> tuple[OutputSpec, ...]:
    return OutputSpec(RESTORED, OPTICAL), OutputSpec(SIGMA, OPTICAL)
