"""The convolution peak: how many operations its network has."""

from __future__ import annotations

import numpy as np
import pytest


@pytest.mark.parametrize(("channels", "side"), [(8, 16), (16, 8)])
def test_operations_are_those_that_torch_counts(channels: int, side: int) -> None:
    """The cards are written with the same counter. The values keep their size, so no layer sees zeros or infinity."""
    torch = pytest.importorskip("torch")
    runtime = pytest.importorskip("onnxruntime")
    from torch.utils.flop_counter import FlopCounterMode

    from models.common.convolution_peak import LAYERS, build, flop

    network = torch.nn.Sequential(*[torch.nn.Conv2d(channels, channels, 3, padding=1) for _ in range(LAYERS)])
    with torch.inference_mode(), FlopCounterMode(display=False) as counter:
        network(torch.zeros(1, channels, side, side))
    assert flop(channels, side) == counter.get_total_flops()
    session = runtime.InferenceSession(build(channels, side).SerializeToString(), providers=["CPUExecutionProvider"])
    values = np.random.default_rng(2).normal(size=(1, channels, side, side)).astype(np.float32)
    (result,) = session.run(None, {"x0": values})
    assert result.shape == values.shape
    assert 0.2 < result.std() < 2
