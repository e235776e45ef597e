"""Networks for cloud removal: shapes, halo, tiles, absent inputs, and what they give before any training."""

from __future__ import annotations

import json

import pytest

torch = pytest.importorskip("torch")

from models.cloud_removal.calibration import Calibrated, SigmaScale  # noqa: E402
from models.cloud_removal.networks import ARCHITECTURES, MISSING, build  # noqa: E402
from models.cloud_removal.networks.class_spectra import ClassSpectra, window_sum  # noqa: E402
from models.cloud_removal.networks.ensemble import Ensemble  # noqa: E402

BANDS, ROWS, COLS = 12, 32, 40
MOST_PARAMETERS = 300_000
SLUGS = [network.slug for network in ARCHITECTURES]
SMALL = {
    "gated_fusion": {"classes": 5, "class_width": 8, "reaches": (1, 2), "widths": (8, 8, 8, 8), "dilations": (1, 2)},
    "dsen2cr": {"width": 8, "dilations": (1, 2)},
}
every_network = pytest.mark.parametrize("slug", SLUGS)


def awake(network: torch.nn.Module) -> torch.nn.Module:
    """Give weights that begin near zero some values, or parts of the network would not be tested."""
    for parameter in network.parameters():
        if parameter.ndim == 4 and parameter.abs().max() < 0.02:
            torch.nn.init.normal_(parameter, 0, 0.2 / parameter[0].numel() ** 0.5)
    return network.eval()


def small(slug: str) -> torch.nn.Module:
    torch.manual_seed(1)
    return awake(build(slug, {"bands": BANDS, **SMALL[slug]}))


def inputs(rows: int = ROWS, cols: int = COLS, cloud: float = 0.4, seed: int = 2) -> list[torch.Tensor]:
    torch.manual_seed(seed)
    optical, clear = (0.05 + 0.3 * torch.rand(1, BANDS, rows, cols) for _ in range(2))
    sar, mask = torch.randn(1, 2, rows, cols) * 4 - 14, (torch.rand(1, 1, rows, cols) < cloud).float()
    return [optical, sar, clear, mask]


def run(network: torch.nn.Module, given: list[torch.Tensor]) -> torch.Tensor:
    """Both outputs, one after the other."""
    with torch.no_grad():
        return torch.cat(network(*given), dim=1)


@every_network
def test_results_for_every_pixel(slug: str) -> None:
    found = run(small(slug), inputs())
    assert found.shape == (1, 2 * BANDS, ROWS, COLS)
    assert torch.isfinite(found).all()
    assert found[:, BANDS:].min() > 0


@every_network
def test_number_of_parameters(slug: str) -> None:
    network = build(slug, {})
    assert sum(weight.numel() for weight in network.parameters()) <= MOST_PARAMETERS


@every_network
def test_config_builds_the_same_network(slug: str) -> None:
    network = small(slug)
    again = build(slug, json.loads(json.dumps(network.config))).eval()
    again.load_state_dict(network.state_dict())
    assert torch.equal(run(again, inputs()), run(network, inputs()))
    assert again.halo == network.halo


@every_network
@pytest.mark.parametrize("changed", range(4), ids=["optical", "sar", "clear", "cloudmask"])
def test_nothing_beyond_the_halo_matters(slug: str, changed: int) -> None:
    network = small(slug)
    step, side = network.multiple_of, 2 * network.halo + 24
    cols = -(-side // step) * step
    given, at = inputs(16, cols), cols // 2 + 3
    touched = [image.clone() for image in given]
    touched[changed][..., 9, at] = 1 - touched[changed][..., 9, at] if changed != 1 else -3.0
    change = (run(network, touched) - run(network, given)).abs().amax((0, 1))
    assert change[9, at] > 1e-6
    change[:, at - network.halo:at + network.halo + 1] = 0
    assert change.max() == 0


def test_halo_of_the_default_network() -> None:
    network = build("gated_fusion", {})
    awake(network)
    cols = -(-(2 * network.halo + 24) // 8) * 8
    given, at = inputs(8, cols), cols // 2 + 3
    touched = [image.clone() for image in given]
    touched[0][..., 3, at] = 0.9
    touched[3][..., 3, at] = 1 - touched[3][..., 3, at]
    change = (run(network, touched) - run(network, given)).abs().amax((0, 1, 2))
    beyond = torch.cat((change[:at - network.halo], change[at + network.halo + 1:]))
    assert beyond.max() == 0
    assert change[at - network.halo // 2] > 0, "the windows of the class spectra are what reaches far"


@every_network
def test_a_part_gives_what_the_whole_gives(slug: str) -> None:
    network = small(slug)
    step = network.multiple_of
    halo = -(-network.halo // step) * step
    whole = inputs(halo + 16, halo + 24)
    part = [image[..., step:, 2 * step:].contiguous() for image in whole]
    expected, found = run(network, whole)[..., step:, 2 * step:], run(network, part)
    assert (found - expected)[..., halo:, halo:].abs().max() < 1e-5


def test_a_trimmed_image_is_the_same_inside_the_halo() -> None:
    network = Calibrated(Ensemble([small("gated_fusion"), small("gated_fusion")]).eval(), SigmaScale(1.2, 0.9))
    halo = -(-network.network.halo // 8) * 8
    given = inputs(2 * halo + 16, 2 * halo + 8)
    whole = run(network, given)
    for part in (network.network, *network.network.members):
        part.trims = True
    trimmed = run(network, given)
    assert network.network.trimmed(given[0].shape[2:])[0] > 0
    assert (trimmed - whole)[..., halo:-halo, halo:-halo].abs().max() < 1e-5
    assert trimmed[..., 0, 0].abs().max() == 0
    small_one = inputs()
    assert (run(network, small_one) != 0).all(), "what is no larger than two halos is computed wholly"


@every_network
@pytest.mark.parametrize("absent", [(1,), (2,), (1, 2)], ids=["no sar", "no clear", "neither"])
def test_absent_inputs(slug: str, absent: tuple[int, ...]) -> None:
    network, given = small(slug), inputs()
    without = [torch.full_like(image, MISSING) if at in absent else image for at, image in enumerate(given)]
    found = run(network, without)
    assert torch.isfinite(found).all()
    assert found.abs().max() < 50, "MISSING leaked into the result"
    assert not torch.equal(found, run(network, given))


@every_network
def test_what_is_behind_a_hole_does_not_matter(slug: str) -> None:
    """Pixels that the product does not cover are 0 or MISSING, which is the same."""
    network, given = small(slug), inputs()
    given[0][..., :8, :], given[2][..., 8:16] = MISSING, MISSING
    other = [image.clone() for image in given]
    other[0][..., :8, :], other[2][..., 8:16] = 0.0, 0.0
    other[3][..., :8, :] = 0.0
    assert torch.equal(run(network, given), run(network, other))


@every_network
def test_all_cloud_and_nothing_else(slug: str) -> None:
    given = inputs(cloud=1.1)
    given[1], given[2] = (torch.full_like(given[at], MISSING) for at in (1, 2))
    assert torch.isfinite(run(small(slug), given)).all()


@every_network
def test_begins_with_the_optical_image_where_it_is_clear(slug: str) -> None:
    network, given = build(slug, {}), inputs(cloud=-1)
    given[2] = torch.full_like(given[2], MISSING)
    assert (run(network, given)[:, :BANDS] - given[0]).abs().mean() < 0.02


@every_network
def test_refuses_other_inputs(slug: str) -> None:
    network, given = small(slug), inputs()
    with pytest.raises(ValueError, match=r"12, 2, 12, 1.*MISSING"):
        network(given[0][:, :4], *given[1:])
    if network.multiple_of > 1:
        with pytest.raises(ValueError, match="multiples of 8"):
            network(*inputs(30, 40))


def test_refuses_unknown_names_and_levels() -> None:
    with pytest.raises(ValueError, match="expected one of gated_fusion, dsen2cr"):
        build("u_net", {})
    with pytest.raises(ValueError, match="3 levels for 12 bands"):
        build("dsen2cr", {"level": (0.1, 0.2, 0.3)})


def test_uniform_ground_is_found_under_any_cloud() -> None:
    """Whatever the classes are, the mean of what is clear is the one spectrum that there is."""
    network = small("gated_fusion")
    ground = torch.linspace(0.05, 0.4, BANDS).reshape(1, -1, 1, 1)
    given = inputs()
    given[0] = torch.where(given[3] > 0, torch.ones_like(given[0]), ground.expand_as(given[0]))
    with torch.no_grad():
        network.spectra.trust.fill_(-14)
        beside = network.outcome(*given).drafts[0]
    assert (beside - ground).abs().max() < 2e-3


def test_clouds_themselves_leave_the_fill_alone() -> None:
    """Under the mask no value of the optical image reaches the class spectra where nothing near is judged by it."""
    network, given = small("gated_fusion"), inputs()
    given[3][:] = 0
    given[3][..., :16] = 1
    other = [image.clone() for image in given]
    other[0][..., :12] = 0.9
    with torch.no_grad():
        first, second = (network.outcome(*images).drafts[0] for images in (given, other))
    assert torch.equal(first, second)


def test_change_since_the_clear_reference_is_found() -> None:
    network, given = small("gated_fusion"), inputs()
    later = 1.3 * given[2] + 0.02
    given[0] = torch.where(given[3] > 0, torch.ones_like(later), later)
    with torch.no_grad():
        network.spectra.change_trust.fill_(-14)
        before = network.outcome(*given).drafts[1]
    hidden = given[3].expand_as(before) > 0
    assert (before - later)[hidden].abs().mean() < 0.4 * (given[2] - later)[hidden].abs().mean()


def test_windows_are_sums_in_squares() -> None:
    image = torch.zeros(1, 1, 9, 9)
    image[..., 4, 4] = 9.0
    expected = torch.zeros(9, 9)
    expected[3:6, 3:6] = 1.0
    assert torch.allclose(window_sum(image, 1)[0, 0], expected)


def test_classes_begin_with_backscatter() -> None:
    """Before training a pixel belongs to the class whose decibels it has."""
    torch.manual_seed(0)
    network, given = build("gated_fusion", {"classes": 2}), inputs()
    network.begin_with(torch.full((2, BANDS), 0.2), torch.tensor([[-20.0, -27.0], [-8.0, -14.0]]))
    given[1][..., :20], given[1][..., 20:] = torch.tensor([-20.0, -27.0]).reshape(1, 2, 1, 1), -8.0
    given[2] = torch.full_like(given[2], MISSING)
    with torch.no_grad():
        classes = network.spectra.soft_classes(network.seen(*given))
    assert classes[0, 0, :, :7].min() > 0.9 and classes[0, 1, :, 13:].min() > 0.9


def test_classes_sum_to_one_and_ignore_the_clouds() -> None:
    torch.manual_seed(0)
    spectra, network, given = ClassSpectra(BANDS, 4, 8, (1, 2)), small("gated_fusion"), inputs()
    classes = spectra.soft_classes(network.seen(*given))
    assert torch.allclose(classes.sum(1), torch.ones_like(classes[:, 0]))
    clouded = [torch.ones_like(given[0]), *given[1:3], torch.ones_like(given[3])]
    assert torch.equal(spectra.soft_classes(network.seen(*clouded)), classes)


def test_an_ensemble_is_the_mean_and_its_disagreement() -> None:
    """Sigma of a mixture: what the members state, and how far they lie from each other."""
    members = [small("gated_fusion"), small("gated_fusion")]
    with torch.no_grad():
        members[1].residual.bias += 1.0
        members[1].spread.bias += 0.5
    (first, one), (second, two) = ([part.detach() for part in member(*inputs())] for member in members)
    restored, sigma = (part.detach() for part in Ensemble(members)(*inputs()))
    assert torch.allclose(restored, (first + second) / 2, atol=1e-6)
    expected = ((one**2 + two**2) / 2 + ((first - second) / 2) ** 2).sqrt()
    assert (first - second).abs().max() > 0.01 and torch.allclose(sigma, expected, atol=1e-6)
