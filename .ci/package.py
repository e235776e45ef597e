"""Make build/rsfusion_qgis-<version>.zip for the plugin repository and check it by the repository's rules.

.venv/bin/python .ci/package.py [--release]      --release: refuses addresses that are placeholders, too
"""

from __future__ import annotations

import configparser
import json
import re
import subprocess
import sys
import zipfile
from pathlib import Path
from urllib.parse import urlsplit

from assemble import ROOT, TARGET, assemble

MAX_BYTES = 25_000_000
REQUIRED = ("__init__.py", "metadata.txt", "LICENSE")
# Those of QGIS-Plugins-Website, plugins/validator.py, and what people see of a plugin besides.
REQUIRED_KEYS = (
    "name", "qgisMinimumVersion", "description", "about", "version", "author", "email", "hasProcessingProvider",
    "homepage", "tracker", "repository", "license", "changelog", "tags", "icon",
)  # fmt: skip
ADDRESSES = ("homepage", "tracker", "repository")
PLACEHOLDER = "example.org"
"""Stands where an address is not known yet; `--release` refuses it."""
BINARY_ENDINGS = (".pyc", ".pyo", ".so", ".dll", ".dylib", ".exe", ".zip", ".bat", ".sh", ".ps1", ".cmd")
"""What the repository's validator and its scan take for compiled or for programs."""
STYLE = ("--max-line-length=120", "--extend-ignore=E203", "--per-file-ignores=contract.py:F401,statistics.py:F401")
"""Of flake8: blanks in slices are the formatter's, and two modules pass names on."""
# Fixed, so that the same sources give the same ZIP.
TIME = (1980, 1, 1, 0, 0, 0)


def metadata(folder: Path) -> dict[str, str]:
    """Return the plugin's metadata as QGIS reads it, `%` taken literally."""
    parser = configparser.RawConfigParser()
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    parser.read(folder / "metadata.txt", encoding="utf-8")
    return dict(parser["general"])


def write_zip(folder: Path, places: list[Path], target: Path) -> None:
    """Write the files into the ZIP under one top folder named like `folder`."""
    target.unlink(missing_ok=True)
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for place in sorted(places):
            entry = zipfile.ZipInfo(f"{folder.name}/{place.as_posix()}", TIME)
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, (folder / place).read_bytes(), zipfile.ZIP_DEFLATED)


def faults(archive: Path) -> list[str]:
    """Return what the plugin repository, or QGIS, would refuse in this ZIP; empty when all is well."""
    with zipfile.ZipFile(archive) as opened:
        names = opened.namelist()
        executable = [one.filename for one in opened.infolist() if one.external_attr >> 16 & 0o111]
    tops = {name.split("/")[0] for name in names}
    top = min(tops, default="")
    found = [f"{len(tops)} top folders, one is expected: {sorted(tops)}"] if len(tops) != 1 else []
    found += [f"{name} is missing" for name in REQUIRED if f"{top}/{name}" not in names]
    found += [f"compiled or binary file {name}" for name in names if name.lower().endswith(BINARY_ENDINGS)]
    found += [f"hidden file {name}" for name in names if any(part.startswith(".") for part in name.split("/"))]
    found += [f"cached file {name}" for name in names if "__pycache__" in name]
    found += [f"path that leads out of the folder, {name}" for name in names if ".." in name or name.startswith("/")]
    found += [f"executable file {name}" for name in executable]
    if not top.isidentifier():
        found.append(f"the folder '{top}' is no name for a Python package")
    if sum(name.endswith("metadata.txt") for name in names) != 1:
        found.append("more than one metadata.txt, and QGIS 3.22 takes the first by the alphabet")
    if archive.stat().st_size > MAX_BYTES:
        found.append(f"{archive.stat().st_size} bytes, at most {MAX_BYTES} are accepted")
    return found


def metadata_faults(values: dict[str, str]) -> list[str]:
    """Return what is missing or not allowed in the metadata."""
    found = [f"metadata.txt: {key} is missing" for key in REQUIRED_KEYS if not values.get(key)]
    for key in ADDRESSES:
        parts = urlsplit(values.get(key, ""))
        if values.get(key) and (parts.scheme not in ("http", "https") or "." not in (parts.hostname or "")):
            found.append(f"metadata.txt: {key} is '{values[key]}', which is no address of a page")
    if not re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", values.get("email", "")):
        found.append("metadata.txt: email is no address")
    if not re.fullmatch(r"\d+(\.\d+)+", values.get("version", "")):
        found.append("metadata.txt: version is not made of numbers and dots")
    return found + [f"metadata.txt: a percent sign in {key}" for key, value in values.items() if "%" in value]


def placeholders(values: dict[str, str]) -> list[str]:
    """Return what has to be known before a version can be published."""
    unknown = [key for key in (*ADDRESSES, "email") if PLACEHOLDER in values[key]]
    return [f"metadata.txt: {key} still is '{values[key]}'" for key in unknown]


def scan_faults(folder: Path) -> list[str]:
    """Return what bandit, detect-secrets and flake8, which the plugin repository runs, find in the folder."""
    tools = Path(sys.executable).parent
    bandit = subprocess.run([tools / "bandit", "-q", "-r", folder], capture_output=True, text=True)
    found = [bandit.stdout.strip()] if bandit.returncode else []
    style = subprocess.run([tools / "flake8", *STYLE, "."], cwd=folder, capture_output=True, text=True)
    found += style.stdout.splitlines() if style.returncode else []
    scan = [tools / "detect-secrets", "scan", "--all-files", "--exclude-files", r".*\.pyc$", "."]
    secrets = subprocess.run(scan, cwd=folder, capture_output=True, text=True, check=True)
    results = json.loads(secrets.stdout)["results"]
    return found + [
        f"{name}: looks like a secret, line {hit['line_number']}" for name in results for hit in results[name]
    ]


def main() -> int:
    """Assemble, zip, check; return the exit code."""
    places = assemble(TARGET)
    values = metadata(TARGET)
    archive = ROOT / "build" / f"{TARGET.name}-{values['version']}.zip"
    write_zip(TARGET, places, archive)
    found = faults(archive) + metadata_faults(values) + scan_faults(TARGET)
    if "--release" in sys.argv[1:]:
        found += placeholders(values)
    for fault in found:
        print(f"package: {fault}", file=sys.stderr)
    print(f"{archive.relative_to(ROOT)}: {len(places)} files, {archive.stat().st_size / 1e6:.2f} MB")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
