"""The engine: rasters and networks in, a fused raster out. Imports neither QGIS nor Qt nor torch."""
