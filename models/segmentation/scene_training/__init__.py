"""Training of segmenters on the user's own scenes: reading, networks or trees, measuring, writing."""
