"""The experts of a classification: those in closed form, and who of all is heard."""

from __future__ import annotations

import pytest

torch = pytest.importorskip("torch")

from models.land_cover.networks.closed_form import MOST_SAMPLES, Discriminant, Drawn, KernelMachine  # noqa: E402
from models.land_cover.networks.experts import best_weights, weighted_logits  # noqa: E402

CLASSES = 4


def share_right(expert, inputs, labels: torch.Tensor) -> float:
    return float((expert(inputs).argmax(1)[:, 0, 0] == labels).float().mean())


def test_a_discriminant_sees_past_what_all_classes_share() -> None:
    """Two bands rise and fall together, twenty times as much as what tells the classes apart."""
    generator = torch.Generator().manual_seed(1)
    labels = torch.randint(0, 2, (600,), generator=generator)
    shared, own = torch.randn(600, 1, generator=generator), 0.02 * torch.randn(600, 2, generator=generator)
    samples = shared + own + 0.05 * (labels[:, None] - 0.5) * torch.tensor([1.0, -1.0])
    whitened = (samples - samples.mean(0)) @ torch.linalg.cholesky(torch.linalg.inv(samples.T.cov()))
    expert = Discriminant(2, 3)
    expert.learn(whitened[:300], labels[:300])
    assert share_right(expert, whitened[300:, :, None, None], labels[300:]) > 0.93
    assert expert(whitened[:, :, None, None]).argmax(1).max() == 1, "a class without samples is never found"


def test_a_kernel_machine_sees_what_only_both_modalities_tell() -> None:
    generator = torch.Generator().manual_seed(1)
    signs = torch.randint(0, 2, (800, 2), generator=generator)
    labels = signs[:, 0] ^ signs[:, 1]
    values = 2.0 * signs - 1 + 0.3 * torch.randn(800, 2, generator=generator)
    samples = torch.cat((values[:, :1].repeat(1, 5), values[:, 1:]), 1)
    expert = KernelMachine((5, 1), 2, 60)
    expert.learn(samples[:400], labels[:400])
    images = samples[400:, :, None, None]
    assert share_right(expert, (images[:, :5], images[:, 5:]), labels[400:]) > 0.95
    linear = Discriminant(6, 2)
    linear.learn(samples[:400], labels[:400])
    assert share_right(linear, images, labels[400:]) < 0.7


def test_a_kernel_machine_of_fewer_samples_than_centres() -> None:
    expert = KernelMachine((3,), 2, 64)
    samples, labels = torch.eye(3), torch.tensor([0, 1, 1])
    expert.learn(samples, labels)
    assert share_right(expert, [samples[:, :, None, None]], labels) == 1


def test_samples_are_drawn_evenly_from_any_number_of_images() -> None:
    drawn = Drawn(torch.Generator().manual_seed(1))
    for number in range(5):
        labels = torch.full((1, 100, 200), number)
        labels[:, :50] = -1
        drawn.add(torch.full((1, 2, 100, 200), float(number)), labels, torch.ones(1, 1, 100, 200))
    samples, labels = drawn.samples()
    assert samples.shape == (MOST_SAMPLES, 2) and torch.equal(samples[:, 0].long(), labels)
    assert torch.bincount(labels).min() > 0.9 * MOST_SAMPLES / 5


def test_experts_that_err_on_held_out_pixels_get_no_say() -> None:
    """Of three experts one knows, one is wrong as often as right, one boasts wrongly."""
    torch.manual_seed(1)
    labels, units = torch.randint(0, CLASSES, (400,)), torch.arange(400) // 20
    known = 2 * torch.nn.functional.one_hot(labels, CLASSES).float() + torch.randn(400, CLASSES)
    weights = best_weights(torch.stack([known, torch.randn(400, CLASSES), -3 * known]), labels, units)
    assert weights[0] > 0.5 and weights[1:].max() < 0.05
    few = best_weights(torch.randn(2, 5, CLASSES), labels[:5], units[:5])
    assert torch.equal(few, torch.tensor([0.5, 0.5]))


def test_two_experts_that_know_different_things_are_both_heard() -> None:
    torch.manual_seed(1)
    labels, units = torch.randint(0, CLASSES, (400,)), torch.arange(400) // 20
    true = torch.nn.functional.one_hot(labels, CLASSES).float()
    experts = torch.stack([2 * true + 2 * torch.randn(400, CLASSES) for _ in range(2)])
    assert best_weights(experts, labels, units).min() > 0.2


def test_what_helps_in_one_place_only_gets_no_say() -> None:
    """The second expert is right in one of twenty places, and knows nothing elsewhere."""
    torch.manual_seed(1)
    labels, units = torch.randint(0, CLASSES, (400,)), torch.arange(400) // 20
    true = torch.nn.functional.one_hot(labels, CLASSES).float()
    experts = torch.stack([true + torch.randn(400, CLASSES), 3 * true * (units == 7)[:, None]])
    assert best_weights(experts, labels, units)[1] < 0.05
    assert best_weights(experts, labels, torch.arange(400))[1] > 0.2, "as if every pixel were a place"


def test_weights_of_absent_experts_go_to_the_others() -> None:
    logits = [torch.ones(1, CLASSES, 2, 2), 3 * torch.ones(1, CLASSES, 2, 2)]
    there = [torch.ones(1, 1, 2, 2), torch.tensor([[[[1.0, 0.0], [1.0, 0.0]]]])]
    found = weighted_logits(logits, there, torch.tensor([0.5, 1.5]))
    assert torch.allclose(found[..., 0], torch.tensor(5.0)) and torch.allclose(found[..., 1], torch.tensor(2.0))
