"""Ways to remove clouds beside each other: `python -m models.cloud_removal.methods_benchmark`."""
