"""The fusion engine: free of QGIS and torch, so that tests and trainings use it without either.

Its rooms are folders. Each may import only rooms to its right; rooms in one pair of braces do not know each other:

    operators > engine > assessment > {alignment, networks} > {measures, reports, sensors} > rasters > grid > basics
"""
