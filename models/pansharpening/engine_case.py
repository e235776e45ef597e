"""The runs on which the engine is measured by `models.engine`: a network of the zoo on a generated pair."""

from __future__ import annotations

from pathlib import Path

from models.engine.cases import Case
from models.pansharpening.generated_pair import BANDS_UM, RATIO, pair, write_base
from rsfusion_qgis.core.basics.shipped_files import shipped_networks
from rsfusion_qgis.core.networks.card_files import read_card
from rsfusion_qgis.core.operators.consistency import OFF
from rsfusion_qgis.core.sensors.catalogue import GENERIC
from rsfusion_qgis.tasks.pansharpening.options import NetworkOptions
from rsfusion_qgis.tasks.pansharpening.task import TASK


def inputs(folder: Path, size: int) -> dict[str, str]:
    """Paths of a pan of `size`² pixels and its MS."""
    if not (folder / "pan.tif").is_file():
        write_base(folder)
    return pair(folder, size)


def model() -> Path:
    """The first network of the zoo."""
    return next(path for path in shipped_networks() if read_card(path).task == TASK.card_task)


OPTIONS = NetworkOptions(GENERIC, consistency=OFF)
"""The network alone."""
CASE = Case(TASK, inputs, {"ms": len(BANDS_UM), "pan": 1}, RATIO, model, OPTIONS)
