"""A pansharpening network tuned to the user's own pair."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from ...core.assessment.images.quality_rasters import open_rasters
from ...core.engine.contract import Text, Training
from ...core.engine.options import option
from ...core.sensors.catalogue import band_gains, pan_gain_of
from .options import PairSensorOptions, told_sensor
from .roles import raster_names

_MEASURES = {
    "ERGAS": "ERGAS of the reduced pair",
    "SAM": "SAM of the reduced pair, degrees",
    "CONSISTENCY": "Relative error of the result seen at the scale of MS, in the units of ERGAS",
    "D_LAMBDA_K": "D_lambda_K at full resolution",
    "D_RHO": "D_rho at full resolution",
}


@dataclass(frozen=True)
class AdaptationOptions(PairSensorOptions):
    """How long a network is tuned, and from which seed."""

    minutes: float = option(
        5.0, "Minutes of training",
        "Reading the pair and measuring come on top of them. Five on two cores are a good start.", low=0.05,
        high=1440.0,
    )  # fmt: skip
    seed: int = option(
        1, "Seed", "Of everything that is drawn at random; the same seed makes the same draws.", low=0, advanced=True
    )  # fmt: skip


def check(options: AdaptationOptions, inputs: Mapping[str, str]) -> AdaptationOptions:
    """The options with the sensor that the metadata name; raises InputError where gains do not fit the bands."""
    options = replace(options, sensor=told_sensor(options.sensor, inputs))
    fine, coarse = raster_names(inputs)
    with open_rasters({"fine": fine}, coarse) as rasters:
        band_gains(options.sensor, options.gains, rasters.coarse.bands)
        pan_gain_of(options.sensor, options.pan_gain, rasters.coarse.bands)
    return options


_HELP = (
    "Tunes a pansharpening network to one pair of PAN and MS, on that pair alone, and writes the tuned network as an "
    "ordinary .onnx file for rsfusion:pansharpen. Wald's protocol makes a reference out of MS; beside it the network "
    "learns to agree with both rasters at full resolution. First a mixture of details is found in closed form, then "
    "training goes on from there. Blocks of the pair are held out: they say when to stop and "
    "whether the network got better at all. If it did not, or if the pair is too small to be made coarser, OUTPUT is "
    "the starting network, and IMPROVED is 0. Results that were not measured are -1.\n\n"
    "Training needs the Python packages torch and onnx; it runs in a process of its own, by the Python that QGIS runs "
    "on or the one named in Settings > Options > Processing > RS Fusion. Written into your own folder of "
    "networks, the result stands in the list of rsfusion:pansharpen. Of a pair above 1280 pixels, nine areas are used."
)
TRAINING = Training(
    Text(
        "adaptpansharpening",
        "Adapt a pansharpening network",
        _HELP,
        ("pansharpening", "training", "fine-tuning", "zero-shot", "target adaptation", "network", "torch"),
    ),
    recipe="models.pansharpening.adaptation",
    options=AdaptationOptions,
    samples=False,
    output=("Adapted network", "An .onnx file with a card that names the starting network and the numbers before and "
            "after. The file appears only when the run succeeds."),
    results={
        **{f"{name}_{when}": f"{label}, held-out blocks, {when.lower()}"
           for name, label in _MEASURES.items() for when in ("BEFORE", "AFTER")},
        "IMPROVED": "1 where the network got better, else 0",
    },
    check=check,
)  # fmt: skip
