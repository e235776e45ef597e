"""A network for one hyperspectral scene, trained on that scene alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ...core.engine.contract import Text, Training
from ...core.engine.options import option
from .options import HyperspectralOptions, check_options


@dataclass(frozen=True)
class AdaptationOptions(HyperspectralOptions):
    """How long a network is trained, and from which seed."""

    minutes: float = option(
        3.0, "Minutes of training", "Reading the scene comes on top of them. Three on one core are a good start.",
        low=0.05, high=1440.0,
    )  # fmt: skip
    seed: int = option(
        1, "Seed", "Of everything that is drawn at random; the same seed makes the same draws.", low=0, advanced=True
    )  # fmt: skip


def check(options: AdaptationOptions, inputs: Mapping[str, str]) -> AdaptationOptions:
    """The options; raises InputError where one cannot be used."""
    check_options(options)
    return options


_HELP = (
    "Trains a small network on one pair of HS and GUIDE, on that pair alone, and writes it as an .onnx file. Give that "
    "file to rsfusion:sharpenhyperspectral as MODEL_FILE, with METHOD network.\n\n"
    "No true image is needed. The network learns that the result, as the sensor of HS sees it, is HS, and that the "
    "result, as GUIDE sees it, is GUIDE. Where HS is large enough, both are also made coarser by their ratio, and HS "
    "itself is then the truth; blocks of it are held out and tell how good the network is. If training does not make "
    "it better there, OUTPUT is the network that was found in closed form, and IMPROVED is 0. Results that were not "
    "measured are -1.\n\n"
    "Training needs the Python packages torch and onnx; it runs in a process of its own, by the Python that QGIS runs "
    "on or the one named in Settings > Options > Processing > RS Fusion. Of a large scene, nine areas are "
    "used."
)
TRAINING = Training(
    Text(
        "adapthyperspectral",
        "Train a network for a hyperspectral scene",
        _HELP,
        ("hyperspectral", "training", "unsupervised", "zero-shot", "target adaptation", "network", "torch", "sharpen"),
    ),
    recipe="models.hyperspectral_sharpening.adaptation",
    options=AdaptationOptions,
    samples=False,
    output=("Network for the scene", "An .onnx file with a card that names the scene and the errors before and after. "
            "The file appears only when the run succeeds."),
    results={
        "ERROR_BEFORE": "Error on held-out blocks one scale coarser, % of the bands' means, before training",
        "ERROR_AFTER": "Error on held-out blocks one scale coarser, % of the bands' means, after training",
        "IMPROVED": "1 where training made it better, else 0",
    },
    policy="correct: the shift between HS and GUIDE is measured and undone, where it is sure. warn: it is measured and "
           "told. fail: the run stops where the shift is more than half a pixel of GUIDE.",
    check=check,
    starts=False,
    aligned="correct",
)  # fmt: skip
