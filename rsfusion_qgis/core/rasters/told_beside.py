"""Wavelengths that a product tells in a file beside its image: METADATA.XML of EnMAP and of DESIS.

The image is a GeoTIFF whose bands say nothing of themselves, `...-SPECTRAL_IMAGE.TIF`; the file beside it has the same
name with METADATA.XML. There each band is an element below `bandCharacterisation`, with its centre and width in
nanometres.
"""

from __future__ import annotations

import re
from pathlib import Path

IMAGE = re.compile(r"SPECTRAL_IMAGE(?:_COG)?\.TIFF?$", re.IGNORECASE)
MOST_BYTES = 32 * 1024 * 1024
"""A larger file is not looked at."""
_BANDS = re.compile(r"<bandCharacterisation\b.*?</bandCharacterisation>", re.DOTALL)
_BAND = re.compile(r"<(bandID|band)\b([^>]*)>(.*?)</\1>", re.DOTALL)
_NUMBER = r"\s*([-+.\deE]+)\s*<"
_CENTRE = re.compile(r"<wavelengthCenterOfBand[^>]*>" + _NUMBER)
_WIDTH = re.compile(r"<(?:FWHMOfBand|wavelengthWidthOfBand)[^>]*>" + _NUMBER)
_PLACE = re.compile(r"<bandNumber>\s*(\d+)\s*<")


def told_beside(path: str, count: int) -> dict[int, dict[str, str]]:
    """Band number, from 1 -> entries as ENVI names them: wavelength, wavelength_units and, where told, fwhm.

    Parameters
    ----------
    path : of the image.
    count : of its bands; {} where the file tells of another number of bands, or there is none.
    """
    image = Path(path)
    if not IMAGE.search(image.name):
        return {}
    stem = IMAGE.sub("", image.name).lower()
    text = ""
    for file in sorted(image.parent.glob("*")):
        if file.name.lower() == f"{stem}metadata.xml" and file.stat().st_size <= MOST_BYTES:
            text = file.read_text(encoding="utf-8", errors="replace")
    part = _BANDS.search(text)
    found: dict[int, dict[str, str]] = {}
    for place, (_, about, band) in enumerate(_BAND.findall(part.group(0) if part else ""), start=1):
        centre, width = _CENTRE.search(band), _WIDTH.search(band)
        number = re.search(r"number\s*=\s*[\"'](\d+)", about) or _PLACE.search(band)
        if centre is None:
            return {}
        entries = {"wavelength": centre.group(1), "wavelength_units": "Nanometers"}
        found[int(number.group(1)) if number else place] = entries | ({"fwhm": width.group(1)} if width else {})
    return found if sorted(found) == list(range(1, count + 1)) else {}
