"""The runs on which the engine is measured by `models.engine`: a network of the zoo on a generated pair."""

from __future__ import annotations

from pathlib import Path

from models.engine.cases import Case
from models.pansharpening.generated_pair import BANDS_UM, RATIO, pair, write_base
from rsfusion_qgis.core.basics.shipped_files import shipped_networks
from rsfusion_qgis.core.networks.card_files import read_card


def inputs(folder: Path, size: int) -> dict[str, str]:
    """Paths of a pan of `size`² pixels and its MS."""
    if not (folder / "pan.tif").is_file():
        write_base(folder)
    return pair(folder, size)


def model() -> Path:
    """The first network of the zoo."""
    return next(path for path in shipped_networks() if read_card(path).task == "pansharpening")


CASE = Case("pansharpen", inputs, {"ms": len(BANDS_UM), "pan": 1}, RATIO, model)
