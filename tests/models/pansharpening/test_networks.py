"""Every architecture: round trip, size rule, halo, ONNX parity, parameters; and the laws of the band-shared network."""

from __future__ import annotations

from typing import ClassVar

import pytest

torch = pytest.importorskip("torch")
onnxruntime = pytest.importorskip("onnxruntime")

from models.pansharpening.networks import ARCHITECTURES, build  # noqa: E402
from models.pansharpening.networks.fusionnet import FusionNet  # noqa: E402
from models.pansharpening.networks.layers import low_pass  # noqa: E402
from models.pansharpening.networks.pan_basis_fusion import PanBasisFusion  # noqa: E402
from models.pansharpening.networks.pnn import PNN  # noqa: E402

RATIO = torch.tensor([4.0])


def smooth_inputs(bands: int, rows: int, cols: int, seed: int = 0) -> tuple[torch.Tensor, torch.Tensor]:
    """A pan with texture and bands that follow it in part, scaled to a deviation of about 1."""
    torch.manual_seed(seed)
    pan = torch.randn(1, 1, rows + 8, cols + 8)
    pan = torch.nn.functional.avg_pool2d(pan, 5, 1)[..., 2:-2, 2:-2] * 5 + 2
    ms = torch.nn.functional.avg_pool2d(pan.repeat(1, bands, 1, 1) + 0.3 * torch.randn(1, bands, rows, cols), 5, 1, 2)
    return ms * torch.linspace(0.5, 1.5, bands)[:, None, None], pan


def awake(network: torch.nn.Module) -> torch.nn.Module:
    """Give zero-initialised heads some weight, or nothing but the skip would be tested."""
    for parameter in network.parameters():
        if parameter.ndim > 1 and not parameter.any():
            torch.nn.init.normal_(parameter, 0, 0.05)
    return network.eval()


class ArchitectureTester:
    """What holds for every network; a subclass names it and its arguments."""

    arguments: ClassVar[dict[str, int]] = {}
    slug = ""
    bands = 5

    @pytest.fixture()
    def network(self) -> torch.nn.Module:
        torch.manual_seed(1)
        return awake(build(self.slug, self.arguments))

    def test_round_trip(self, network: torch.nn.Module) -> None:
        ms, pan = smooth_inputs(self.bands, 16, 24)
        again = build(self.slug, network.config)
        again.load_state_dict(network.state_dict())
        assert torch.equal(network(ms, pan, RATIO), again.eval()(ms, pan, RATIO))

    @pytest.mark.parametrize(("rows", "cols"), [(1, 1), (3, 5), (8, 4)])
    def test_size_rule(self, network: torch.nn.Module, rows: int, cols: int) -> None:
        size = (rows * network.multiple_of * 4, cols * network.multiple_of * 4)
        ms, pan = smooth_inputs(self.bands, *size)
        fused = network(ms, pan, RATIO)
        assert fused.shape == ms.shape
        assert torch.isfinite(fused).all()

    def test_nothing_beyond_the_halo_matters(self, network: torch.nn.Module) -> None:
        far = 64 + -(-network.halo // 4) * 4
        ms, pan = smooth_inputs(self.bands, far + 32, far + 32)
        touched_ms, touched_pan = ms.clone(), pan.clone()
        touched_ms[..., far:] += 1
        touched_pan[..., far:] *= -1
        with torch.no_grad():
            change = network(touched_ms, touched_pan, RATIO) - network(ms, pan, RATIO)
        assert change[..., :64].abs().max() < 1e-5
        assert change[..., far:].abs().max() > 1e-2

    def test_onnx_gives_the_same(self, network: torch.nn.Module, tmp_path) -> None:
        path = str(tmp_path / "network.onnx")
        axes = {2: "rows", 3: "cols"} | ({1: "bands"} if "bands" not in self.arguments else {})
        torch.onnx.export(
            network, (*smooth_inputs(self.bands, 32, 32), RATIO), path, input_names=["ms", "pan", "ratio"],
            output_names=["fused"], opset_version=17, dynamo=False,
            dynamic_axes={"ms": axes, "fused": axes, "pan": {2: "rows", 3: "cols"}},
        )
        session = onnxruntime.InferenceSession(path, providers=["CPUExecutionProvider"])
        given = {entry.name for entry in session.get_inputs()}
        for bands, ratio in ((self.bands, 4.0), (self.bands if "bands" in self.arguments else 3, 2.5)):
            ms, pan = smooth_inputs(bands, 24, 40, seed=2)
            feed = {"ms": ms.numpy(), "pan": pan.numpy(), "ratio": torch.tensor([ratio]).numpy()}
            found = session.run(None, {name: feed[name] for name in given})[0]
            with torch.no_grad():
                expected = network(ms, pan, torch.tensor([ratio])).numpy()
            assert abs(found - expected).max() < 5e-4  # local regressions amplify rounding


class TestPNN(ArchitectureTester):
    slug, arguments = "pnn", {"bands": 5}


class TestAPNN(ArchitectureTester):
    slug, arguments = "apnn", {"bands": 5}


class TestPanNet(ArchitectureTester):
    slug, arguments = "pannet", {"bands": 5}


class TestDiCNN(ArchitectureTester):
    slug, arguments = "dicnn", {"bands": 5}


class TestFusionNet(ArchitectureTester):
    slug, arguments = "fusionnet", {"bands": 5}


class TestTFNet(ArchitectureTester):
    slug, arguments = "tfnet", {"bands": 5}


def flops_per_pixel(network: torch.nn.Module, bands: int) -> float:
    """Two per multiplication of the convolutions that really run, over the output pixels."""
    total = []
    hooks = [module.register_forward_hook(
        lambda module, _, out: total.append(2 * out.shape[0] * out[0, 0].numel() * module.weight.numel()))
        for module in network.modules() if isinstance(module, torch.nn.Conv2d)]
    ms, pan = smooth_inputs(bands, 32, 32)
    with torch.no_grad():
        network(ms, pan, RATIO)
    for hook in hooks:
        hook.remove()
    return sum(total) / ms[0, 0].numel()


class TestPanBasisFusion(ArchitectureTester):
    slug = "pan_basis_fusion"

    def test_cost(self, network: torch.nn.Module) -> None:
        four, eight = flops_per_pixel(network, 4), flops_per_pixel(network, 8)
        assert four <= 157_000
        assert eight <= 1.7 * four
        assert sum(parameter.numel() for parameter in network.parameters()) <= 300_000

    def test_order_of_bands_comes_through(self, network: torch.nn.Module) -> None:
        ms, pan = smooth_inputs(8, 32, 32)
        order = torch.tensor([3, 1, 7, 0, 6, 2, 5, 4])
        with torch.no_grad():
            assert (network(ms[:, order], pan, RATIO) - network(ms, pan, RATIO)[:, order]).abs().max() < 1e-4

    @pytest.mark.parametrize("bands", [1, 2, 3, 7, 13, 40])
    def test_any_number_of_bands(self, network: torch.nn.Module, bands: int) -> None:
        ms, pan = smooth_inputs(bands, 32, 32)
        with torch.no_grad():
            assert torch.isfinite(network(ms, pan, RATIO)).all()

    def test_where_pan_is_flat_nothing_is_added(self, network: torch.nn.Module) -> None:
        """Whatever the bands hold: noise of MS cannot become colour."""
        ms, _ = smooth_inputs(4, 64, 64)
        noisy = ms + torch.randn_like(ms)
        with torch.no_grad():
            fused = network(noisy, torch.full((1, 1, 64, 64), 3.0), RATIO)
        assert (fused - noisy).abs().max() < 1e-4

    def test_without_training_detail_comes_from_pan(self) -> None:
        ms, pan = smooth_inputs(4, 64, 64)
        fused = PanBasisFusion()(ms, pan, RATIO).detach()
        detail = (pan - low_pass(pan, RATIO))[..., 16:-16, 16:-16].flatten()
        added = (fused - ms)[0, 2, 16:-16, 16:-16].flatten()
        assert torch.corrcoef(torch.stack((detail, added)))[0, 1] > 0.9

    @pytest.mark.parametrize("ratio", [1.5, 4.0, 8.0])
    def test_low_pass_keeps_level_and_halves_what_the_mtf_says(self, ratio: float) -> None:
        """At the coarse Nyquist frequency, a period of 2 ratios, the gain is 0.3."""
        across = torch.arange(96.0)
        wave = torch.cos(torch.pi * across / ratio).repeat(96, 1)[None, None]
        seen = low_pass(5 + wave, torch.tensor([ratio]))[0, 0, 48, 32:64]
        assert torch.allclose(seen - 5, 0.3 * wave[0, 0, 48, 32:64], atol=0.02)


class TestSceneMix(ArchitectureTester):
    slug = "scene_mix"
    bands = 3
    arguments: ClassVar[dict] = {"bands": 3, "parent": "fusionnet", "parent_config": {"bands": 3, "width": 8}}

    def test_without_weights_it_is_its_parent(self) -> None:
        mix = build(self.slug, self.arguments).eval()
        ms, pan = smooth_inputs(3, 32, 40)
        assert torch.equal(mix(ms, pan, RATIO), mix.parent(ms, pan, RATIO))


def test_every_architecture_has_a_tester() -> None:
    testers = {tester.slug for tester in ArchitectureTester.__subclasses__()}
    assert testers == {architecture.slug for architecture in ARCHITECTURES}


def test_published_parameter_counts() -> None:
    """FusionNet: 78,632 at 8 bands; PNN: 80,420 at 4 bands."""
    count = [sum(parameter.numel() for parameter in network.parameters()) for network in (FusionNet(8), PNN(4))]
    assert count == [78_632, 80_420]


def test_unknown_slug_is_refused() -> None:
    with pytest.raises(ValueError, match="expected one of pan_basis_fusion"):
        build("nonesuch", {})
