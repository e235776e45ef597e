"""The rasters of the roles from what the user gave: a product, parts of one, single bands, or a stack of all bands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from ...core.basics.errors import InputError
from ...core.basics.findings import Finding
from ...core.engine.contract import MEMBER
from ...core.engine.job import Job
from ...core.rasters.band_stack import coarser_part
from ...core.rasters.merged_bands import FileBand, merged
from ...core.rasters.source import RasterSource
from ...core.sensors.sentinel2 import BANDS_M, L1C_BANDS, WAVELENGTHS_NM, band_name
from ...core.sensors.sentinel2_product import Product, Units, product_path, read_product
from .bands import CIRRUS, COARSE, FILES, FINE, METRES, PRODUCT, is_wanted

Said = tuple[Finding, ...]


@dataclass(frozen=True)
class Found:
    """A band in a file: how large its pixels are in the file's unit, and the band as it is to be read."""

    pixel: float
    band: FileBand


def complete(job: Job) -> tuple[dict[str, str], Said]:
    """See `contract.Task`: rasters for the roles of pixel sizes alone, without those of which no band is wanted."""
    inputs = dict(job.inputs)
    said: Said = ()
    for whole in (PRODUCT, FILES):
        given = [inputs.pop(name) for name in list(inputs) if name.partition(MEMBER)[0] == whole]
        if any(given):
            parameter = job.task.parameter(whole)
            made, told = _of_files([path for path in given if path], job, parameter)
            double = [job.task.parameter(role) for role in made if inputs.get(role)]
            if double:
                raise InputError(
                    f"{parameter} and {double[0]} both give bands of these pixels; leave one of them empty."
                )
            inputs.update(made)
            said += told
    inputs = {role: path for role, path in _of_fine(inputs, job).items() if path}
    if not inputs.get(FINE):
        names = f"{job.task.parameter(PRODUCT)}, {job.task.parameter(FILES)} or {job.task.parameter(FINE)}"
        raise InputError(f"{names} is missing; name a product, its files, or a raster with the bands of 10 m.")
    wanted = job.options.bands
    return {role: path for role, path in inputs.items()
            if role == FINE or any(is_wanted(name, wanted) for name in BANDS_M[METRES[role]])}, said  # fmt: skip


def _of_fine(inputs: dict[str, str], job: Job) -> dict[str, str]:
    """With the rasters that one part of a product, or one stack of all bands, implies where it is given alone."""
    pictures = [role for role, path in inputs.items() if ":TCI:" in path]
    if pictures:
        raise InputError(
            f"{job.task.parameter(pictures[0])} is '{inputs[pictures[0]]}', a picture of 8 bits; choose the part with "
            "the bands, such as the one with ':10m:' in its name."
        )
    alone = inputs.get(FINE, "")
    rest = any(inputs.get(role) for role in COARSE)
    for role in [role for role, path in inputs.items() if path and product_path(path)]:
        made = _of_files([inputs[role]], job, job.task.parameter(role))[0]
        inputs = {**inputs, **{one: path for one, path in made.items() if rest is False or one == role}}
    if not alone or rest or inputs[FINE] != alone:
        return inputs
    if alone.startswith(("SENTINEL2_L1C:", "SENTINEL2_L2A:")) and ":10m:" in alone:
        return {**inputs, **{role: alone.replace(":10m:", f":{METRES[role]}m:") for role in COARSE}}
    with RasterSource(alone, job.task.parameter(FINE)) as source:
        names = [band_name(band.description) for band in source.bands]
        grid, whole = source.grid, source.readable
    parts = {role: [place for place, name in enumerate(names) if name in BANDS_M[METRES[role]]] for role in METRES}
    if not parts[FINE] or not any(parts[role] for role in COARSE):
        return inputs
    made = {FINE: coarser_part(whole, parts[FINE], 1, grid)}
    made.update({role: coarser_part(whole, parts[role], METRES[role] // 10, grid) for role in COARSE if parts[role]})
    return {**inputs, **made}


def _of_files(given: Sequence[str], job: Job, parameter: str) -> tuple[dict[str, str], Said]:
    """Rasters by role of products and files, and what is said of them."""
    found: dict[str, Found] = {}
    said, passed = [], []
    for path in dict.fromkeys(product_path(one) or one for one in given):
        if product_path(path):
            product = read_product(path, parameter)
            said.append(Finding("product", "info", parameter, product.told))
            bands = _of_product(product)
        else:
            bands = _of_file(path, parameter)
        if not bands:
            passed.append(Path(path).name)
        for name, one in bands.items():
            if name not in found or one.pixel < found[name].pixel:
                found[name] = one
    if passed:
        words = f"{', '.join(passed[:3])}{', ...' if passed[3:] else ''} hold no band of Sentinel-2 and are left out"
        said.append(Finding("bands", "info", parameter, words))
    if not any(name in found for name in BANDS_M[METRES[FINE]]):
        raise InputError(
            f"{parameter} holds {', '.join(found) or 'no band of Sentinel-2'}; expected some of "
            f"{', '.join(BANDS_M[10])} among them, so name the product, or all its files."
        )
    return _by_role(found, job.options.bands, parameter), tuple(said)


def _of_product(product: Product) -> dict[str, Found]:
    bands = {}
    for name, path in product.files.items():
        metres = next(metres for metres, names in BANDS_M.items() if name in names)
        units = product.units.get(name, Units())
        bands[name] = Found(metres, _file_band(path, 1, name, 0.0, units))
    return bands


def _of_file(path: str, parameter: str) -> dict[str, Found]:
    """The bands of a raster that are told by their names; of a file of one band without a name, by that of the file."""
    with RasterSource(path, parameter) as source:
        pixel = min(source.grid.pixel_size)
        single = len(source.bands) == 1
        bands = {}
        for info in source.bands:
            name = band_name(info.description or info.metadata.get("", {}).get("BANDNAME", ""))
            name = name or (band_name(Path(path).stem) if single else "")
            if name and name not in bands:
                nodata = info.nodata if source.fill.value is None else None
                bands[name] = Found(pixel, _file_band(source.readable, info.index, name, nodata, Units()))
    return bands


def _file_band(path: str, number: int, name: str, nodata: float | None, units: Units) -> FileBand:
    wavelength = {"CENTRAL_WAVELENGTH_UM": f"{WAVELENGTHS_NM[name] / 1000:g}"}
    offset = None if units.scale is None else units.offset
    return FileBand(path, number, name, nodata, units.scale, offset, {"IMAGERY": wavelength})


def _by_role(found: Mapping[str, Found], wanted: Sequence[str], parameter: str) -> dict[str, str]:
    """One raster for each pixel size; bands that lie repeated on finer pixels are averaged back to their own."""
    finest = min(one.pixel for name, one in found.items() if name in BANDS_M[METRES[FINE]])
    made = {}
    for role, metres in METRES.items():
        names = [name for name in L1C_BANDS if name in found and name in BANDS_M[metres]]
        if role != FINE:
            names = [name for name in names if name != CIRRUS or CIRRUS in wanted]
        if not names:
            continue
        times = round(metres / 10 * finest / min(found[name].pixel for name in names))
        whole = merged([found[name].band for name in names], parameter)
        if times > 1:
            with RasterSource(whole, parameter) as source:
                whole = coarser_part(whole, range(len(names)), times, source.grid)
        made[role] = whole
    return made
