"""Training of estimates of a number on the user's own samples, by the trainer of land cover or classical methods."""
