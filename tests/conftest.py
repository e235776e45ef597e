"""What many tests share: a small scene, a tiny network, the provider in a running QGIS."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import rsfusion_qgis.tasks  # noqa: F401  a model's card asks there which tasks and roles there are
from tests.gdal_fixtures import gdal_errors, small_disk  # noqa: F401  fixtures
from tests.rasters import make_pan_ms


@pytest.fixture(scope="session", autouse=True)
def rasters_close_before_qgis(qgis_app: Any) -> Iterator[None]:
    """QGIS closes every GDAL data set when it ends; garbage that still holds one would then crash Python."""
    yield
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session")
def network(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Path of a tiny pansharpening network with its card inside."""
    from tests.onnx_files import save

    return str(save(tmp_path_factory.mktemp("network") / "detail.onnx"))


@pytest.fixture
def pan_ms(tmp_path: Path) -> tuple[str, str]:
    """A pan of 64 x 80 and an MS of 16 x 20 pixels of one scene, four bands, UInt16."""
    return make_pan_ms(tmp_path, rows=16, cols=20)


@pytest.fixture(scope="session")
def provider(qgis_app: Any, qgis_processing: Any) -> Iterator[Any]:
    """The provider, registered as QGIS does it, and taken away at the end."""
    from rsfusion_qgis import classFactory

    plugin = classFactory(None)
    plugin.initProcessing()
    yield qgis_app.processingRegistry().providerById("rsfusion")
    plugin.unload()
