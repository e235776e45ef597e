"""Networks beside random forest and support vector machine: `python -m models.land_cover.benchmark`."""
