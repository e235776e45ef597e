"""The one direction of imports: plugin -> processing_provider -> core <- models, and inside core to the right only."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
CORE = ROOT / "rsfusion_qgis" / "core"

# From the one that may import all to those that import none; names on one line do not import each other
# unless the set says so below.
ORDER = [
    {"fusion_report"},
    {"assessment_report", "wald_methods", "lidar"},
    {"pipeline", "coregister", "assessment"},
    {"image_result", "class_result", "cloud_result", "scene_teaching", "gain_survey"},
    {"cloud_inputs", "consistency", "pan_matching"},
    {"output_profile", "fusion_registration", "assessment_readers", "reduced_pair"},
    {"preparation"},
    {"fusion_job"},
    {"registration_report"},
    {"registration", "corrected_raster", "classical", "quality_rasters", "classification"},
    {"aligned_input", "band_choice", "pairing", "session", "rewriting", "correction", "vector_field"},
    {"graph_check", "devices"},
    {"class_legend", "raster_sink", "tasks", "coregistration", "metrics", "overlapping", "resample", "radiometry"},
    {"class_table"},
    {"model_card", "assessment_pictures"},
    {"mlm_read", "mlm_write", "card_fields", "onnx_file"},
    {"card_contract"},
    {"card_specs"},
    {"clouds"},
    {"band_stack"},
    {"raster_io", "card_checks", "pending_output", "virtual_raster", "vector_io"},
    {"tiling", "tile_arrays", "gdal_calls", "checkerboard"},
    {"grid", "html_page", "single_file", "line_chart", "monitor", "views"},
    {"crs", "paths", "errors", "png", "sensors", "bar_chart", "interval_plot"},
]
SIDEWAYS = {
    ("grid", "errors"),
    ("crs", "errors"),
    ("paths", "errors"),
    ("sensors", "errors"),
    ("mlm_read", "mlm_write"),
    ("mlm_read", "card_fields"),
}
ONLY_USER_OF = {
    "osgeo.osr": {"crs"},
    "osgeo.ogr": {"vector_io"},
    "osgeo.gdal": {
        "band_stack", "class_legend", "class_table", "crs", "gdal_calls", "raster_io", "raster_sink", "rewriting",
        "vector_io", "virtual_raster",
    },
}
FOREIGN = {"qgis", "PyQt5", "PyQt6", "torch", "processing", "sip"}


def imports(path: Path) -> set[str]:
    """Absolute dotted names that a file imports; relative ones resolved."""
    package = path.relative_to(ROOT).with_suffix("").parts
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            anchor = ".".join(package[: len(package) - node.level]) if node.level else ""
            base = ".".join(p for p in (anchor, node.module or "") if p)
            found |= {f"{base}.{alias.name}" for alias in node.names} | {base}
    return found


def files(*parts: str) -> list[Path]:
    return sorted(ROOT.joinpath(*parts).rglob("*.py"))


def room(dotted: str) -> str:
    """The module or package of core that a dotted name belongs to; "" for anything else."""
    parts = dotted.split(".")
    return parts[2] if parts[:2] == ["rsfusion_qgis", "core"] and len(parts) > 2 else ""


def rank(name: str) -> int:
    return next(i for i, row in enumerate(ORDER) if name in row)


@pytest.mark.parametrize("path", files("rsfusion_qgis", "core"), ids=lambda p: str(p.relative_to(CORE)))
def test_core_imports_to_the_right_only(path):
    own = room(".".join(path.relative_to(ROOT).with_suffix("").parts))
    if own == "__init__":
        return
    for target in {room(name) for name in imports(path)} - {"", own}:
        allowed = rank(own) < rank(target) or (own, target) in SIDEWAYS
        assert allowed, f"{own} imports {target}, which stands to its left"


@pytest.mark.parametrize("path", files("rsfusion_qgis", "core"), ids=lambda p: str(p.relative_to(CORE)))
def test_core_knows_neither_qgis_nor_torch_nor_the_layers_above(path):
    names = imports(path)
    assert not {n.split(".")[0] for n in names} & FOREIGN
    assert not {
        n for n in names if n.startswith(("rsfusion_qgis.processing_provider", "rsfusion_qgis.plugin", "models"))
    }
    own = room(".".join(path.relative_to(ROOT).with_suffix("").parts))
    for package, users in ONLY_USER_OF.items():
        assert package not in names or own in users, f"{own} uses {package}; only {users} may"


@pytest.mark.parametrize("path", files("rsfusion_qgis"), ids=lambda p: str(p.relative_to(ROOT)))
def test_the_plugin_never_imports_models_and_qt_only_through_qgis(path):
    names = {n.split(".")[0] for n in imports(path)}
    assert not names & {"models", "torch", "PyQt5", "PyQt6"}


@pytest.mark.parametrize("path", files("models"), ids=lambda p: str(p.relative_to(ROOT)))
def test_models_know_only_core(path):
    names = imports(path)
    assert not {n.split(".")[0] for n in names} & {"qgis", "PyQt5", "PyQt6"}
    ours = {n for n in names if n.startswith("rsfusion_qgis.")}
    assert all(n.startswith("rsfusion_qgis.core") for n in ours)


def test_core_loads_with_qgis_qt_and_torch_blocked():
    program = f"""
import sys, pkgutil, importlib
class Block:
    def find_spec(self, name, path=None, target=None):
        if name.split('.')[0] in {sorted(FOREIGN)!r}:
            raise ImportError('blocked: ' + name)
sys.meta_path.insert(0, Block())
import rsfusion_qgis.core as core
for module in pkgutil.walk_packages(core.__path__, core.__name__ + '.'):
    importlib.import_module(module.name)
assert 'onnxruntime' not in sys.modules, 'onnxruntime must load lazily'
"""
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
