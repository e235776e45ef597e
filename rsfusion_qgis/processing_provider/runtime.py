"""Whether ONNX Runtime is there, where this profile keeps packages, and what to do where one is missing."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

from qgis.core import QgsApplication, QgsNetworkAccessManager
from qgis.PyQt.QtNetwork import QNetworkProxy

from ..core.basics.packages import HOW_TO_INSTALL, packages_folder


def profile_packages() -> Path:
    """Return the folder of the profile into which `rsfusion:environment` installs; it need not exist."""
    return packages_folder(Path(QgsApplication.qgisSettingsDirPath()))


def missing_runtime() -> str:
    """Return "" where onnxruntime can be imported, else one sentence that says how to install it."""
    if find_spec("onnxruntime") is not None:
        return ""
    return f"The Python package onnxruntime, which runs the networks, was not found; {HOW_TO_INSTALL}"


def proxy_variables() -> dict[str, str]:
    """Return the proxy of QGIS' settings as pip takes it, {} where none is set; the password stays out of any log."""
    proxy = QgsNetworkAccessManager.instance().fallbackProxy()
    kinds = {QNetworkProxy.ProxyType.HttpProxy: "http", QNetworkProxy.ProxyType.Socks5Proxy: "socks5"}
    kind = kinds.get(proxy.type())
    if kind is None or not proxy.hostName():
        return {}
    user = f"{proxy.user()}:{proxy.password()}@" if proxy.user() else ""
    address = f"{kind}://{user}{proxy.hostName()}:{proxy.port()}"
    return {"HTTP_PROXY": address, "HTTPS_PROXY": address}
