"""What the user can say about the training of a classifier, and what is wrong with it before anything is read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ...core.engine.contract import Text, Training
from ...core.engine.options import option
from ...core.engine.training_checks import require_enough_left, require_rasters
from ...core.engine.training_options import (
    absent_option,
    checkpoint_option,
    grid_option,
    minutes_option,
    seed_option,
    share_option,
)
from ...core.measures.classes.confusion import OVERALL
from .roles import ROLES

ARCHITECTURES = (
    "whitened_fusion", "pixel_context_fusion", "two_branch_cnn", "endnet", "coupled_cnn", "fusatnet", "s2enet",
    "spectral_group_transformer",
)  # fmt: skip
"""Those of `models.land_cover.networks`, which the plugin cannot import; a test compares the two."""
OWN_FUSION = "the architecture's own"
FUSIONS = ("concatenation", "sum", "product", "squeeze_excitation", "cross_attention", "gate", "decision")


@dataclass(frozen=True)
class TrainingOptions:
    """How a classifier is trained.

    Attributes
    ----------
    architecture : str
    minutes : float
        At most.
    grid : str
        Role on whose grid the classes lie; "" = the first that is given.
    fusion : str
        One of FUSIONS; "" = the architecture's own.
    absent : str
        One of `training_options.ABSENCES`: which rasters may be absent later.
    validation_share, test_share : float
        Of the regions.
    seed : int
    checkpoint : str
        File in which the state is kept; "" = none.
    """

    architecture: str = option(
        ARCHITECTURES[0], "Network",
        "whitened_fusion: each raster decides alone and all together, a discriminant and a kernel machine help; "
        "regions that are held out say who is heard. pixel_context_fusion: one fused map, a lighter network. The "
        "others are the literature's: a two-branch CNN, EndNet (pixel by pixel), coupled CNN, FusAtNet, S2ENet, and a "
        "transformer over groups of bands.",
        choices=ARCHITECTURES,
    )  # fmt: skip
    minutes: float = minutes_option(
        4.0, "It ends earlier when nothing improves any more. Reading and measuring come on top."
    )
    grid: str = grid_option(ROLES, "Raster on whose grid the classes lie")
    fusion: str = option(
        "", "How the rasters are fused",
        "The part of the network in which what it sees in each raster comes together.",
        shown=OWN_FUSION, choices=(OWN_FUSION, *FUSIONS), advanced=True,
        parse=lambda text: "" if text == OWN_FUSION else text,
    )  # fmt: skip
    absent: str = absent_option(
        "Where such a raster has no data, or is not given at all, rsfusion:classify decides by the others. any: each "
        "of them, as long as another one is there; rsfusion:contributions then tells what each of them gives."
    )
    validation_share: float = share_option(
        "Share of the regions held out for validation",
        "They say how long to train and calibrate the confidence; then a network learns from these samples, too. 0: "
        "neither.",
    )  # fmt: skip
    test_share: float = share_option(
        "Share of the regions held out for the test",
        "They give the accuracy. 0: it is not measured, and all samples teach."
    )
    seed: int = seed_option("Of the split and of everything that is drawn at random.")
    checkpoint: str = checkpoint_option(
        "A file .pt in which the state is kept meanwhile. Where it exists, the training goes on from it, as after a "
        "cancel; the samples and settings must be the same, MINUTES may be more. The second training, on all samples, "
        "keeps its own in a file with the ending .pt.all."
    )


def check(options: TrainingOptions, inputs: Mapping[str, str]) -> TrainingOptions:
    """Refuse options that do not fit the rasters or each other, and what cannot be opened; raises InputError."""
    require_rasters(ROLES, inputs, options.grid)
    require_enough_left(options.validation_share, options.test_share)
    return options


def _results() -> dict[str, str]:
    ends = (("", ""), ("_LOW", ", lower end of 95 %"), ("_HIGH", ", upper end of 95 %"))
    told = {f"{name.upper()}{ending}": f"{label} on held-out regions{words}"
            for name, label in OVERALL.items() for ending, words in ends}  # fmt: skip
    return {**told, "CLASSES": "Number of classes"}


_HELP = (
    "Trains a network that gives every pixel a class, from samples of your own scene: polygons or points with a field "
    "of classes (SAMPLES), or a raster of class codes (LABELS), and one or more rasters: hyperspectral (HS), LiDAR, "
    "multispectral (MS), SAR. The first that is given, or the one named by GRID, gives the grid. Bands that the "
    "metadata call bad are left out. OUTPUT is an ordinary .onnx file for rsfusion:classify.\n\n"
    "Ten samples of a class can be enough. A part of the samples is held out, in whole regions (a polygon is never "
    "torn, except where a class has too few of them): VALIDATION_SHARE says when to stop and calibrates the "
    "confidence, TEST_SHARE gives the accuracy, which stands in the report, in the card of the network and in the "
    "results. Results that were not measured are -1. Rasters that may be absent later (ABSENT) are taken away now and "
    "then while the network learns.\n\n"
    "Training needs the Python packages torch and onnx; it runs in a process of its own, by the Python that QGIS runs "
    "on or the one named in Settings > Options > Processing > RS Fusion."
)
TRAINING = Training(
    Text(
        "trainclassifier",
        "Train a land cover classifier",
        _HELP,
        (
            "classification", "land cover", "land use", "training", "supervised", "hyperspectral", "lidar", "samples",
            "network", "torch", "machine learning", "deep learning",
        ),
    ),
    recipe="models.land_cover.train",
    options=TrainingOptions,
    samples=True,
    output=("Trained network", "An .onnx file with a card: classes with codes and colours, bands, accuracy. The file "
            "appears only when the run succeeds. In your own folder of networks it is in the list of "
            "rsfusion:classify."),
    report="Accuracy with intervals, confusion matrix, curve of the losses, and what was learned from, as a page for "
           "the browser.",
    results=_results(),
    policy="As in rsfusion:classify. Take the same there as here.",
    check=check,
    rare=("ARCHITECTURE", "COREGISTRATION"),
)  # fmt: skip
