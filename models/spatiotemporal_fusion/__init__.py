"""Spatiotemporal fusion measured; the methods learn on the rasters at hand, so there is nothing to train."""
