"""No text in core, in the provider or in the common training code is the name of a task, of a role, or of an algorithm.

What may be named is derived from the tasks; docstrings are prose and may say anything.
"""

from __future__ import annotations

import ast
from pathlib import Path

from rsfusion_qgis.core.engine.contract import COARSE, FINE
from rsfusion_qgis.tasks import all_tasks

ROOT = Path(__file__).parents[2]
HOUSES = ("rsfusion_qgis/core", "rsfusion_qgis/processing_provider", "models/common")
TAGS = {FINE, COARSE, "truth"}
BAND, SEARCHED, PEAK, FEATURE = (
    "a band of Sentinel-2, cirrus", "a word that people search for", "a way to measure a shift", "a feature of LiDAR"
)
FOREIGN = {
    ("rsfusion_qgis/core/alignment/shift/residual_shift.py", "intensity"): PEAK,
    ("rsfusion_qgis/core/sensors/clouds/cloud_tests.py", "B10"): BAND,
    ("rsfusion_qgis/core/sensors/clouds/scene.py", "B10"): BAND,
    ("rsfusion_qgis/core/sensors/lidar/feature.py", "intensity"): FEATURE,
    ("rsfusion_qgis/core/sensors/lidar/intensity.py", "intensity"): FEATURE,
    ("rsfusion_qgis/core/sensors/sentinel2.py", "B10"): BAND,
    ("rsfusion_qgis/processing_provider/assess_classification_algorithm.py", "classification"): SEARCHED,
    ("rsfusion_qgis/processing_provider/check_coregistration_algorithm.py", "sar"): SEARCHED,
    ("rsfusion_qgis/processing_provider/coregister_algorithm.py", "optical"): SEARCHED,
    ("rsfusion_qgis/processing_provider/coregister_algorithm.py", "sar"): SEARCHED,
}
"""(file, text) -> what else it means there. This list may only shrink."""


def names() -> set[str]:
    """What only a task's own folder may say."""
    found = set()
    for task in all_tasks():
        found |= {task.id, task.card_task}
        found |= {name for role in task.roles for name in (role.name, role.parameter)}
        found |= {one.text.id for one in task.algorithms}
    return found - TAGS - {""}


def texts(tree: ast.AST) -> set[str]:
    """The string constants of a module; docstrings, and texts that stand alone like them, left out."""
    prose = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    return {node.value for node in ast.walk(tree)
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in prose}  # fmt: skip


def test_no_name_of_a_task_or_a_role_stands_outside_its_folder() -> None:
    forbidden, found = names(), set()
    for house in HOUSES:
        for path in sorted((ROOT / house).rglob("*.py")):
            said = texts(ast.parse(path.read_text(encoding="utf-8")))
            found |= {(str(path.relative_to(ROOT)), text) for text in said & forbidden}
    assert found - set(FOREIGN) == set()
    assert set(FOREIGN) - found == set(), "these are gone: take them out of the list"
