"""The sorted values of every window, for all windows at once.

Sorting window by window would sort nearly the same values again for every pixel. Here a sorted list is a list of
planes: plane k holds the k-th smallest value of each pixel's window. Neighbouring windows are merged by a sorting
network whose comparators are the minimum and the maximum of two planes (odd-even merge, Batcher 1968,
doi:10.1145/1468075.1468121); a merged pair serves every larger window that contains it, and the last merge leaves out
what nobody wants. That is exact, and several times as fast as `numpy.sort` on each window.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Optional

import numpy as np

Planes = list[np.ndarray]
Wanted = Optional[Collection[int]]
"""Places in a sorted list; None = all."""


def sorted_windows(
    values: np.ndarray, counts: tuple[int, int], step: int = 1, wanted: Wanted = None
) -> Planes:
    """Sort the values of each window of `counts` (rows, cols) positions that lie `step` pixels apart.

    Parameters
    ----------
    values : ndarray
        (rows, cols), no NaN; +inf stands for no data and comes last.
    wanted
        The planes that are needed; the others may be None.

    Returns
    -------
    list of ndarray
        counts rows * counts cols planes in ascending order, flat: see `unflattened`. Pixel (0, 0) is the window that
        begins there.
    """
    # Flat, a shift by rows and columns is one offset and every plane is contiguous. Windows that would reach over
    # the end of a row hold what the next row begins with, and are dropped in the end.
    columns = _windows([values.ravel()], counts[0], step * values.shape[1])
    return _windows(columns, counts[1], step, wanted)


def valid_counts(values: np.ndarray, counts: tuple[int, int], step: int = 1) -> np.ndarray:
    """How many values of each window of `sorted_windows` are data: flat int32, see there."""
    total = np.isfinite(values.ravel()).astype(np.int32)
    for count, stride in zip(counts, (step * values.shape[1], step)):
        whole = len(total) - stride * (count - 1)
        total = np.sum([total[i * stride : i * stride + whole] for i in range(count)], axis=0, dtype=np.int32)
    return total


def unflattened(plane: np.ndarray, shape: tuple[int, int], counts: tuple[int, int], step: int = 1) -> np.ndarray:
    """The windows of a plane that lie inside an array of that shape.

    Returns
    -------
    ndarray
        (rows - step (counts rows - 1), cols - step (counts cols - 1)), a view.
    """
    rows, cols = (n - step * (count - 1) for n, count in zip(shape, counts))
    return np.lib.stride_tricks.as_strided(
        plane, (rows, cols), (shape[1] * plane.itemsize, plane.itemsize), writeable=False
    )


def _windows(lists: Planes, count: int, stride: int, wanted: Wanted = None) -> Planes:
    """Sorted lists of `count` neighbours `stride` apart, put together from windows of 1, 2, 4, ... neighbours."""
    length = len(lists[0])
    whole = length - stride * (count - 1)
    done: Optional[Planes] = None
    size, covered = 1, 0
    while True:
        if count & size:
            part = _cut(lists, covered * stride, whole)
            covered += size
            done = part if done is None else merged(done, part, wanted if covered == count else None)
        if covered == count:
            return done
        room = length - stride * (2 * size - 1)
        lists = merged(_cut(lists, 0, room), _cut(lists, size * stride, room))
        size *= 2


def _cut(lists: Planes, first: int, length: int) -> Planes:
    return [plane[first : first + length] for plane in lists]


def merged(one: Planes, other: Planes, wanted: Wanted = None) -> Planes:
    """Merge two sorted lists of planes of any lengths into one; planes that are not wanted may be None."""
    if not one or not other:
        return one or other
    length = len(one) + len(other)
    places = range(length) if wanted is None else wanted
    if length == 2:
        return _exchanged(one[0], other[0], 0, places)
    evens = -(-len(one) // 2) - (-len(other) // 2)
    pairs = min(evens - 1, length - evens)
    of_even, of_odd = (None, None) if wanted is None else _needed(wanted, evens, pairs)
    even, odd = merged(one[::2], other[::2], of_even), merged(one[1::2], other[1::2], of_odd)
    result = even[:1]
    for i in range(pairs):
        result += _exchanged(even[i + 1], odd[i], 2 * i + 1, places)
    return [*result, *even[1 + pairs :], *odd[pairs:]]


def _exchanged(one: np.ndarray, other: np.ndarray, first: int, places: Collection[int]) -> Planes:
    """The smaller and the larger of two planes, each where its place, `first` or the next one, is wanted."""
    low = np.minimum(one, other) if first in places else None
    return [low, np.maximum(one, other) if first + 1 in places else None]


def _needed(wanted: Collection[int], evens: int, pairs: int) -> tuple[set[int], set[int]]:
    """Places in the merged even and odd lists that the wanted ones come from."""
    even, odd = set(), set()
    for place in wanted:
        before, rest = (place + 1) // 2, place - pairs
        if before <= pairs:
            even.add(before)
            odd |= {before - 1} if before else set()
        elif evens > pairs + 1:
            even.add(rest)
        else:
            odd.add(rest - 1)
    return even, odd
