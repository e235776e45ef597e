"""The command; see `run`."""

from __future__ import annotations

import sys

from models.cloud_removal.methods_benchmark.run import main

if __name__ == "__main__":
    sys.exit(main())
