"""A generated town: what is used how is known; an image, points with users and street-view features each tell a part.

Homes, shops, parks and offices in 16 x 16 blocks of 120 m. Parks are green in the image, shops and offices have large
roofs, points tell shops from offices, users are many in shops and offices, and street-view features tell homes from
parks, in three of four blocks.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ...core.basics.optional import OptionalModule

ndimage = OptionalModule("scipy.ndimage")
USES = ("homes", "offices", "park", "shops")
BLOCKS, SIDE_M, STREET_M, PIXEL_M = 16, 120.0, 20.0, 10.0
_GREEN, _ROOF = (45.0, 40.0, 60.0, 41.0), (30.0, 44.0, 12.0, 45.0)
_SHOPS, _OFFICES, _STOPS = (0.5, 0.6, 0.2, 2.5), (0.3, 2.0, 0.1, 0.6), (0.8, 0.8, 0.8, 0.8)
_USERS = (1.0, 4.0, 0.7, 6.0)
_STREET = (2.0, 1.0, 3.2, 1.2)


@dataclass(frozen=True)
class Town:
    """Blocks row by row.

    Attributes
    ----------
    uses : ndarray
        (blocks,) index into USES.
    corners : ndarray
        (blocks, 2) metres, the lower left corner of each.
    image : ndarray
        (2, rows, cols) at `PIXEL_M`, the first row in the north.
    places, codes, users : ndarray
        Points: (n, 2) metres; (n,) 0 shop, 1 office, 2 stop; (n,) number of users.
    street_places, street : ndarray
        Points with a feature: (n, 2) metres, (n, 1).
    """

    uses: np.ndarray
    corners: np.ndarray
    image: np.ndarray
    places: np.ndarray
    codes: np.ndarray
    users: np.ndarray
    street_places: np.ndarray
    street: np.ndarray


def town(seed: int, blocks: int = BLOCKS) -> Town:
    """The same seed gives the same town, of `blocks` x `blocks`."""
    draw = np.random.default_rng(seed)
    smooth = ndimage.gaussian_filter(draw.normal(size=(len(USES), blocks, blocks)), (0, 0.9, 0.9))
    grid = smooth.argmax(axis=0)
    uses = grid.ravel()
    rows, cols = np.divmod(np.arange(len(uses)), BLOCKS)
    corners = np.stack([cols, blocks - 1 - rows], axis=1) * SIDE_M
    pixels = int(SIDE_M / PIXEL_M)
    image = np.stack([np.take(one, grid) + draw.normal(0, 7, grid.shape) for one in (_GREEN, _ROOF)])
    image = np.kron(image, np.ones((1, pixels, pixels))) + draw.normal(0, 6, (2, *(blocks * pixels,) * 2))
    places, codes, users = [], [], []
    for code, means in enumerate((_SHOPS, _OFFICES, _STOPS)):
        for number, count in enumerate(draw.poisson(np.take(means, uses))):
            places += (corners[number] + draw.uniform(0, SIDE_M - STREET_M, (count, 2))).tolist()
            codes += [code] * count
            users += draw.gamma(2.0, _USERS[uses[number]] / 2.0, count).tolist()
    seen = np.repeat(np.flatnonzero(draw.uniform(size=len(uses)) < 0.75), 3)
    street_places = corners[seen] + draw.uniform(0, SIDE_M - STREET_M, (len(seen), 2))
    street = np.take(_STREET, uses[seen]) + draw.normal(0, 1.0, len(seen))
    return Town(uses, corners, image.astype(np.float32), np.array(places), np.array(codes), np.array(users),
                street_places, street[:, None])  # fmt: skip
