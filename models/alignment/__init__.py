"""How well displacements are measured: `python -m models.alignment.benchmark`."""
