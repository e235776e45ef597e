"""`rsfusion:classicalpansharpen`: pansharpening by the methods that networks are measured against."""

from __future__ import annotations

from typing import Any

from qgis.core import QgsProcessingContext, QgsProcessingParameterDefinition

from ..core.operators.back_projection import OFF
from ..core.operators.sharpening import METHODS, MethodChoice
from ..tasks.pansharpening.task import PANSHARPENING
from . import parameters as names
from .fusion_base import FusionBase
from .sensor_parameters import consistency_parameter, read_wishes, sensor_parameters

METHOD = "METHOD"
Parameters = dict[str, Any]

_HELP = (
    "Fuses a panchromatic (PAN) and a multispectral (MS) raster into a multispectral one at the resolution of PAN, by "
    "a classical method. It needs no network and no ONNX Runtime.\n\n"
    "METHOD is one of: mtf_glp_fs (the detail that each band's own blur hides in PAN, the best of them on most "
    "scenes), gsa (component substitution: PAN takes the place of an intensity made of the bands; bears small shifts "
    "between the rasters), bt_h (Brovey with haze correction: keeps the ratios between the bands), exp (plain "
    "interpolation, for comparison). SENSOR or GAINS say how blurred MS is.\n\n"
    "Any number of bands, 8 or 16 bit or float, pixel size ratios from 1.5 to 8. Statistics come from the whole area "
    "that the rasters share, whatever the extent and the tiles (above 33 million pixels: from blocks spread over it). "
    "Where the two do not lie on each other, the run warns, corrects or stops, as COREGISTRATION says. The result "
    "keeps the data type, band names, wavelengths, scale and offset of MS."
)


class ClassicalPansharpenAlgorithm(FusionBase):
    """Pansharpening by one of `core.classical.METHODS`."""

    ID, LABEL, HELP = "classicalpansharpen", "Pansharpen (classical methods)", _HELP
    TAGS = (
        "pansharpening", "pan-sharpening", "fusion", "panchromatic", "multispectral", "sharpen", "gram-schmidt",
        "gsa", "brovey", "mtf-glp", "laplacian pyramid", "component substitution", "interpolation",
    )  # fmt: skip
    NEEDS_RUNTIME = False

    def __init__(self) -> None:
        super().__init__(PANSHARPENING)

    def _definitions(self) -> list[QgsProcessingParameterDefinition]:
        ids = [method.id for method in METHODS]
        method = names.choice(
            METHOD, "Method", ids, ids[0],
            "mtf_glp_fs: detail by each band's blur. gsa: Gram-Schmidt adaptive. bt_h: Brovey with haze correction. "
            "exp: interpolation only.",
        )  # fmt: skip
        return [
            *(names.role_parameter(role) for role in self._spec.roles),
            method,
            *sensor_parameters(with_pan=False),
            consistency_parameter(OFF),
            *names.where_parameters(),
            *names.tile_parameters(),
            *names.result_parameters(self._spec),
        ]

    def _fused_by(self, parameters: Parameters, context: QgsProcessingContext) -> Parameters:
        image = read_wishes(self, parameters, context)
        method = names.text_value(self, parameters, METHOD, context)
        return {"model": "", "classical": MethodChoice(method, image.sensor, image.gains), "image": image}
