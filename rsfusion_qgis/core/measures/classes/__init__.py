"""Land-cover classification without networks: reference samples, accuracy, and a map against its reference.

Class *indices* are 0..K-1, -1 = unlabelled; class *codes* are the values of a raster. Arrays are (rows, cols).
"""
