"""Files of spectra: CSV, ENVI spectral library (.sli with its .hdr), and the JSON and GeoJSON of the EnMAP-Box.

CSV: one line per wavelength, the wavelength first, then one column per spectrum; the first line has the names. The
first column is called "wavelength", with the unit behind it ("wavelength (nm)"); another name, such as "band", means
that wavelengths are not known. Spectra of one class have the same name, or that name with " #1", " #2" behind it.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Callable

import numpy as np

from ..basics.errors import InputError
from .spectra import Spectra, named

ENDINGS = (".csv", ".txt", ".sli", ".hdr", ".json", ".geojson")
_TYPES = {1: "u1", 2: "i2", 3: "i4", 4: "f4", 5: "f8", 12: "u2", 13: "u4"}
_LARGEST_BYTES = 512 * 2**20
_CLASS_KEYS = ("class", "classname", "class_name", "level_3", "level_2", "level_1", "name")


def read_library(path: str, name: str) -> Spectra:
    """The spectra of a file; `name` is the user's parameter, for messages.

    Raises
    ------
    InputError
        It is no such file, or what it holds makes no sense.
    """
    file = Path(path)
    ending = file.suffix.lower()
    if not file.is_file():
        raise InputError(f"{name}: '{path}' does not exist; name a file of spectra ({', '.join(ENDINGS)}).")
    if ending not in ENDINGS:
        raise _refused(name, path, f"has the ending '{ending}'", f"one of {', '.join(ENDINGS)}")
    if file.stat().st_size > _LARGEST_BYTES:
        raise _refused(name, path, "is larger than 512 MB", "a library of spectra")
    readers: dict[str, Callable[[Path], Spectra]] = {".csv": _csv, ".txt": _csv, ".sli": _sli, ".hdr": _sli}
    try:
        spectra = readers.get(ending, _json)(file)
    except (OSError, UnicodeDecodeError, ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
        found = f"cannot be read ({type(error).__name__}: {error})"
        raise _refused(name, path, found, "a library of spectra") from None
    return _checked(spectra, path, name)


def _checked(found: Spectra, path: str, name: str) -> Spectra:
    if not found.values.size:
        raise _refused(name, path, "holds no spectrum", "one or more")
    whole = np.isfinite(found.values).all(axis=1)
    if not whole.any() or not np.any(found.values[whole]):
        raise _refused(name, path, "holds no value in any band that all spectra have", "numbers above zero")
    if whole.all():
        return found
    parts = (found.values[whole], found.wavelengths[whole], found.widths[whole])
    return replace(found, values=parts[0], wavelengths=parts[1], widths=parts[2])


def _refused(name: str, path: object, found: str, expected: str) -> InputError:
    return InputError(f"{name}: '{path}' {found}; expected {expected}, so correct it or choose another file.")


def _csv(file: Path) -> Spectra:
    text = file.read_text(encoding="utf-8-sig")
    head = text.partition("\n")[0]
    separator = max((",", ";", "\t"), key=head.count)
    rows = [row for row in csv.reader(io.StringIO(text), delimiter=separator) if any(cell.strip() for cell in row)]
    names = [name.strip() for name in rows[0]]
    if len(names) < 2 or len(rows) < 2:
        raise ValueError("it needs a line of names and, below, wavelengths with one column per spectrum")
    short = next((number for number, row in enumerate(rows, start=1) if len(row) != len(names)), 0)
    if short:
        raise ValueError(f"line {short} has {len(rows[short - 1])} values, the first line has {len(names)}")
    comma = separator == ";"
    table = np.array([[_number(cell, comma) for cell in row] for row in rows[1:]])
    first = names[0].lower()
    centres = _micrometres(table[:, 0], first) if "wave" in first or first in ("nm", "um", "µm") else _unknown(table)
    return named(table[:, 1:], names[1:], centres, _unknown(table), {})


def _number(cell: str, comma: bool) -> float:
    text = cell.strip().replace(",", ".") if comma else cell.strip()
    return float(text) if text else float("nan")


def _unknown(values: np.ndarray) -> np.ndarray:
    return np.full(len(values), np.nan)


def _micrometres(values: Sequence[float] | np.ndarray, unit: str) -> np.ndarray:
    """Wavelengths in micrometres; where the unit is not said, more than 100 are nanometres."""
    made, said = np.array(values, float), unit.lower()
    if "nano" in said or re.search(r"\bnm\b", said) or (not _says_micro(said) and np.nanmax(made) > 100):
        return made / 1000.0
    return made


def _says_micro(unit: str) -> bool:
    return "micro" in unit or bool(re.search(r"\b[uµμ]m\b", unit))


def _sli(file: Path) -> Spectra:
    header = _header_beside(file)
    said = _header(header.read_text(encoding="utf-8", errors="replace"))
    data = file if file.suffix.lower() == ".sli" else _data_beside(file)
    cols, rows, kind = int(said["samples"]), int(said["lines"]), _TYPES.get(int(said["data type"]))
    if kind is None or int(said.get("bands", "1")) != 1:
        raise ValueError("it is no ENVI spectral library of real numbers with one band")
    order = ">" if said.get("byte order", "0").strip() == "1" else "<"
    raw = data.read_bytes()[int(said.get("header offset", "0")) :]
    wanted = np.dtype(order + kind)
    if len(raw) < cols * rows * wanted.itemsize:
        raise ValueError(f"it has {len(raw)} bytes of values, its header speaks of {cols * rows * wanted.itemsize}")
    values = np.frombuffer(raw, wanted, cols * rows).reshape(rows, cols).astype(float).T
    names = _listed(said.get("spectra names", "")) or [f"spectrum {n + 1}" for n in range(rows)]
    if len(names) != rows:
        raise ValueError(f"its header names {len(names)} spectra of {rows}")
    centres, widths = (_numbers(said.get(key, ""), cols) for key in ("wavelength", "fwhm"))
    units = said.get("wavelength units", "")
    nano = not np.isnan(centres).all() and not np.array_equal(_micrometres(centres, units), centres)
    return named(values, names, centres / 1000 if nano else centres, widths / 1000 if nano else widths, {})


def _header_beside(file: Path) -> Path:
    options = [file] if file.suffix.lower() == ".hdr" else [file.with_suffix(".hdr"), Path(f"{file}.hdr")]
    found = next((one for one in options if one.is_file()), None)
    if found is None:
        raise ValueError(f"its header '{options[0].name}' is missing")
    return found


def _data_beside(header: Path) -> Path:
    options = [header.with_suffix(".sli"), header.with_suffix("")]
    found = next((one for one in options if one.is_file()), None)
    if found is None:
        raise ValueError(f"its values '{options[0].name}' are missing")
    return found


def _header(text: str) -> dict[str, str]:
    """Entries of an ENVI header, keys in lower case; lists keep their text without the braces."""
    if not text.lstrip().startswith("ENVI"):
        raise ValueError("its header does not begin with ENVI")
    found = re.findall(r"^[ \t]*([^=\n{}]+?)[ \t]*=[ \t]*(\{[^}]*\}|[^\n]*)", text, re.MULTILINE)
    return {key.lower(): value.strip().strip("{}").strip() for key, value in found}


def _listed(text: str) -> list[str]:
    return [" ".join(part.split()) for part in text.split(",")] if text.strip() else []


def _numbers(text: str, count: int) -> np.ndarray:
    """So many numbers, NaN where the list has another length."""
    parts = _listed(text)
    return np.array([float(part) for part in parts]) if len(parts) == count else np.full(count, np.nan)


def _json(file: Path) -> Spectra:
    told = json.loads(file.read_text(encoding="utf-8"))
    return _features(told) if told.get("type") == "FeatureCollection" else _dataset(told)


def _features(told: dict[str, Any]) -> Spectra:
    """The EnMAP-Box's library: features with a profile {"x": [...], "y": [...], "xUnit": "..."} each."""
    columns, names, first = [], [], None
    for number, feature in enumerate(told["features"], start=1):
        entries = feature["properties"]
        profile = next((made for made in map(_profile, entries.values()) if made is not None), None)
        if profile is None:
            continue
        if first is None:
            first = profile
        if profile.get("x") != first.get("x") or len(profile["y"]) != len(first["y"]):
            raise ValueError(f"spectrum {number} has other wavelengths than the first one")
        plain = {str(key).lower(): value for key, value in entries.items()}
        names.append(next((str(plain[key]) for key in _CLASS_KEYS if plain.get(key)), f"spectrum {number}"))
        columns.append([np.nan if value is None else float(value) for value in profile["y"]])
    if first is None:
        return named(np.zeros((0, 0)), [], np.zeros(0), np.zeros(0), {})
    values = np.array(columns).T
    good = np.array(first.get("bbl") or np.ones(len(values)), float) != 0
    given = first.get("x")
    centres = _micrometres(given, str(first.get("xUnit") or "")) if given else _unknown(values)
    return named(values[good], names, centres[good], _unknown(values)[good], {})


def _profile(value: Any) -> dict[str, Any] | None:
    """A profile that a property holds, as an object or as its text; None where it holds none."""
    if isinstance(value, str) and value.lstrip().startswith("{"):
        try:
            value = json.loads(value)
        except ValueError:
            return None
    return value if isinstance(value, dict) and isinstance(value.get("y"), list) else None


def _dataset(told: dict[str, Any]) -> Spectra:
    """The EnMAP-Box's classification data set: categories, names of the features, X and y."""
    values = np.array(told["X"], float).T
    codes = [int(np.ravel(code)[0]) for code in told["y"]]
    known = {int(one["value"]): one for one in told["categories"]}
    names = [str(known[code]["name"]) for code in codes]
    colours = {str(one["name"]): _colour(one.get("color")) for one in known.values()}
    found = [re.search(r"([\d.]+)\s*(micro|nano|nm|um|µm)", str(text).lower()) for text in told.get("features", [])]
    if len(found) == len(values) and all(found):
        centres = _micrometres([float(one[1]) for one in found], found[0][2])
    else:
        centres = _unknown(values)
    return named(values, names, centres, _unknown(values), colours)


def _colour(text: object) -> str:
    found = str(text or "").lower()[:7]
    return found if re.fullmatch("#[0-9a-f]{6}", found) else ""


def numbered(spectra: Spectra) -> list[str]:
    """Names of the spectra from which their classes can be told: "tree", or "tree #1", "tree #2"."""
    names, seen = [], {}
    for place in spectra.of:
        kind = spectra.classes[place].name
        seen[kind] = seen.get(kind, 0) + 1
        names.append(f"{kind} #{seen[kind]}" if spectra.of.count(place) > 1 else kind)
    return names


def csv_text(spectra: Spectra) -> str:
    """The library as CSV; a comma in a name becomes a blank."""
    out, known = io.StringIO(), not np.isnan(spectra.wavelengths).any()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["wavelength (nm)" if known else "band", *(_plain(name) for name in numbered(spectra))])
    first = 1000 * spectra.wavelengths if known else np.arange(1, len(spectra.values) + 1)
    writer.writerows([f"{at:.6g}", *(f"{value:.9g}" for value in row)] for at, row in zip(first, spectra.values))
    return out.getvalue()


def write_sli(spectra: Spectra, file: Path) -> None:
    """The library as ENVI .sli with its .hdr beside it; raises OSError."""
    file.write_bytes(np.ascontiguousarray(spectra.values.T, "<f4").tobytes())
    lines = [
        "ENVI", f"samples = {len(spectra.values)}", f"lines = {spectra.values.shape[1]}", "bands = 1",
        "header offset = 0", "file type = ENVI Spectral Library", "data type = 4", "interleave = bsq", "byte order = 0",
        f"spectra names = {{{', '.join(_plain(name) for name in numbered(spectra))}}}",
    ]  # fmt: skip
    for key, values in (("wavelength", spectra.wavelengths), ("fwhm", spectra.widths)):
        if not np.isnan(values).any():
            lines.append(f"{key} = {{{', '.join(f'{1000 * value:.6g}' for value in values)}}}")
    lines.append("wavelength units = Nanometers")
    file.with_suffix(".hdr").write_text("\n".join(lines) + "\n", encoding="utf-8")


def _plain(name: str) -> str:
    """A name without what separates names in these files."""
    return " ".join(re.sub(r"[,{}\n\r=]", " ", name).split())
