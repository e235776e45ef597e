"""What a network promises to the engine and what it needs from it: the fields of a model card.

A card is valid by construction: every dataclass checks itself and raises ModelError with one sentence. The engine
feeds each input as float32 with the axes (1, bands, rows, cols); how the graph wants it, `TensorForm` says. Distances
are output pixels, wavelengths micrometres. Inputs that are no raster have one of `NUMBER_ROLES`. Which tasks there are,
and with which roles, whoever knows the tasks says with `register`.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Callable

from ..basics import field_checks as check
from ..rasters.class_spec import ClassSpec
from ..rasters.scaling import Scaling
from .form_rules import require_consistent
from .learned import LearnedRange
from .tensor_form import (
    CONSTANT_ROLE,
    DATE_FORMS,
    DATE_ROLE,
    NUMBER_ROLES,
    PLAIN,
    TensorForm,
    require_numbers,
)
from .tensor_form import RATIO_ROLE as RATIO_ROLE

PREFIX = "rsfusion:"
CARD_VERSION = 1
CARD_KEY = "rsfusion:card"

SCORES = ("logits", "probabilities", "labels")
UNSCALED = Scaling()
RESAMPLINGS = ("nearest", "bilinear", "cubic")
MAX_RATIO = 256
NODATA_POLICIES = ("mask",)
MAX_HALO = 4096
MAX_MULTIPLE_OF = 4096
MAX_WINDOW = 255
MAX_COMPONENTS = 1024

# The STAC extension's rule for a model's name: a letter first, a letter or digit last.
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_.\- ]+[A-Za-z0-9]")


@dataclass(frozen=True)
class CardRoles:
    """What a card of one task may say.

    needed, optional: roles that a network of the task must take, and those that it may take besides; where none is
        needed, one of the optional ones is.
    mlm_task: the nearest word that the STAC extension has for the task.
    """

    needed: tuple[str, ...]
    optional: tuple[str, ...]
    mlm_task: str


Tasks = Mapping[str, CardRoles]
"""Name of a task, as cards have it -> what such a card may say."""


def _no_tasks() -> Tasks:
    return {}


_lookup: Callable[[], Tasks] = _no_tasks


def register(lookup: Callable[[], Tasks]) -> None:
    """Have the tasks looked up there from now on, whenever a card is made."""
    global _lookup
    _lookup = lookup


def known_tasks() -> Tasks:
    """The tasks that a card may be of."""
    return _lookup()


def task_roles(task: str) -> CardRoles | None:
    """What a card of that task may say; None where the task is unknown."""
    return known_tasks().get(task)


def require_task(task: str) -> CardRoles:
    """What a card of that task may say; raises ModelError where the task is unknown."""
    tasks = known_tasks()
    check.require_choice("task", task, tuple(tasks))
    return tasks[task]


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


@dataclass(frozen=True)
class ModelCard:
    """The contract between one network and the engine.

    name: what people call the network: a letter first, then letters, digits, blanks and `_ . -`.
    task: name of the fusion task, one of `known_tasks`.
    inputs, outputs: in any order, as the ONNX graph is addressed by names; where the task has no input of its own
        whose grid is the result's, it is the first input that a raster is given for.
    halo: pixels of context that an output pixel may see on each side, in output pixels; 0 = pointwise.
    multiple_of: rows and cols of every tile are a multiple of it; 1 is neutral.
    max_shift_px: largest misregistration that the network bears, in output pixels.
    nodata: "mask": where an input is invalid, the output is invalid.
    ratio_range: smallest and largest ratio of pixel sizes that the network was made for.
    margin: pixels that the graph's outputs lack on each side of what it was fed, as unpadded convolutions leave it; 0
        is neutral. It lies within the halo.
    window: the network takes windows of so many pixels on each side and tells of the pixel in their centre; 0 = it
        takes whole tiles (neutral).
    architecture, version, license, description: for people; "" = not said. license is an SPDX name.
    created: ISO 8601 time that ends in "Z"; "" = not said.
    training_data, training_terms: names of the data sets, and the terms under which they were used.
    quality: (what was measured, value) pairs; () = not measured.
    sha256: of the whole ONNX file, hexadecimal; "" = not said, as where the card lies inside that file.
    total_parameters: number of weights; 0 = not said.
    flop_per_pixel: (number of bands, floating-point operations per output pixel) pairs; () = not said.
    card_version: version of this schema.
    """

    name: str
    task: str
    inputs: tuple[InputSpec, ...]
    outputs: tuple[OutputSpec, ...]
    halo: int
    multiple_of: int = 1
    max_shift_px: float = 0.5
    nodata: str = "mask"
    ratio_range: tuple[float, float] = (1.5, 8.0)
    margin: int = 0
    window: int = 0
    architecture: str = ""
    version: str = ""
    license: str = ""
    description: str = ""
    created: str = ""
    training_data: tuple[str, ...] = ()
    training_terms: str = ""
    quality: tuple[tuple[str, float], ...] = ()
    sha256: str = ""
    total_parameters: int = 0
    flop_per_pixel: tuple[tuple[int, float], ...] = ()
    card_version: int = CARD_VERSION

    def __post_init__(self) -> None:
        require_card_version(self.card_version)
        self._check_fields()
        self._check_names()
        self._check_roles()
        self._check_wavelengths()
        require_consistent(self.inputs, self.outputs, self.halo, self.margin, self.window)

    def input(self, role: str) -> InputSpec | None:
        """Return the input that `role` feeds, or None where the network has no such input."""
        return next((spec for spec in self.inputs if spec.role == role), None)

    def _check_fields(self) -> None:
        check.require_int("halo", self.halo, 0, MAX_HALO)
        check.require_int("value of multiple_of", self.multiple_of, 1, MAX_MULTIPLE_OF)
        check.require_int("number of parameters", self.total_parameters, 0, 10**12)
        check.require_choice("nodata policy", self.nodata, NODATA_POLICIES)
        check.require_number("value of max_shift_px", self.max_shift_px, low=0)
        check.require_int("margin", self.margin, 0, MAX_HALO)
        check.require_int("window", self.window, 0, MAX_WINDOW)
        step = math.lcm(self.multiple_of, *(spec.ratio for spec in self.inputs))
        if step > MAX_MULTIPLE_OF:
            check.refuse(
                f"The sides of a tile must be a multiple of {step}, for multiple_of and all ratios of the inputs",
                f"at most {MAX_MULTIPLE_OF} is expected",
            )
        low, high = self.ratio_range
        if not (check.is_number(low) and check.is_number(high) and 0 < low <= high):
            check.refuse(
                f"The ratio_range is {check.shown(low)} to {check.shown(high)}",
                "two numbers above zero are expected, the lower first",
            )
        for what in ("architecture", "version", "license", "description", "created", "training_terms"):
            check.require_text(what, getattr(self, what), empty=True)
        check.require_text("sha256", self.sha256, empty=True)
        if self.sha256 and not re.fullmatch("[0-9a-f]{64}", self.sha256):
            check.refuse(f"The sha256 is {check.shown(self.sha256)}", "64 hexadecimal digits are expected")

    def _check_names(self) -> None:
        if not isinstance(self.name, str) or not _NAME.fullmatch(self.name):
            check.refuse(
                f"The model's name is {check.shown(self.name)}",
                "three or more letters, digits, blanks and '_.-' are expected, a letter first",
                "rename it in the card",
            )
        check.require_different("inputs", [spec.name for spec in self.inputs])
        check.require_different("outputs", [spec.name for spec in self.outputs])

    def _check_roles(self) -> None:
        known = require_task(self.task)
        free = (CONSTANT_ROLE, DATE_ROLE)
        roles = [spec.role for spec in self.inputs if spec.role not in free and not spec.again]
        fits = set(known.needed) <= set(roles) <= {*known.needed, *known.optional} and len(set(roles)) == len(roles)
        if not fits or not roles:
            takes = f"takes {check.listed(known.needed)} and may take" if known.needed else "takes one or more of"
            check.refuse(
                f"The inputs have the roles {check.listed(roles)}",
                f"{self.task} {takes} {check.listed(known.optional)}, each once",
                "correct 'role' in the card",
            )
        self._check_likes()

    def _check_likes(self) -> None:
        """What outputs are like is an input that a raster feeds."""
        rasters = [spec.role for spec in self.inputs if spec.is_raster]
        for output in self.outputs:
            if output.like is not None and output.like not in rasters:
                check.refuse(
                    f"Output '{output.name}' is like '{output.like}'",
                    f"the raster inputs are {check.listed(rasters)}",
                    "correct 'like' in the card",
                )
        matched = [spec.name for spec in self.inputs if spec.matched]
        if matched and not any(output.like for output in self.outputs):
            check.refuse(
                f"Input '{matched[0]}' is matched and no output is like a raster",
                "it is brought to that raster's sharpness and place",
                "name the raster in 'like' of an output, or leave 'matched' out of the card",
            )

    def _check_wavelengths(self) -> None:
        """One name means one band: the list of bands in the STAC item is keyed by name."""
        known: dict[str, float | None] = {}
        for spec in (*self.inputs, *self.outputs):
            for band in spec.bands or ():
                if known.setdefault(band.name, band.wavelength_um) != band.wavelength_um:
                    check.refuse(
                        f"Band '{band.name}' has the wavelengths {known[band.name]} and {band.wavelength_um}",
                        "one name stands for one band",
                        "rename one of them in the card",
                    )


def require_card_version(version: object) -> None:
    """Refuse a card that a later program wrote; raises ModelError."""
    if check.is_int(version) and version > CARD_VERSION:  # type: ignore[operator]
        check.refuse(
            f"The model's card has version {check.shown(version)}, which is newer than this plugin",
            f"it reads cards up to version {CARD_VERSION}",
            "update the plugin or take an older model",
        )
    check.require_int("card version", version, 1, CARD_VERSION)


def usable_name(text: str, prefix: str) -> str:
    """A name that a card may have, made from any text; `prefix` begins it where the text alone would not do."""
    plain = "".join(letter if letter.isascii() and (letter.isalnum() or letter in " _.-") else "_" for letter in text)
    plain = plain.rstrip(" _.-")
    return plain if _NAME.fullmatch(plain) else f"{prefix}_{plain or 'network'}"
