"""The command; see `run`."""

from __future__ import annotations

import sys

from models.common.child import run_child
from models.hyperspectral_sharpening.adaptation.run import work

if __name__ == "__main__":
    sys.exit(run_child(sys.argv[1:], work))
