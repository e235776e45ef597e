"""Classical pansharpening, tile by tile: one method per file, the explicit tuple METHODS, and how a job names one.

A method first gathers statistics over the whole domain (`survey`), then fuses pixel by pixel: everything that
needs neighbours is in the readers that deliver the interpolated MS and the low-pass pan (`low_pass`), which work
at absolute positions. So the result depends neither on the tiling nor on the extent. A new method is a file with
a subclass of `Method` and its place in METHODS.
"""

from __future__ import annotations

from dataclasses import dataclass

from ...basics.errors import InputError
from ...networks.card import InputSpec, ModelCard, OutputSpec
from ...sensors.catalogue import GENERIC, band_gains
from .bt_h import BtH
from .exp import Exp
from .gsa import Gsa
from .method import Method
from .mtf_glp_fs import MtfGlpFs

METHODS: tuple[type[Method], ...] = (MtfGlpFs, Gsa, BtH, Exp)
"""Every method, the one to begin with first."""

PAN, MS, FUSED = "pan", "ms", "fused"
"""Names of the tensors, as a card names those of a network."""


@dataclass(frozen=True)
class MethodChoice:
    """The method that a job names in place of a network.

    Attributes
    ----------
    method : str
        Id of one of METHODS.
    sensor : str
        Whose MTF gains hold, see `sensors.sensor_ids`; "generic" is neutral.
    gains : tuple of float
        Gains by hand, one for all bands of MS or one each; () = the sensor's.
    """

    method: str
    sensor: str = GENERIC
    gains: tuple[float, ...] = ()

    def gains_of(self, bands: int) -> tuple[float, ...]:
        """One gain for each of `bands` bands; raises InputError as `sensors.band_gains`."""
        return band_gains(self.sensor, self.gains, bands)


def method_by_id(wanted: str) -> type[Method]:
    """The method of that id.

    Raises
    ------
    InputError
        There is none.
    """
    for method in METHODS:
        if method.id == wanted:
            return method
    raise InputError(f"METHOD is '{wanted}'; expected one of {', '.join(method.id for method in METHODS)}.")


def method_card(choice: MethodChoice) -> ModelCard:
    """The card that tells the engine what the method takes and gives: both rasters on the pixels of PAN, unscaled.

    Raises
    ------
    InputError
        There is no such method.
    """
    method = method_by_id(choice.method)
    return ModelCard(
        method.label, "pansharpening", (InputSpec(PAN, PAN), InputSpec(MS, MS)), (OutputSpec(FUSED, like=MS),), halo=0
    )
