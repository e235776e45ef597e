"""Networks, their training and their export. Runs outside QGIS, in an interpreter that has torch."""

import rsfusion_qgis.tasks  # noqa: F401  a model's card asks there which tasks and roles there are
