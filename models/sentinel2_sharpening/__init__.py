"""Sentinel-2 sharpening measured; the method learns on the scene, so there is nothing to train."""
