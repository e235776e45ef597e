"""What a network promises to the engine and what it needs from it: the model card as a whole.

A card is valid by construction: it checks itself, as do its fields (`card_fields`), and raises ModelError with one
sentence. Distances are output pixels, wavelengths micrometres.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

from ..basics import field_checks as check
from .card_fields import InputSpec, OutputSpec
from .card_tasks import require_task
from .form_rules import require_consistent
from .tensor_form import CONSTANT_ROLE, DATE_ROLE

PREFIX = "rsfusion:"
CARD_VERSION = 1
CARD_KEY = "rsfusion:card"

NODATA_POLICIES = ("mask",)
MAX_HALO = 4096
MAX_MULTIPLE_OF = 4096
MAX_WINDOW = 255

# The STAC extension's rule for a model's name: a letter first, a letter or digit last.
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_.\- ]+[A-Za-z0-9]")


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
