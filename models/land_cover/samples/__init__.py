"""Labelled places: read from rasters as chips, and split into those to learn from, to choose by and to test on."""
