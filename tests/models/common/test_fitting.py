"""Pieces of a training: laws of the rate and the average, a step by hand, and when a state is written."""

from __future__ import annotations

from pathlib import Path

import pytest

torch = pytest.importorskip("torch")

from models.common import checkpoints, fitting  # noqa: E402


@pytest.mark.parametrize(
    ("share", "of_peak"),
    [(0.0, 0.05), (0.0125, 0.3), (0.025, 0.55), (0.5, 0.5), (1.0, 0.0)],
)
def test_the_rate_rises_then_falls_as_half_a_cosine(share: float, of_peak: float) -> None:
    assert fitting.cosine_rate(share, 2e-3, 0.05, 0.05) == pytest.approx(2e-3 * of_peak, abs=1e-12)


def test_a_group_has_its_own_factor() -> None:
    slow, quick = (torch.nn.Parameter(torch.zeros(1)) for _ in range(2))
    optimiser = torch.optim.SGD([{"params": [slow]}, {"params": [quick], "factor": 5.0}], lr=1.0)
    fitting.set_rate(optimiser, 0.1)
    assert [group["lr"] for group in optimiser.param_groups] == [0.1, 0.5]


def test_a_step_is_cut_to_the_largest_gradient() -> None:
    network = torch.nn.Linear(1, 1, bias=False)
    torch.nn.init.zeros_(network.weight)
    optimiser = torch.optim.SGD(network.parameters(), lr=0.5)
    loss = fitting.descend(network, optimiser, 100 * network(torch.ones(1, 1)).sum() + 3)
    assert loss == 3.0
    assert network.weight.item() == pytest.approx(-0.5 * fitting.LARGEST_GRADIENT, abs=1e-5)


def test_the_average_draws_nearer_and_counters_are_copied() -> None:
    average, network = (torch.nn.BatchNorm1d(2) for _ in range(2))
    with torch.no_grad():
        network.weight.fill_(3.0)
        network.running_mean.fill_(8.0)
        network.num_batches_tracked.fill_(7)
    fitting.follow(average, network, keep=0.75)
    assert average.weight.tolist() == [1.5, 1.5] and average.running_mean.tolist() == [2.0, 2.0]
    assert average.num_batches_tracked.item() == 7


def test_the_average_keeps_less_at_first() -> None:
    shares = [fitting.keeping(0.998, steps) for steps in (0, 8, 10**6)]
    assert shares == [0.1, 0.5, 0.998]


def test_threads_are_as_before_afterwards() -> None:
    before = torch.get_num_threads()
    with fitting.threads(1):
        assert torch.get_num_threads() == 1
    assert torch.get_num_threads() == before


@pytest.mark.parametrize(("every_s", "now", "written"), [(1e6, False, False), (1e6, True, True), (-1.0, False, True)])
def test_a_state_is_written_when_it_is_due(tmp_path: Path, every_s: float, now: bool, written: bool) -> None:
    keeper = checkpoints.Keeper(tmp_path / "state.pt", every_s)
    keeper.keep(lambda: {"steps": 4}, now)
    assert (tmp_path / "state.pt").exists() == written
    if written:
        assert checkpoints.read(tmp_path / "state.pt") == {"steps": 4}
    checkpoints.Keeper(None, -1.0).keep(lambda: pytest.fail("there is no file to write"), now=True)
