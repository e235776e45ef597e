"""The provider: one algorithm per task of the engine, plus utilities."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from qgis.core import Qgis, QgsApplication, QgsMessageLog, QgsProcessingAlgorithm, QgsProcessingProvider
from qgis.PyQt.QtGui import QIcon

from ..core.basics.language import told, use_language
from ..core.basics.packages import use_folder
from ..core.engine.contract import Task
from ..core.networks.first_load import remember_in
from ..core.sensors.own_sensors import VARIABLE as SENSORS_VARIABLE
from ..tasks import all_tasks, faults, unusable
from .assess_algorithm import AssessAlgorithm
from .assess_classification_algorithm import AssessClassificationAlgorithm
from .base_algorithm import provider_icon
from .batch_algorithm import BatchAlgorithm
from .check_coregistration_algorithm import CheckCoregistrationAlgorithm
from .classify_zones_algorithm import ClassifyZonesAlgorithm
from .contributions_algorithm import ContributionsAlgorithm
from .coregister_algorithm import CoregisterAlgorithm
from .coregister_stack_algorithm import CoregisterStackAlgorithm
from .deriving_algorithm import DerivingAlgorithm
from .describe_algorithms import CheckModelAlgorithm, DescribeModelAlgorithm
from .environment_algorithm import EnvironmentAlgorithm
from .example_algorithm import ExampleAlgorithm
from .further_protocols import FurtherProtocol
from .model_info_algorithm import ModelInfoAlgorithm
from .runtime import profile_packages
from .settings import sensor_table
from .task_algorithm import TaskAlgorithm
from .training_algorithm import TrainingAlgorithm
from .zoo_algorithms import AddModelAlgorithm, RemoveModelAlgorithm

_TOOLS = (
    CheckCoregistrationAlgorithm,
    CoregisterAlgorithm,
    CoregisterStackAlgorithm,
    AssessClassificationAlgorithm,
    ModelInfoAlgorithm,
    ContributionsAlgorithm,
    ClassifyZonesAlgorithm,
    BatchAlgorithm,
    EnvironmentAlgorithm,
    ExampleAlgorithm,
    AddModelAlgorithm,
    RemoveModelAlgorithm,
    DescribeModelAlgorithm,
    CheckModelAlgorithm,
)
"""Algorithms that belong to no task."""


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
        return told("rsfusion (deep fusion of raster layers)")

    def icon(self) -> QIcon:
        """Return the plugin's icon."""
        return provider_icon()

    def load(self) -> bool:
        """Add the algorithms."""
        use_language(QgsApplication.locale())
        use_folder(profile_packages())
        os.environ.setdefault(SENSORS_VARIABLE, str(sensor_table()))  # before the tasks, which list all sensors
        remember_in(Path(QgsApplication.qgisSettingsDirPath()) / "rsfusion")
        self.refreshAlgorithms()
        return True

    def loadAlgorithms(self) -> None:
        """Called by QGIS."""
        told = list(faults())
        tasks = all_tasks()
        further = [FurtherProtocol(task, one) for task in tasks for one in task.protocols]
        for task in tasks:
            try:
                made = _algorithms(task, further)
            except Exception as error:  # the other tasks stay
                told.append(unusable(task.id, error))
                continue
            for algorithm in made:
                self.addAlgorithm(algorithm)
        for tool in _TOOLS:
            self.addAlgorithm(tool())
        for sentence in told:
            QgsMessageLog.logMessage(sentence, self.name(), Qgis.MessageLevel.Warning)


def _algorithms(task: Task, further: Sequence[FurtherProtocol]) -> list[QgsProcessingAlgorithm]:
    """Return the algorithms of a task; raises whatever a task that is not made well leads to.

    `further` are the protocols of assessment of all tasks.
    """
    made = [TaskAlgorithm(task, face) for face in task.faces]
    made += [TrainingAlgorithm(task, training) for training in task.trainings]
    made += [DerivingAlgorithm(task, deriving) for deriving in task.derivings]
    made += [AssessAlgorithm(task, assessing, further) for assessing in task.assessments]
    for algorithm in made:
        algorithm.createInstance().initAlgorithm()  # here an exception is raised, in QGIS's own call it is printed
    return made
