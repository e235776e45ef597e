"""Land-cover classification: one class for every pixel, from any number of rasters of different kinds."""

from __future__ import annotations

from ...core.engine.task_spec import RoleSpec, TaskSpec

CLASSIFICATION = TaskSpec(
    id="classify",
    card_task="classification",
    label="Classify land cover",
    help=(
        "Gives every pixel a class with a network that rsfusion:trainclassifier made (or one of your own), from the "
        "rasters that it was trained on: hyperspectral (HS), LiDAR, multispectral (MS), SAR, or several of them. The "
        "result lies on the grid of the raster on whose grid the network was trained (usually HS); the others are "
        "brought onto it. Bands are matched by their wavelengths where both sides know them, else by name, else by "
        "order. Where a raster that the network can do without has no data, or is not given at all, the "
        "others decide, and the confidence tells how sure they are.\n\n"
        "OUTPUT is a raster of class codes with colours, class names and an attribute table. CONFIDENCE is the "
        "calibrated probability of the class that was chosen, PROBABILITIES those of all classes, one band each. "
        "MAJORITY replaces each class by the most frequent one around it."
    ),
    tags=(
        "classification",
        "land cover",
        "land use",
        "hyperspectral",
        "lidar",
        "fusion",
        "supervised",
        "semantic segmentation",
        "onnx",
    ),
    roles=(
        RoleSpec("hs", "Hyperspectral raster", "Any number of bands.", required=False),
        RoleSpec("lidar", "LiDAR raster", "Heights (CHM, DSM) and features of them, any bands.", required=False),
        RoleSpec("intensity", "LiDAR intensity raster", "Or any further raster of LiDAR features.", required=False),
        RoleSpec("ms", "Multispectral raster", "Any number of bands.", required=False),
        RoleSpec("sar", "SAR raster", "Backscatter, any number of bands.", required=False),
    ),
    reference_role="",
    like_role="",
)
