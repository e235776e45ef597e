"""Networks beside classical methods on triplets that they have not seen: `python -m models.cloud_removal.benchmark`."""
