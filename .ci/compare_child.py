"""The part of `compare.py` that lives inside QGIS: it runs jobs with a plugin and notes what came out.

    python compare_child.py PLUGINS INPUTS SCRATCH RESULTS NAME...

PLUGINS is the folder with the assembled plugin; a line of JSON per job is added to RESULTS. The plugin is loaded as
QGIS loads it, and nothing of it is imported by name.
"""

from __future__ import annotations

import filecmp
import hashlib
import json
import os
import re
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import compare_jobs
import numpy as np
import onnx
from osgeo import gdal, ogr
from qgis.core import (
    QgsApplication,
    QgsCoordinateReferenceSystem,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProcessingParameterDefinition,
    QgsProcessingUtils,
    QgsRasterLayer,
)

PLUGIN, INTERFACE = "rsfusion_qgis", "interface"
VOLATILE = (
    (r"(<t[hd][^>]*>Seconds</t[hd]><td[^>]*>)[^<]*", r"\1TIME"),  # how long a run took
    (r"\b\d+(\.\d+)? (s|seconds?|min|minutes?)\b", "TIME"),
    (r"('SECONDS': )[\d.]+", r"\1TIME"),  # in Processing's own line about the results
    (r"\.partial-\w{8}", ".partial-ID"),  # the folder of an unfinished result; ENVI's header keeps its name
    (r"\d{4}-\d\d-\d\d([T ]\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)?)?", "DATE"),
)
"""What differs from run to run by its nature: seconds, dates, names of temporary files."""
BY_THE_CLOCK = ("STEPS", "IMPROVED")
TEXTS = (".html", ".csv", ".json", ".xml", ".hdr", ".txt", ".vrt")


class Log(QgsProcessingFeedback):
    """Keeps what a run says; the progress is left out, since it is told at times, not at steps."""

    def __init__(self) -> None:
        super().__init__(False)
        self.lines: list[str] = []

    def pushInfo(self, info: str) -> None:
        self.lines.append(f"info: {info}")

    def pushWarning(self, warning: str) -> None:
        self.lines.append(f"warning: {warning}")

    def reportError(self, error: str, fatalError: bool = False) -> None:
        self.lines.append(f"error: {error}")

    def pushDebugInfo(self, info: str) -> None:
        self.lines.append(f"debug: {info}")


class Runner:
    """Runs jobs and describes their results.

    Parameters
    ----------
    inputs : folder of the inputs; every job works on copies of its own.
    scratch : folder for the copies, `in`, and for the results, `out`.
    plugins : folder of the plugin, for its name in texts.
    """

    def __init__(self, inputs: Path, scratch: Path, plugins: Path) -> None:
        self._inputs, self._scratch = inputs, scratch
        named = {plugins: "PLUGINS", plugins.parent: "ROOT", scratch: "SCRATCH", inputs: "WORK"}
        self._known = {str(path): name for path, name in named.items()}
        self._names = self._known

    def run(self, job: compare_jobs.Job) -> dict[str, Any]:
        """Run one, as the toolbox does: the checks, then the run; what the checks refuse is also run without them."""
        import processing

        given, out = (self._scratch / kind / re.sub(r"\W+", "_", job.name) for kind in ("in", "out"))
        copied = self._copied(job, given)
        out.mkdir(parents=True)
        self._names = {str(out): "OUT", str(given): "IN", **self._known}
        places = {"<": given, ">": out, "@": given}
        values = {name: compare_jobs.replaced(value, lambda text: _value(text, places))
                  for name, value in job.parameters.items() if value is not None}  # fmt: skip
        log, context = Log(), QgsProcessingContext()
        algorithm = QgsApplication.processingRegistry().createAlgorithmById(f"rsfusion:{job.algorithm}")
        found: dict[str, Any] = {"check": self._masked(algorithm.checkParameterValues(values, context)[1])}
        try:
            if found["check"]:
                found["ran all the same"] = algorithm.create().run(values, context, log, {}, False)[1]
            else:
                results = processing.run(algorithm.id(), values, feedback=log, context=context)
                found["results"] = self._results(results, job.loose)
        except QgsProcessingException as error:
            found["error"] = self._masked(str(error))
        if not job.loose:
            found["log"] = "\n".join(self._masked(line) for line in log.lines)
        found["inputs changed"] = [file.name for file in copied if not filecmp.cmp(file, given / file.name, False)]
        found["files"] = {path.name: self._file(path, job.loose) for path in sorted(out.iterdir())}
        return found

    def _copied(self, job: compare_jobs.Job, folder: Path) -> list[Path]:
        """Copy what a job reads, and what lies beside that, since QGIS writes `.aux.xml` files at times of its own."""
        named = [name for value in job.parameters.values() for name in compare_jobs.files(value)]
        files = [file for name in sorted(set(named)) for file in sorted(self._inputs.glob(f"{name}*"))]
        folder.mkdir(parents=True)
        for file in files:
            shutil.copyfile(file, folder / file.name)
        return [file for file in files if file.suffix != ".gpkg"]  # SQLite may write into a file that it only reads

    def _results(self, results: dict[str, Any], loose: bool) -> dict[str, Any]:
        """Numbers and strings; of a loose job only the numbers that its inputs fix."""
        kept = {}
        for name, value in sorted(results.items()):
            if name == "SECONDS":
                continue
            if loose and (name in BY_THE_CLOCK or (isinstance(value, float) and value != -1)):
                kept[name] = type(value).__name__
            elif isinstance(value, (int, float)):
                kept[name] = value
            else:
                kept[name] = self._masked(str(value))
        return kept

    def _masked(self, text: str) -> str:
        temporary = {str(QgsProcessingUtils.tempFolder()): "TEMP", QgsApplication.qgisSettingsDirPath(): "PROFILE/"}
        for path, name in {**self._names, **temporary}.items():
            text = text.replace(path, name)
        text = re.sub(r"TEMP/[0-9a-f]{32}", "TEMP/ID", text)
        text = re.sub(r"data:image/png;base64,([A-Za-z0-9+/=]+)", lambda found: f"PNG {_sha(found[1].encode())}", text)
        for pattern, word in VOLATILE:
            text = re.sub(pattern, word, text)
        return text

    def _file(self, path: Path, loose: bool) -> Any:
        if path.is_dir():
            return "a folder"
        if path.suffix == ".onnx":
            return self._network(path)
        if path.suffix == ".gpkg":
            return list(_features(path))
        if path.suffix in TEXTS:
            text = self._masked(path.read_text(encoding="utf-8"))
            return "\n".join(re.findall(r"<h\d>.*?</h\d>|<th[^>]*>[^<]*", text)) if loose else text
        dataset = gdal.Open(str(path))
        return self._raster(dataset) if dataset else f"{_sha(path.read_bytes())}"

    def _network(self, path: Path) -> dict[str, Any]:
        """The ends of the graph and the card; numbers, which the clock decides in a training, are left out."""
        model = onnx.load(str(path))
        ends = {name: [_shape(one) for one in getattr(model.graph, name)] for name in ("input", "output")}
        texts = {entry.key: entry.value for entry in model.metadata_props}
        cards = {key: _without_numbers(json.loads(text)) if text[:1] == "{" else _without_numbers(text)
                 for key, text in sorted(texts.items())}  # fmt: skip
        return {**ends, "metadata": cards}

    def _raster(self, dataset: Any) -> dict[str, Any]:
        bands = [dataset.GetRasterBand(number + 1) for number in range(dataset.RasterCount)]
        return {
            "driver": dataset.GetDriver().ShortName,
            "size": [dataset.RasterXSize, dataset.RasterYSize, dataset.RasterCount],
            "geotransform": list(dataset.GetGeoTransform()),
            "projection": dataset.GetProjection(),
            "points": dataset.GetGCPCount(),
            "metadata": self._metadata(dataset),
            "bands": [self._band(band) for band in bands],
        }

    def _band(self, band: Any) -> dict[str, Any]:
        table = band.GetColorTable()
        overviews = [band.GetOverview(k) for k in range(band.GetOverviewCount())]
        return {
            "type": gdal.GetDataTypeName(band.DataType),
            "pixels": _pixels(band),
            "range": _range(band),
            "nodata": repr(band.GetNoDataValue()),
            "mask": [band.GetMaskFlags(), _pixels(band.GetMaskBand())],
            "description": band.GetDescription(),
            "scale": [band.GetScale(), band.GetOffset(), band.GetUnitType()],
            "colour": gdal.GetColorInterpretationName(band.GetColorInterpretation()),
            "colours": [list(table.GetColorEntry(k)) for k in range(table.GetCount())] if table else None,
            "categories": band.GetCategoryNames(),
            "table": _attributes(band.GetDefaultRAT()),
            "block": band.GetBlockSize(),
            "overviews": [_pixels(one) for one in overviews],
            "metadata": self._metadata(band),
        }

    def _metadata(self, thing: Any) -> dict[str, Any]:
        """All domains; that of derived data sets only repeats the file's name."""
        domains = sorted({"", *(thing.GetMetadataDomainList() or [])} - {"DERIVED_SUBDATASETS"})
        return {domain: self._domain(thing, domain) for domain in domains}

    def _domain(self, thing: Any, domain: str) -> Any:
        if domain.startswith(("xml:", "json:")):
            return self._masked("\n".join(thing.GetMetadata_List(domain) or []))
        return {key: self._masked(value) for key, value in sorted(thing.GetMetadata_Dict(domain).items())}


def interface() -> dict[str, Any]:
    """Everything that users see of the algorithms before a run."""
    provider = QgsApplication.processingRegistry().providerById("rsfusion")
    found: dict[str, Any] = {"provider": [provider.id(), provider.name(), provider.longName()]}
    for algorithm in sorted(provider.algorithms(), key=lambda one: one.id()):
        told = (algorithm.displayName(), algorithm.group(), algorithm.groupId(), int(algorithm.flags()))
        found[algorithm.id()] = {
            "told": [*told, algorithm.tags()],
            "help": algorithm.shortHelpString(),
            "parameters": {one.name(): _definition(one) for one in algorithm.parameterDefinitions()},
            "order": [one.name() for one in algorithm.parameterDefinitions()],
            "outputs": {one.name(): [one.type(), one.description()] for one in algorithm.outputDefinitions()},
        }
    return found


def _definition(one: QgsProcessingParameterDefinition) -> dict[str, Any]:
    more = {name: getattr(one, name)() for name in ("options", "minimum", "maximum") if hasattr(one, name)}
    return {"type": one.type(), "described": one.description(), "help": one.help(), "flags": int(one.flags()),
            "default": repr(one.defaultValue()), **{name: repr(value) for name, value in more.items()}}  # fmt: skip


def _value(value: str, places: dict[str, Path]) -> Any:
    """What the algorithm gets for a text with a mark, see `compare_jobs`."""
    path = str(places[value[0]] / value[1:])
    if value[0] != "@":
        return path
    layer = QgsRasterLayer(path, "a layer")
    layer.setCrs(QgsCoordinateReferenceSystem("EPSG:32632"))
    return layer


def _sha(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _pixels(band: Any) -> str:
    return _sha(bytes(band.ReadRaster(0, 0, band.XSize, band.YSize)))


def _range(band: Any) -> list[str]:
    """Smallest, largest, mean and deviation, to tell how large a difference is."""
    data = band.ReadRaster(0, 0, band.XSize, band.YSize, buf_type=gdal.GDT_Float64)
    values = np.frombuffer(data, "f8")
    values = values[np.isfinite(values)]
    numbers = (values.min(), values.max(), values.mean(), values.std()) if len(values) else ()
    return [f"{number:.9g}" for number in numbers]


def _attributes(table: Any) -> Any:
    if table is None:
        return None
    columns = range(table.GetColumnCount())
    heads = [[table.GetNameOfCol(c), table.GetTypeOfCol(c), table.GetUsageOfCol(c)] for c in columns]
    return [heads, [[table.GetValueAsString(row, c) for c in columns] for row in range(table.GetRowCount())]]


def _features(path: Path) -> Iterator[Any]:
    source = ogr.Open(str(path))
    for layer in (source.GetLayer(k) for k in range(source.GetLayerCount())):
        reference, definition = layer.GetSpatialRef(), layer.GetLayerDefn()
        fields = [definition.GetFieldDefn(k) for k in range(definition.GetFieldCount())]
        yield [layer.GetName(), reference and reference.ExportToWkt(), [[f.GetName(), f.GetTypeName()] for f in fields]]
        for feature in layer:
            yield [feature.GetGeometryRef().ExportToWkt(), feature.items()]


def _shape(one: Any) -> list[Any]:
    named = [axis.dim_param or axis.dim_value for axis in one.type.tensor_type.shape.dim]
    return [one.name, one.type.tensor_type.elem_type, ["free" if "_dim_" in str(name) else name for name in named]]


def _without_numbers(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _without_numbers(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_without_numbers(one) for one in value]
    if isinstance(value, str):
        return re.sub(r"\b[0-9a-f]{16,}\b|\d+(\.\d+)?(e[-+]?\d+)?", "#", value)
    return value if isinstance(value, bool) or value is None else "#"


def start(plugins: Path) -> Any:
    """Start QGIS without a window, Processing, and the plugin; returns the application."""
    application = QgsApplication([], False)
    application.initQgis()
    sys.path.insert(0, str(Path(QgsApplication.pkgDataPath()) / "python" / "plugins"))
    import qgis.utils
    from processing.core.Processing import Processing

    Processing.initialize()
    sys.path.insert(0, str(plugins))
    qgis.utils.plugin_paths = [str(plugins)]
    qgis.utils.updateAvailablePlugins()
    if not (qgis.utils.loadPlugin(PLUGIN) and qgis.utils.startProcessingPlugin(PLUGIN)):
        raise SystemExit(f"The plugin in {plugins} does not load.")
    return application


def main(plugins: str, inputs: str, scratch: str, results: str, *names: str) -> None:
    """Run the jobs of these names."""
    application = start(Path(plugins))
    runner = Runner(Path(inputs), Path(scratch), Path(plugins))
    jobs = {job.name: job for job in (compare_jobs.FIRST_TRAINING, *compare_jobs.all_jobs())}
    for name in names:
        found = interface() if name == INTERFACE else runner.run(jobs[name])
        with open(results, "a", encoding="utf-8") as stream:
            stream.write(json.dumps({"name": name, "found": found}, default=str) + "\n")
    assert application
    sys.stdout.flush()
    os._exit(0)  # else QGIS's end may crash on data sets that Python still holds


if __name__ == "__main__":
    main(*sys.argv[1:])
