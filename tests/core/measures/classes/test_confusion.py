"""The confusion matrix: orientation, outside truth, what is not defined, laws."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from rsfusion_qgis.core.basics.errors import InputError
from rsfusion_qgis.core.measures.classes.confusion import ConfusionMatrix, overall_measures

EXAMPLE = np.array([[900, 50, 50], [20, 60, 20], [5, 5, 30]])
NAMES = ("a", "b", "c")

# Class 3 is never predicted and class 4 never true; the expected numbers are scikit-learn's:
#   python3 -m venv v && v/bin/pip install scikit-learn==1.5.2 && v/bin/python, then with t, p the pixels of the matrix
#   accuracy_score(t, p), balanced_accuracy_score(t, p), cohen_kappa_score(t, p), f1_score(t, p, average="macro",
#   labels=range(5)), jaccard_score(t, p, average="macro" and "weighted", labels=range(5)),
#   precision_recall_fscore_support(t, p, labels=range(5), zero_division=np.nan)
ODD = np.array([[44, 5, 13, 0, 15], [19, 52, 26, 0, 68], [10, 8, 57, 0, 11], [4, 8, 51, 0, 9], [0, 0, 0, 0, 0]])
SCIKIT_LEARN = {
    "oa": 0.3825, "aa": 0.38734269606362626, "kappa": 0.23638162369381066, "f1": 0.29953474952212644,
    "miou": 0.20068670576735093, "fwiou": 0.2619532624633431,
}  # fmt: skip
SCIKIT_LEARN_PER_CLASS = {
    "ua": [0.57142857, 0.71232877, 0.3877551, np.nan, 0.0],
    "pa": [0.57142857, 0.31515152, 0.6627907, 0.0, np.nan],
    "f1": [0.57142857, 0.43697479, 0.48927039, 0.0, 0.0],
    "iou": [0.4, 0.27956989, 0.32386364, 0.0, 0.0],
}

matrices = st.integers(2, 5).flatmap(lambda k: hnp.arrays(np.int64, (k, k), elements=st.integers(0, 50)))


def test_rows_are_true_and_columns_predicted() -> None:
    true, predicted = np.array([[0, 0, 0, 1, 2, -1]]), np.array([[0, 1, 1, 1, -1, 0]])
    matrix = ConfusionMatrix.of(true, predicted, NAMES)
    assert matrix.counts.tolist() == [[1, 2, 0], [0, 1, 0], [0, 0, 0]]
    assert matrix.counts.dtype == np.int64
    assert matrix.true.tolist() == [3, 1, 0]
    assert matrix.predicted.tolist() == [1, 3, 0]
    assert matrix.per_class()["pa"][0] == pytest.approx(1 / 3)
    assert matrix.per_class()["ua"][1] == pytest.approx(1 / 3)


def test_the_example_of_the_definitions() -> None:
    """A printed example on which the definitions rest."""
    matrix = ConfusionMatrix(EXAMPLE, NAMES)
    found = matrix.overall()
    assert found["oa"] == pytest.approx(0.8684, abs=5e-5)
    assert found["aa"] == pytest.approx(0.750, abs=5e-5)
    assert found["miou"] == pytest.approx(0.5126, abs=5e-5)
    assert found["fwiou"] == pytest.approx(0.8137, abs=5e-5)
    np.testing.assert_allclose(matrix.per_class()["iou"], [0.878, 0.387, 0.273], atol=5e-4)


def test_numbers_of_scikit_learn() -> None:
    matrix = ConfusionMatrix(ODD, tuple("abcde"))
    assert matrix.overall() == pytest.approx(SCIKIT_LEARN)
    for name, values in SCIKIT_LEARN_PER_CLASS.items():
        np.testing.assert_allclose(matrix.per_class()[name], values, atol=1e-8)


def test_what_is_not_defined_is_nan_and_takes_no_part_in_means() -> None:
    with_an_absent_class = np.zeros((4, 4), np.int64)
    with_an_absent_class[:3, :3] = EXAMPLE
    matrix = ConfusionMatrix(with_an_absent_class, (*NAMES, "d"))
    assert matrix.overall() == pytest.approx(ConfusionMatrix(EXAMPLE, NAMES).overall())
    assert all(np.isnan(values[3]) for values in matrix.per_class().values())
    empty = ConfusionMatrix(np.zeros((2, 2), np.int64), ("a", "b"))
    assert all(np.isnan(value) for value in empty.overall().values())
    alone = ConfusionMatrix(np.array([[7, 0], [0, 0]]), ("a", "b")).overall()
    assert np.isnan(alone["kappa"])
    assert alone["oa"] == alone["aa"] == alone["miou"] == 1.0


@given(matrices)
def test_laws(counts: np.ndarray) -> None:
    matrix = ConfusionMatrix(counts, tuple("abcde"[: len(counts)]))
    found, per_class = matrix.overall(), matrix.per_class()
    for name, value in found.items():
        assert np.isnan(value) or (-1.0 if name == "kappa" else 0.0) <= value <= 1.0 + 1e-12
    turned = ConfusionMatrix(counts.T, matrix.names)
    np.testing.assert_array_equal(per_class["pa"], turned.per_class()["ua"])
    np.testing.assert_allclose(per_class["f1"], 2 * per_class["iou"] / (1 + per_class["iou"]))
    np.testing.assert_allclose(found["kappa"], turned.overall()["kappa"])
    order = np.arange(len(counts))[::-1]
    np.testing.assert_allclose(list(overall_measures(counts[order][:, order]).values()), list(found.values()))
    stacked = overall_measures(np.stack([counts, 3 * counts]))
    for name, values in stacked.items():
        np.testing.assert_allclose(values, [found[name]] * 2)


@given(hnp.arrays(np.int16, (2, 40), elements=st.integers(-1, 2)), st.integers(0, 40))
def test_parts_add_up(pixels: np.ndarray, cut: int) -> None:
    whole, first, second = (
        ConfusionMatrix.of(*part, NAMES) for part in (pixels, pixels[:, :cut], pixels[:, cut:])
    )
    np.testing.assert_array_equal((first + second).counts, whole.counts)


def test_matrices_that_do_not_fit_are_refused() -> None:
    with pytest.raises(InputError, match="different classes"):
        ConfusionMatrix(EXAMPLE, NAMES) + ConfusionMatrix(EXAMPLE, ("a", "b", "x"))
    with pytest.raises(InputError, match="expected a square"):
        ConfusionMatrix(EXAMPLE, ("a", "b"))
