"""What the user can say about the training of a segmenter, and what is wrong with it before anything is read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from ...core.basics.errors import InputError
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
from ...core.measures.classes.boundary import LABEL
from ...core.measures.classes.confusion import OVERALL
from ...core.sensors.sentinel1 import UNITS
from .options import FOUND
from .roles import OPTICAL_BEFORE, ROLES, SAR_BEFORE

METHODS = ("network", "gradient_boosting", "forest")
ARCHITECTURES = ("pyramid_fusion", "cmgfnet", "grrnet", "mcanet", "chgfnet")
"""Those of `models.segmentation.networks.OWN`, which the plugin cannot import; a test compares the two."""
FUSIONS = (
    "decision", "gate", "cross_attention", "early", "concatenation", "sum", "product", "squeeze_excitation", "cbam",
    "alignment",
)  # fmt: skip


@dataclass(frozen=True)
class SegmentTrainingOptions:
    """How a segmenter is trained.

    Attributes
    ----------
    method, architecture, fusion : str
        Of METHODS, ARCHITECTURES, FUSIONS.
    minutes : float
        At most.
    grid : str
        Role on whose grid the classes lie; "" = the first that is given.
    scenes : str
        A table of further scenes; "" = none.
    absent : str
        One of `training_options.ABSENCES`: which rasters may be absent later.
    sar_unit : str
        One of `UNITS`; "" = found.
    validation_share, test_share : float
        Of the blocks or regions.
    seed : int
    checkpoint : str
        File in which the state is kept; "" = none.
    """

    method: str = option(
        METHODS[0], "Method",
        "network: a network that sees what surrounds a pixel. gradient_boosting and forest: trees on the values of "
        "pixels and the means around them, by scikit-learn; fast, and good where a few samples must do.",
        choices=METHODS,
    )  # fmt: skip
    architecture: str = option(
        ARCHITECTURES[0], "Network",
        "pyramid_fusion: a small U-Net for each sensor, fused as FUSION says. The others are the literature's, made "
        "small: CMGFNet and CHGFNet (gates), GRRNet (all at once, gated refinement), MCANet (cross-attention).",
        choices=ARCHITECTURES, advanced=True,
    )  # fmt: skip
    fusion: str = option(
        FUSIONS[0], "How the sensors are fused",
        "decision: each sensor decides alone, and the decisions are averaged, so that a missing sensor costs only what "
        "it would have told. gate, cross_attention and the others: their features are fused at three scales. early: "
        "all bands are one image. Only pyramid_fusion asks for it.",
        choices=FUSIONS, advanced=True,
    )  # fmt: skip
    minutes: float = minutes_option(
        6.0,
        "It ends earlier when nothing improves any more. Reading and measuring come on top. Trees take what they take.",
    )
    grid: str = grid_option(ROLES, "Raster on whose grid the classes lie")
    scenes: str = option(
        "", "Table of further scenes",
        "A CSV file with a row for each further scene. Its columns are the parameters of the rasters, such as OPTICAL "
        "and SAR, and LABELS, or SAMPLES with CLASS_FIELD: paths, absolute or beside the table. Each scene is scaled "
        "by itself.",
        kind="file", choices=("csv",), empty=True, advanced=True,
    )  # fmt: skip
    absent: str = absent_option(
        "Where such a raster has no data, or is not given at all, rsfusion:segment decides by the others. any: each of "
        "them, as long as another one is there."
    )
    sar_unit: str = option(
        "", "Unit of SAR",
        "As in rsfusion:segment. Take the same there as here.",
        shown=FOUND, choices=(FOUND, *UNITS), advanced=True, parse=lambda text: "" if text == FOUND else text,
    )  # fmt: skip
    validation_share: float = share_option(
        "Share of the samples held out for validation",
        "In whole blocks or regions. They say how long to train and calibrate the confidence. 0: neither.",
    )  # fmt: skip
    test_share: float = share_option(
        "Share of the samples held out for the test",
        "In whole blocks or regions. They give the accuracy. 0: it is not measured.",
    )
    seed: int = seed_option("Of the split and of everything that is drawn at random.")
    checkpoint: str = checkpoint_option(
        "A file .pt in which the state is kept meanwhile. Where it exists, the training goes on from it, as after a "
        "cancel; the samples and settings must be the same, MINUTES may be more."
    )


def check(options: SegmentTrainingOptions, inputs: Mapping[str, str]) -> SegmentTrainingOptions:
    """Refuse options that do not fit the rasters or each other, and what cannot be opened; raises InputError."""
    require_rasters(ROLES, inputs, options.grid)
    if not set(inputs) - {OPTICAL_BEFORE, SAR_BEFORE}:
        given = " and ".join(name.upper() for name in inputs)
        raise InputError(f"Only {given} is given; name a raster of the date to segment, such as OPTICAL or SAR.")
    require_enough_left(options.validation_share, options.test_share)
    if options.fusion != FUSIONS[0] and options.architecture != ARCHITECTURES[0]:
        raise InputError(
            f"FUSION is '{options.fusion}', but ARCHITECTURE {options.architecture} has one way of fusing only; leave "
            f"FUSION as it is ({FUSIONS[0]}), or choose {ARCHITECTURES[0]}."
        )
    if options.scenes and not Path(options.scenes).is_file():
        raise InputError(f"SCENES: there is no file '{options.scenes}'; name a CSV file, or leave it empty.")
    return options


def _results() -> dict[str, str]:
    ends = (("", ""), ("_LOW", ", lower end of 95 %"), ("_HIGH", ", upper end of 95 %"))
    told = {f"{name.upper()}{ending}": f"{label} on held-out regions{words}"
            for name, label in OVERALL.items() for ending, words in ends}  # fmt: skip
    return {
        **told, "BOUNDARY_F1": f"{LABEL}, on held-out regions", "CLASSES": "Number of classes",
        "PARAMETERS": "Number of parameters; of trees, of their nodes",
        "FLOP_PER_PIXEL": "Floating-point operations per pixel (-1: trees)",
        "MEMORY_MIB": "Most memory of the training, MiB",
    }  # fmt: skip


_HELP = (
    "Trains what gives every pixel a class, from samples of your own: a raster of class codes (LABELS), or polygons "
    "with a field of classes (SAMPLES), and any of the rasters OPTICAL, OPTICAL_BEFORE, SAR, SAR_BEFORE, DEM and "
    "LIDAR. OUTPUT is an ordinary .onnx file for rsfusion:segment, which makes classes, probabilities and polygons "
    "with it. SAR is read in decibels, and OPTICAL and SAR are scaled by scene, in training and in use. SCENES names "
    "further scenes.\n\n"
    "Samples that cover a quarter of the scene or more are divided into square blocks. Blocks, or else polygons and "
    "connected patches, are held out whole: VALIDATION_SHARE says when to stop and calibrates the confidence, "
    "TEST_SHARE gives the accuracy. Results that were not measured are -1. Sensors that may be absent later (ABSENT) "
    "are taken away now and then while it learns; the report says what is lost without each of them.\n\n"
    "Training needs the Python packages torch and onnx, and METHOD gradient_boosting and forest scikit-learn, too. It "
    "runs in a process of its own, by the Python that QGIS runs on or the one named in Settings > Options > "
    "Processing > RS Fusion."
)
TRAINING = Training(
    Text(
        "trainsegmenter",
        "Train a segmenter",
        _HELP,
        (
            "segmentation", "semantic segmentation", "training", "supervised", "sar", "optical", "radar", "lidar",
            "building", "flood", "change", "u-net", "gradient boosting", "random forest", "network", "torch",
            "deep learning",
        ),
    ),
    recipe="models.segmentation.scene_training.train",
    options=SegmentTrainingOptions,
    samples=True,
    output=("Trained network", "An .onnx file with a card: classes with codes and colours, bands, accuracy. The file "
            "appears only when the run succeeds. Name it as MODEL_FILE of rsfusion:segment."),
    report="Accuracy with intervals, outlines, what is lost without each sensor, confusion matrix, costs, and what was "
           "learned from, as a page for the browser.",
    results=_results(),
    policy="As in rsfusion:segment. Take the same there as here.",
    check=check,
    rare=("OPTICAL_BEFORE", "SAR_BEFORE", "ARCHITECTURE", "COREGISTRATION"),
)  # fmt: skip
