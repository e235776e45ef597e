"""The provider: one algorithm per task of the engine, plus utilities."""

from __future__ import annotations

from qgis.core import QgsProcessingProvider
from qgis.PyQt.QtGui import QIcon

from ..tasks import TASKS
from ..tasks.cloud_removal.task import CLOUD_REMOVAL
from ..tasks.land_cover.task import CLASSIFICATION
from .adapt_pansharpening_algorithm import AdaptPansharpeningAlgorithm
from .assess_classification_algorithm import AssessClassificationAlgorithm
from .assess_fusion_algorithm import AssessFusionAlgorithm
from .base_algorithm import provider_icon
from .check_coregistration_algorithm import CheckCoregistrationAlgorithm
from .classical_pansharpen_algorithm import ClassicalPansharpenAlgorithm
from .classify_algorithm import ClassifyAlgorithm
from .coregister_algorithm import CoregisterAlgorithm
from .fusion_algorithm import FusionAlgorithm
from .lidar_features_algorithm import LidarFeaturesAlgorithm
from .model_info_algorithm import ModelInfoAlgorithm
from .parameters import DEVICES
from .remove_clouds_algorithm import RemoveCloudsAlgorithm
from .settings import add_settings, remove_settings
from .train_classifier_algorithm import TrainClassifierAlgorithm

_ALGORITHMS = {CLASSIFICATION.id: ClassifyAlgorithm, CLOUD_REMOVAL.id: RemoveCloudsAlgorithm}
"""Tasks with parameters of their own; any other needs no class."""


class RsFusionProvider(QgsProcessingProvider):
    """What the toolbox shows under "rsfusion"."""

    def id(self) -> str:
        """Return the public id: algorithms are called `rsfusion:<name>`."""
        return "rsfusion"

    def name(self) -> str:
        """Return the name in the toolbox."""
        return "rsfusion"

    def longName(self) -> str:
        """Return the name with an explanation."""
        return "rsfusion (deep fusion of raster layers)"

    def icon(self) -> QIcon:
        """Return the plugin's icon."""
        return provider_icon()

    def load(self) -> bool:
        """Add the settings and the algorithms."""
        add_settings(self.icon(), DEVICES)
        self.refreshAlgorithms()
        return True

    def unload(self) -> None:
        """Take the settings away again."""
        remove_settings()

    def loadAlgorithms(self) -> None:
        """Called by QGIS."""
        for spec in TASKS:
            self.addAlgorithm(_ALGORITHMS.get(spec.id, FusionAlgorithm)(spec))
        self.addAlgorithm(TrainClassifierAlgorithm())
        self.addAlgorithm(ClassicalPansharpenAlgorithm())
        self.addAlgorithm(AdaptPansharpeningAlgorithm())
        self.addAlgorithm(AssessFusionAlgorithm())
        self.addAlgorithm(AssessClassificationAlgorithm())
        self.addAlgorithm(CheckCoregistrationAlgorithm())
        self.addAlgorithm(CoregisterAlgorithm())
        self.addAlgorithm(LidarFeaturesAlgorithm())
        self.addAlgorithm(ModelInfoAlgorithm())
