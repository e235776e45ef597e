"""Do the parts of a card that say how tensors are laid out agree with each other? One sentence where they do not."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ..basics import field_checks as check
from .tensor_form import DATE_ROLE, TensorForm

PATCH = "patch"
"""The kind of scaling that is made anew for every window."""
REACH = 3
"""Coarse pixels around that interpolation looks at, and half a pixel."""
Inputs = Sequence[Any]
Outputs = Sequence[Any]


def require_consistent(inputs: Inputs, outputs: Outputs, halo: int, margin: int, window: int) -> None:
    """Refuse what cannot be run.

    Parameters
    ----------
    inputs, outputs : `InputSpec`s and `OutputSpec`s of one card.
    halo, margin, window : of that card, pixels.

    Raises
    ------
    ModelError
    """
    _require_room(inputs, outputs, halo, margin, window)
    for spec in inputs:
        _require_input(spec, inputs, window)
    for spec in outputs:
        _require_output(spec, inputs, halo, window)
    _require_joined(inputs)


def _require_room(inputs: Inputs, outputs: Outputs, halo: int, margin: int, window: int) -> None:
    if margin > halo:
        check.refuse(f"The margin is {margin} and the halo {halo}",
                     "a halo of at least the margin is expected, since a pixel needs what lies around it")  # fmt: skip
    if not window:
        return
    if halo < window // 2:
        check.refuse(f"The window is {window} and the halo {halo}", f"a halo of {window // 2} or more is expected",
                     f"write {window // 2} into 'halo'")  # fmt: skip
    if margin:
        check.refuse(f"The card has a window of {window} and a margin of {margin}", "only one of both is expected")
    if any(spec.ratio != 1 for spec in inputs):
        check.refuse("The card has a window and an input of another ratio than 1",
                     "windows are cut on the grid of the result", "write 1 into 'ratio'")  # fmt: skip
    if any(spec.add for spec in outputs):
        check.refuse("The card has a window and an output to which an input is added",
                     "the network tells of one pixel", "leave 'add' out")  # fmt: skip


def _require_input(spec: Any, inputs: Inputs, window: int) -> None:
    if not spec.is_raster:
        if spec.role == DATE_ROLE and not any(one.is_raster and one.role == spec.date_of for one in inputs):
            check.refuse(f"Input '{spec.name}' is the date of '{spec.date_of}'", "the role of a raster input is "
                                                                                 "expected")
        return
    if spec.scaling.kind == PATCH and not window:
        check.refuse(f"Input '{spec.name}' is scaled patch by patch and the card has no window",
                     "only windows of a fixed size can be scaled so, else the result would depend on the tiles",
                     "write the side of a patch into 'window', or take another scaling")  # fmt: skip
    _require_axes(f"Input '{spec.name}'", spec.tensor, window)
    if spec.tensor.layout and "C" not in spec.tensor.layout and spec.channels != 1:
        check.refuse(f"Input '{spec.name}' has the layout {spec.tensor.layout} without channels and "
                     f"{spec.channels or 'any number of'} bands", "one band is expected then")  # fmt: skip
    if spec.again:
        first = next(one for one in inputs if one.role == spec.role)
        if first is spec or first.bands != spec.bands:
            check.refuse(f"Input '{spec.name}' says 'again'",
                         "an input before it with the same role and the same bands is expected")  # fmt: skip


def _require_output(spec: Any, inputs: Inputs, halo: int, window: int) -> None:
    _require_axes(f"Output '{spec.name}'", spec.tensor, window)
    if spec.add:
        added = next((one for one in inputs if one.role == spec.add and one.is_raster), None)
        if added is None:
            check.refuse(f"Output '{spec.name}' adds '{spec.add}'", "the role of a raster input is expected there")
        if added.ratio > 1 and halo < REACH * added.ratio:
            check.refuse(f"Output '{spec.name}' adds '{spec.add}', which is interpolated from {added.ratio} times "
                         "larger "
                         f"pixels, and the halo is {halo}", f"a halo of {REACH * added.ratio} or more is expected",
                         f"write {REACH * added.ratio} into 'halo'")  # fmt: skip
        if spec.like and spec.like != spec.add:
            check.refuse(f"Output '{spec.name}' is like '{spec.like}' and adds '{spec.add}'",
                         "both are expected to be the same, so that the units are")  # fmt: skip


def _require_axes(what: str, form: TensorForm, window: int) -> None:
    if window and "N" not in form.layout:
        check.refuse(f"{what} has the layout {form.layout} and the card has a window", "an axis N of windows is "
                                                                                       "expected")
    if not window and not form.is_spatial:
        check.refuse(f"{what} has the layout {form.layout} without rows and columns", "both are expected of tiles",
                     "correct the layout, or write the side of a patch into 'window'")  # fmt: skip


def _require_joined(inputs: Inputs) -> None:
    """Inputs that share a tensor lie alike in it."""
    groups: dict[str, list[Any]] = {}
    for spec in inputs:
        groups.setdefault(spec.graph_name, []).append(spec)
    for name, members in groups.items():
        if len(members) > 1 and not all(one.tensor.name == name for one in members):
            check.refuse(f"The tensor '{name}' is one input and a part of another",
                         "inputs that share a tensor all name it", "write its name into 'tensor' of each")  # fmt: skip
        rasters = [one for one in members if one.is_raster]
        forms = {(one.tensor.layout, one.tensor.dtype) for one in members}
        if len(forms) > 1 or len({one.ratio for one in rasters}) > 1:
            check.refuse(f"The inputs {check.listed([one.name for one in members])} share the tensor '{name}' and "
                         "differ "
                         "in layout, dtype or ratio", "all of them are expected to lie alike")  # fmt: skip
        if len(members) > 1 and "C" not in members[0].tensor.layout:
            check.refuse(f"The tensor '{name}' joins {len(members)} inputs and has no channels",
                         "an axis C is expected in its layout")  # fmt: skip
