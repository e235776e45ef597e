"""Windowed writing of the result: beside its final name first, under it only when it is complete.

A run works in a folder of its own (see `pending_output`); `commit` moves what it made into place, `abort` removes
the folder. Only WriteRaster is used (see raster_io).
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Callable, Optional

import numpy as np
from osgeo import gdal

from ..basics.pending_file import PendingFile, move_all
from ..grid.grid import Grid, Window
from .class_spec import ClassSpec
from .class_table import write_class_table
from .formats import check_options, copy_options, driver_for, gtiff_options
from .gdal_calls import GdalFailure, close, copied, gdal_failures
from .pending_output import PendingRaster
from .source import BandInfo


@dataclass(frozen=True)
class OutputProfile:
    """What the result looks like, apart from its pixels.

    Attributes
    ----------
    grid : Grid
    bands : tuple of BandInfo
        Descriptions, scale, offset, colours, metadata to carry over; `data_type` is not used.
    data_type : str
        GDAL's name.
    nodata : float or None
        Written to all bands; None = no pixel is marked by value.
    mask_kind : str
        "none", "nodata", "alpha" (a further band) or "mask" (an internal mask).
    metadata : dict
        domain -> {key: value} of the data set.
    classes : tuple of ClassSpec
        What the values of the first band mean: its colours, names and attribute table; () = they are no classes.
    """

    grid: Grid
    bands: tuple[BandInfo, ...]
    data_type: str
    nodata: Optional[float] = None
    mask_kind: str = "none"
    metadata: dict[str, dict[str, str]] = field(default_factory=dict)
    classes: tuple[ClassSpec, ...] = ()


class RasterSink:
    """A result being written.

    Parameters
    ----------
    path : str
        Final name.
    profile : OutputProfile
    output_format : str
        GDAL driver; "" = by the file's ending.
    creation_options : tuple of str
        "KEY=VALUE" for that driver; they win over ours.
    parameter : str
        The user's, for messages.

    Raises
    ------
    OutputError
        The folder does not exist or cannot be written, or GDAL cannot write the format.
    InputError
        The driver has no such creation option.
    """

    def __init__(
        self, path: str, profile: OutputProfile, output_format: str = "", creation_options: tuple[str, ...] = (),
        parameter: str = "OUTPUT",
    ) -> None:  # fmt: skip
        self.profile, self.options = profile, creation_options
        self.driver = driver_for(path, output_format, parameter)
        check_options(self.driver, creation_options)
        self.pending = PendingRaster(path, parameter)
        self.work_file = self.pending.file if self.driver == "GTiff" else self.pending.folder / ".work.tif"
        try:
            self.dataset = self.pending.guard(self._create)
        except BaseException:
            self.pending.discard()
            raise

    def _create(self) -> gdal.Dataset:
        profile = self.profile
        count = len(profile.bands) + (profile.mask_kind == "alpha")
        gdal_type = gdal.GetDataTypeByName(profile.data_type)
        dataset = gdal.GetDriverByName("GTiff").Create(
            str(self.work_file),
            profile.grid.width,
            profile.grid.height,
            count,
            gdal_type,
            options=self._gtiff_options(),
        )
        if dataset is None:
            raise GdalFailure(" ".join(gdal.GetLastErrorMsg().split()) or "unknown error")
        if profile.grid.is_georeferenced:
            dataset.SetGeoTransform(profile.grid.geotransform)
        if profile.grid.crs_wkt:
            dataset.SetProjection(profile.grid.crs_wkt)
        for domain, entries in profile.metadata.items():
            dataset.SetMetadata(entries, domain)
        for i, info in enumerate(profile.bands):
            _describe(dataset.GetRasterBand(i + 1), info, profile.nodata)
        if profile.classes:
            write_class_table(dataset.GetRasterBand(1), profile.classes)
        if profile.mask_kind == "alpha":
            dataset.GetRasterBand(count).SetColorInterpretation(gdal.GCI_AlphaBand)
        if profile.mask_kind == "mask":
            self._create_mask(dataset)
        return dataset

    @staticmethod
    def _create_mask(dataset: gdal.Dataset) -> None:
        key = "GDAL_TIFF_INTERNAL_MASK"
        before = gdal.GetThreadLocalConfigOption(key)
        gdal.SetThreadLocalConfigOption(key, "YES")
        try:
            dataset.CreateMaskBand(gdal.GMF_PER_DATASET)
        finally:
            gdal.SetThreadLocalConfigOption(key, before)

    def _gtiff_options(self) -> list[str]:
        wanted = self.options if self.driver == "GTiff" else ("COMPRESS=NONE",)
        bands, alpha = self.profile.bands, self.profile.mask_kind == "alpha"
        colours = [band.color_interpretation for band in bands]
        return gtiff_options(len(bands), self.profile.data_type, wanted, colours, alpha)

    def write(self, window: Window, values: np.ndarray, valid: np.ndarray) -> None:
        """Write a window of the output.

        Parameters
        ----------
        window : Window
            In the output's own pixels.
        values : ndarray
            (bands, rows, cols) of the output's data type, invalid pixels already hold nodata.
        valid : ndarray
            (rows, cols) bool, for the alpha band or the mask.
        """
        self.pending.guard(self._write, window, values, valid)

    def _write(self, window: Window, values: np.ndarray, valid: np.ndarray) -> None:
        where = (window.col_off, window.row_off, window.width, window.height)
        gdal_type = gdal.GetDataTypeByName(self.profile.data_type)
        if self.profile.mask_kind == "alpha":
            top = np.iinfo(values.dtype).max if values.dtype.kind in "iu" else 255
            alpha = np.where(valid, top, 0).astype(values.dtype)
            values = np.concatenate([values, alpha[None]])
        self.dataset.WriteRaster(
            *where, np.ascontiguousarray(values).tobytes(), buf_type=gdal_type,
            band_list=list(range(1, len(values) + 1)),
        )  # fmt: skip
        if self.profile.mask_kind == "mask":
            mask = np.where(valid, 255, 0).astype(np.uint8).tobytes()
            self.dataset.GetRasterBand(1).GetMaskBand().WriteRaster(*where, mask, buf_type=gdal.GDT_Byte)

    def release_blocks(self) -> None:
        """Write out and drop GDAL's blocks; called after every tile, which is made of whole blocks."""
        self.pending.guard(self._flush)

    def _flush(self) -> None:
        self.dataset.FlushCache()

    def commit(self, watch: Optional[Callable[[float], None]] = None) -> None:
        """Finish the file and put it (and its companions) under the final name.

        Parameters
        ----------
        watch : called with the share of a conversion into another format that is done; may raise to stop.
        """
        commit_all((self,), watch)

    def finish(self, watch: Optional[Callable[[float], None]] = None) -> None:
        """Complete the file, still beside its final name; `watch` as in `commit`. Harmless when repeated."""
        if self.dataset is not None:
            self.pending.guard(self._finish, watch)

    def _finish(self, watch: Optional[Callable[[float], None]]) -> None:
        self._flush()
        self._close()
        if self.driver != "GTiff":
            self._convert(watch)
        self.pending.check_room()
        if self.driver != "GTiff":
            self.work_file.unlink()

    def _close(self) -> None:
        dataset, self.dataset = self.dataset, None
        close(dataset)

    def _convert(self, watch: Optional[Callable[[float], None]]) -> None:
        """Copy the work file into the format that was asked for."""
        source = gdal.OpenEx(str(self.work_file), gdal.OF_RASTER)
        options = copy_options(self.driver, self.options)
        try:
            copied(source, str(self.pending.file), self.driver, options, watch)
        finally:
            del source  # an error that is kept would keep the work file open

    def abort(self) -> None:
        """Remove whatever was written; harmless after `commit`."""
        with suppress(GdalFailure), gdal_failures():
            self._close()
        self.pending.discard()


def commit_all(
    sinks: Sequence[RasterSink], watch: Optional[Callable[[float], None]] = None, others: Sequence[PendingFile] = ()
) -> None:
    """Finish several results and put them, and further complete files, under their names: all of them or none.

    Raises
    ------
    OutputError
        One cannot be finished, or not get its name; what stood under the names before still does.
    """
    try:
        for sink in sinks:
            sink.finish(watch)
        move_all([*(sink.pending for sink in sinks), *others])
    finally:
        for sink in sinks:
            sink.abort()


def _describe(band: gdal.Band, info: BandInfo, nodata: Optional[float]) -> None:
    if info.description:
        band.SetDescription(info.description)
    if info.unit:
        band.SetUnitType(info.unit)
    if info.scale is not None and info.scale != 1:
        band.SetScale(info.scale)
    if info.offset is not None and info.offset != 0:
        band.SetOffset(info.offset)
    band.SetColorInterpretation(info.color_interpretation)  # "undefined" too: GDAL takes four bytes for RGB and alpha
    for domain, entries in info.metadata.items():
        band.SetMetadata(entries, domain)
    if nodata is not None:
        band.SetNoDataValue(nodata)
