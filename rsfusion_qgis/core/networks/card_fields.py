"""What a model card says of one input, one output and one band.

Each checks itself and raises ModelError with one sentence. The engine feeds an input as float32 with the axes (1,
bands, rows, cols); how the graph wants it, `TensorForm` says. Inputs that are no raster have one of `NUMBER_ROLES`.
"""

from __future__ import annotations

from dataclasses import dataclass

from ..basics import field_checks as check
from ..rasters.class_spec import ClassSpec
from ..rasters.scaling import Scaling
from .learned import LearnedRange
from .tensor_form import (
    CONSTANT_ROLE,
    DATE_FORMS,
    DATE_ROLE,
    NUMBER_ROLES,
    PLAIN,
    RATIO_ROLE,
    TensorForm,
    require_numbers,
)

SCORES = ("logits", "probabilities", "labels")
UNSCALED = Scaling()
RESAMPLINGS = ("nearest", "bilinear", "cubic")
MAX_RATIO = 256
MAX_COMPONENTS = 1024


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
                f"Band '{self.name}' has the wavelength {check.shown(self.wavelength_um)}",
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
        see `operators.sharpness`; False = as recorded (neutral).
    heights: what the heights count from that the network learned from, a vertical CRS's name; "" = not said (neutral).
    learned: what each band was like in training; () = not said (neutral).
    again: True = the raster of an input before it feeds this one, too, as where a network takes spectra and patches, or
        a coarse image as it is and interpolated; False is neutral.
    tensor: how the graph takes it; neutral is float32, (1, bands, rows, cols), under the name of the input.
    clip: network values are brought into this range; None = not (neutral).
    components: the raster's bands become so many principal components, learned on the scene; 0 = not (neutral).
    whiten: True = each component has the variance 1; False is neutral.
    value: the numbers of a "constant"; () otherwise.
    date_of: for a "date", the role of the raster whose date it is; "" otherwise.
    date_form: how that date is written, one of `DATE_FORMS`.
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
    heights: str = ""
    learned: tuple[LearnedRange, ...] = ()
    again: bool = False
    tensor: TensorForm = PLAIN
    clip: tuple[float, float] | None = None
    components: int = 0
    whiten: bool = False
    value: tuple[float, ...] = ()
    date_of: str = ""
    date_form: str = DATE_FORMS[0]

    def __post_init__(self) -> None:
        check.require_text("name of an input", self.name)
        check.require_text(f"role of input '{self.name}'", self.role)
        _require_bands(f"bands of input '{self.name}'", self.bands)
        check.require_int(f"ratio of input '{self.name}'", self.ratio, 1, MAX_RATIO)
        check.require_bool(f"value of 'required' of input '{self.name}'", self.required)
        check.require_number(f"stand_in of input '{self.name}'", self.stand_in)
        check.require_choice(f"resampling of input '{self.name}'", self.resampling, RESAMPLINGS)
        check.require_bool(f"value of 'matched' of input '{self.name}'", self.matched)
        if self.heights != "":
            check.require_text(f"value of 'heights' of input '{self.name}'", self.heights)
        numbers = len(self.scaling.offsets)
        if numbers and numbers != len(self.bands or ()):
            check.refuse(
                f"Input '{self.name}' has {len(self.bands) if self.bands else 'any number of'} bands and a scaling "
                f"for {numbers}",
                "one offset and scale for each band are expected",
            )
        if self.learned and len(self.learned) != len(self.bands or ()):
            check.refuse(
                f"Input '{self.name}' has {len(self.bands or ())} bands and {len(self.learned)} learned ranges",
                "one for each band is expected",
            )
        self._check_numbers()
        self._check_preparation()

    def _check_numbers(self) -> None:
        """What only inputs without a raster have, and what they cannot have."""
        if not self.is_raster and (self.bands is not None or self.scaling.kind != "none"):
            check.refuse(
                f"Input '{self.name}' has the role '{self.role}' together with bands or a scaling",
                "it is one plain number and no raster" if self.role == RATIO_ROLE else "it has numbers and no raster",
                "remove them from the card",
            )
        require_numbers(f"value of input '{self.name}'", self.value)
        if bool(self.value) != (self.role == CONSTANT_ROLE):
            check.refuse(
                f"Input '{self.name}' has the role '{self.role}' and {len(self.value)} numbers as its value",
                f"one or more are expected for the role '{CONSTANT_ROLE}' and none for any other",
            )
        check.require_choice(f"date_form of input '{self.name}'", self.date_form, DATE_FORMS)
        check.require_text(f"date_of of input '{self.name}'", self.date_of, empty=True)
        if bool(self.date_of) != (self.role == DATE_ROLE):
            check.refuse(
                f"Input '{self.name}' has the role '{self.role}' and {check.shown(self.date_of)} in date_of",
                f"the role of a raster is expected there for the role '{DATE_ROLE}', and nothing for any other",
            )

    def _check_preparation(self) -> None:
        """Range and components."""
        if self.clip is not None:
            require_numbers(f"clip of input '{self.name}'", self.clip)
            if len(self.clip) != 2 or self.clip[0] >= self.clip[1]:
                check.refuse(f"The clip of input '{self.name}' is {check.shown(self.clip)}",
                             "two numbers are expected, the lower first")  # fmt: skip
        check.require_int(f"number of components of input '{self.name}'", self.components, 0, MAX_COMPONENTS)
        check.require_bool(f"value of 'again' of input '{self.name}'", self.again)
        check.require_bool(f"value of 'whiten' of input '{self.name}'", self.whiten)
        if self.components and self.bands is not None and len(self.bands) < self.components:
            check.refuse(f"Input '{self.name}' has {len(self.bands)} bands and {self.components} components",
                         "no more components than bands are expected")  # fmt: skip
        if (self.components or self.clip is not None) and not self.is_raster:
            check.refuse(f"Input '{self.name}' has the role '{self.role}' together with components or a clip",
                         "it has numbers and no raster", "remove them from the card")  # fmt: skip

    @property
    def is_raster(self) -> bool:
        """Whether a raster feeds this input (every role but those of `NUMBER_ROLES`)."""
        return self.role not in NUMBER_ROLES

    @property
    def graph_name(self) -> str:
        """The graph's tensor that it feeds, or is a part of."""
        return self.tensor.name or self.name

    @property
    def channels(self) -> int | None:
        """How many the graph gets of it; None = as many as the raster has bands."""
        return self.components or (len(self.bands) if self.bands is not None else None)


@dataclass(frozen=True)
class OutputSpec:
    """One output of the network, on the output grid.

    name: name of the output in the ONNX graph.
    like: role of the input whose bands, units and scaling it takes (the scaling is undone); None = none.
    bands: the bands where they are not those of `like`; None = as `like`, or one per class.
    classes: the classes, one channel of scores each; None = no classification.
    scores: what those channels hold: "logits" (the engine takes their softmax; neutral), "probabilities", or "labels":
        one channel with the place of the class, from 0. Of two classes one channel may stand for the second.
    tensor: how the graph gives it; the name in it has no meaning.
    add: role of an input that is added to it, in network units, as residual networks want; "" = none (neutral).
    """

    name: str
    like: str | None = None
    bands: tuple[Band, ...] | None = None
    classes: tuple[ClassSpec, ...] | None = None
    scores: str = "logits"
    tensor: TensorForm = PLAIN
    add: str = ""

    def __post_init__(self) -> None:
        check.require_text("name of an output", self.name)
        check.require_text(f"value of 'add' of output '{self.name}'", self.add, empty=True)
        if self.scores == "labels" and self.classes is None:
            check.refuse(f"Output '{self.name}' has labels and no classes", "the classes that they mean are expected")
        if self.add and self.classes is not None:
            check.refuse(f"Output '{self.name}' has classes and adds '{self.add}'", "only images are added to inputs")
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
