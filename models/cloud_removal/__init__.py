"""Training of networks that look through clouds: scenes, clouds put onto them, losses, calibration, export."""
