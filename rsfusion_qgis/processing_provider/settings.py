"""What a user sets once: a folder of own networks, the default device and memory, the Python for training.

The desktop shows the settings in Settings > Options > Processing > RS Fusion (`settings_page`). They stand in the
profile's ini file under `Processing/Configuration/`, where qgis_process finds them as well.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from qgis.core import QgsApplication, QgsSettings

PLACE = "Settings > Options > Processing > RS Fusion"
"""Where the desktop shows them; help and messages name this place."""
ZOO_FOLDER = "RSFUSION_ZOO_FOLDER"
DEVICE = "RSFUSION_DEVICE"
MEMORY = "RSFUSION_MEMORY"
PYTHON = "RSFUSION_PYTHON"
SMALLEST_MEMORY_MB, LARGEST_MEMORY_MB = 64, 1 << 20


def user_zoo_folder() -> Path:
    """Return the folder of the user's own networks; it need not exist."""
    text = value(ZOO_FOLDER)
    return Path(text) if text else usual_zoo_folder()


def usual_zoo_folder() -> Path:
    """Return the folder of own networks where the user chose none."""
    return Path(QgsApplication.qgisSettingsDirPath()) / "rsfusion_zoo"


def sensor_table() -> Path:
    """Return the table of the user's own sensors; it need not exist."""
    return Path(QgsApplication.qgisSettingsDirPath()) / "rsfusion" / "sensors.csv"


def default_device(devices: tuple[str, ...]) -> str:
    """Return the device that a new dialog proposes: the user's choice, or the first of `devices`."""
    text = value(DEVICE)
    return text if text in devices else devices[0]


def default_memory(proposed: int) -> int:
    """Return the memory in MB that a new dialog proposes: the user's choice, or the algorithm's own."""
    text = value(MEMORY)
    chosen = int(text) if text.isdecimal() else 0
    return chosen if SMALLEST_MEMORY_MB <= chosen <= LARGEST_MEMORY_MB else proposed


def training_interpreter() -> str:
    """Return the Python that has torch, "" for the one that QGIS runs on."""
    return value(PYTHON)


def value(name: str) -> str:
    """Return a setting as text, "" where it is not set."""
    found: Any = QgsSettings().value(_key(name))
    return str("" if found is None else found).strip()


def set_value(name: str, text: str) -> None:
    """Keep a setting in the profile; "" takes it away."""
    if text:
        QgsSettings().setValue(_key(name), text)
    else:
        QgsSettings().remove(_key(name))


def _key(name: str) -> str:
    return f"Processing/Configuration/{name}"
