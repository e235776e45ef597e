"""What a user sets once: a folder of own networks and the default device.

The settings stand under Settings > Options > Processing > Providers > rsfusion, and in the profile's
ini file under `Processing/Configuration/`, where qgis_process finds them as well.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from qgis.core import QgsApplication, QgsSettings

GROUP = "rsfusion"
ZOO_FOLDER = "RSFUSION_ZOO_FOLDER"
DEVICE = "RSFUSION_DEVICE"
PYTHON = "RSFUSION_PYTHON"


def user_zoo_folder() -> Path:
    """Return the folder of the user's own networks; it need not exist."""
    text = str(_value(ZOO_FOLDER) or "").strip()
    return Path(text) if text else Path(QgsApplication.qgisSettingsDirPath()) / "rsfusion_zoo"


def default_device(devices: tuple[str, ...]) -> str:
    """Return the device that a new dialog proposes: the user's choice, or the first of `devices`."""
    text = str(_value(DEVICE) or "").strip()
    return text if text in devices else devices[0]


def training_interpreter() -> str:
    """Return the Python that has torch, "" for the one that QGIS runs on."""
    return str(_value(PYTHON) or "").strip()


def add_settings(icon: Any, devices: tuple[str, ...]) -> None:
    """Show the settings in the options dialog."""
    from processing.core.ProcessingConfig import ProcessingConfig, Setting

    ProcessingConfig.settingIcons[GROUP] = icon
    folder = Setting(
        GROUP, ZOO_FOLDER, "Folder of your own networks (.onnx)", "", valuetype=Setting.FOLDER,
        placeholder=str(user_zoo_folder()),
    )  # fmt: skip
    device = Setting(GROUP, DEVICE, "Default device", devices[0], valuetype=Setting.SELECTION, options=list(devices))
    python = Setting(
        GROUP, PYTHON, "Python interpreter that has torch, for training", "", valuetype=Setting.FILE,
        placeholder="the one that QGIS runs on",
    )  # fmt: skip
    for setting in (folder, device, python):
        ProcessingConfig.addSetting(setting)
    ProcessingConfig.readSettings()


def remove_settings() -> None:
    """Take the settings out of the options dialog; their values stay in the profile."""
    from processing.core.ProcessingConfig import ProcessingConfig

    for name in (ZOO_FOLDER, DEVICE, PYTHON):
        ProcessingConfig.removeSetting(name)


def _value(name: str) -> Any:
    return QgsSettings().value(f"Processing/Configuration/{name}")
