"""Spectra of endmembers with their classes, and how they are brought to the bands of a raster.

Spectra are (bands, m), float64, in any unit; wavelengths are centres in micrometres, NaN where unknown.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from ..basics.errors import InputError
from .class_spec import ClassSpec

MOST_SPECTRA = 24
"""Of a class that are used; more only take time."""
_BEYOND = 0.05
"""By how much of its wavelength a band may lie outside a library."""
_TO_SIGMA = 1 / (2 * np.sqrt(2 * np.log(2)))


@dataclass(frozen=True)
class Spectra:
    """Endmembers.

    Attributes
    ----------
    values : ndarray
        (bands, m) float64.
    names : tuple of str
        (m,) of the spectra.
    of : tuple of int
        (m,) place of each spectrum's class among `classes`.
    classes : tuple of ClassSpec
        Every class has one or more spectra.
    wavelengths : ndarray
        (bands,) micrometres, NaN = unknown.
    widths : ndarray
        (bands,) full width at half maximum, micrometres, NaN = unknown.
    """

    values: np.ndarray
    names: tuple[str, ...]
    of: tuple[int, ...]
    classes: tuple[ClassSpec, ...]
    wavelengths: np.ndarray
    widths: np.ndarray

    @property
    def membership(self) -> np.ndarray:
        """(classes, m), 1 where a spectrum is one of the class."""
        return (np.arange(len(self.classes))[:, None] == np.array(self.of)).astype(float)

    def means(self) -> Spectra:
        """One spectrum per class: the mean of its spectra."""
        member = self.membership
        values = self.values @ (member / member.sum(axis=1, keepdims=True)).T
        names = tuple(one.name for one in self.classes)
        return replace(self, values=values, names=names, of=tuple(range(len(names))))

    def thinned(self, most: int = MOST_SPECTRA) -> Spectra:
        """At most so many spectra of each class, those that differ most."""
        of = np.array(self.of)
        kept = np.sort(np.concatenate([_spread(self.values, np.flatnonzero(of == k), most)
                                       for k in range(len(self.classes))]))  # fmt: skip
        return replace(self, values=self.values[:, kept], names=tuple(self.names[k] for k in kept),
                       of=tuple(int(of[k]) for k in kept))  # fmt: skip


def named(
    values: np.ndarray, names: Sequence[str], wavelengths: np.ndarray, widths: np.ndarray, colours: dict[str, str]
) -> Spectra:
    """Spectra whose classes are told by their names: what stands before " #" and a number is the class.

    Raises
    ------
    InputError
        More than 254 classes.
    """
    kinds = [class_name(name) for name in names]
    distinct = list(dict.fromkeys(kinds))
    if len(distinct) > 254:
        raise InputError(
            f"The library has {len(distinct)} classes, at most 254 fit into a class raster; give spectra of one class "
            "the same name, or leave some out."
        )
    classes = tuple(ClassSpec(kind, n, colours.get(kind, "")) for n, kind in enumerate(distinct, start=1))
    of = tuple(distinct.index(kind) for kind in kinds)
    return Spectra(values, tuple(names), of, classes, wavelengths, widths)


def class_name(name: str) -> str:
    """ "tree" of "tree #2"."""
    head, mark, tail = name.rpartition("#")
    return head.strip() if mark and head.strip() and tail.strip().isdecimal() else name.strip()


def resampled(
    spectra: Spectra, wavelengths: np.ndarray, widths: np.ndarray, name: str, path: str, other: str
) -> Spectra:
    """The spectra at the bands of a raster.

    A band sees a spectrum through a Gaussian of its own width; where the library's samples lie wider apart than that,
    or the width is not known, they are interpolated linearly.

    Parameters
    ----------
    wavelengths, widths : ndarray
        (bands,) of the raster, micrometres, NaN where unknown.
    name, path : the user's parameter and the file, for messages.
    other : what the raster is called in them.

    Raises
    ------
    InputError
        The wavelengths of the library do not reach over the bands, or neither wavelengths nor the number of bands tell
        which value is which band's.
    """
    known = ~np.isnan(spectra.wavelengths)
    if not known.any() or np.isnan(wavelengths).any():
        if len(spectra.values) == len(wavelengths):
            return replace(spectra, wavelengths=wavelengths, widths=widths)
        lacking = f"{name} '{path}'" if not known.any() else other
        raise InputError(
            f"{lacking} has no wavelengths, and the library has {len(spectra.values)} values per spectrum for "
            f"{len(wavelengths)} bands of {other}; expected the same number, or wavelengths on both sides, so add them."
        )
    order = np.argsort(spectra.wavelengths[known])
    at = spectra.wavelengths[known][order]
    outside = (wavelengths < at[0] * (1 - _BEYOND)) | (wavelengths > at[-1] * (1 + _BEYOND))
    if outside.any():
        raise InputError(
            f"{name} '{path}' holds wavelengths from {1000 * at[0]:.0f} to {1000 * at[-1]:.0f} nm, but {outside.sum()} "
            f"bands of {other} lie outside ({1000 * wavelengths.min():.0f} to {1000 * wavelengths.max():.0f} nm); give "
            f"a library that covers them, or leave these bands of {other} out."
        )
    weights = np.array([_seen(at, centre, width) for centre, width in zip(wavelengths, widths)])
    return replace(spectra, values=weights @ spectra.values[known][order], wavelengths=wavelengths, widths=widths)


def _seen(at: np.ndarray, centre: float, width: float) -> np.ndarray:
    """Weights of the library's values for one band."""
    step = np.gradient(at) if len(at) > 1 else np.ones(1)
    near = float(np.interp(centre, at, step))
    if width > 2 * near:
        weights = step * np.exp(-0.5 * ((at - centre) / (width * _TO_SIGMA)) ** 2)
        if weights.sum() > 0:
            return weights / weights.sum()
    made = np.zeros(len(at))
    right = int(np.clip(np.searchsorted(at, centre), 1, max(len(at) - 1, 1))) if len(at) > 1 else 0
    if not right:
        made[0] = 1.0
        return made
    share = np.clip((centre - at[right - 1]) / max(at[right] - at[right - 1], 1e-12), 0.0, 1.0)
    made[right - 1], made[right] = 1 - share, share
    return made


def unit_between(pixels: np.ndarray, spectra: np.ndarray) -> float:
    """Stored value of the pixels per unit of the spectra: 1, 100 or 10000, or one of these the other way round.

    Parameters
    ----------
    pixels, spectra : (bands, n) and (bands, m); only their typical size is compared.
    """
    ours, theirs = (float(np.median(np.abs(one))) for one in (pixels, spectra))
    if not (ours > 0 and theirs > 0):
        return 1.0
    steps = np.array([-4.0, -2.0, 0.0, 2.0, 4.0])
    return float(10.0 ** steps[np.abs(steps - np.log10(ours / theirs)).argmin()])


def _spread(values: np.ndarray, members: np.ndarray, most: int) -> np.ndarray:
    """The members that lie farthest from each other, beginning with the most typical one."""
    if len(members) <= most:
        return members
    points = values[:, members]
    chosen = [int(((points - np.median(points, axis=1, keepdims=True)) ** 2).sum(axis=0).argmin())]
    nearest = np.full(len(members), np.inf)
    while len(chosen) < most:
        nearest = np.minimum(nearest, ((points - points[:, chosen[-1:]]) ** 2).sum(axis=0))
        chosen.append(int(nearest.argmax()))
    return members[chosen]
