"""Between a card and its graph: what the engine gives becomes what the export wants, and back. One place for it all.

The engine gives each input of the card as float32 (1, bands, rows, cols) over one tile and its halo, numbers as (n,),
and gets each output as float32 (1, channels, rows, cols) over the same tile. A graph may want its inputs joined in one
tensor, other axes, another type, tiles or batches of a fixed size, or windows of which it tells the centre. It may
give less than it was fed (unpadded convolutions), labels, or what is to be added to an input. See `tensor_form`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, Callable

import numpy as np

from ..basics.errors import ModelError
from ..grid.resampling_weights import apply, weights
from .card import ModelCard
from .card_fields import InputSpec, OutputSpec
from .form_rules import PATCH
from .graph_check import GraphTensor
from .tensor_form import PLAIN
from .windows import BATCH_BYTES, WindowCutter, batches_of, filled

Feeds = dict[str, np.ndarray]
Call = Callable[[list[str], Feeds], Sequence[np.ndarray]]
"""Runs the graph: names of outputs, tensors by name -> tensors."""
_FLAT = 1e-7  # a deviation below this share of the mean is rounding


@dataclass(frozen=True)
class Projection:
    """Principal components: (values - mean) @ matrix.T; mean (bands,), matrix (components, bands), float32."""

    mean: np.ndarray
    matrix: np.ndarray


class Adapter:
    """Feeds one graph as its card says.

    Parameters
    ----------
    name : of the file, for sentences.
    card : ModelCard
    inputs, outputs : what ONNX Runtime says of the graph, which fits the card, see `graph_check`.

    Attributes
    ----------
    every : int
        Windows are taken around every so many pixels along rows and columns; 1 = all.
    """

    def __init__(
        self, name: str, card: ModelCard, inputs: Sequence[GraphTensor], outputs: Sequence[GraphTensor]
    ) -> None:
        self.name, self.card, self.every = name, card, 1
        self._graph = {one.name: one for one in (*inputs, *outputs)}
        self._groups: dict[str, list[InputSpec]] = {one.name: [] for one in inputs}
        for spec in card.inputs:
            self._groups[spec.graph_name].append(spec)
        self._projections: dict[str, Projection] = {}
        fed = (name for name, group in self._groups.items() if _main(group).is_raster)
        self._images = max((self._fixed(name, "N") or 0 for name in fed), default=0)
        self._side = self._tile()
        self.is_plain = self._plain()

    # What the graph wants

    def _fixed(self, tensor: str, axis: str) -> int | None:
        """The length that the graph has fixed for an axis, None where it is free or absent."""
        spec = next((one for one in self.card.inputs if one.graph_name == tensor), None)
        place = spec.tensor.layout.find(axis) if spec is not None else -1
        shape = self._graph[tensor].shape
        size = shape[place] if 0 <= place < len(shape) else None
        return size if isinstance(size, int) and size > 0 else None

    def _tile(self) -> tuple[int, int] | None:
        """The fixed (rows, cols) of a tile in output pixels, None where any will do."""
        if self.card.window:
            return None
        found = set()
        for name, group in self._groups.items():
            spec = _main(group)
            rows, cols = self._fixed(name, "H"), self._fixed(name, "W")
            if spec.is_raster and (rows or cols):
                found.add(((rows or cols or 0) * spec.ratio, (cols or rows or 0) * spec.ratio))
        if len(found) > 1:
            raise ModelError(f"The model '{self.name}' takes tiles of {sorted(found)} output pixels, but all of its "
                             "inputs "
                             "must cover the same; correct 'ratio' in the card.")  # fmt: skip
        side = found.pop() if found else None
        if side is not None:
            self._stride(side[0])
            self._stride(side[1])
        return side

    def _stride(self, side: int) -> int:
        """How far one fixed tile lies from the next."""
        step = int(np.lcm.reduce([self.card.multiple_of, *(one.ratio for one in self.card.inputs if one.is_raster)]))
        stride = (side - 2 * self.card.halo) // step * step
        if stride < 1:
            raise ModelError(f"The model '{self.name}' takes tiles of {side} pixels, but its card says a halo of "
                             f"{self.card.halo} on each side, so nothing would be left; correct 'halo' in the card, or "
                             "export it with larger or free tiles.")  # fmt: skip
        return stride

    def _plain(self) -> bool:
        """Whether the graph wants just what the engine gives."""
        card = self.card
        simple = all(one.tensor == PLAIN and one.clip is None and not one.components for one in card.inputs)
        simple = simple and not any(one.scaling.kind in ("decibels", PATCH) for one in card.inputs)
        simple = simple and all(self._numbers_fit(one) for one in card.inputs if not one.is_raster)
        usual = all(one.tensor == PLAIN and not one.add and one.scores != "labels" and not _halved(one, self._graph)
                    for one in card.outputs)  # fmt: skip
        return simple and usual and not (card.margin or card.window or self._side or self._images > 1)

    def _numbers_fit(self, spec: InputSpec) -> bool:
        return len(self._graph[spec.graph_name].shape) == 1

    def learn(self, name: str, projection: Projection) -> None:
        """Take the principal components of an input of the card."""
        self._projections[name] = projection

    def run(self, feeds: Mapping[str, np.ndarray], call: Call) -> Feeds:
        """All outputs of the card over one tile.

        Parameters
        ----------
        feeds : by name of the card's input: (1, bands, rows, cols) or (n,), float32.
        call : runs the graph.

        Returns
        -------
        By name of the card's output: (1, channels, rows, cols) float32.
        """
        given = {spec.name: self._prepared(spec, feeds[spec.name]) for spec in self.card.inputs}
        first = next(spec for spec in self.card.inputs if spec.is_raster)
        rows, cols = (size * first.ratio for size in given[first.name].shape[1:])
        made = self._windows(given, rows, cols, call) if self.card.window else self._tiles(given, rows, cols, call)
        size = rows, cols
        return {one.name: self._finished(one, made[one.name], feeds, size)[None] for one in self.card.outputs}

    def _prepared(self, spec: InputSpec, values: np.ndarray) -> np.ndarray:
        """(channels, rows, cols), in range and as components; numbers stay as they are."""
        if not spec.is_raster:
            return values
        values = values[0]
        if spec.clip is not None:
            values = np.clip(values, *map(np.float32, spec.clip))
        elif spec.scaling.kind == "decibels":
            values = np.clip(values, np.float32(0), np.float32(1))
        if not spec.components:
            return values
        known = self._projections.get(spec.name)
        if known is None:
            raise ModelError(f"The components of input '{spec.name}' of the model '{self.name}' were not learned, but "
                             "they "
                             "are needed; run it on rasters.")  # fmt: skip
        flat = values.reshape(len(values), -1) - known.mean[:, None]
        return (known.matrix @ flat).reshape(-1, *values.shape[1:])

    def _joined(self, parts: Sequence[np.ndarray], group: Sequence[InputSpec]) -> np.ndarray:
        """The graph's tensor from (images, channels, rows, cols) of each of its inputs, or numbers of some."""
        shape = next((one.shape for one, spec in zip(parts, group) if spec.is_raster), None)
        form = _main(group).tensor
        if shape is None:
            return np.concatenate([np.ravel(one) for one in parts])
        planes = [one if spec.is_raster else np.broadcast_to(np.ravel(one).reshape((1, -1) + (1,) * (len(shape) - 2)),
                                                             (shape[0], one.size, *shape[2:]))
                  for one, spec in zip(parts, group)]  # fmt: skip
        values = planes[0] if len(planes) == 1 else np.concatenate(planes, axis=1)
        return np.ascontiguousarray(form.cast(form.laid_out(values)))

    def _numbers(self, tensor: str, values: np.ndarray, images: int) -> np.ndarray:
        """A tensor of numbers in the shape that the graph wants; a free first axis is that of the images."""
        shape = self._graph[tensor].shape
        sizes = [size if isinstance(size, int) and size > 0 else None for size in shape]
        form = _main(self._groups[tensor]).tensor
        if sizes and sizes[0] is None and len(sizes) > 1:
            values, sizes[0] = np.repeat(values[None], images, axis=0), images
        free = [place for place, size in enumerate(sizes) if size is None]
        for place in free[1:]:
            sizes[place] = 1
        wanted = [-1 if size is None else size for size in sizes]
        try:
            return np.ascontiguousarray(form.cast(values.reshape(wanted)))
        except ValueError:
            raise ModelError(f"The input '{tensor}' of the model '{self.name}' has the shape {shape}, but its card "
                             "gives it "
                             f"{values.size} numbers; correct 'value' in the card.") from None  # fmt: skip

    # Whole tiles

    def _tiles(self, given: Feeds, rows: int, cols: int, call: Call) -> Feeds:
        """The graph over a tile, in parts of the size that it takes."""
        if self._side is None:
            places, side, spans = [(0, 0)], (rows, cols), [((0, rows), (0, cols))]
        else:
            side = self._side
            down, across = self._cuts(rows, side[0]), self._cuts(cols, side[1])
            places = [(r[0], c[0]) for r in down for c in across]
            spans = [(r[1:], c[1:]) for r in down for c in across]
            reach = down[-1][0] + side[0], across[-1][0] + side[1]
            given = {spec.name: self._grown(spec, given[spec.name], reach) for spec in self.card.inputs}
        made: Feeds = {}
        count = max(1, self._images)
        for start in range(0, len(places), count):
            part = places[start : start + count]
            part = [*part, *[part[-1]] * (count - len(part))]
            tensors = self._cut(given, part, side)
            for spec, values in self._called(tensors, call):
                whole = self._spread(spec, values, side)
                if self._side is None:
                    made[spec.name] = whole[0]
                    continue
                for one, (down_span, across_span), place in zip(whole, spans[start : start + count], part):
                    target = made.setdefault(spec.name, np.zeros((one.shape[0], rows, cols), np.float32))
                    (top, bottom), (left, right) = down_span, across_span
                    target[:, top:bottom, left:right] = one[:, top - place[0] : bottom - place[0],
                                                            left - place[1] : right - place[1]]  # fmt: skip
        return made

    def _cuts(self, length: int, side: int) -> list[tuple[int, int, int]]:
        """(where a fixed tile begins, first pixel that is kept of it, last and one) along one axis."""
        stride, halo = self._stride(side), self.card.halo
        count = max(1, -(-(length - 2 * halo) // stride))
        return [(n * stride, n * stride + halo if n else 0, (n + 1) * stride + halo if n + 1 < count else length)
                for n in range(count)]  # fmt: skip

    @staticmethod
    def _grown(spec: InputSpec, values: np.ndarray, reach: tuple[int, int]) -> np.ndarray:
        """Mirrored at the end so that the last fixed tile is full."""
        if not spec.is_raster:
            return values
        more = [max(0, -(-size // spec.ratio) - have) for size, have in zip(reach, values.shape[1:])]
        return np.pad(values, ((0, 0), (0, more[0]), (0, more[1])), mode="symmetric") if any(more) else values

    def _cut(self, given: Feeds, places: Sequence[tuple[int, int]], side: tuple[int, int]) -> Feeds:
        tensors = {}
        for name, group in self._groups.items():
            parts = []
            for spec in group:
                values, ratio = given[spec.name], spec.ratio
                if spec.is_raster:
                    high, wide = side[0] // ratio, side[1] // ratio
                    corners = [(row // ratio, col // ratio) for row, col in places]
                    values = np.stack([values[:, r : r + high, c : c + wide] for r, c in corners])
                parts.append(values)
            joined = self._joined(parts, group)
            tensors[name] = joined if any(spec.is_raster for spec in group) else (
                self._numbers(name, joined, len(places)))  # fmt: skip
        return tensors

    def _called(self, tensors: Feeds, call: Call) -> Iterator[tuple[OutputSpec, np.ndarray]]:
        """Each output of the card as (images, channels, rows, cols), or (images, channels)."""
        made = call([spec.name for spec in self.card.outputs], tensors)
        for spec, values in zip(self.card.outputs, made):
            if values.ndim != len(spec.tensor.layout):
                raise self._misfit(spec, values.shape, f"{len(spec.tensor.layout)} axes, {spec.tensor.layout}")
            units = [size for size, letter in zip(values.shape, spec.tensor.layout) if letter == "1"]
            if any(size != 1 for size in units):
                raise self._misfit(spec, values.shape, f"{spec.tensor.layout}, 1 being an axis of length one")
            yield spec, spec.tensor.read(values).astype(np.float32, copy=False)

    def _spread(self, spec: OutputSpec, values: np.ndarray, side: tuple[int, int]) -> np.ndarray:
        """An output on the whole tile; the margin repeats the edge and lies in the halo."""
        margin = self.card.margin
        expected = side[0] - 2 * margin, side[1] - 2 * margin
        if values.ndim != 4 or values.shape[2:] != expected:
            raise self._misfit(spec, values.shape, f"{expected[0]} x {expected[1]} pixels for a tile of {side[0]} x "
                                                   f"{side[1]}")
        if margin:
            values = np.pad(values, ((0, 0), (0, 0), (margin, margin), (margin, margin)), mode="edge")
        return values

    def _misfit(self, spec: OutputSpec, shape: Sequence[int], expected: str) -> ModelError:
        return ModelError(f"The model '{self.name}' returned '{spec.name}' as {tuple(map(int, shape))}, but its card "
                          "promises "
                          f"{expected}; correct the card or export the network again.")  # fmt: skip

    # Windows

    def _windows(self, given: Feeds, rows: int, cols: int, call: Call) -> Feeds:
        """The graph for windows around every pixel, or every so many; what no window has repeats its neighbour."""
        try:
            cutter = WindowCutter((rows, cols), self.card.window, self.every)
        except ValueError as error:
            raise ModelError(f"The model '{self.name}' takes windows, but {error}; choose a larger "
                             "TILE_SIZE.") from None
        values = {spec.name: np.ascontiguousarray(given[spec.name]) for spec in self.card.inputs if spec.is_raster}
        size = sum(one.shape[0] * (self.card.window**2) * 4 for one in values.values())
        count = self._images or max(1, BATCH_BYTES // size)
        made: dict[str, list[np.ndarray]] = {spec.name: [] for spec in self.card.outputs}
        parts = batches_of(cutter, count)
        with ThreadPoolExecutor(1) as pool:  # the next windows are cut while the network computes
            coming = pool.submit(self._batch, cutter, values, given, parts[0], count)
            for place, part in enumerate(parts):
                tensors = coming.result()
                if place + 1 < len(parts):
                    coming = pool.submit(self._batch, cutter, values, given, parts[place + 1], count)
                for spec, told in self._called(tensors, call):
                    told = self._centres(spec, told)
                    made[spec.name].append(told[: part.count])
        return {name: filled(np.concatenate(told), cutter) for name, told in made.items()}

    def _batch(self, cutter: WindowCutter, values: Feeds, given: Feeds, part: Any, count: int) -> Feeds:
        tensors = {}
        for name, group in self._groups.items():
            spatial = _main(group).tensor.is_spatial
            parts = []
            for spec in group:
                if spec.is_raster:
                    cut = cutter.cut(values[spec.name], part, spatial)
                    cut = _patch_scaled(cut, spec) if spec.scaling.kind == PATCH else cut
                    parts.append(cut)
                else:
                    parts.append(given[spec.name])
            raster = any(spec.is_raster for spec in group)
            joined = self._joined(parts, group)
            if raster and self._images and part.count < count:  # the graph wants full batches
                place = _main(group).tensor.layout.index("N")
                pads = [(0, count - part.count if axis == place else 0) for axis in range(joined.ndim)]
                joined = np.pad(joined, pads, mode="edge")
            images = self._images or part.count
            tensors[name] = joined if raster else self._numbers(name, joined, images)
        return tensors

    def _centres(self, spec: OutputSpec, values: np.ndarray) -> np.ndarray:
        """(windows, channels)."""
        if values.ndim == 4 and values.shape[2:] == (1, 1):
            return values[:, :, 0, 0]
        if values.ndim == 4:  # a map of the window: its centre is what is kept
            return values[:, :, values.shape[2] // 2, values.shape[3] // 2]
        return values

    # What becomes of outputs

    def _finished(
        self, spec: OutputSpec, values: np.ndarray, feeds: Mapping[str, np.ndarray], size: tuple[int, int]
    ) -> np.ndarray:
        """(channels, rows, cols): labels and single channels become scores; an input is added."""
        if spec.classes is not None:
            return _scores(spec, values)
        if spec.add:
            source = next(one for one in self.card.inputs if one.role == spec.add and one.is_raster)
            base = feeds[source.name][0]
            if source.ratio > 1:
                base = _finer(base, source.ratio, size)
            if base.shape[0] not in (1, values.shape[0]):
                raise self._misfit(spec, (1, *values.shape), f"{base.shape[0]} channels, as '{spec.add}' has that is "
                                                             "added")
            return values + base
        return values


def _main(group: Sequence[InputSpec]) -> InputSpec:
    """The input that says how the tensor lies: the first raster in it."""
    return next((spec for spec in group if spec.is_raster), group[0])


def _halved(spec: OutputSpec, graph: Mapping[str, GraphTensor]) -> bool:
    """Whether one channel stands for two classes."""
    shape = graph[spec.name].shape if spec.name in graph else ()
    place = spec.tensor.layout.find("C")
    return bool(spec.classes and len(spec.classes) == 2 and len(shape) > place >= 0 and shape[place] == 1)


def _scores(spec: OutputSpec, values: np.ndarray) -> np.ndarray:
    """One channel for each class, in what `spec.scores` says; labels become sure logits."""
    count = len(spec.classes or ())
    if spec.scores == "labels":
        return (values[:1].round() == np.arange(count, dtype=np.float32)[:, None, None]).astype(np.float32)
    if count != 2 or len(values) != 1:
        return values
    if spec.scores == "probabilities":
        return np.concatenate([1 - values, values])
    return np.concatenate([np.zeros_like(values), values])


def _finer(values: np.ndarray, ratio: int, size: tuple[int, int]) -> np.ndarray:
    """(bands, rows, cols) of a coarser grid, interpolated by cubic convolution onto (rows, cols)."""
    rows, cols = values.shape[1:]
    down = weights(0, size[0], 1 / ratio, 0.0, "cubic", 0, rows, rows)
    across = weights(0, size[1], 1 / ratio, 0.0, "cubic", 0, cols, cols)
    return apply(values, down, across)


def _patch_scaled(values: np.ndarray, spec: InputSpec) -> np.ndarray:
    """(windows, bands, rows, cols) less the mean of each band of each window, over its standard deviation."""
    axes = tuple(range(2, values.ndim))
    if not axes:
        return values
    mean = values.mean(axis=axes, keepdims=True)
    spread = values.std(axis=axes, keepdims=True)
    return (values - mean) / np.where(spread > _FLAT * np.maximum(np.abs(mean), 1), spread, np.float32(1))
