"""What the engine's tests share: GDAL's two ways to report an error, and a disk that is soon full."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Callable

import pytest
from osgeo import gdal, osr

SmallDisk = Callable[[int], "AbstractContextManager[Path]"]


@pytest.fixture(params=["codes", "exceptions"])
def gdal_errors(request: pytest.FixtureRequest) -> Iterator[None]:
    """GDAL's exceptions off, as in QGIS 3.22, and on, as from 3.38."""
    before = gdal.GetUseExceptions()
    _use_exceptions(request.param == "exceptions")
    yield
    _use_exceptions(before)


def _use_exceptions(wanted: bool) -> None:
    # Old versions stack the two modules' handlers, so the last one on has to be the first one off.
    for module in (gdal, osr) if wanted else (osr, gdal):
        (module.UseExceptions if wanted else module.DontUseExceptions)()


@pytest.fixture
def small_disk(tmp_path: Path) -> SmallDisk:
    """Make a folder with room for so many KiB; on leaving it, nothing in it may be open any more."""

    @contextmanager
    def disk(kibibytes: int) -> Iterator[Path]:
        folder = tmp_path / "small"
        folder.mkdir(exist_ok=True)
        mount = ["mount", "-t", "tmpfs", "-o", f"size={kibibytes}k", "tmpfs", str(folder)]
        if subprocess.run(mount, capture_output=True).returncode:
            pytest.skip("mounting a small tmpfs needs root")
        try:
            yield folder
        finally:
            free = subprocess.run(["umount", str(folder)], capture_output=True).returncode == 0
            if not free:
                subprocess.run(["umount", "--lazy", str(folder)], check=True)
        assert free, "a file is still open"

    return disk
