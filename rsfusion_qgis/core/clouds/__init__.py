"""Clouds over Sentinel-2 and what is needed to see through them: bands, units, clouds and shadows.

`sentinel2` which band is which, `reflectance` stored values and reflectance, `sentinel1` polarisations and units of
radar, `speckle` its filter, `survey` a sample of a whole raster, `tests`, `shadows` and `detection` clouds and shadows
of one image. Arrays in, arrays out; numpy and scipy only, rasters are read through `raster_io`.
"""
