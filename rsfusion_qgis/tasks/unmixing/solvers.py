"""Least squares with shares that are not negative, for many pixels at once, exact up to rounding.

A pixel is x = E a: spectra of the endmembers E (bands, endmembers) and their shares a (endmembers,). Two problems:

    FCLS   min |x - E a|^2   with a >= 0 and sum(a) = 1   (Heinz and Chang 2001, DOI 10.1109/36.911111)
    NNLS   min |x - E a|^2   with a >= 0                  (Lawson and Hanson 1974, DOI 10.1137/1.9781611971217)

Both are solved by the active set method of Lawson and Hanson on the normal equations. All pixels take their steps
together, and those with the same set of endmembers share one inverse (Van Benthem and Keenan 2004, DOI
10.1002/cem.889). A pixel is done when the conditions of Karush, Kuhn and Tucker hold (`kkt_gap`), not when its residual
stops falling. A prior p with a weight w, w |a - p|^2, and a penalty on the sum of the shares keep the form.

Arrays: pixels (bands, n), endmembers (bands, m), shares (m, n); computed in float64.
"""

from __future__ import annotations

from typing import Optional

import numpy as np

CHUNK = 16384
"""Pixels that are solved together: more would only take memory."""
_STARTS_FULL = 16
_WORST_CONDITION = 1e9
_TOLERANCE = 1e-11


def fcls(
    pixels: np.ndarray, endmembers: np.ndarray, prior: Optional[np.ndarray] = None, weight: float = 0.0,
    membership: Optional[np.ndarray] = None,
) -> np.ndarray:  # fmt: skip
    """Shares that are not negative and sum to one.

    Parameters
    ----------
    pixels : ndarray
        (bands, n), any real type and unit, finite.
    endmembers : ndarray
        (bands, m), same unit.
    prior : ndarray, optional
        (k, n) shares of classes to which the result is drawn.
    weight : float
        Strength of the prior, as a share of the mean squared length of the endmembers; 0 = none.
    membership : ndarray, optional
        (k, m) 1 where a spectrum is one of the class; None = each spectrum is a class.

    Returns
    -------
    ndarray
        (m, n) float64.
    """
    return _in_chunks(pixels, endmembers, True, prior, weight, membership, 0.0)


def nnls(
    pixels: np.ndarray, endmembers: np.ndarray, prior: Optional[np.ndarray] = None, weight: float = 0.0,
    membership: Optional[np.ndarray] = None, penalty: float = 0.0,
) -> np.ndarray:  # fmt: skip
    """Shares that are not negative, with any sum: that of SCLSU, and with a penalty that of sparse unmixing.

    `shares_of` makes them sum to one; the sum itself is the brightness of the pixel against the endmembers (SCLSU:
    Veganzones and others 2014, DOI 10.1109/WHISPERS.2014.8077609).

    Parameters
    ----------
    penalty : float
        On the sum of the shares, as a share of the mean squared length of the endmembers; 0 = none. Of a large library
        few spectra remain (CLSUnSAL without the sum: Bioucas-Dias and Figueiredo 2010, DOI
        10.1109/WHISPERS.2010.5594963).
    Others as in `fcls`.
    """
    return _in_chunks(pixels, endmembers, False, prior, weight, membership, penalty)


def shares_of(amounts: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Shares that sum to one, (m, n), and the sums before, (n,); a pixel of nothing has equal shares and the sum 0."""
    total = amounts.sum(axis=0)
    empty = total <= 0
    return np.where(empty, 1.0 / len(amounts), amounts / np.where(empty, 1.0, total)), total


def residual(pixels: np.ndarray, endmembers: np.ndarray, amounts: np.ndarray) -> np.ndarray:
    """Root mean square over the bands of x - E a, (n,), in the unit of the pixels."""
    off = pixels - endmembers.astype(pixels.dtype) @ amounts.astype(pixels.dtype)
    return np.sqrt(np.einsum("bn,bn->n", off, off) / len(pixels))


def kkt_gap(gram: np.ndarray, right: np.ndarray, amounts: np.ndarray, sum_to_one: bool) -> np.ndarray:
    """How far amounts are from the optimum, (n,), relative to the length of the problem; 0 = they are it.

    Of min a' G a / 2 - r' a: the largest of negative amounts, error of the sum, gradient where an amount is above zero,
    and descent where it is zero.

    Parameters
    ----------
    gram : ndarray
        (m, m) G.
    right : ndarray
        (m, n) r.
    """
    falls = right - gram @ amounts
    unit = np.maximum(np.abs(right).max(axis=0), np.diag(gram).max())
    used = amounts > 1e-9
    if sum_to_one:
        falls = falls - (falls * used).sum(axis=0) / np.maximum(used.sum(axis=0), 1)
    inside = np.where(used, np.abs(falls), np.maximum(falls, 0.0)).max(axis=0) / unit
    off = np.maximum(-amounts.min(axis=0), np.abs(amounts.sum(axis=0) - 1) if sum_to_one else 0.0)
    return np.maximum(inside, off)


def _in_chunks(
    pixels: np.ndarray, endmembers: np.ndarray, sum_to_one: bool, prior: Optional[np.ndarray], weight: float,
    membership: Optional[np.ndarray], penalty: float,
) -> np.ndarray:  # fmt: skip
    spectra = np.asarray(endmembers, np.float64)
    gram = spectra.T @ spectra
    unit = float(np.trace(gram)) / len(gram)
    made = np.empty((len(gram), pixels.shape[1]))
    strength = weight * unit if prior is not None else 0.0
    member = np.eye(len(gram)) if membership is None else membership
    system = gram + strength * member.T @ member
    for first in range(0, pixels.shape[1], CHUNK):
        part = np.s_[:, first : first + CHUNK]
        right = spectra.T @ pixels[part].astype(np.float64) - penalty * unit
        if strength:
            right += strength * member.T @ prior[part]
        made[part] = solve(system, right, sum_to_one)
    return made


def solve(gram: np.ndarray, right: np.ndarray, sum_to_one: bool) -> np.ndarray:
    """The amounts a >= 0, with the sum 1 where wished, that minimise a' G a / 2 - r' a; (m, n) float64.

    Parameters
    ----------
    gram : ndarray
        (m, m) G, positive semi-definite.
    right : ndarray
        (m, n) r, one column per pixel.
    """
    search = _Search(gram, right.T, sum_to_one)
    well = np.linalg.cond(gram) < _WORST_CONDITION
    if not well:  # spectra that others mix exactly: of the many optima, the one with the most even shares
        search.gram = gram + np.trace(gram) / len(gram) / _WORST_CONDITION * np.eye(len(gram))
    full = well and len(gram) <= _STARTS_FULL
    (search.start_full if full else search.start_alone)()
    search.run()
    return search.result()


class _Search:
    """The active set method for many right-hand sides.

    Attributes
    ----------
    amounts : ndarray
        (n, m), always feasible once started.
    free : ndarray
        (n, m) bool, which amounts may be above zero.
    """

    def __init__(self, gram: np.ndarray, right: np.ndarray, sum_to_one: bool) -> None:
        self.gram, self.right, self.sum_to_one = gram, np.ascontiguousarray(right), sum_to_one
        self.amounts = np.zeros(self.right.shape)
        self.free = np.zeros(self.right.shape, bool)
        self.tolerance = _TOLERANCE * np.maximum(np.abs(self.right).max(axis=1, initial=0.0), np.diag(gram).max())

    def start_full(self) -> None:
        """From all endmembers: what is negative goes, again and again; what is left is feasible."""
        self.free[:] = True
        todo = np.arange(len(self.right))
        while len(todo):
            found = self._least_squares(todo)
            negative = found < 0
            self.free[todo] &= ~negative
            self.amounts[todo] = found
            todo = todo[negative.any(axis=1)]

    def start_alone(self) -> None:
        """From the one endmember that fits best, or from none where the sum is open."""
        if self.sum_to_one:
            best = np.argmin(np.diag(self.gram) - 2 * self.right, axis=1)
            self.amounts[np.arange(len(best)), best] = 1.0
            self.free[np.arange(len(best)), best] = True

    def run(self) -> None:
        """Let endmembers in and out until nothing improves any pixel."""
        todo = self._let_in(np.arange(len(self.right)))
        for _ in range(20 * self.gram.shape[0] + 20):
            if not len(todo):
                return
            found = self._least_squares(todo)
            good = (found > 0).sum(axis=1) == self.free[todo].sum(axis=1)
            done = todo[good]
            self.amounts[done] = found[good]
            todo = np.concatenate([self._let_in(done), self._step_back(todo[~good], found[~good])])

    def result(self) -> np.ndarray:
        """(m, n) amounts."""
        made = np.maximum(self.amounts, 0.0).T
        return made / made.sum(axis=0) if self.sum_to_one else made

    def _let_in(self, todo: np.ndarray) -> np.ndarray:
        """Let in the endmember that improves each pixel most; the pixels that improve."""
        falls = self.right[todo] - self.amounts[todo] @ self.gram
        free = self.free[todo]
        if self.sum_to_one:
            falls = falls - ((falls * free).sum(axis=1) / free.sum(axis=1))[:, None]
        falls[free] = -np.inf
        best = falls.argmax(axis=1)
        better = falls[np.arange(len(todo)), best] > self.tolerance[todo]
        self.free[todo[better], best[better]] = True
        return todo[better]

    def _step_back(self, todo: np.ndarray, found: np.ndarray) -> np.ndarray:
        """Go towards what was found as far as nothing becomes negative; the pixels that moved.

        Where nothing moves, only rounding let an endmember in, and the pixel is done.
        """
        here, free = self.amounts[todo], self.free[todo]
        blocked = free & (found <= 0)
        with np.errstate(divide="ignore", invalid="ignore"):
            reach = np.where(blocked, here / (here - found), np.inf)
        step = reach.min(axis=1, initial=np.inf)
        moved = here + np.where(np.isfinite(step), step, 0.0)[:, None] * (found - here)
        out = blocked & (reach <= step[:, None])
        moved[out] = 0.0
        self.amounts[todo], self.free[todo] = moved, free & ~out
        return todo[step > 0]

    def _least_squares(self, todo: np.ndarray) -> np.ndarray:
        """The unconstrained optimum over the free endmembers of each pixel, (n, m), zero elsewhere."""
        free, right = self.free[todo], self.right[todo]
        sets, member = _distinct(free)
        counts = sets.sum(axis=1)
        made = np.zeros(right.shape)
        for count in np.unique(counts[counts > 0]):
            same = np.flatnonzero(counts == count)
            places = np.nonzero(sets[same])[1].reshape(len(same), count)
            inverse = np.linalg.inv(self._systems(places))
            rows = np.flatnonzero(counts[member] == count)
            of = np.searchsorted(same, member[rows])
            chosen = places[of]
            values = np.take_along_axis(right[rows], chosen, axis=1)
            if self.sum_to_one:
                values = np.concatenate([values, np.ones((len(rows), 1))], axis=1)
            found = _applied(inverse, of, values)[:, :count]
            np.put_along_axis(full := np.zeros((len(rows), right.shape[1])), chosen, found, axis=1)
            made[rows] = full
        return made

    def _systems(self, places: np.ndarray) -> np.ndarray:
        """The equations of each set, (sets, k, k), bordered by those of the sum where that is one."""
        systems = self.gram[places[:, :, None], places[:, None, :]]
        if not self.sum_to_one:
            return systems
        count = places.shape[1]
        bordered = np.ones((len(places), count + 1, count + 1))
        bordered[:, :count, :count] = systems
        bordered[:, count, count] = 0.0
        return bordered


def _applied(inverse: np.ndarray, of: np.ndarray, values: np.ndarray) -> np.ndarray:
    """`inverse[of] @ values` row by row; by whole sets where many pixels share few of them."""
    if len(inverse) * 32 > len(of):
        return np.einsum("nij,nj->ni", inverse[of], values)
    order = np.argsort(of, kind="stable")
    made, ends = np.empty(values.shape), np.searchsorted(of[order], np.arange(len(inverse) + 1))
    for one, (first, end) in enumerate(zip(ends, ends[1:])):
        rows = order[first:end]
        made[rows] = values[rows] @ inverse[one].T
    return made


def _distinct(free: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The different rows of (n, m) bool, and which of them each row is."""
    packed = np.packbits(free, axis=1)
    width = packed.shape[1]
    if width <= 8:
        keys = np.zeros((len(free), 8), np.uint8)
        keys[:, :width] = packed
        keys = keys.view(np.uint64)[:, 0]
    else:
        keys = np.ascontiguousarray(packed).view(f"V{width}")[:, 0]
    _, first, member = np.unique(keys, return_index=True, return_inverse=True)
    return free[first], member.reshape(-1)
