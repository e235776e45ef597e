"""The parts of a model card: bands, scalings, inputs, classes and outputs; each checks itself, see `card_contract`."""

from __future__ import annotations

from dataclasses import dataclass

from ..basics import field_checks as check
from ..rasters.class_spec import ClassSpec
from ..rasters.scaling import Scaling

RATIO_ROLE = "ratio"
SCORES = ("logits", "probabilities")
UNSCALED = Scaling()
RESAMPLINGS = ("nearest", "bilinear", "cubic")
MAX_RATIO = 256


@dataclass(frozen=True)
class Band:
    """One band of an input or output.

    name: what the band is called in the card, never empty.
    wavelength_um: centre wavelength in micrometres; None where unknown or meaningless.
    """

    name: str
    wavelength_um: float | None = None

    def __post_init__(self) -> None:
        check.require_text("name of a band", self.name)
        if self.wavelength_um is not None and not (
            check.is_number(self.wavelength_um) and self.wavelength_um > 0
        ):
            check.refuse(
                f"Band '{self.name}' has the wavelength {self.wavelength_um!r}",
                "micrometres above zero are expected",
                "correct it or leave it out",
            )


@dataclass(frozen=True)
class InputSpec:
    """One input of the network.

    name: name of the input in the ONNX graph.
    role: which raster of the task feeds it ("pan", "ms", ...), or "ratio" for the ratio of pixel sizes.
    bands: the bands in the order of the tensor's channels; None = any number of bands.
    ratio: pixel size in output pixels: 1 = the engine brings the raster onto the output grid (neutral),
        n > 1 = the tensor lies on a nested grid that is n times coarser.
    required: False = the raster may be absent, and every value of the tensor is then `stand_in`.
    stand_in: network value, after the scaling, of an absent raster and of invalid pixels; 0 is neutral.
    resampling: how a raster that does not lie on the wanted grid is brought onto it.
    scaling: how stored values become network values.
    matched: True = as sharp as the sensor of the raster that the output is like would see at this one's pixel size,
        and where that one shows the same, see `pan_matching`; False = as recorded (neutral).
    """

    name: str
    role: str
    bands: tuple[Band, ...] | None = None
    ratio: int = 1
    required: bool = True
    stand_in: float = 0.0
    resampling: str = "cubic"
    scaling: Scaling = UNSCALED
    matched: bool = False

    def __post_init__(self) -> None:
        check.require_text("name of an input", self.name)
        check.require_text(f"role of input '{self.name}'", self.role)
        _require_bands(f"bands of input '{self.name}'", self.bands)
        check.require_int(f"ratio of input '{self.name}'", self.ratio, 1, MAX_RATIO)
        check.require_bool(f"value of 'required' of input '{self.name}'", self.required)
        check.require_number(f"stand_in of input '{self.name}'", self.stand_in)
        check.require_choice(f"resampling of input '{self.name}'", self.resampling, RESAMPLINGS)
        check.require_bool(f"value of 'matched' of input '{self.name}'", self.matched)
        numbers = len(self.scaling.offsets)
        if numbers and numbers != len(self.bands or ()):
            check.refuse(
                f"Input '{self.name}' has {len(self.bands) if self.bands else 'any number of'} bands and a scaling "
                f"for {numbers}",
                "one offset and scale for each band are expected",
            )
        if not self.is_raster and (self.bands is not None or self.scaling.kind != "none"):
            check.refuse(
                f"Input '{self.name}' has the role 'ratio' together with bands or a scaling",
                "it is one plain number and no raster",
                "remove them from the card",
            )

    @property
    def is_raster(self) -> bool:
        """Whether a raster feeds this input (every role but "ratio")."""
        return self.role != RATIO_ROLE


@dataclass(frozen=True)
class OutputSpec:
    """One output of the network, on the output grid.

    name: name of the output in the ONNX graph.
    like: role of the input whose bands, units and scaling it takes (the scaling is undone); None = none.
    bands: the bands where they are not those of `like`; None = as `like`, or one per class.
    classes: the classes, one channel of scores each; None = no classification.
    scores: what those channels hold: "logits" (the engine takes their softmax; neutral) or "probabilities".
    """

    name: str
    like: str | None = None
    bands: tuple[Band, ...] | None = None
    classes: tuple[ClassSpec, ...] | None = None
    scores: str = "logits"

    def __post_init__(self) -> None:
        check.require_text("name of an output", self.name)
        _require_bands(f"bands of output '{self.name}'", self.bands)
        check.require_choice(f"scores of output '{self.name}'", self.scores, SCORES)
        if self.like is None and self.bands is None and self.classes is None:
            check.refuse(
                f"Output '{self.name}' has neither 'like' nor bands nor classes",
                "one of them is needed to know its channels",
                "add it to the card",
            )
        if self.classes is not None:
            self._check_classes(self.classes)

    def _check_classes(self, classes: tuple[ClassSpec, ...]) -> None:
        check.require_different(f"classes of output '{self.name}'", [one.name for one in classes])
        codes = [one.code for one in classes]
        if len(set(codes)) != len(codes):
            check.refuse(f"The classes of output '{self.name}' have the codes {codes}", "different ones are expected")
        if self.like is not None:
            check.refuse(
                f"Output '{self.name}' is like '{self.like}' and has classes",
                "an output is either of them",
                "remove 'like' or the classes from the card",
            )
        if self.bands is not None and len(self.bands) != len(classes):
            check.refuse(
                f"Output '{self.name}' has {len(classes)} classes and {len(self.bands)} bands",
                "one band per class is expected",
            )


def _require_bands(what: str, bands: tuple[Band, ...] | None) -> None:
    if bands is not None:
        check.require_different(what, [band.name for band in bands], " (null stands for any number)")
