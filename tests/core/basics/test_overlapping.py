"""Stages overlap, keep the order, and end together on an error or a cancel."""

import threading
import time

import pytest

from rsfusion_qgis.core.basics.errors import CancelledError
from rsfusion_qgis.core.basics.stages import OverlappingStages


def nothing() -> None:
    pass


def test_items_pass_all_stages_in_order():
    out = []
    stages = OverlappingStages((lambda x: x + 1, lambda x: x * 10, out.append))
    stages.run(range(50), nothing, nothing)
    assert out == [10 * (i + 1) for i in range(50)] and stages.done == 50


def test_no_items_at_all():
    OverlappingStages((lambda x: x,)).run([], nothing, nothing)


def test_stages_work_at_the_same_time():
    def slow(x):
        time.sleep(0.05)
        return x

    started = time.perf_counter()
    OverlappingStages((slow, slow, slow)).run(range(10), nothing, nothing)
    assert time.perf_counter() - started < 0.05 * 30 * 0.7


@pytest.mark.parametrize("where", [0, 1, 2])
def test_an_error_in_any_stage_reaches_the_caller(where):
    def fail(x):
        raise ValueError("stage")

    stages = [lambda x: x] * 3
    stages[where] = fail
    with pytest.raises(ValueError, match="stage"):
        OverlappingStages(tuple(stages)).run(range(100), nothing, nothing)
    assert threading.active_count() < 20


def test_an_error_in_the_items_reaches_the_caller():
    def items():
        yield 1
        raise ValueError("items")

    with pytest.raises(ValueError, match="items"):
        OverlappingStages((lambda x: x,)).run(items(), nothing, nothing)


def test_cancelling_interrupts_a_stage_at_work():
    interrupted = threading.Event()

    def endless(x):
        if interrupted.wait(20):
            raise CancelledError("stopped")

    def watch():
        if time.perf_counter() - started > 0.2:
            raise CancelledError("cancelled")

    started = time.perf_counter()
    with pytest.raises(CancelledError):
        OverlappingStages((endless,)).run(range(3), watch, interrupted.set)
    assert time.perf_counter() - started < 0.7


def test_little_waits_between_the_stages():
    waiting, most = [], []

    def make(x):
        waiting.append(x)
        most.append(len(waiting))
        return x

    def use(x):
        time.sleep(0.01)
        waiting.remove(x)

    OverlappingStages((make, use)).run(range(30), nothing, nothing)
    assert max(most) <= 4


def test_a_stage_that_does_not_end_is_ended():
    def endless(_):
        while True:
            sum(range(1000))

    def watch():
        if time.perf_counter() - started > 0.2:
            raise CancelledError

    started = time.perf_counter()
    with pytest.raises(CancelledError):
        OverlappingStages((lambda x: x, endless)).run(range(3), watch, nothing)
    assert time.perf_counter() - started < 0.2 + 2.0
