"""Networks, classical methods and other programs, one protocol for all: `python -m models.pansharpening.benchmark`."""
