"""`rsfusion:describemodel` and `rsfusion:checkmodel`: a card for a network that has none, and whether it holds."""

from __future__ import annotations

import html
import json
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from qgis.core import (
    QgsProcessingContext,
    QgsProcessingOutputNumber,
    QgsProcessingOutputString,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterFile,
    QgsProcessingParameterString,
)

from ..core.basics.errors import InputError, OutputError, RsFusionError
from ..core.basics.pending_file import pending_files, write_text
from ..core.engine.contract import Task
from ..core.engine.described_rows import Proposal, Wishes
from ..core.engine.describing import propose
from ..core.engine.model_trial import FAILED, Check, assigned, checks, costs, generated_rasters, trial_job
from ..core.engine.run import run
from ..core.engine.trial_pictures import shown
from ..core.networks.card import ModelCard
from ..core.networks.card_files import card_from_document, card_to_text, read_card
from ..core.networks.card_writing import require_cardless, with_card
from ..core.networks.onnx_file import inspect
from ..core.rasters.background import Relay, in_background
from ..core.reports.page import heading, listing, page, paragraph, table
from ..tasks import all_tasks
from .base_algorithm import BaseAlgorithm
from .describe_parameters import (
    FOUND,
    INPUT_COLUMNS,
    OUTPUT_COLUMNS,
    RASTERS,
    describing_parameters,
    input_cells,
    output_cells,
    read_wishes,
    tasks_with_networks,
)
from .feedback import FeedbackMonitor
from .layers import gdal_source, source_as_placed
from .parameters import (
    MODEL,
    MODEL_FILE,
    REPORT,
    SeriesParameter,
    advanced,
    choice,
    helped,
    model_file_parameter,
    model_parameter,
    report_parameter,
    text_value,
)
from .zoo import find_network
from .zoo_algorithms import FILE, NAME, OVERWRITE, place_in_zoo

Parameters = dict[str, Any]
SAVE, INSTALL, CARD = "SAVE", "INSTALL", "CARD"
NOWHERE, BESIDE, INSIDE = "nowhere", "beside the file", "inside a copy"
DOUBTS, VERDICT, CHECKS = "DOUBTS", "VERDICT", "CHECKS"


@dataclass(frozen=True)
class _Asked:
    """What a run was asked for, taken on the main thread."""

    path: Path
    wishes: Wishes
    rasters: tuple[str, ...]
    save: str
    install: bool
    name: str
    overwrite: bool
    report: str


class DescribeModelAlgorithm(BaseAlgorithm):
    """Proposes a card for any ONNX file, tries it, shows it, and writes it where wished."""

    ID, LABEL, GROUP = "describemodel", "Describe a network", "Models"
    HELP = (
        "Writes the card that a network of your own needs. It reads the graph, runs it within limits of time and "
        "memory, and "
        "proposes the task, the role, layout and pixel ratio of each input, how far the network looks (a pixel is "
        "changed, "
        "and what changes is measured) and what sides its tiles may have. What the graph does not tell, it asks in one "
        "sentence each.\n\n"
        "Correct the tables INPUTS and OUTPUTS, and run it again. It then runs the network on RASTERS, or on a made-up "
        "scene, and the report shows what comes out. SAVE writes the card beside the file, or into a copy of it. "
        "INSTALL "
        "puts the network into your list."
    )
    TAGS = ("model", "network", "card", "onnx", "export", "pytorch", "keras", "import")
    WORDS: Mapping[str, Mapping[str, str]] = {
        "TASK": {FOUND: "As found"},
        SAVE: {NOWHERE: "Do not write it", BESIDE: "Beside the file", INSIDE: "Into a copy of the file"},
    }

    def initAlgorithm(self, configuration: Parameters | None = None) -> None:
        """Declare the parameters and results."""
        file = QgsProcessingParameterFile(MODEL_FILE, "Network file", extension="onnx")
        self.addParameter(helped(file, "An .onnx file without a card."))
        for one in describing_parameters():
            self.addParameter(one)
        name = QgsProcessingParameterString(NAME, "Name of the network (empty: that of the file)", "", optional=True)
        install = QgsProcessingParameterBoolean(INSTALL, "Put it into the list of networks", False)
        again = QgsProcessingParameterBoolean(OVERWRITE, "Replace what has this name", False)
        self.addParameter(helped(name, "Letters, digits, underscores and hyphens."))
        self.addParameter(choice(SAVE, "Write the card", (NOWHERE, BESIDE, INSIDE), NOWHERE,
                                 "beside the file: as .json with the same name. inside a copy: into a copy of the "
                                 "network, "
                                 "which is called as the file with _card."))  # fmt: skip
        self.addParameter(helped(install, "Under the name above; the card goes into the copy."))
        self.addParameter(advanced(helped(again, "Otherwise what has this name is left alone.")))
        self.addParameter(report_parameter("The card, what there is to ask, and pictures of the trial, as a page for "
                                           "the "
                                           "browser."))  # fmt: skip
        for key, label in _TEXTS.items():
            self.addOutput(QgsProcessingOutputString(key, label))
        for key, label in _NUMBERS.items():
            self.addOutput(QgsProcessingOutputNumber(key, label))

    def _take(self, parameters: Parameters, context: QgsProcessingContext) -> _Asked:
        path = Path(text_value(self, parameters, MODEL_FILE, context))
        if not path.is_file():
            raise InputError(f"{MODEL_FILE} is '{path}', but there is no such file; give the path of an .onnx file.")
        name = text_value(self, parameters, NAME, context).strip()
        asked = _Asked(
            path, read_wishes(self, parameters, context, name), _rasters(self, parameters, context),
            text_value(self, parameters, SAVE, context), self.parameterAsBool(parameters, INSTALL, context), name,
            self.parameterAsBool(parameters, OVERWRITE, context),
            self.parameterAsFileOutput(parameters, REPORT, context),
        )  # fmt: skip
        _targets(asked)
        return asked

    def _check_run(self, parameters: Parameters, context: QgsProcessingContext) -> None:
        self._take(parameters, context)

    def _work(
        self, taken: _Asked, parameters: Parameters, context: QgsProcessingContext, monitor: FeedbackMonitor
    ) -> Parameters:
        """Propose, try, show, write."""
        return in_background(lambda relay: _described(taken, relay), monitor)


_TEXTS = {
    "TASK": "Task of the network", CARD: "The card, a STAC item", "INPUTS": "Table of inputs, JSON",
    "OUTPUTS": "Table of outputs, JSON", DOUBTS: "What does not fit, or is a guess", FILE: "Path of the card or of "
                                                                                           "the copy",
    MODEL: "Name in the list",
}  # fmt: skip
_NUMBERS = {"HALO": "Halo, pixels", "MULTIPLE_OF": "Sides of tiles are a multiple of", "MARGIN": "Margin, pixels",
            "WINDOW": "Side of windows, pixels"}  # fmt: skip


def _targets(asked: _Asked) -> dict[str, Path]:
    """Where files are to be written: what it is -> path.

    Raises
    ------
    InputError, ModelError
        A name cannot be used or is taken, or the file has a card.
    """
    require_cardless(asked.path)
    found: dict[str, Path] = {}
    if asked.save == BESIDE:
        found["the card"] = asked.path.with_suffix(".json")
    elif asked.save == INSIDE:
        found["the copy"] = asked.path.with_name(f"{asked.path.stem}_card.onnx")
    for _what, path in found.items():
        if path.exists() and not asked.overwrite:
            raise InputError(f"{SAVE}: '{path}' is there already; set {OVERWRITE}, or move it away.")
    if asked.install:
        if inspect(asked.path).external:
            raise InputError(f"{MODEL_FILE} '{asked.path.name}' keeps its weights in other files, but a network of "
                             "the list is "
                             "one file; export it with its weights inside.")  # fmt: skip
        found[MODEL] = place_in_zoo(asked.name or asked.path.stem, asked.overwrite)
    return found


def _described(asked: _Asked, monitor: Relay) -> Parameters:
    found = propose(asked.path, all_tasks(), monitor, asked.wishes)
    card = card_from_document(found.fields)
    monitor.progress(0.4)
    _tell(found, card, monitor)
    pictures, trouble = _tried(asked, found.task, card, monitor)
    if trouble:
        found.doubts.append(f"The trial failed: {trouble}")
        monitor.warning(found.doubts[-1])
    text = card_to_text(card, f"./{asked.path.name}", asked.path.stat().st_size)
    if asked.report:
        write_text(asked.report, _page(found, card, pictures, text, bool(asked.rasters)), REPORT)
    if trouble and (asked.save != NOWHERE or asked.install):
        raise InputError(f"The network was not saved, since its trial failed ({trouble.rstrip('.')}); correct "
                         f"INPUTS or "
                         f"OUTPUTS, or leave {SAVE} and {INSTALL} off.")  # fmt: skip
    results: Parameters = {
        "TASK": card.task, CARD: text, "INPUTS": json.dumps(input_cells(found.inputs)),
        "OUTPUTS": json.dumps(output_cells(found.outputs)), DOUBTS: "\n".join(found.doubts), "HALO": card.halo,
        "MULTIPLE_OF": card.multiple_of, "MARGIN": card.margin, "WINDOW": card.window,
    }  # fmt: skip
    for what, path in _write(asked, text).items():
        results[FILE] = str(path)
        if what == MODEL:
            results[MODEL] = path.stem
        monitor.info(f"Written: {path}")
    return {**results, **({REPORT: asked.report} if asked.report else {})}


def _tell(found: Proposal, card: ModelCard, monitor: Relay) -> None:
    monitor.info(f"Task: {card.task}. Halo {card.halo}, tiles in multiples of {card.multiple_of}, margin "
                 f"{card.margin}, "
                 f"window {card.window}.")  # fmt: skip
    for columns, rows in ((INPUT_COLUMNS, input_cells(found.inputs)), (OUTPUT_COLUMNS, output_cells(found.outputs))):
        monitor.info(" | ".join(columns))
        for row in rows:
            monitor.info(" | ".join(row))
    for doubt in found.doubts:
        monitor.warning(doubt)


def _tried(asked: _Asked, task: Task, card: ModelCard, monitor: Relay) -> tuple[str, str]:
    """Pictures of a run, as markup; or what went wrong."""
    with TemporaryDirectory(prefix="rsfusion-") as folder:
        try:
            rasters = (assigned(task, card, asked.rasters) if asked.rasters else
                       generated_rasters(task, card, Path(folder)))  # fmt: skip
            job = trial_job(task, asked.path, card, rasters, str(Path(folder) / "output.tif"))
            result = run(job, monitor)
        except RsFusionError as error:
            return "", str(error)
        classes = "OUTPUT" if card.outputs[0].classes else ""
        named = {task.parameter(role): path for role, path in job.inputs.items()}
        for finding in result.findings:
            monitor.info(finding.sentence)
        return shown({**named, "OUTPUT": result.output}, classes), ""


def _page(found: Proposal, card: ModelCard, pictures: str, text: str, given: bool) -> str:
    where = "the rasters" if given else "a made-up scene"
    parts = [paragraph(f"A network for {card.task}; it looks {card.halo} pixels around."),
             heading("Inputs"), table(input_cells(found.inputs), INPUT_COLUMNS),
             heading("Outputs"), table(output_cells(found.outputs), OUTPUT_COLUMNS)]  # fmt: skip
    if found.doubts:
        parts += [heading("To be checked"), listing(found.doubts)]
    if pictures:
        parts += [heading(f"What it makes of {where}"), pictures]
    return page(card.name, *parts, heading("Card"), f"<pre>{html.escape(text)}</pre>")


def _write(asked: _Asked, text: str) -> dict[str, Path]:
    """All files, or none."""
    targets = _targets(asked)
    for path in targets.values():
        path.parent.mkdir(parents=True, exist_ok=True)
    if not targets:
        return {}
    with pending_files({what: str(path) for what, path in targets.items()}) as places:
        for what, place in places.items():
            try:
                place.write_bytes(text.encode("utf-8") if what == "the card" else with_card(asked.path, text))
            except OSError as error:
                raise OutputError(
                    f"{what}: '{targets[what]}' cannot be written ({error.strerror}); free some space or choose "
                    "another folder."
                ) from None
    return targets


def _rasters(algorithm: BaseAlgorithm, parameters: Parameters, context: QgsProcessingContext) -> tuple[str, ...]:
    layers = algorithm.parameterAsLayerList(parameters, RASTERS, context) if parameters.get(RASTERS) else []
    return tuple(source_as_placed(layer, gdal_source(RASTERS, layer, "")) for layer in layers)


class CheckModelAlgorithm(BaseAlgorithm):
    """Whether a network keeps to its card: a table and a verdict."""

    ID, LABEL, GROUP = "checkmodel", "Check a network", "Models"
    HELP = (
        "Runs a network in all ways that its card promises: in small tiles, on a part of the rasters, with holes in "
        "them, "
        "and without the rasters that it can do without. It also measures time, memory and operations. The log and the "
        "report have a table. Where a check fails, the run fails.\n\n"
        "RASTERS are your own, in the order of the card's inputs. Without them a made-up scene is used."
    )
    TAGS = ("model", "network", "card", "onnx", "test", "contract", "tiles", "quality")

    def initAlgorithm(self, configuration: Parameters | None = None) -> None:
        """Declare the parameters and results."""
        self.addParameter(model_parameter(""))
        self.addParameter(model_file_parameter())
        from qgis.core import QgsProcessing

        kind = QgsProcessing.SourceType.TypeRaster
        self.addParameter(helped(SeriesParameter(RASTERS, "Rasters", kind, None, True), "In the order of the card's "
                                                                                        "inputs. "
                                                                                        "Empty: a made-up scene."))
        self.addParameter(report_parameter("The table of checks as a page for the browser."))
        self.addOutput(QgsProcessingOutputString(VERDICT, "passed"))
        self.addOutput(QgsProcessingOutputString(CHECKS, "Checks, JSON"))

    def _take(self, parameters: Parameters, context: QgsProcessingContext) -> tuple[Path, tuple[str, ...], str]:
        path = find_network("", *(text_value(self, parameters, name, context) for name in (MODEL, MODEL_FILE)))
        read_card(path)
        return path, _rasters(self, parameters, context), self.parameterAsFileOutput(parameters, REPORT, context)

    def _check_run(self, parameters: Parameters, context: QgsProcessingContext) -> None:
        self._take(parameters, context)

    def _work(
        self, taken: tuple[Path, tuple[str, ...], str], parameters: Parameters, context: QgsProcessingContext,
        monitor: FeedbackMonitor,
    ) -> Parameters:  # fmt: skip
        """Do the checks; raises where one fails."""
        return in_background(lambda relay: _checked(*taken, relay), monitor)


def _checked(path: Path, given: tuple[str, ...], report: str, monitor: Relay) -> Parameters:
    card = read_card(path)
    task = next(one for one in tasks_with_networks() if one.card_task == card.task)
    with ExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory(prefix="rsfusion-")))
        rasters = assigned(task, card, given) if given else generated_rasters(task, card, folder)
        made = checks(trial_job(task, path, card, rasters, ""), monitor, folder)
    found, rows = costs(path, card, monitor)
    if found is not None and found.reach_px is not None and not card.window:
        fits = found.reach_px <= card.halo
        words = f"it sees {found.reach_px} pixels around, the card says {card.halo}"
        made.append(Check("The halo is large enough", "passed" if fits else FAILED, words))
    failed = [one for one in made if one.verdict == FAILED]
    for one in made:
        (monitor.warning if one in failed else monitor.info)(f"{one.verdict:>15}  {one.name}: {one.found}")
    for key, value in rows:
        monitor.info(f"{key}: {value}")
    if report:
        lines = [(one.name, one.verdict, one.found) for one in made]
        verdict = f"{len(failed)} of {len(made)} checks failed." if failed else "All checks passed."
        write_text(report, page(card.name, paragraph(verdict), table(lines, ("check", "verdict", "found")),
                                heading("Costs"), table(rows)), REPORT)  # fmt: skip
    if failed:
        raise InputError(f"MODEL '{card.name}' failed {len(failed)} of {len(made)} checks; the first is "
                         f"'{failed[0].name}' "
                         f"({failed[0].found.rstrip('.')}); correct its card or the network.")  # fmt: skip
    told = json.dumps([[one.name, one.verdict, one.found] for one in made])
    return {VERDICT: "passed", CHECKS: told, **({REPORT: report} if report else {})}
