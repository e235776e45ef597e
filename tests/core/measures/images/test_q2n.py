"""Q2n of many bands: against sewar, and the table of the hypercomplex units."""

from __future__ import annotations

import numpy as np
import pytest

from rsfusion_qgis.core.measures.images.q2n import conjugate_product, q2n, unit_signs

from .test_with_reference import bands_last, make_pair


@pytest.mark.parametrize("bands", [12, 16, 33])
def test_many_bands_against_sewar(bands: int) -> None:
    outside = pytest.importorskip("sewar.full_ref")
    fused, reference = make_pair(bands, 32, 64)
    assert q2n(fused, reference) == pytest.approx(outside.q2n(bands_last(reference), bands_last(fused)), rel=1e-9)


def test_two_hundred_bands() -> None:
    """A table of 256 x 256 x 256 signs would never come to an end; a perfect image is 1, a noisy one less."""
    fused, reference = make_pair(200, 64, 32)
    assert q2n(reference, reference) == pytest.approx(1.0)
    assert 0.1 < q2n(fused, reference) < 0.99


def test_units_of_complex_numbers_by_hand() -> None:
    assert unit_signs(2).tolist() == [[1, 1], [1, -1]]


@pytest.mark.parametrize("size", [2, 4, 8])
def test_a_number_times_its_conjugate_is_its_power(size: int) -> None:
    """Real, complex, quaternion, octonion: the sum of squares in the real part, nothing in the others."""
    number = np.random.default_rng(size).normal(size=size)
    product = np.einsum("kij,i,j->k", conjugate_product(size), number, number)
    np.testing.assert_allclose(product, [(number**2).sum(), *[0.0] * (size - 1)], atol=1e-12)


@pytest.mark.parametrize("block", [16, 20, 48])
def test_other_blocks(block: int) -> None:
    """An image of one block is what that block is worth, and the mean of four is that of four."""
    fused, reference = make_pair(3, 2 * block, 2 * block)
    halves = (slice(0, block), slice(block, None))
    parts = [q2n(fused[:, r, c], reference[:, r, c], block=block) for r in halves for c in halves]
    assert q2n(fused, reference, block=block) == pytest.approx(np.mean(parts))
