"""How well clouds and shadows are found: `python -m models.cloud_removal.mask_benchmark`."""
