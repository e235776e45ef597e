"""The parameters of `rsfusion:trainclassifier`; names and static strings are public, see `parameters`."""

from __future__ import annotations

from qgis.core import (
    QgsProcessingParameterDefinition,
    QgsProcessingParameterFile,
    QgsProcessingParameterFileDestination,
    QgsProcessingParameterNumber,
)

from ..core.alignment.checks import POLICIES
from ..tasks.land_cover.task import CLASSIFICATION
from .parameters import (
    COREGISTRATION,
    OUTPUT,
    advanced,
    choice,
    helped,
    report_parameter,
    role_parameter,
    threads_parameter,
)
from .sample_parameters import TRAINING, sample_parameters

ARCHITECTURE, FUSION, MINUTES, SEED, ABSENT = "ARCHITECTURE", "FUSION", "MINUTES", "SEED", "ABSENT"
GRID = "GRID"
VALIDATION_SHARE, TEST_SHARE, CHECKPOINT = "VALIDATION_SHARE", "TEST_SHARE", "CHECKPOINT"
ARCHITECTURES = (
    "whitened_fusion", "pixel_context_fusion", "two_branch_cnn", "endnet", "coupled_cnn", "fusatnet", "s2enet",
    "spectral_group_transformer",
)  # fmt: skip
"""Those of `models.land_cover.networks`, which the plugin cannot import; a test compares the two."""
OWN_FUSION = "the architecture's own"
FUSIONS = ("concatenation", "sum", "product", "squeeze_excitation", "cross_attention", "gate", "decision")
ABSENCES = ("all but the first", "none", "any")
FIRST = "the first that is given"
GRIDS = (FIRST, *(role.parameter for role in CLASSIFICATION.roles))
MOST_HELD_OUT = 0.8
_NUMBER = QgsProcessingParameterNumber.Type


def definitions() -> list[QgsProcessingParameterDefinition]:
    """Return all of them in the order of the dialog."""
    return [
        *(role_parameter(role) for role in CLASSIFICATION.roles),
        *sample_parameters(TRAINING),
        choice(ARCHITECTURE, "Network", ARCHITECTURES, ARCHITECTURES[0],
               "whitened_fusion: each raster decides alone and all together, a discriminant and a kernel machine "
               "beside them; regions that are held out say who is heard. pixel_context_fusion: one fused map, a "
               "lighter network. The others are the literature's: a two-branch CNN, EndNet (pixel by pixel), coupled "
               "CNN, FusAtNet, S2ENet, and a transformer over groups of bands."),
        _number(MINUTES, "Minutes of training at most", 4.0, 0.05, 1440.0,
                "It ends before where nothing improves any more. Reading and measuring come on top."),
        choice(COREGISTRATION, "If the rasters do not lie on each other", POLICIES, "warn",
               "As in rsfusion:classify. Take the same there as here."),
        advanced(choice(GRID, "Raster on whose grid the classes lie", GRIDS, FIRST,
                        "The others are brought onto it, finer ones by averaging. It counts as the first raster.")),
        advanced(choice(FUSION, "How the rasters are fused", (OWN_FUSION, *FUSIONS), OWN_FUSION,
                        "The part of the network in which what it sees in each raster comes together.")),
        advanced(choice(ABSENT, "Rasters that may be absent later", ABSENCES, ABSENCES[0],
                        "Where such a raster has no data, or is not given at all, rsfusion:classify decides by the "
                        "others. any: also the first, as long as another one is there.")),
        advanced(_number(VALIDATION_SHARE, "Share of the regions held out for validation", 0.2, 0.0, 0.5,
                         "They say how long to train and calibrate the confidence; then a network learns from these "
                         "samples, too. 0: neither.")),
        advanced(_number(TEST_SHARE, "Share of the regions held out for the test", 0.2, 0.0, 0.5,
                         "They give the accuracy. 0: it is not measured, and all samples teach.")),
        advanced(helped(QgsProcessingParameterNumber(SEED, "Seed", _NUMBER.Integer, 1, minValue=0),
                        "Of the split and of everything that is drawn at random.")),
        advanced(helped(QgsProcessingParameterFile(CHECKPOINT, "State of the training", extension="pt", optional=True),
                        "A file .pt in which the state is kept meanwhile. Where it exists, the training goes on from "
                        "it, as after a cancel; the samples and settings must be the same, MINUTES may be more. The "
                        "second training, on all samples, keeps its own beside it (.pt.all).")),
        threads_parameter("Processor threads that the training may use."),
        helped(QgsProcessingParameterFileDestination(OUTPUT, "Trained network", "ONNX networks (*.onnx)"),
               "An .onnx file with a card: classes with codes and colours, bands, accuracy. It appears when it is "
               "complete. In your own folder of networks it stands in the list of rsfusion:classify."),
        report_parameter("Accuracy with intervals, confusion matrix, curve of the losses, and what was learned from, "
                         "as a page for the browser."),
    ]  # fmt: skip


def _number(
    name: str, label: str, default: float, low: float, high: float, help_text: str
) -> QgsProcessingParameterDefinition:
    return helped(QgsProcessingParameterNumber(name, label, _NUMBER.Double, default, minValue=low, maxValue=high),
                  help_text)  # fmt: skip
