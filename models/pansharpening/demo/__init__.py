"""What the plugin does with one pair, shown: `python -m models.pansharpening.demo`."""
