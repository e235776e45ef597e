"""Training of HS-LiDAR classifiers on the user's own samples: scenes, split, fitting, calibration, all on arrays."""
