"""Clouds over Sentinel-2 and what is needed to see through them: bands, units, clouds and shadows.

`sentinel2` which band is which, `reflectance` stored values and reflectance, `sentinel1` polarisations and units of
radar, `speckle` its filter, `survey` a sample of a whole raster, `scene` what is decided once for all of it,
`cloud_tests` and `shadow_tests` what tells clouds and shadows, `detection` scores and mask of one image or tile. Arrays
in, arrays out; rasters are read through `raster_io`.
"""
