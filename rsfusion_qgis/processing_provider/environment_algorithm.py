"""`rsfusion:environment`: what the plugin finds on this computer, and the installation of what it lacks."""

from __future__ import annotations

import os
import platform
import sys
import tempfile
from pathlib import Path
from typing import Any

from osgeo import gdal
from qgis.core import (
    Qgis,
    QgsProcessingContext,
    QgsProcessingOutputNumber,
    QgsProcessingOutputString,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterFile,
)

from ..core.basics.errors import InputError, RsFusionError, one_line
from ..core.basics.packages import (
    HOW_TO_INSTALL,
    PACKAGES,
    Found,
    install,
    look_for,
    missing_requirements,
    remove,
    use_folder,
)
from ..core.basics.pending_file import write_text
from ..core.basics.python_child import own_python
from ..core.basics.shipped_files import list_models, zoo_folders
from ..core.networks.card_files import read_card
from ..core.networks.devices import AUTO_ORDER, available_devices, cpu_threads, import_onnxruntime
from ..core.reports.page import heading, note, page, table
from .base_algorithm import BaseAlgorithm
from .feedback import FeedbackMonitor
from .parameters import REPORT, advanced, helped, report_parameter
from .runtime import profile_packages, proxy_variables
from .settings import training_interpreter, user_zoo_folder

Parameters = dict[str, Any]
Rows = list[tuple[str, str]]
INSTALL, REMOVE, WHEELS = "INSTALL", "REMOVE", "WHEELS"


class EnvironmentAlgorithm(BaseAlgorithm):
    """Versions, devices, memory and networks in the log, as a page, and as results."""

    ID, LABEL, GROUP = "environment", "Check and install the environment", "Tools"
    HELP = (
        "Says what the plugin finds on this computer: QGIS, GDAL, Python and each package with its version and place, "
        "whether the package can really be imported, the devices on which networks run, the memory, and the networks "
        "of the plugin and of your own folder. The last line is the verdict.\n\n"
        "INSTALL fetches the packages that are missing, ONNX Runtime above all. They go into a folder of your QGIS "
        "profile that belongs to this version of Python. The packages of QGIS stay as they are. QGIS' settings for a "
        "proxy are used. Without a network, name a folder of wheels (WHEELS). REMOVE deletes that folder again."
    )
    TAGS = ("install", "onnxruntime", "python", "packages", "version", "device", "gpu", "cuda", "diagnose", "about")
    NEEDS_RUNTIME = False

    def initAlgorithm(self, configuration: Parameters | None = None) -> None:
        """Declare the parameters and results."""
        wheels = QgsProcessingParameterFile(
            WHEELS, "Folder of wheels (without a network)", QgsProcessingParameterFile.Behavior.Folder, optional=True
        )
        self.addParameter(helped(QgsProcessingParameterBoolean(INSTALL, "Install what is missing", False),
                                 "Packages that can be imported already are not touched."))  # fmt: skip
        self.addParameter(helped(QgsProcessingParameterBoolean(REMOVE, "Remove what was installed so", False),
                                 "Deletes the folder of the profile that INSTALL filled. Start QGIS again afterwards."))
        self.addParameter(advanced(helped(wheels, "Files that python3 -m pip download fetched on another computer with "
                                                  "the same system and version of Python.")))
        self.addParameter(report_parameter("The same as a page for the browser."))
        for name, label in (("VERDICT", "Verdict"), ("ONNXRUNTIME", "Version of ONNX Runtime"), ("DEVICES", "Devices"),
                            ("PYTHON", "Python")):  # fmt: skip
            self.addOutput(QgsProcessingOutputString(name, label))
        self.addOutput(QgsProcessingOutputNumber("COMPLETE", "1 where everything needed is there, else 0"))

    def _check_run(self, parameters: Parameters, context: QgsProcessingContext) -> None:
        if self.parameterAsBool(parameters, INSTALL, context) and self.parameterAsBool(parameters, REMOVE, context):
            raise InputError("INSTALL and REMOVE are both on, but only one of them can be done; choose one.")

    def _work(
        self, taken: None, parameters: Parameters, context: QgsProcessingContext, monitor: FeedbackMonitor
    ) -> Parameters:
        """Install or remove where that is wished, and then say what is there."""
        folder = profile_packages()
        if self.parameterAsBool(parameters, REMOVE, context):
            monitor.info(f"{folder} is deleted." if remove(folder) else f"There is no {folder} to delete.")
        elif self.parameterAsBool(parameters, INSTALL, context):
            self._install(folder, self.parameterAsFile(parameters, WHEELS, context), monitor)
        found = [look_for(package) for package in PACKAGES]
        sections = _sections(found, folder)
        for rows in sections.values():
            for what, value in rows:
                monitor.info(f"{what.ljust(26)}  {one_line(value)}")
        complete, verdict = _verdict(found)
        (monitor.info if complete else monitor.warning)(verdict)
        results: Parameters = {
            "VERDICT": verdict, "COMPLETE": int(complete), "PYTHON": platform.python_version(),
            "ONNXRUNTIME": next(one.version for one in found if one.package.module == "onnxruntime"),
            "DEVICES": ", ".join(available_devices()),
        }  # fmt: skip
        report = self.parameterAsFileOutput(parameters, REPORT, context)
        if report:
            parts = [part for title, rows in sections.items() for part in (heading(title), table(rows))]
            parts.insert(0, note(verdict, "" if complete else "bad"))
            write_text(report, page("Environment of rsfusion", *parts), REPORT)
            results[REPORT] = report
        return results

    def _install(self, folder: Path, wheels: str, monitor: FeedbackMonitor) -> None:
        wanted = missing_requirements()
        if not wanted:
            monitor.info("Nothing is missing, so nothing is installed.")
            return
        monitor.info(f"To be installed into {folder}: {', '.join(wanted)}")
        install(wanted, folder, monitor.info, monitor.raise_when_cancelled, wheels, proxy_variables())
        use_folder(folder)
        broken = [found for found in map(look_for, PACKAGES) if found.trouble and found.package.pip]
        if broken:
            told = "; ".join(f"{one.package.module}: {one.trouble}" for one in broken)
            raise RsFusionError(f"The packages are installed in {folder}, but not all can be used ({told}).")
        monitor.info("The packages are installed, and can be used at once.")


def _sections(found: list[Found], folder: Path) -> dict[str, Rows]:
    """What there is, by heading."""
    packages = [(one.package.module, _package_text(one)) for one in found]
    own = f"{folder}" if folder.is_dir() else f"{folder} (not there; INSTALL makes it)"
    return {
        "Programs": [
            ("System", f"{platform.system()} {platform.release()}, {platform.machine()}"),
            ("QGIS", Qgis.version()),
            ("GDAL", gdal.VersionInfo("RELEASE_NAME")),
            ("Python", f"{platform.python_version()}, {own_python() or sys.executable}"),
        ],
        "Packages": [*packages, ("packages of the profile", own)],
        "Devices": _device_rows(),
        "Training": [("Python for training", training_interpreter() or "the one that QGIS runs on")],
        "Networks": _network_rows(),
    }


def _package_text(found: Found) -> str:
    use = f" (for: {found.package.used_for})"
    return f"{found.trouble}{use}" if found.trouble else f"{found.version}, {found.place}"


def _device_rows() -> Rows:
    rows = [("Cores", str(cpu_threads(0))), *_memory_rows(), ("Folder for scratch files", tempfile.gettempdir())]
    try:
        runtime = import_onnxruntime()
    except RsFusionError as error:
        return [*rows, ("ONNX Runtime", str(error))]
    devices = available_devices()
    first = next((one for one in AUTO_ORDER if one in devices), "cpu")
    told = f"{', '.join(devices)}; DEVICE=auto tries {first} first" if first != "cpu" else ", ".join(devices)
    return [*rows, ("ONNX Runtime", f"{runtime.__version__}"), ("Devices", told)]


def _memory_rows() -> Rows:
    try:
        page_bytes = os.sysconf("SC_PAGE_SIZE")
        total, free = (os.sysconf(name) * page_bytes for name in ("SC_PHYS_PAGES", "SC_AVPHYS_PAGES"))
    except (AttributeError, ValueError, OSError):  # not on Windows
        return []
    return [("Memory", f"{total / 2**30:.1f} GiB, {free / 2**30:.1f} GiB free")]


def _network_rows() -> Rows:
    """Every network with its task, or the reason why it cannot be read."""
    rows = [("Folder of your own networks", str(user_zoo_folder()))]
    for name, path in list_models((*zoo_folders(), user_zoo_folder())):
        try:
            rows.append((name, read_card(path).task))
        except (RsFusionError, OSError) as error:
            rows.append((name, f"cannot be read: {one_line(error)}"))
    return rows


def _verdict(found: list[Found]) -> tuple[bool, str]:
    lacking = [one for one in found if one.trouble and one.package.needed]
    if not lacking:
        try:
            import_onnxruntime()
        except RsFusionError as error:
            return False, str(error)
        return True, "Everything that the plugin needs is there."
    told = ", ".join(f"{one.package.module} ({one.trouble}; used for {one.package.used_for})" for one in lacking)
    return False, f"Something is missing: {told}; {HOW_TO_INSTALL}"
