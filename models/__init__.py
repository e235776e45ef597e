"""Networks, their training and their export. Runs outside QGIS, in an interpreter that has torch."""

import warnings

import rsfusion_qgis.tasks  # noqa: F401  a model's card asks there which tasks and roles there are

# From 3.7 GDAL asks every program to choose how errors are reported; what is here bears both ways.
warnings.filterwarnings("ignore", "Neither (gdal|osr)", FutureWarning)
