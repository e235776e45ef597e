"""A network for one hyperspectral scene, trained on that scene alone; see `run`."""
