"""A network adapted to one pair, on that pair alone: `python -m models.pansharpening.adaptation job.json`."""
