"""What the user can say about the training of an estimate, and what is wrong with it before anything is read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ...core.engine.contract import Text, Training
from ...core.engine.options import option
from ...core.engine.training_checks import require_rasters
from ...core.engine.training_options import absent_option, grid_option, minutes_option, seed_option
from .roles import ROLES

CLASSICAL = ("forest", "krr", "plsr")
NETWORKS = (
    "whitened_fusion", "pixel_context_fusion", "two_branch_cnn", "endnet", "coupled_cnn", "fusatnet", "s2enet",
    "spectral_group_transformer",
)  # fmt: skip
"""Those of `models`, which the plugin cannot import; a test compares the two."""
ARCHITECTURES = (*CLASSICAL, *NETWORKS)
RESULTS = {
    "R2": "R², in blocks that were left out",
    "RMSE": "Root mean square error there",
    "BIAS": "Mean of estimate minus truth there",
    "RMSE_OF_MEAN": "Root mean square error of the mean of all samples there",
    "COVERAGE_FOUND": "Share of the truth within the interval there",
    "WIDTH": "Mean width of the interval there",
    "SAMPLE_PIXELS": "Pixels with a number",
}


@dataclass(frozen=True)
class TrainingOptions:
    """How an estimate is trained.

    Attributes
    ----------
    architecture : str
    minutes : float
        At most, of networks; all folds together.
    coverage : float
        Share of the truth that the interval shall hold.
    grid : str
        Role on whose grid the estimate lies; "" = the first that is given.
    absent : str
        One of `training_options.ABSENCES`: which rasters may be absent later.
    folds : int
    block : float
        Side of a block of the cross-validation in pixels; 0 = by the samples.
    seed : int
    """

    architecture: str = option(
        ARCHITECTURES[0], "Method",
        "forest: a random forest; krr: kernel ridge regression; plsr: partial least squares, for many bands and few "
        "samples. The others are the networks of rsfusion:trainclassifier, which here learn the distribution of the "
        "number over bins.",
        choices=ARCHITECTURES,
    )  # fmt: skip
    minutes: float = minutes_option(
        6.0,
        "All folds of the cross-validation together. forest, krr and plsr take what they need, mostly less.",
    )
    coverage: float = option(
        0.9, "Share of the truth that the interval shall hold",
        "The width is set by errors in blocks that were left out.", low=0.5, high=0.99, advanced=True,
    )  # fmt: skip
    grid: str = grid_option(ROLES, "Raster on whose grid the estimate lies")
    absent: str = absent_option(
        "Where such a raster has no data, or is not given at all, rsfusion:regress estimates by the others. any: each "
        "of them, as long as another one is there."
    )
    folds: int = option(
        5, "Folds of the cross-validation",
        "Blocks of the map are dealt out to so many parts, and each part is left out once.", low=3, high=10,
        advanced=True,
    )  # fmt: skip
    block: float = option(
        0.0, "Side of a block (pixels; 0 = by the samples)",
        "Samples of a block are never on both sides. Take it larger than the distance over which errors are alike.",
        low=0.0, high=1e6, advanced=True,
    )  # fmt: skip
    seed: int = seed_option("Of the folds and of everything that is drawn at random.")


def check(options: TrainingOptions, inputs: Mapping[str, str]) -> TrainingOptions:
    """Refuse options that do not fit the rasters, and what cannot be opened; raises InputError."""
    require_rasters(ROLES, inputs, options.grid)
    return options


_HELP = (
    "Trains a method that estimates a number for every pixel, such as biomass, canopy height or the share of sealed "
    "ground, from samples of your own scene: polygons or points with a field of numbers (SAMPLES and VALUE_FIELD), or "
    "a raster (VALUES) that may cover a part of the area only. The rasters are hyperspectral (HS), LiDAR, "
    "multispectral (MS), SAR, points of interest, one or more of them. OUTPUT is an ordinary .onnx file for "
    "rsfusion:regress.\n\n"
    "The accuracy is measured by blocked cross-validation: blocks of the map are left out in turn. R2, RMSE and BIAS "
    "are those of the blocks that were left out, and stand in the report, in the network's card and in the results. "
    "The interval of each estimate is set by these errors, and its coverage is measured on further blocks.\n\n"
    "Training needs the Python packages torch and onnx, and scikit-learn for the forest; it runs in a process of its "
    "own, by the Python that QGIS runs on or the one named in Settings > Options > Processing > RS Fusion."
)
TRAINING = Training(
    Text(
        "trainregressor",
        "Train an estimate of a number",
        _HELP,
        (
            "regression", "biomass", "canopy height", "impervious", "fraction", "training", "supervised",
            "hyperspectral", "lidar", "samples", "random forest", "kernel ridge", "partial least squares", "network",
            "torch", "machine learning",
        ),
    ),
    recipe="models.regression.train",
    options=TrainingOptions,
    samples=True,
    numbers=True,
    output=("Trained method", "An .onnx file with a card: what is estimated, bands, accuracy. The file appears only "
            "when the run succeeds. In your own folder of networks it is in the list of rsfusion:regress."),
    report="Accuracy in blocks that were left out, a scatter plot, the coverage of the intervals, and what was "
           "learned from, as a page for the browser.",
    results=RESULTS,
    policy="As in rsfusion:regress. Take the same there as here.",
    check=check,
    rare=("MINUTES", "COREGISTRATION"),
)  # fmt: skip
