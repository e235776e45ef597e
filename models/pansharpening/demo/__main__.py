"""The command; see `run`."""

from __future__ import annotations

from models.pansharpening.demo.run import main
from rsfusion_qgis.core.basics.errors import RsFusionError

if __name__ == "__main__":
    try:
        main()
    except RsFusionError as error:
        raise SystemExit(f"demo: {error}") from None
