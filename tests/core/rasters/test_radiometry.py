"""Laws of the way from stored values to network values and back, and of what is written in the end."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from rsfusion_qgis.core.basics.errors import InputError
from rsfusion_qgis.core.rasters.radiometry import (
    DATASET_LOW_PERCENTILE,
    from_network,
    require_nodata,
    resolve,
    sample_scaling,
    to_network,
    to_stored,
)
from rsfusion_qgis.core.rasters.scaling import Scaling

INTEGERS = ["uint8", "int8", "int16", "uint16", "int32", "uint32"]
FLOATS = ["float32", "float64"]
SHAPE = (2, 3, 4)


def everywhere(shape: tuple[int, ...] = SHAPE) -> np.ndarray:
    return np.ones(shape, bool)


class TestSampleScaling:
    def test_offset_and_scale_are_percentile_and_deviation(self):
        values = np.arange(2001, dtype=np.uint16)[None] * np.array([[1], [3]], np.uint16)
        offset, scale = sample_scaling(values, everywhere(values.shape))
        # 0.5 % of 0..2000 is 10; the deviation of 0..n-1 is sqrt((n^2 - 1) / 12).
        np.testing.assert_allclose(offset, [10, 30])
        np.testing.assert_allclose(scale, np.sqrt((2001**2 - 1) / 12) * np.array([1, 3]), rtol=1e-6)
        assert offset.dtype == scale.dtype == np.float32
        assert DATASET_LOW_PERCENTILE == 0.5

    def test_each_band_has_its_own_mask(self):
        values = np.array([[1.0, 2.0, 900.0], [5.0, 900.0, 7.0]])
        valid = np.array([[True, True, False], [True, False, True]])
        offset, scale = sample_scaling(values, valid)
        np.testing.assert_allclose(scale, [0.5, 1.0])
        np.testing.assert_allclose(offset, [1.005, 5.01], rtol=1e-6)

    def test_what_is_not_finite_is_invalid(self):
        values = np.array([[1.0, np.nan, 3.0, np.inf]], np.float32)
        np.testing.assert_allclose(sample_scaling(values, everywhere(values.shape))[1], [1.0])

    @pytest.mark.parametrize("value", [0, 0.1, -3.5, 7e8])
    @pytest.mark.parametrize("count", [1, 2, 1000])
    def test_a_flat_band_keeps_its_scale(self, value, count):
        values = np.full((1, count), value, np.float64)
        offset, scale = sample_scaling(values, everywhere(values.shape))
        np.testing.assert_allclose(offset, [value], rtol=1e-6)
        assert scale == [1]

    def test_no_valid_pixel(self):
        valid = np.array([[True, True], [False, False]])
        with pytest.raises(InputError, match="Band 2 has no valid pixel"):
            sample_scaling(np.ones((2, 2)), valid)

    @given(
        arrays(np.int32, (1, 50), elements=st.integers(0, 4000)),
        st.sampled_from([0.25, 2.0, 16.0]),
        st.integers(-1000, 1000),
    )
    def test_the_network_sees_the_same_after_gain_and_offset(self, values, gain, offset):
        """A flat band is the exception to gain: it has no contrast that could be normalised."""
        valid = everywhere(values.shape)
        if np.ptp(values) == 0:
            return
        plain = to_network(values, *sample_scaling(values, valid))
        changed = values * gain + offset
        np.testing.assert_allclose(to_network(changed, *sample_scaling(changed, valid)), plain, atol=1e-3)

    @given(arrays(np.float32, (3, 20), elements=st.floats(-(2.0**127), 2.0**127, width=32)))
    def test_the_scale_is_never_zero(self, values):
        offset, scale = sample_scaling(values, everywhere(values.shape))
        assert np.all(scale > 0)
        assert np.isfinite(offset).all() and np.isfinite(scale).all()


class TestResolve:
    def test_none_is_neutral(self):
        offset, scale = resolve(Scaling(), 3)
        assert (offset.tolist(), scale.tolist()) == ([0, 0, 0], [1, 1, 1])

    def test_none_ignores_its_numbers(self):
        assert resolve(Scaling("none", 5, 2), 1)[0].tolist() == [0]

    def test_linear_is_the_cards(self):
        offset, scale = resolve(Scaling("linear", 5, 2), 2)
        assert (offset.tolist(), scale.tolist()) == ([5, 5], [2, 2])

    def test_dataset_is_the_samples(self):
        given_offset, given_scale = np.array([1, 2], np.float32), np.array([3, 4], np.float32)
        offset, scale = resolve(Scaling("dataset"), 2, given_offset, given_scale)
        assert (offset.tolist(), scale.tolist()) == ([1, 2], [3, 4])

    def test_dataset_without_a_sample_is_a_mistake_of_ours(self):
        with pytest.raises(ValueError, match="needs the offset and scale of 2 bands"):
            resolve(Scaling("dataset"), 2, np.ones(3), np.ones(3))


class TestThereAndBack:
    @pytest.mark.parametrize("dtype", INTEGERS + FLOATS)
    def test_linear(self, dtype):
        values = np.arange(24, dtype=dtype).reshape(SHAPE)
        offset, scale = np.array([1, 10], np.float32), np.array([2, 0.5], np.float32)
        network = to_network(values, offset, scale)
        assert network.dtype == np.float32
        np.testing.assert_allclose(network[0, 0], (np.arange(4) - 1) / 2)
        np.testing.assert_allclose(network[1, 0], (np.arange(12, 16) - 10) * 2)
        back = to_stored(from_network(network, offset, scale), everywhere(), dtype, None)
        np.testing.assert_array_equal(back, values)

    def test_large_offsets_cost_no_precision(self):
        values = (1_700_000_000 + np.arange(4)).astype(np.int32).reshape(1, 2, 2)
        network = to_network(values, np.array([1_700_000_000], np.float32), np.array([1], np.float32))
        np.testing.assert_allclose(np.diff(network.ravel()), 1)

    def test_the_input_is_not_changed(self):
        values = np.ones(SHAPE, np.float32)
        one = np.array([1, 1], np.float32)
        to_network(values, one, one)
        from_network(values, one, one)
        assert (values == 1).all()


class TestToStored:
    @pytest.mark.parametrize(
        ("dtype", "value", "expected"),
        [
            ("uint8", -0.6, 0),
            ("uint8", 300, 255),
            ("uint8", 2.5, 2),
            ("uint8", 3.5, 4),
            ("int8", -300, -128),
            ("int16", -40000.0, -32768),
            ("uint16", 65535.4, 65535),
            ("int32", 3e9, 2**31 - 1),
            ("int32", -3e9, -(2**31)),
            ("uint32", 1e20, 2**32 - 1),
            ("float32", 1e39, np.finfo(np.float32).max),
            ("float64", 0.25, 0.25),
        ],
    )
    def test_rounded_and_clipped(self, dtype, value, expected):
        stored = to_stored(np.full(SHAPE, value), everywhere(), dtype, None)
        assert stored.dtype == dtype
        assert (stored == expected).all()

    @pytest.mark.parametrize(
        ("dtype", "nodata", "value", "expected"),
        [
            ("uint8", 0, -3, 1),
            ("uint8", 0, 0.2, 1),
            ("uint8", 255, 400, 254),
            ("uint8", 100, 100.3, 101),
            ("uint8", 100, 99.7, 99),
            ("int16", -32768, -1e6, -32767),
            ("uint32", 2**32 - 1, 5e9, 2**32 - 2),
            ("float32", 0, 0.0, -np.finfo(np.float32).smallest_subnormal),
        ],
    )
    def test_a_valid_value_never_becomes_nodata(self, dtype, nodata, value, expected):
        assert (to_stored(np.full(SHAPE, value), everywhere(), dtype, nodata) == expected).all()

    def test_invalid_is_nodata(self):
        valid = everywhere()
        valid[0, 1, 2] = False
        stored = to_stored(np.full(SHAPE, 7.0, np.float32), valid, "int16", -9999)
        assert stored[0, 1, 2] == -9999
        assert (stored == 7).sum() == stored.size - 1

    def test_one_mask_for_all_bands(self):
        valid = np.array([[True, False]])
        stored = to_stored(np.full((3, 1, 2), 7.0), valid, "uint8", 0)
        assert stored.tolist() == [[[7, 0]]] * 3

    def test_without_nodata_invalid_is_zero(self):
        assert to_stored(np.full(SHAPE, 7.0), ~everywhere(), "uint8", None).max() == 0

    @pytest.mark.parametrize("dtype", INTEGERS)
    def test_what_is_not_finite_is_invalid(self, dtype):
        values = np.array([[[np.nan, np.inf, 3.0]]], np.float32)
        assert to_stored(values, everywhere(values.shape), dtype, 9).tolist() == [[[9, 9, 3]]]

    @pytest.mark.parametrize("dtype", FLOATS)
    def test_nan_as_nodata(self, dtype):
        valid = np.array([[[True, False]]])
        stored = to_stored(np.ones((1, 1, 2)), valid, dtype, float("nan"))
        assert stored[0, 0, 0] == 1 and np.isnan(stored[0, 0, 1])

    @pytest.mark.parametrize(
        ("dtype", "nodata"),
        [("uint8", -9999), ("uint8", 0.5), ("uint16", float("nan")), ("float32", 1e300), ("int32", 2.0**31)],
    )
    def test_a_nodata_that_does_not_fit(self, dtype, nodata):
        with pytest.raises(InputError, match=f"^NODATA is .*, but {dtype} holds .* choose another NODATA or data type"):
            require_nodata(dtype, nodata)

    @pytest.mark.parametrize("dtype", ["complex64", "int64", "float16", "bool"])
    def test_a_type_that_cannot_be_written(self, dtype):
        with pytest.raises(InputError, match=f"The data type is {dtype}, but"):
            to_stored(np.ones(SHAPE), everywhere(), dtype, None)

    @given(
        values=arrays(np.float32, (1, 4, 4), elements=st.floats(width=32)),
        valid=arrays(bool, (1, 4, 4)),
        dtype=st.sampled_from(INTEGERS + FLOATS),
        end=st.sampled_from(["low", "high", "zero", "none"]),
    )
    def test_nodata_stands_exactly_where_nothing_is_valid(self, values, valid, dtype, end):
        info = np.iinfo(dtype) if dtype in INTEGERS else np.finfo(dtype)
        nodata = {"low": float(info.min), "high": float(info.max), "zero": 0.0, "none": None}[end]
        stored = to_stored(values, valid, dtype, nodata)
        usable = valid & np.isfinite(values)
        if nodata is not None:
            np.testing.assert_array_equal(stored == nodata, ~usable)
        inside = np.clip(values[usable].astype(np.float64), float(info.min), float(info.max))
        step = 1.5 if dtype in INTEGERS else np.spacing(np.float32(3e38))
        assert np.all(np.abs(stored[usable].astype(np.float64) - inside) <= step)
