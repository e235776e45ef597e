"""The command; see `run`."""

from __future__ import annotations

import sys

from models.pansharpening.benchmark.run import main

if __name__ == "__main__":
    sys.exit(main())
