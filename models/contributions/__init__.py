"""What each raster gives to a network: measured on real pairs and on generated ones."""
