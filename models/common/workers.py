"""Work spread over processes that share nothing with this one.

A forked process takes along the locks of OpenMP, GDAL and OpenCV, but not the threads that would open them, and can
wait for ever. A spawned one begins anew.
"""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager


def pool(workers: int, initializer: Callable[..., None] | None = None, given: tuple = ()) -> ProcessPoolExecutor:
    """A pool of fresh processes; each calls `initializer(*given)` first."""
    return ProcessPoolExecutor(workers, multiprocessing.get_context("spawn"), initializer, given)


@contextmanager
def mapping(workers: int) -> Iterator[Callable[..., Iterator]]:
    """`map`, in this process where one worker is enough, else spread over several."""
    if workers <= 1:
        yield map
        return
    with pool(workers) as processes:
        yield processes.map
