"""Sentinel-2 products as their producer lays them out, generated: a SAFE folder with images, masks and metadata."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from osgeo import gdal

from rsfusion_qgis.core.grid.degradation import degrade
from rsfusion_qgis.core.sensors.sentinel2 import BANDS_M, L1C_BANDS, MTF_GAINS
from tests.rasters import write_raster
from tests.tasks.sentinel2_sharpening.scenes import ORIGIN, fields

MIXES = np.random.default_rng(5).dirichlet(np.ones(4), len(L1C_BANDS))
"""What each band is of the four fields: those of 10 m are the fields themselves."""
TILE = "T33UUB"
SCHEMA = 'xmlns:n1="https://psd-14.sentinel2.eo.esa.int/PSD/'
"""By which GDAL's driver knows the metadata."""


def band(name: str, fine: np.ndarray, metres: int) -> np.ndarray:
    """(1, rows, cols): a band of the scene with pixels of so many metres."""
    tens = BANDS_M[10]
    whole = fine[tens.index(name)] if name in tens else np.tensordot(MIXES[L1C_BANDS.index(name)], fine, 1)
    return whole[None] if metres == 10 else degrade(whole[None], metres // 10, [MTF_GAINS[name]])


def write_product(
    folder: Path, level: str = "L2A", offset: int | None = -1000, size: int = 120, ending: str = "jp2",
    hole: bool = False, tiles: int = 1,
) -> Path:  # fmt: skip
    """Write a SAFE folder and return its path; `hole`: a corner of all bands is 0."""
    safe = folder / f"S2A_MSI{level}_20220705T101559_N0400_R065_{TILE}_20220705T161500.SAFE"
    for number in range(tiles):
        granule = safe / "GRANULE" / f"{level}_{TILE[:-1]}{'BCD'[number]}_A036741_20220705T101559"
        _write_granule(granule, level, size, ending, hole, offset)
        granule.joinpath("MTD_TL.xml").write_text(_tile_metadata(level, size), encoding="utf-8")
    files = sorted(safe.glob("GRANULE/*/IMG_DATA/**/*.*"))
    images = [file.relative_to(safe).with_suffix("").as_posix() for file in files]
    safe.joinpath(f"MTD_MSI{level}.xml").write_text(_metadata(level, offset, images), encoding="utf-8")
    return safe


def _write_granule(granule: Path, level: str, size: int, ending: str, hole: bool, offset: int | None) -> None:
    fine = fields(size, size)
    for metres, names in BANDS_M.items():
        inside = granule / "IMG_DATA" / (f"R{metres}m" if level == "L2A" else "")
        inside.mkdir(parents=True, exist_ok=True)
        for name in names:
            if name == "B10" and level == "L2A":
                continue
            values = np.round(band(name, fine, metres)) - (offset or 0)
            if hole:
                values[:, : 240 // metres, : 240 // metres] = 0
            suffix = f"_{metres}m" if level == "L2A" else ""
            write_image(inside / f"{TILE}_20220705T101559_{code(name)}{suffix}.{ending}", values, metres)
    inside = granule / "IMG_DATA" / ("R20m" if level == "L2A" else "")
    if level == "L2A":  # repeated at coarser pixels, and pictures beside
        write_image(inside / f"{TILE}_20220705T101559_B02_20m.{ending}", np.full((1, size // 2, size // 2), 7.0), 20)
    write_image(inside / f"{TILE}_20220705T101559_TCI_20m.{ending}", np.full((1, size // 2, size // 2), 9.0), 20)
    masks = granule / "QI_DATA"
    masks.mkdir()
    write_image(masks / f"MSK_QUALIT_B02.{ending}", np.ones((1, size // 2, size // 2)), 20)


def code(name: str) -> str:
    """B2 -> B02."""
    return f"B{name[1:]:0>2}"


def write_image(path: Path, values: np.ndarray, metres: int, **more: Any) -> None:
    """One band of whole numbers, without a nodata value, as the products' images are."""
    transform = (ORIGIN[0], metres, 0.0, ORIGIN[1], 0.0, -metres)
    if path.suffix == ".tif":
        write_raster(path, values, transform, crs="EPSG:32633", **more)
        return
    plain = "/vsimem/rsfusion_test_band.tif"
    write_raster(plain, values, transform, crs="EPSG:32633", **more)
    gdal.Translate(str(path), plain, format="JP2OpenJPEG", creationOptions=["QUALITY=100", "REVERSIBLE=YES"])
    gdal.Unlink(plain)


def _metadata(level: str, offset: int | None, images: Sequence[str]) -> str:
    """So much of a product's metadata that GDAL's own driver opens it, and what stored values mean."""
    kind, prefix = ("BOA", "BOA_") if level == "L2A" else ("RADIO", "")
    stated = "" if offset is None else "".join(
        f'<{kind}_ADD_OFFSET band_id="{number}">{offset}</{kind}_ADD_OFFSET>' for number in range(len(L1C_BANDS))
    )  # fmt: skip
    files = "".join(f"<IMAGE_FILE>{image}</IMAGE_FILE>" for image in images)
    root = f"n1:Level-{level[1:]}_User_Product"
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><{root} {SCHEMA}User_Product_Level-{level[1:]}.xsd">'
        "<n1:General_Info><Product_Info>"
        f"<PROCESSING_LEVEL>Level-{level[1:]}</PROCESSING_LEVEL><PRODUCT_TYPE>S2MSI{level[1:]}</PRODUCT_TYPE>"
        f"<PROCESSING_BASELINE>{'02.14' if offset is None else '04.00'}</PROCESSING_BASELINE><Query_Options>"
        "<PRODUCT_FORMAT>SAFE_COMPACT</PRODUCT_FORMAT></Query_Options><Product_Organisation><Granule_List>"
        f'<Granule granuleIdentifier="{_tile_id(level)}" imageFormat="JPEG2000">{files}</Granule></Granule_List>'
        "</Product_Organisation></Product_Info><Product_Image_Characteristics>"
        f'<{prefix}QUANTIFICATION_VALUE unit="none">10000</{prefix}QUANTIFICATION_VALUE>{stated}'
        f"</Product_Image_Characteristics></n1:General_Info></{root}>"
    )


def _tile_id(level: str) -> str:
    return f"S2A_OPER_MSI_{level}_TL_EPAE_20220705T161500_A036741_{TILE}_N04.00"


def _tile_metadata(level: str, size: int) -> str:
    """Where a granule lies, for GDAL's own driver."""
    sizes = "".join(
        f'<Size resolution="{metres}"><NROWS>{size * 10 // metres}</NROWS><NCOLS>{size * 10 // metres}</NCOLS></Size>'
        f'<Geoposition resolution="{metres}"><ULX>{ORIGIN[0]:.0f}</ULX><ULY>{ORIGIN[1]:.0f}</ULY><XDIM>{metres}</XDIM>'
        f"<YDIM>-{metres}</YDIM></Geoposition>" for metres in BANDS_M
    )  # fmt: skip
    root = f"n1:Level-{level[1:]}_Tile_ID"
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><{root} {SCHEMA}S2_PDI_Level-{level[1:]}_Tile_Metadata.xsd">'
        f"<n1:General_Info><TILE_ID>{_tile_id(level)}</TILE_ID></n1:General_Info><n1:Geometric_Info>"
        "<Tile_Geocoding><HORIZONTAL_CS_NAME>WGS84 / UTM zone 33N"
        f"</HORIZONTAL_CS_NAME><HORIZONTAL_CS_CODE>EPSG:32633</HORIZONTAL_CS_CODE>{sizes}</Tile_Geocoding>"
        f"</n1:Geometric_Info></{root}>"
    )


def zipped(safe: Path) -> Path:
    """The folder as a ZIP beside it."""
    path = safe.with_suffix(".zip")
    with zipfile.ZipFile(path, "w") as archive:
        for file in sorted(safe.rglob("*")):
            archive.write(file, file.relative_to(safe.parent))
    return path
