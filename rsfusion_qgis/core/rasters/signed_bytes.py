"""Signed bytes, which GDAL before 3.7 gives as unsigned ones (PIXELTYPE=SIGNEDBYTE): read as Int16, with the sign."""

from __future__ import annotations

import hashlib
import xml.etree.ElementTree as ElementTree  # nosec B405: reads what GDAL has just written itself

from osgeo import gdal

_KEY, _DOMAIN, _SIGNED = "PIXELTYPE", "IMAGE_STRUCTURE", "SIGNEDBYTE"
_SIGNS = "0:0,127:127,128:-128,255:-1"


def readable(name: str, dataset: gdal.Dataset) -> str:
    """The name itself, or that of a virtual raster with the true values; call it in `gdal_failures`.

    Parameters
    ----------
    dataset : what GDAL opens under the name.
    """
    signed = [band for band in range(1, dataset.RasterCount + 1) if _is_signed(dataset.GetRasterBand(band))]
    if not signed:
        return name
    made = f"/vsimem/rsfusion-signed-{hashlib.sha256(name.encode()).hexdigest()[:16]}.vrt"
    plain = gdal.GetDriverByName("VRT").CreateCopy(made, dataset)
    tree = ElementTree.fromstring(plain.GetMetadata("xml:VRT")[0])  # nosec B314
    plain = None
    for band in tree.iter("VRTRasterBand"):
        if int(band.get("band") or 0) in signed:
            _with_signs(band)
    gdal.FileFromMemBuffer(made, ElementTree.tostring(tree))
    return made


def _is_signed(band: gdal.Band) -> bool:
    return band.DataType == gdal.GDT_Byte and band.GetMetadataItem(_KEY, _DOMAIN) == _SIGNED


def _with_signs(band: ElementTree.Element) -> None:
    band.set("dataType", "Int16")
    for source in [*band.findall("SimpleSource"), *band.findall("ComplexSource")]:
        source.tag = "ComplexSource"
        ElementTree.SubElement(source, "LUT").text = _SIGNS
    for colour in band.findall("ColorInterp"):  # GDAL takes a fourth band of bytes for transparency
        band.remove(colour)
    for told in band.findall("Metadata"):
        if told.get("domain") == _DOMAIN:
            band.remove(told)
