"""Cloud masks of known products: told by their names or by their values, and read by what their values mean.

Sources: Sentinel-2 Level-2A scene classification (ESA, Sen2Cor configuration manual); QA60 (ESA, Level-1C product
specification: bit 10 opaque clouds, bit 11 cirrus); s2cloudless (Sentinel Hub: probability, threshold 0.4); Fmask 4
(Zhu, Wang, Woodcock 2015, doi:10.1016/j.rse.2014.12.014: 0 land, 1 water, 2 shadow, 3 snow, 4 cloud); Landsat
Collection 2 QA_PIXEL (USGS, LSDS-1619: bit 0 fill, 1 dilated cloud, 2 cirrus, 3 cloud, 4 shadow, 6 clear).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Callable, Optional

import numpy as np

from ...core.rasters.source import RasterSource
from .codes import CLEAR, CLOUD, NO_CODE, SHADOW, THIN, UNCERTAIN

PROBABLE, LIKELY, POSSIBLE = 65.0, 40.0, 20.0
"""Cloud probability, per cent: from which a pixel is cloud, thin cloud, uncertain."""
_SCL = {0: NO_CODE, 1: UNCERTAIN, 2: CLEAR, 3: SHADOW, 4: CLEAR, 5: CLEAR, 6: CLEAR, 7: UNCERTAIN, 8: CLOUD, 9: CLOUD,
        10: THIN, 11: CLEAR}  # fmt: skip
_FMASK = {0: CLEAR, 1: CLEAR, 2: SHADOW, 3: CLEAR, 4: CLOUD, 255: NO_CODE}


@dataclass(frozen=True)
class Product:
    """A kind of mask.

    Attributes
    ----------
    name : str
        For the report.
    names : str
        Pattern of names of files or bands that say so.
    fits : (values) -> bool
        Whether all values that it holds can be of that kind.
    tells : (values) -> bool
        Whether the values alone say so.
    codes : (values of any shape) -> codes of that shape, uint8
    """

    name: str
    names: str
    fits: Callable[[np.ndarray], bool]
    tells: Callable[[np.ndarray], bool]
    codes: Callable[[np.ndarray], np.ndarray]


def _by_table(table: dict[int, int]) -> Callable[[np.ndarray], np.ndarray]:
    lookup = np.full(256, UNCERTAIN, np.uint8)
    for value, code in table.items():
        lookup[value] = code
    return lambda values: lookup[np.clip(values, 0, 255).astype(np.uint8)]


def _qa60(values: np.ndarray) -> np.ndarray:
    bits = values.astype(np.int64)
    return np.select([bits & 1024 > 0, bits & 2048 > 0], [CLOUD, THIN], CLEAR).astype(np.uint8)


def _qa_pixel(values: np.ndarray) -> np.ndarray:
    """High confidence wins; a dilated cloud's rim counts as cloud, medium confidence (bits 8-9, 10-11) as uncertain."""
    bits = values.astype(np.int64)
    likely, shaded = (bits >> 8) & 3, (bits >> 10) & 3
    kinds = [bits & 1 > 0, bits & 8 > 0, bits & 16 > 0, bits & 4 > 0, bits & 2 > 0, (likely == 2) | (shaded == 2)]
    return np.select(kinds, [NO_CODE, CLOUD, SHADOW, THIN, CLOUD, UNCERTAIN], CLEAR).astype(np.uint8)


def _probability(values: np.ndarray) -> np.ndarray:
    levels = [values > 100, values >= PROBABLE, values >= LIKELY, values >= POSSIBLE]
    return np.select(levels, [NO_CODE, CLOUD, THIN, UNCERTAIN], CLEAR).astype(np.uint8)


def _among(*known: int) -> Callable[[np.ndarray], bool]:
    return lambda values: bool(np.isin(values, known).all())


def _is_scl(values: np.ndarray) -> bool:
    held = set(values.tolist())
    return held <= set(_SCL) and bool(held & {4, 5, 6}) and bool(held & {8, 9, 10}) and len(held - {0}) > 2


def _is_qa60(values: np.ndarray) -> bool:
    return bool(np.isin(values, (0, 1024, 2048, 3072)).all() and (values > 0).any())


def _is_qa_pixel(values: np.ndarray) -> bool:
    known = values[values != 1]
    return bool(known.size and (known >= 21000).all() and (known < 2**16).all() and (known == np.rint(known)).all())


def _never(values: np.ndarray) -> bool:
    return False


def _percent(values: np.ndarray) -> bool:
    rest = values[values != 255]
    return bool(rest.size and rest.min() >= 0 and 1 < rest.max() <= 100)


def _share(values: np.ndarray) -> bool:
    return bool(values.size and values.min() >= 0 and values.max() <= 1)


PRODUCTS = (
    Product("Sentinel-2's scene classification (SCL)", r"(?<![a-z])scl(?![a-z])|scene.?class", _among(*_SCL), _is_scl,
            _by_table(_SCL)),
    Product("QA60 of Sentinel-2", r"qa60|msk_qa60", _among(0, 1024, 2048, 3072), _is_qa60, _qa60),
    Product("QA_PIXEL of Landsat", r"qa_?pixel|pixel_?qa", _is_qa_pixel, _is_qa_pixel, _qa_pixel),
    Product("Fmask", r"fmask", _among(*_FMASK), _never, _by_table(_FMASK)),
    Product("a cloud probability in per cent", r"s2cloudless|cloud.?prob|cldprb|msk_cld|probability", _percent, _never,
            _probability),
    Product("a cloud probability from 0 to 1", r"s2cloudless|cloud.?prob|cldprb|probability", _share, _never,
            lambda values: _probability(values * 100)),
)  # fmt: skip


def product_of(source: RasterSource, values: np.ndarray) -> Optional[Product]:
    """The product of a mask; None where neither its name nor its values tell.

    Parameters
    ----------
    values : all different valid values of a sample of it.
    """
    entries = [text for domain in source.metadata.values() for text in domain.values()]
    texts = [Path(source.path).name, *(band.description for band in source.bands), *entries]
    said = " ".join(text.lower() for text in texts if isinstance(text, str) and len(text) < 300)
    values = np.asarray(values, np.float64)
    named = (one for one in PRODUCTS if re.search(one.names, said) and one.fits(values))
    return next(named, next((one for one in PRODUCTS if one.tells(values)), None))
