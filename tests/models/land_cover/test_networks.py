"""Every classification network and fusion strategy: shapes, halo, tiles, absent modalities, ONNX parity, gradients."""

from __future__ import annotations

import json

import pytest

torch = pytest.importorskip("torch")
onnxruntime = pytest.importorskip("onnxruntime")

from torch.utils.flop_counter import FlopCounterMode  # noqa: E402

from models.land_cover.networks import ARCHITECTURES, MISSING, build  # noqa: E402
from models.land_cover.networks.fusion import FUSIONS, build_fusion  # noqa: E402
from models.land_cover.networks.votes import Votes  # noqa: E402

CLASSES = 4
BANDS = ({"lidar": 2}, {"hs": 40, "lidar": 3}, {"hs": 20, "lidar": 1, "sar": 2})
FIVE = {"hs": 40, "lidar": 3, "intensity": 1, "ms": 13, "sar": 2}
LARGE = ({"hs": 144, "lidar": 21}, {"hs": 369, "lidar": 3})
MOST_PARAMETERS, MOST_MULTIPLICATIONS = 300_000, 300_000
SLUGS = [classifier.slug for classifier in ARCHITECTURES]
WITH_FUSION = [(slug, fusion.slug) for slug in SLUGS for fusion in FUSIONS
               if "fusion" in build(slug, {"bands": BANDS[1], "classes": CLASSES}).config
               and (slug, fusion.slug) != ("endnet", "decision")]

every_network = pytest.mark.parametrize("slug", SLUGS)
all_bands = pytest.mark.parametrize("bands", BANDS, ids=lambda bands: "+".join(bands))
every_fusion = pytest.mark.parametrize("fusion", [fusion.slug for fusion in FUSIONS])


def awake(network: torch.nn.Module) -> torch.nn.Module:
    """Give zero-initialised weights and batch norms some values, or parts of the network would not be tested."""
    for module in network.modules():
        if isinstance(module, torch.nn.BatchNorm2d):
            torch.nn.init.normal_(module.running_mean, 0, 0.2)
            torch.nn.init.uniform_(module.running_var, 0.05, 0.5)
    for parameter in network.parameters():
        if not parameter.any():
            torch.nn.init.normal_(parameter, 0, 0.2)
    return network.eval()


def network_of(slug: str, bands: dict[str, int], **own: object) -> torch.nn.Module:
    torch.manual_seed(1)
    return awake(build(slug, {"bands": bands, "classes": CLASSES, **own}))


def scene(bands: dict[str, int], rows: int = 24, cols: int = 32, chips: int = 1) -> list[torch.Tensor]:
    torch.manual_seed(rows + cols)
    return [torch.randn(chips, count, rows, cols) for count in bands.values()]


def run(network: torch.nn.Module, inputs: list[torch.Tensor]) -> torch.Tensor:
    with torch.no_grad():
        return network(*inputs)


def parameters(network: torch.nn.Module) -> int:
    return sum(parameter.numel() for parameter in network.parameters())


def multiplications(network: torch.nn.Module, bands: dict[str, int]) -> float:
    """Multiply-adds of convolutions and products per pixel."""
    inputs = scene(bands, 32, 32)
    with torch.inference_mode(), FlopCounterMode(display=False) as counter:
        network(*inputs)
    return counter.get_total_flops() / 2 / inputs[0][0, 0].numel()


def onnx_difference(module: torch.nn.Module, traced: list, other: list, path: str) -> float:
    """Largest difference of ONNX Runtime from torch on inputs of another size than the traced ones."""
    names = [f"input_{i}" for i in range(len(traced))]
    torch.onnx.export(
        module, tuple(traced), path, input_names=names, output_names=["logits"], opset_version=17, dynamo=False,
        dynamic_axes={name: {0: "chips", 2: "rows", 3: "cols"} for name in (*names, "logits")})
    session = onnxruntime.InferenceSession(path, providers=["CPUExecutionProvider"])
    feeds = {name: image.numpy() for name, image in zip(names, other)}
    return float(abs(session.run(None, feeds)[0] - run(module, other).numpy()).max())


@every_network
@all_bands
def test_logits_for_every_pixel(slug: str, bands: dict[str, int]) -> None:
    logits = run(network_of(slug, bands), scene(bands, 5, 7, chips=2))
    assert logits.shape == (2, CLASSES, 5, 7)
    assert torch.isfinite(logits).all()
    assert logits.std((0, 2, 3)).min() > 1e-4


@every_network
def test_five_modalities(slug: str) -> None:
    assert torch.isfinite(run(network_of(slug, FIVE), scene(FIVE))).all()


@every_network
@pytest.mark.parametrize("bands", LARGE, ids=["144+21", "369+3"])
def test_size_and_cost(slug: str, bands: dict[str, int]) -> None:
    network = build(slug, {"bands": bands, "classes": 15}).eval()
    cost = multiplications(network, bands)
    print(f"{slug} {bands}: {parameters(network)} parameters, {cost:.0f} MAC/pixel, halo {network.halo}")
    assert parameters(network) <= MOST_PARAMETERS
    assert cost <= MOST_MULTIPLICATIONS
    assert network.halo <= 8


@every_network
@all_bands
def test_nothing_beyond_the_halo_matters(slug: str, bands: dict[str, int]) -> None:
    network, inputs = network_of(slug, bands), scene(bands)
    for changed in range(len(inputs)):
        touched = [image.clone() for image in inputs]
        touched[changed][..., 12, 16] = 5 - touched[changed][..., 12, 16]
        change = (run(network, touched) - run(network, inputs)).abs().amax((0, 1))
        assert change[12, 16] > 1e-5
        reach = network.halo
        change[12 - reach:13 + reach, 16 - reach:17 + reach] = 0
        assert change.max() == 0


@every_network
@all_bands
def test_inside_of_a_tile_is_as_in_the_whole(slug: str, bands: dict[str, int]) -> None:
    network, inputs = network_of(slug, bands), scene(bands)
    reach = network.halo
    tile = run(network, [image[..., :, 3:] for image in inputs])[..., reach:]
    whole = run(network, inputs)[..., 3 + reach:]
    assert (tile - whole).abs().max() < 1e-5


@every_network
@all_bands
def test_outliers_count_as_ten_deviations(slug: str, bands: dict[str, int]) -> None:
    network, inputs = network_of(slug, bands), scene(bands)
    for image in inputs:
        image[..., 4:8, 4:8] *= 1e4
    assert torch.equal(run(network, inputs), run(network, [image.clamp(-10, 10) for image in inputs]))


@every_network
@pytest.mark.parametrize("bands", BANDS[1:], ids=["two", "three"])
@pytest.mark.parametrize("absent", [0, 1])
def test_a_modality_that_is_absent_somewhere_or_everywhere(slug: str, bands: dict[str, int], absent: int) -> None:
    """The first band says what is absent: what the others hold there has no say, and the pixel gets its logits."""
    network, inputs = network_of(slug, bands), scene(bands)
    partly, entirely = [image.clone() for image in inputs], [image.clone() for image in inputs]
    partly[absent][..., 10:] = MISSING
    entirely[absent][:] = MISSING
    logits = run(network, partly)
    assert torch.isfinite(logits).all()
    assert torch.isfinite(run(network, entirely)).all()
    if inputs[absent].shape[1] > 1:
        partly[absent][:, 1:, :, 10:] = 3.0
        assert torch.equal(run(network, partly), logits)
    reach = network.halo
    assert (logits - run(network, inputs))[..., : 10 - reach].abs().max() < 1e-5
    assert (logits - run(network, entirely))[..., 10 + reach:].abs().max() < 1e-5
    assert run(network, entirely)[..., reach:-reach or None].std((0, 2, 3)).min() > 1e-4  # the others still decide


@every_network
def test_nothing_there_at_all_is_finite(slug: str) -> None:
    network = network_of(slug, BANDS[1])
    assert torch.isfinite(run(network, [torch.full_like(image, MISSING) for image in scene(BANDS[1])])).all()


@every_network
@all_bands
def test_round_trip(slug: str, bands: dict[str, int]) -> None:
    network, inputs = network_of(slug, bands), scene(bands)
    again = build(slug, json.loads(json.dumps(network.config)))
    again.load_state_dict(network.state_dict())
    assert again.config == network.config
    assert torch.equal(run(network, inputs), run(again.eval(), inputs))


@every_network
@all_bands
def test_onnx_gives_the_same(slug: str, bands: dict[str, int], tmp_path) -> None:
    other = scene(bands, 31, 18, chips=2)
    other[-1][..., :9] = MISSING
    network = network_of(slug, bands)
    assert onnx_difference(network, scene(bands), other, str(tmp_path / "network.onnx")) < 1e-4


@every_network
@all_bands
def test_training_reaches_every_parameter(slug: str, bands: dict[str, int]) -> None:
    network, inputs = network_of(slug, bands).train(), scene(bands, 12, 12, chips=4)
    logits, auxiliary = network.training_outputs(*inputs)
    assert auxiliary.shape == ()
    assert all(one.shape == (4, CLASSES, 12, 12) for one in logits)
    labels = torch.randint(CLASSES, (4, 12, 12))
    (sum(torch.nn.functional.cross_entropy(one, labels) for one in logits) + auxiliary).backward()
    lazy = [name for name, parameter in network.named_parameters()
            if parameter.grad is None or not torch.isfinite(parameter.grad).all()
            or (len(bands) > 1 and not parameter.grad.any())]
    assert not lazy


@every_network
@all_bands
def test_first_training_output_is_what_predicts(slug: str, bands: dict[str, int]) -> None:
    network, inputs = network_of(slug, bands), scene(bands)
    with torch.no_grad():
        assert torch.equal(network.training_outputs(*inputs)[0][0], network(*inputs))


def test_neighbours_that_look_alike_vote() -> None:
    """A single odd pixel is outvoted by its like, not by those across an edge of the guide."""
    votes = Votes(2)
    guide = torch.zeros(1, 4, 9, 12)
    guide[..., 6:] = 10
    logits = torch.zeros(1, 2, 9, 12)
    logits[:, 0, :, :6], logits[:, 1, :, 6:] = 4, 4
    logits[0, :, 4, 5] = torch.tensor([0.0, 1.0])
    with torch.no_grad():
        found = votes(logits, guide).argmax(1)[0]
    assert not found[:, :6].any() and found[:, 6:].all()


@pytest.mark.parametrize(("slug", "fusion"), WITH_FUSION)
def test_every_fusion_in_every_network_that_leaves_room(slug: str, fusion: str) -> None:
    bands = BANDS[2]
    network, inputs = network_of(slug, bands, fusion=fusion), scene(bands)
    touched = [image.clone() for image in inputs]
    touched[1][..., 12, 16] = MISSING
    change = (run(network, touched) - run(network, inputs)).abs().amax((0, 1))
    assert change[12, 16] > 1e-6
    change[12 - network.halo:13 + network.halo, 16 - network.halo:17 + network.halo] = 0
    assert change.max() == 0


class TestFusions:
    CHANNELS = 8

    def maps(self, modalities: int, rows: int = 16, cols: int = 20) -> tuple[list, list]:
        torch.manual_seed(3)
        maps = [torch.randn(1, self.CHANNELS, rows, cols) for _ in range(modalities)]
        return maps, [torch.ones(1, 1, rows, cols) for _ in maps]

    def build(self, fusion: str, modalities: int) -> torch.nn.Module:
        torch.manual_seed(4)
        return awake(build_fusion(fusion, self.CHANNELS, modalities))

    def fuse(self, part: torch.nn.Module, maps: list, masks: list) -> torch.Tensor:
        with torch.no_grad():
            return part(maps, masks)

    @every_fusion
    @pytest.mark.parametrize("modalities", [1, 2, 5])
    def test_one_map_comes_out(self, fusion: str, modalities: int) -> None:
        maps, masks = self.maps(modalities)
        fused = self.fuse(self.build(fusion, modalities), maps, masks)
        assert fused.shape == maps[0].shape
        assert torch.isfinite(fused).all()

    @every_fusion
    def test_what_an_absent_modality_holds_has_no_say(self, fusion: str) -> None:
        maps, masks = self.maps(3)
        part = self.build(fusion, 3)
        masks[1][..., 5:] = 0
        fused = self.fuse(part, maps, masks)
        maps[1][..., 5:] = 1e6
        assert torch.equal(self.fuse(part, maps, masks), fused)

    @every_fusion
    def test_nothing_there_is_finite(self, fusion: str) -> None:
        maps, masks = self.maps(2)
        assert torch.isfinite(self.fuse(self.build(fusion, 2), maps, [0 * mask for mask in masks])).all()

    @pytest.mark.parametrize("fusion", ["sum", "product", "gate", "decision"])
    def test_neutral_elements(self, fusion: str) -> None:
        """Of two equal maps, one absent: a sum and a mean keep their level, a product is the other alone."""
        maps, masks = self.maps(2)
        part = self.build(fusion, 2)
        alone = self.fuse(part, [maps[0], maps[0]], [masks[0], 0 * masks[1]])
        expected = maps[0] if fusion == "product" else self.fuse(part, [maps[0], maps[0]], masks)
        assert (alone - expected).abs().max() < 1e-5

    @every_fusion
    def test_nothing_beyond_the_halo_matters(self, fusion: str) -> None:
        maps, masks = self.maps(2)
        part = self.build(fusion, 2)
        before = self.fuse(part, maps, masks)
        maps[0][..., 8, 10] += 3
        masks[1][..., 8, 10] = 0
        change = (self.fuse(part, maps, masks) - before).abs().amax((0, 1))
        assert change[8, 10] > 1e-5
        change[8 - part.halo:9 + part.halo, 10 - part.halo:11 + part.halo] = 0
        assert change.max() == 0

    @every_fusion
    def test_onnx_gives_the_same(self, fusion: str, tmp_path) -> None:
        class Paired(torch.nn.Module):
            def __init__(self, part: torch.nn.Module) -> None:
                super().__init__()
                self.part = part

            def forward(self, *given: torch.Tensor) -> torch.Tensor:
                return self.part(list(given[:2]), list(given[2:]))

        (maps, masks), (other, there) = self.maps(2), self.maps(2, 9, 30)
        there[0][..., :4] = 0
        paired = Paired(self.build(fusion, 2))
        assert onnx_difference(paired, maps + masks, other + there, str(tmp_path / "fusion.onnx")) < 1e-4


class TestRefusals:
    @pytest.mark.parametrize(("slug", "config", "found"), [
        ("nonesuch", {}, "expected one of whitened_fusion"),
        ("endnet", {"bands": {"hs": 3}, "classes": 1}, "Found 1 class, expected at least 2"),
        ("endnet", {"bands": {}, "classes": 2}, "expected 1 to 7 inputs"),
        ("endnet", {"bands": {"hs": 0}, "classes": 2}, "at least one band each"),
        ("endnet", {"bands": {"hs": 3}, "classes": 2, "fusion": "decision"}, "EndNet decodes"),
        ("s2enet", {"bands": {"hs": 3}, "classes": 2, "fusion": "average"}, "expected one of concatenation, sum"),
    ])
    def test_what_cannot_be_built(self, slug: str, config: dict, found: str) -> None:
        with pytest.raises(ValueError, match=found):
            build(slug, config)

    def test_too_few_inputs(self) -> None:
        with pytest.raises(ValueError, match=r"Found 1 inputs, expected 2 \(hs, lidar\)"):
            network_of("endnet", BANDS[1])(torch.randn(1, 40, 4, 4))
