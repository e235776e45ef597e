"""Networks, their training and their export. Runs outside QGIS, in an interpreter that has torch."""
