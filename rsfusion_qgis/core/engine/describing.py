"""A network that nobody described: what its graph tells, a card that is proposed, and what does not fit, in sentences.

The graph is read and run in a process of its own, within the limits of `networks.indicators`. Where the graph leaves a
choice, the proposal says so as a question, and the user's word goes before it.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Optional

from ..basics.errors import InputError, ModelError
from ..basics.monitor import Monitor
from ..networks import devices
from ..networks.card import usable_name
from ..networks.first_load import MEMORY_BYTES, TIMES_ITS_SIZE
from ..networks.graph_check import TYPES, require_known_operators
from ..networks.graph_outline import outline
from ..networks.indicators import asked_child
from ..networks.onnx_file import inspect, require_inside
from ..networks.tensor_form import CONSTANT_ROLE, NUMBER_ROLES, RATIO_ROLE
from .contract import COARSE, FINE, Role, Task
from .described_rows import Proposal, Row, Wishes, band_count, input_entry, likely_layout, output_entry, rank, sides_of

PROGRAM = Path(devices.__file__).with_name("describe_child.py")
MOST_MEMORY = 4 * MEMORY_BYTES
MANY_BANDS = 16
"""From so many channels on an input is taken for a spectrum."""
WIDE_RATIOS = (0.01, 256.0)
SHARPENED_RATIOS = (1.5, 16.0)
_SQUASHED = {"Sigmoid": (0.0, 1.0), "HardSigmoid": (0.0, 1.0), "Softmax": (0.0, 1.0), "Tanh": (-1.0, 1.0)}


def propose(path: str | Path, tasks: Sequence[Task], monitor: Monitor, wishes: Optional[Wishes] = None) -> Proposal:
    """Describe a network.

    Raises
    ------
    ModelError
        It cannot be opened or run, or it has a form that no card can say.
    InputError
        A wish names what is not there, or no Python is found to read the graph with.
    """
    path, wishes = Path(path), wishes or Wishes()
    file = inspect(path)
    require_inside(path, file.external)
    require_known_operators(path.name, file.domains)
    seen = _asked(path, {}, monitor)
    describer = _Describer(path, seen, tasks, wishes)
    proposal = describer.proposal()
    forms = describer.forms(proposal)
    told = _asked(path, {"forms": forms, "poke": [row.layout for row in describer.outputs]}, monitor)
    describer.measured(proposal, told)
    return proposal


def _asked(path: Path, more: Mapping[str, Any], monitor: Monitor) -> dict[str, Any]:
    runtime = Path(str(devices.import_onnxruntime().__file__)).resolve().parents[1]
    question = {"path": str(path.resolve()), "folders": [str(runtime), *sys.path], **more}
    found = asked_child(question, MOST_MEMORY + TIMES_ITS_SIZE * path.stat().st_size, monitor, PROGRAM)
    if "inputs" not in found:
        reason = next((text for _, text in found["faults"]), found["ended"] or "unknown")
        raise ModelError(f"The model '{path.name}' cannot be opened ({reason[:200]}), but a network that ONNX Runtime "
                         "knows "
                         "is expected; export it again, with ONNX operator set 17 or lower.")  # fmt: skip
    return found


class _Describer:
    """One network on its way to a card."""

    def __init__(self, path: Path, seen: Mapping[str, Any], tasks: Sequence[Task], wishes: Wishes) -> None:
        self.path, self.wishes, self.doubts = path, wishes, []
        self.tasks = [task for task in tasks if task.card_task and any(face.networks for face in task.faces)]
        self.given, self.made = seen["inputs"], seen["outputs"]
        self.last = {name: node.kind for node in outline(path).nodes for name in node.outputs}
        self._require_known()
        self.window = self._window()
        self.numbers = {one["name"] for one in self.given if self._is_number(one)}
        self.rasters = [one for one in self.given if one["name"] not in self.numbers]
        if not self.rasters:
            raise ModelError(f"The model '{path.name}' takes no raster: none of its inputs has rows and columns; "
                             "choose "
                             "another network.")  # fmt: skip
        self.outputs = [self._output(one) for one in self.made]

    def _require_known(self) -> None:
        for one in (*self.given, *self.made):
            if one["type"] not in TYPES:
                raise ModelError(f"The model '{self.path.name}' has the tensor '{one['name']}' of {one['type']}, but "
                                 "numbers "
                                 f"of {', '.join(TYPES.values())} are expected; export it again.")  # fmt: skip
        names = {one["name"] for one in self.given}
        for row in self.wishes.inputs:
            if row.tensor not in names:
                raise InputError(f"INPUTS names the tensor '{row.tensor}', but the network takes "
                                 f"{', '.join(sorted(names))}; correct the table.")  # fmt: skip

    # What the graph tells

    def _window(self) -> int:
        """The side of the windows that it takes, 0 where it takes tiles."""
        if self.wishes.window is not None:
            return self.wishes.window
        flat = all(rank(one) <= 2 for one in self.made)
        sides = [sides_of(one["shape"], likely_layout(one["shape"])) for one in self.given if rank(one) >= 4]
        fixed = [side for side in sides if side is not None and None not in side and side[0] == side[1]]
        if flat and sides and len(fixed) == len(sides):
            return int(fixed[0][0])
        return 1 if flat and not sides and any(rank(one) >= 2 for one in self.given) else 0

    def _is_number(self, one: Mapping[str, Any]) -> bool:
        told = [row for row in self.wishes.inputs if row.tensor == one["name"]]
        if told and all(row.role in NUMBER_ROLES for row in told):
            return True
        return rank(one) < 2 or (rank(one) == 2 and (not self.window or one["shape"][1] == 1))

    def _layout_of(self, one: Mapping[str, Any]) -> str:
        told = next((row.layout for row in self.wishes.inputs if row.tensor == one["name"] and row.layout), "")
        return told or likely_layout(one["shape"], bool(self.window))

    def _channels(self, one: Mapping[str, Any], layout: str) -> int | None:
        place = layout.find("C")
        return one["shape"][place] if 0 <= place < rank(one) else 1

    def _output(self, one: Mapping[str, Any]) -> Row:
        told = next((row for row in self.wishes.outputs if row.tensor == one["name"]), None)
        layout = told.layout if told and told.layout else likely_layout(one["shape"], bool(self.window), out=True)
        kind, whole = self.last.get(one["name"], ""), TYPES[one["type"]].startswith(("int", "uint"))
        scores = told.scores if told else ""
        if not scores and (whole or kind == "ArgMax"):
            scores = "labels"
        elif not scores and (kind == "Softmax" or (self.window and not told)):
            scores = "probabilities" if kind in _SQUASHED else "logits"
        return Row(one["name"], told.role if told else "", told.bands if told else "", layout, scores=scores,
                   add=told.add if told else "")  # fmt: skip

    # What is proposed

    def proposal(self) -> Proposal:
        """The card but for what only a run tells."""
        task = self._task()
        inputs = list(self.wishes.inputs) or self._rows(task)
        inputs = [self._filled(row, task) for row in inputs]
        outputs = self._kept(task, inputs)
        return Proposal(task, {}, inputs, outputs, self.doubts)

    def _task(self) -> Task:
        if self.wishes.task:
            found = [task for task in self.tasks if self.wishes.task in (task.card_task, task.id)]
            if not found:
                raise InputError(f"TASK is '{self.wishes.task}'; expected one of "
                                 f"{', '.join(task.card_task for task in self.tasks)}.")  # fmt: skip
            return found[0]
        named = {row.role for row in self.wishes.inputs} - {*NUMBER_ROLES, ""}
        scored = any(row.scores for row in self.outputs)
        ranked = sorted(self.tasks, key=lambda task: self._rank(task, named, scored), reverse=True)
        return ranked[0]

    def _rank(self, task: Task, named: set[str], scored: bool) -> tuple[Any, ...]:
        """How well a task fits; the greatest is taken."""
        roles = {role.name for role in task.inputs}
        needed = [role for role in task.inputs if role.required and not role.derived]
        words = " ".join(one["name"].lower() for one in self.rasters)
        known = sum(role.name.lower() in words.replace("_", " ").split() for role in task.inputs)
        maps = _maps(task)
        general = not task.like and not maps
        joined = self._split(task)
        fits = len(needed) <= max(len(self.rasters), 2 if joined else 0) and len(self.rasters) <= len(roles)
        if named:
            fits = named <= roles and {role.name for role in needed} <= named
        if scored != maps and not (general and not scored):
            fits = False
        paired = bool(task.tagged(FINE) or task.derives_ratio) and len(needed) == 2
        likely = paired and not scored and (joined or len(self.rasters) == 2) and self._sharpens(task)
        return fits, known, likely, general and not maps, bool(task.trainings) == bool(self.window)

    def _sharpens(self, task: Task) -> bool:
        """Whether an output has as many channels as one raster, and the other one fits the task's finer role."""
        counts = [self._channels(one, self._layout_of(one)) for one in self.rasters]
        made = [self._channels(one, row.layout) for one, row in zip(self.made, self.outputs)]
        if len(counts) == 1:
            return bool(self._split(task))
        one_band = any(role.bands == 1 for role in task.inputs if role.required)
        if one_band != (1 in counts):
            return False
        return any(count in made for count in counts if count != 1) or None in made

    def _split(self, task: Task) -> tuple[int, int] | None:
        """(bands of the coarse role, of the finer one) that one tensor may join; None where it does not look so."""
        if len(self.rasters) != 1 or self.window:
            return None
        count = self._channels(self.rasters[0], self._layout_of(self.rasters[0]))
        made = [self._channels(one, row.layout) for one, row in zip(self.made, self.outputs)]
        if count is None or not made or made[0] is None or not 0 < made[0] < count:
            return None
        rest = count - made[0]
        single = any(role.bands == 1 for role in task.inputs if role.required)
        return (made[0], rest) if (rest == 1) == single else None

    def _ordered(self, task: Task) -> list[Role]:
        """The task's roles, those first that it needs, the coarser one before the finer one."""
        needed = [role for role in task.inputs if role.required and not role.derived]
        needed.sort(key=lambda role: (role.name != task.like, role.tag != COARSE))
        return [*needed, *(role for role in task.inputs if role not in needed)]

    def _rows(self, task: Task) -> list[Row]:
        roles, rows = self._ordered(task), []
        split = self._split(task)
        if split and len([role for role in roles if role.required]) == 2:
            tensor, (bands, rest) = self.rasters[0]["name"], split
            first, second = roles[:2]
            self.doubts.append(f"Input 0 '{tensor}' has {bands + rest} channels and the output {bands}: {bands} bands "
                               "of "
                               f"{first.parameter} and then {second.parameter}?")  # fmt: skip
            rows = [Row(tensor, first.name, str(bands)), Row(tensor, second.name, str(rest))]
        else:
            rows = self._one_each(roles)
        for one in self.given:
            if one["name"] in self.numbers:
                rows.append(self._number(one, task))
        return rows

    def _one_each(self, roles: list[Role]) -> list[Row]:
        rows, free = [], list(roles)
        for place, one in enumerate(self.rasters):
            count = self._channels(one, self._layout_of(one))
            words = one["name"].lower().replace("_", " ").split()
            fitting = [role for role in free if role.bands in (None, count)] or free
            named = [role for role in free if role.name.lower() in words]
            rich = [role for role in fitting if (role.bands == 1) == (count == 1)] or fitting
            if not free:
                raise ModelError(f"The model '{self.path.name}' takes {len(self.rasters)} rasters, but the task has "
                                 f"{len(roles)}; choose another TASK.")  # fmt: skip
            role = (named or rich)[0]
            if not named and len(self.rasters) > 1:
                self.doubts.append(f"Input {place} '{one['name']}' has {count or 'any number of'} channels: is it "
                                   f"{role.parameter}?")  # fmt: skip
            free.remove(role)
            rows.append(Row(one["name"], role.name, "any" if count is None else str(count)))
        return rows

    def _number(self, one: Mapping[str, Any], task: Task) -> Row:
        count = 1
        for size in one["shape"]:
            count *= size or 1
        if count == 1 and task.derives_ratio:
            self.doubts.append(f"Input '{one['name']}' is one number: the ratio of pixel sizes?")
            return Row(one["name"], RATIO_ROLE)
        self.doubts.append(f"Input '{one['name']}' takes {count} numbers, and nothing says which: 1 is given, correct "
                           "it in "
                           "INPUTS.")  # fmt: skip
        return Row(one["name"], CONSTANT_ROLE, ",".join(["1"] * count))

    def _filled(self, row: Row, task: Task) -> Row:
        """A row with all that the graph tells."""
        if row.role in NUMBER_ROLES:
            return row
        roles = {role.name for role in task.inputs}
        if row.role not in roles:
            raise InputError(f"INPUTS gives the tensor '{row.tensor}' the role '{row.role}', but {task.card_task} has "
                             f"{', '.join((*sorted(roles), *NUMBER_ROLES))}; correct the table.")  # fmt: skip
        one = next(one for one in self.given if one["name"] == row.tensor)
        layout = row.layout or self._layout_of(one)
        if len(layout) != rank(one):
            raise ModelError(f"The input '{row.tensor}' of the model '{self.path.name}' has {rank(one)} axes, but "
                             "the layout "
                             f"{layout} has {len(layout)}; correct it in INPUTS.")  # fmt: skip
        count = self._channels(one, layout)
        bands = row.bands or ("any" if count is None else str(count))
        scaling = row.scaling or self._scaling(one)
        return Row(row.tensor, row.role, bands, layout, row.ratio or self._ratio(one, layout), scaling)

    def _ratio(self, one: Mapping[str, Any], layout: str) -> int:
        """How much coarser an input is than the finest one, where the graph has fixed both."""
        own = sides_of(one["shape"], layout)
        others = [sides_of(other["shape"], self._layout_of(other)) for other in self.rasters]
        most = max((side[0] for side in others if side and side[0]), default=None)
        if own is None or not own[0] or not most or self.window:
            return 1
        return max(1, most // own[0]) if most % own[0] == 0 else 1

    def _scaling(self, one: Mapping[str, Any]) -> str:
        if TYPES[one["type"]].startswith(("int", "uint")):
            return "none"
        guess = "scene" if any(row.scores for row in self.outputs) else "depth"
        self.doubts.append(f"The file does not say how '{one['name']}' is scaled: '{guess}' is a guess, correct it in "
                           "INPUTS.")
        return guess

    def _kept(self, task: Task, inputs: Sequence[Row]) -> list[Row]:
        """The outputs that are written."""
        general = not task.like and not any(row.scores for row in self.outputs)
        wished = {row.tensor for row in self.wishes.outputs}
        rows = [row for row in self.outputs if row.tensor in wished] if wished else (
            self.outputs if general else self._best(task))  # fmt: skip
        if len(rows) < len(self.outputs) and not wished:
            left = ", ".join(f"'{row.tensor}'" for row in self.outputs if row not in rows)
            self.doubts.append(f"Of {len(self.outputs)} outputs '{rows[0].tensor}' is kept, and not {left}.")
        return [self._named(row, task, inputs) for row in rows]

    def _best(self, task: Task) -> list[Row]:
        """The first output that looks like what the task writes."""
        scored = [row for row in self.outputs if row.scores]
        spatial = [row for row in self.outputs if "H" in row.layout]
        return (scored or spatial or self.outputs)[:1]

    def _named(self, row: Row, task: Task, inputs: Sequence[Row]) -> Row:
        one = next(one for one in self.made if one["name"] == row.tensor)
        count = self._channels(one, row.layout)
        role, bands = row.role, row.bands
        maps = _maps(task)
        if not maps and not bands and not role:
            like = next((other for other in inputs if other.role == task.like), None)
            role = like.role if like is not None and count in (None, band_count(like.bands)) else ""
        if not role and not bands:
            if count is None:
                self.doubts.append(f"The graph does not say how many channels '{row.tensor}' has; tell it in OUTPUTS.")
            number = 2 if maps and (count in (1, None)) and row.scores != "labels" else count or 1
            bands = str(number)
        scores = row.scores or ("logits" if maps else "")
        if maps and scores == "labels" and not row.bands:
            self.doubts.append(f"'{row.tensor}' gives labels and does not say how many; tell the classes in OUTPUTS.")
            bands = "2"
        if maps and self.last.get(row.tensor) in _SQUASHED and scores == "logits":
            scores = "probabilities"
        return Row(row.tensor, role, bands, row.layout, scores=scores if maps else "", add=row.add)

    # What a run tells

    def forms(self, proposal: Proposal) -> dict[str, Any]:
        """What the child needs to make tensors."""
        made: dict[str, Any] = {}
        for row in proposal.inputs:
            number = row.role in NUMBER_ROLES
            one = made.setdefault(row.tensor, {"layout": "", "ratio": 1, "channels": 0})
            one["channels"] += 1 if number else band_count(row.bands) or 4
            if not number:
                one.update(layout=row.layout, ratio=row.ratio)
        for one in self.given:
            made.setdefault(one["name"], {"layout": "", "ratio": 1, "channels": 1})
        return made

    def measured(self, proposal: Proposal, told: Mapping[str, Any]) -> None:
        """Halo, step, margin and range from a run, and then the card."""
        if "side" not in told:
            reason = next((text for _, text in told["faults"]), told["ended"] or "unknown")
            raise ModelError(f"The model '{self.path.name}' does not run as it is described ({reason[:200]}); correct "
                             "layout, "
                             "bands or ratio in INPUTS.")  # fmt: skip
        side, wishes = told["side"], self.wishes
        margin = self._margin(proposal, told)
        halo = self.window // 2 if self.window else told.get("reach", 0)
        if not self.window and told.get("whole"):
            self.doubts.append(f"A changed pixel changes the whole tile, as far as {halo} pixels were tried: the "
                               "result will "
                               "depend on the tiles; rsfusion:checkmodel says how much.")  # fmt: skip
        step = told["step"] or 1
        fixed = any(size for one in self.rasters for size in (sides_of(one["shape"], self._layout_of(one)) or ()))
        if not told["step"] and not self.window and not fixed:
            self.doubts.append(f"No step was found by which tiles may grow beyond {side} pixels; tell MULTIPLE_OF.")
        self._range(proposal, told)
        fields = {
            "name": usable_name(wishes.name or self.path.stem, "network"), "task": proposal.task.card_task,
            "inputs": [input_entry(row, proposal.inputs, self.given) for row in proposal.inputs],
            "outputs": [output_entry(row, self.made) for row in proposal.outputs],
            "halo": wishes.halo if wishes.halo is not None else max(halo, margin),
            "multiple_of": wishes.multiple_of or step,
            "margin": margin,
            "window": self.window,
            "ratio_range": list(SHARPENED_RATIOS if proposal.task.like else WIDE_RATIOS),
            "total_parameters": outline(self.path).weights,
        }  # fmt: skip
        again: set[str] = set()
        for entry in fields["inputs"]:
            if entry["role"] in again and entry["role"] not in NUMBER_ROLES:
                entry["again"] = True
            again.add(entry["role"])
        proposal.fields.update(fields)
        proposal.doubts[:] = dict.fromkeys(proposal.doubts)

    def _margin(self, proposal: Proposal, told: Mapping[str, Any]) -> int:
        if self.wishes.margin is not None or self.window:
            return self.wishes.margin or 0
        for row, shape in zip(self.outputs, told["made"]):
            if any(row.tensor == kept.tensor for kept in proposal.outputs) and "H" in row.layout:
                if len(shape) != len(row.layout):
                    raise ModelError(f"The output '{row.tensor}' of the model '{self.path.name}' has {len(shape)} "
                                     "axes, but its "
                                     f"layout is {row.layout}; correct it in OUTPUTS.")  # fmt: skip
                lost = told["side"] - shape[row.layout.index("H")]
                if lost < 0 or lost % 2:
                    raise ModelError(f"The output '{row.tensor}' of the model '{self.path.name}' has "
                                     f"{told['side'] - lost} rows for a tile of {told['side']}, but as many, or an "
                                     "even "
                                     "number less, are expected; correct the ratio in INPUTS.")  # fmt: skip
                return lost // 2
        return 0

    def _range(self, proposal: Proposal, told: Mapping[str, Any]) -> None:
        for row in proposal.outputs:
            kind = self.last.get(row.tensor, "")
            if kind in _SQUASHED and not row.scores and row.role:
                low, high = _SQUASHED[kind]
                self.doubts.append(f"'{row.tensor}' ends in {kind}, so it lies between {low:g} and {high:g} in the "
                                   "network's "
                                   "units; the scaling of its input must be made for that.")  # fmt: skip


def _maps(task: Task) -> bool:
    """Whether its networks give classes."""
    return task.mlm_task.startswith("semantic")
