"""The shipped network that tells clouds and shadows, and the codes that follow from what it says and rules say.

A cloud is what the network calls one and the rules do not rule out. Shadows are taken where such a cloud may throw one
(`shadow_tests`), by how dark a pixel is and by what the network says of it.
"""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import Optional

import numpy as np

from ...core.grid.moving import grown, means_around, opened, pixels
from ...core.networks.card_files import read_card
from ...core.networks.session import InferenceSession
from ...core.sensors.clouds.cloud_tests import Bands
from ...core.sensors.clouds.detection import MaskSettings, cloud_score, shadow_score
from ...core.sensors.clouds.scene import Scene
from ...core.sensors.clouds.shadow_tests import ShadowSettings, proportion, reachable
from ...core.sensors.sun import Sun
from .codes import CLEAR, CLOUD, NO_CODE, SHADOW, THIN, UNCERTAIN

FILE = Path(__file__).with_name("cloud_mask_v1.onnx")
NEEDED = ("B2", "B3", "B4", "B11")
"""Bands that it cannot do without, besides B8A or B8."""
PIXELS_M = (5.0, 15.0)
"""Sizes of pixels at which it was measured, or nearly."""
ABSENT = -1.0
"""Stands for a band that is not there, as in training."""
PART_PX = 512
CLOUDY, DOUBTFUL, SHADED = 0.5, 0.25, 0.6
"""Probability from which a pixel is a cloud, thin or not, and from which one is uncertain; sum of both scores of
shadows from which it is one."""
EVIDENCE = 0.15
"""Least score that the rules must give as well: bright roofs that the network has not seen have less. Where both
disagree, a pixel is uncertain."""
DARK = 0.1
"""Score of the rules for shadows from which the network's counts wholly: dark woods are no shadows."""
GROWN_M, SPECK_M = 20.0, 10.0
"""What clouds and shadows are grown by, and the radius of the smallest that are kept."""


def why_not(names: tuple[str, ...], pixel_m: float) -> str:
    """Why the network cannot look at an image of these bands and pixels; "" where it can."""
    lacking = [name for name in NEEDED if name not in names]
    if not {"B8A", "B8"} & set(names):
        lacking.append("B8A")
    if lacking:
        return f"{', '.join(lacking)} are missing" if len(lacking) > 1 else f"{lacking[0]} is missing"
    if not PIXELS_M[0] <= pixel_m <= PIXELS_M[1]:
        return f"its pixels are {pixel_m:g} m, and about 10 m are expected"
    return "" if find_spec("onnxruntime") else "the Python package onnxruntime is not installed"


class MaskNetwork:
    """The opened network.

    Parameters
    ----------
    threads : as of `InferenceSession`.
    """

    def __init__(self, threads: int = 0) -> None:
        self._card = read_card(FILE)
        self._session = InferenceSession(FILE, self._card, "cpu", threads)
        self._bands = tuple(band.name for band in self._card.inputs[0].bands or ())

    @property
    def reach_px(self) -> int:
        """How far it looks."""
        return self._card.halo

    @property
    def step_px(self) -> int:
        """Windows begin and end at multiples of it."""
        return self._card.multiple_of

    def probabilities(self, bands: Bands, scene: Scene, valid: np.ndarray, border: int = 0) -> np.ndarray:
        """Of clear, thin cloud, cloud, shadow: (4, rows, cols) float32.

        Parameters
        ----------
        bands : name -> (rows, cols) reflectance; sides are multiples of `step_px`.
        valid : (rows, cols) bool; other pixels are taken for the median of the valid ones.
        border : pixels on each side, a multiple of `step_px`, that are looked at only: the result is without them.
        """
        given, reach = self._fed(scene.without_air(bands), valid), self.reach_px
        rows, cols = (size - 2 * border for size in valid.shape)
        made = np.empty((4, rows, cols), np.float32)
        for row in range(border, border + rows, PART_PX):
            for col in range(border, border + cols, PART_PX):
                top, left = max(0, row - reach), max(0, col - reach)
                below, right = min(row + PART_PX, border + rows), min(col + PART_PX, border + cols)
                part = given[:, top : below + reach, left : right + reach]
                found = self._session.run({"optical": np.ascontiguousarray(part)[None]})["classes"][0]
                inner = found[:, row - top : below - top, col - left : right - left]
                made[:, row - border : below - border, col - border : right - border] = inner
        return made

    def _fed(self, ground: Bands, valid: np.ndarray) -> np.ndarray:
        there = dict(ground)
        there.setdefault("B8A", ground.get("B8", ground["B2"]))
        given = np.full((len(self._bands), *valid.shape), ABSENT, np.float32)
        for place, name in enumerate(self._bands):
            if name in there:
                given[place] = there[name]
                if not valid.all():
                    given[place][~valid] = np.median(there[name][valid]) if valid.any() else 0
        return given

    def terminate(self) -> None:
        """Stop a run, from any thread."""
        self._session.terminate()

    def close(self) -> None:
        """Give the memory back."""
        self._session.close()


def codes_of(
    probabilities: np.ndarray, bands: Bands, scene: Scene, valid: np.ndarray, settings: MaskSettings,
    sun: Optional[Sun], pixel_m: float, limit: float = CLOUDY,
) -> np.ndarray:  # fmt: skip
    """Codes (rows, cols) uint8 of an image, 0 where invalid.

    Parameters
    ----------
    probabilities : as the network gives them.
    limit : probability from which a pixel is a cloud, thin or not.
    """
    _, thin, dense, shaded = probabilities
    score = cloud_score(bands, scene, valid, settings, pixel_m)
    cloudy, speck, grow = thin + dense, pixels(SPECK_M, pixel_m), pixels(GROWN_M, pixel_m)
    clouds = opened((cloudy >= limit) & (score >= EVIDENCE) & valid, speck)
    codes = np.where(valid, np.uint8(CLEAR), np.uint8(NO_CODE))
    if not clouds.any():
        codes[(cloudy >= DOUBTFUL) & valid] = UNCERTAIN
        return codes
    dark = shadow_score(bands, scene, clouds.astype(np.float32), valid, settings, sun, pixel_m)
    darkness = means_around(dark, valid, 1)
    likely = darkness + np.minimum(darkness / DARK, 1) * _thrown(shaded, clouds, settings, sun, pixel_m)
    shadows = opened((likely >= SHADED) & valid & ~clouds, speck)
    wide, dense_ones = grown(clouds, grow), grown(clouds & (dense > thin), grow)
    doubtful = grown((cloudy >= DOUBTFUL) | (likely >= SHADED / 2), 1)
    kinds = [~valid, dense_ones, wide, grown(shadows, grow), doubtful]
    return np.select(kinds, [NO_CODE, CLOUD, THIN, SHADOW, UNCERTAIN], CLEAR).astype(np.uint8)


def _thrown(
    shaded: np.ndarray, clouds: np.ndarray, settings: MaskSettings, sun: Optional[Sun], pixel_m: float
) -> np.ndarray:
    """The network's shadows where clouds may throw them, and are large enough for them; (rows, cols) float32."""
    shadow = settings.shadow or ShadowSettings()
    throwing = opened(clouds, pixels(shadow.least_m, pixel_m))
    near = reachable(throwing, shadow, sun, pixel_m)
    return shaded * near * proportion((shaded >= 0.5) & near, throwing, shadow, pixel_m)
