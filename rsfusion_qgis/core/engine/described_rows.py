"""What is said of a network that is being described: rows of its tables, what the user wishes, and the card of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Optional

from ..basics.errors import InputError
from ..networks.graph_check import TYPES
from ..networks.tensor_form import CONSTANT_ROLE, NUMBER_ROLES, TensorForm
from .contract import Task


@dataclass(frozen=True)
class Row:
    """One input or output, as the user may correct it; "" and None = as proposed.

    Attributes
    ----------
    tensor : str
        Of the graph. Several rows of one tensor are joined along its channels, in their order.
    role : str
        Of the task, or one of `NUMBER_ROLES`; of an output the role that it is like.
    bands : str
        A number, names separated by semicolons or commas, or "any"; of an output of classes their names; of a constant
        its numbers; of a date the role of the raster.
    layout : str
    ratio : int
    scaling : str or mapping
        As a card has it.
    scores : str
        Of an output: "logits", "probabilities", "labels", or "" for an image.
    add : str
        Of an output: the role of the input that is added.
    """

    tensor: str
    role: str = ""
    bands: str = ""
    layout: str = ""
    ratio: int = 0
    scaling: Any = ""
    scores: str = ""
    add: str = ""


@dataclass(frozen=True)
class Wishes:
    """What the user says of the network; the rest is proposed."""

    task: str = ""
    name: str = ""
    inputs: tuple[Row, ...] = ()
    outputs: tuple[Row, ...] = ()
    halo: Optional[int] = None
    multiple_of: Optional[int] = None
    margin: Optional[int] = None
    window: Optional[int] = None


@dataclass
class Proposal:
    """A card in its short form, and what to ask or say.

    Attributes
    ----------
    task : Task
    fields : dict
    inputs, outputs : list of Row
        What stands in the card, as rows that can be corrected and given again.
    doubts : list of str
        Sentences.
    """

    task: Task
    fields: dict[str, Any]
    inputs: list[Row]
    outputs: list[Row]
    doubts: list[str] = field(default_factory=list)


def rank(one: Mapping[str, Any]) -> int:
    """How many axes a tensor has."""
    return len(one["shape"])


def likely_layout(shape: Sequence[int | None], window: bool = False, out: bool = False) -> str:
    """The likely layout of a tensor."""
    rank = len(shape)
    if rank == 5:
        return "N1CHW" if shape[1] == 1 else "NHWC1" if shape[4] == 1 else "NC1HW"
    if rank == 4:
        last = isinstance(shape[3], int) and not isinstance(shape[1], int)
        square = isinstance(shape[1], int) and shape[1] == shape[2] != shape[3]
        return "NHWC" if last or square else "NCHW"
    if rank == 3:
        if window:
            return "N1C" if shape[1] == 1 else "NC1"
        return "NHW" if out or shape[0] in (None, 1) else "CHW"
    return {2: "NC", 1: "N"}.get(rank, "NCHW") if window or rank < 3 else "NCHW"


def sides_of(shape: Sequence[int | None], layout: str) -> tuple[int | None, int | None] | None:
    """(rows, columns) of a tensor, None where it has none."""
    if "H" not in layout or len(layout) != len(shape):
        return None
    return shape[layout.index("H")], shape[layout.index("W")]


def band_count(bands: str) -> int | None:
    """How many a row of the table means; None = any number."""
    text = bands.strip()
    if text in ("", "any"):
        return None
    return int(text) if text.isdecimal() else len(parts_of(text))


def parts_of(text: str) -> list[str]:
    """Names, or numbers, separated by semicolons or commas."""
    return [one.strip() for one in text.replace(";", ",").split(",") if one.strip()]


def _names(bands: str) -> Any:
    text = bands.strip()
    if text in ("", "any"):
        return "any"
    return int(text) if text.isdecimal() else parts_of(text)


def _tensor(row: Row, one: Mapping[str, Any], joined: bool) -> dict[str, str]:
    form = TensorForm(row.tensor if joined else "", row.layout or "NCHW", TYPES[one["type"]])
    return {"name": form.name, "layout": form.layout, "dtype": form.dtype}


def input_entry(row: Row, rows: Sequence[Row], given: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """An input of a card; `given` are those of the graph."""
    one = next(one for one in given if one["name"] == row.tensor)
    joined = sum(other.tensor == row.tensor for other in rows) > 1
    name = f"{row.tensor}_{row.role}" if joined else row.tensor
    if row.role in NUMBER_ROLES:
        form = _tensor(row, one, joined)
        entry: dict[str, Any] = {"name": name, "role": row.role, "tensor": form}
        if row.role == CONSTANT_ROLE:
            entry["value"] = _numbers(row)
        elif row.bands:
            entry["date_of"] = row.bands
        return entry
    return {"name": name, "role": row.role, "bands": _names(row.bands), "ratio": row.ratio or 1,
            "scaling": row.scaling or "none", "tensor": _tensor(row, one, joined)}  # fmt: skip


def _numbers(row: Row) -> list[float]:
    try:
        return [float(part) for part in parts_of(row.bands)]
    except ValueError:
        raise InputError(f"INPUTS gives the tensor '{row.tensor}' the numbers '{row.bands}'; expected numbers "
                         "separated by "
                         "commas in the column of the bands.") from None  # fmt: skip


def output_entry(row: Row, made: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """An output of a card; `made` are those of the graph."""
    one = next(one for one in made if one["name"] == row.tensor)
    entry: dict[str, Any] = {"name": row.tensor, "tensor": _tensor(row, one, False)}
    if row.scores:
        told = _names(row.bands)
        entry["classes"] = [f"class {n}" for n in range(1, told + 1)] if isinstance(told, int) else told
        entry["scores"] = row.scores
        return entry
    if row.add:
        entry["add"] = row.add
    return {**entry, "like": row.role} if row.role else {**entry, "bands": _names(row.bands)}
