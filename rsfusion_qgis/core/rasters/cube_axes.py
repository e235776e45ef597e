"""Cubes of EMIT (netCDF) and PRISMA (HDF5), whose spectrum is the last or middle axis: GDAL's columns or rows.

GDAL's raster model takes the last two axes of an array for rows and columns and the first for bands. EMIT's arrays are
(downtrack, crosstrack, bands), PRISMA's cubes (rows, bands, columns), and neither says where its pixels lie in a way
that GDAL's rasters understand, so these are refused with a cure and not read with axes that are wrong.
"""

from __future__ import annotations

import re
from typing import Optional

from osgeo import gdal

_PRISMA = re.compile(r"PRS_\w+//?(?:[^/]+/)*Data_?\s?Fields/\w+_Cube", re.IGNORECASE)
_ALONG = "NETCDF_DIM_EXTRA"


def wrong_axis(path: str, dataset: gdal.Dataset) -> Optional[str]:
    """What GDAL takes the bands for, "columns" or "rows"; None where nothing of that kind is found.

    Parameters
    ----------
    dataset : what GDAL opens under the path.
    """
    driver = dataset.GetDriver().ShortName
    if driver == "netCDF" and (dataset.GetMetadataItem(_ALONG) or "").strip("{}") == "downtrack":
        return "columns"
    prisma = driver == "HDF5Image" and _PRISMA.search(path) and dataset.RasterYSize < dataset.RasterCount
    return "rows" if prisma else None
