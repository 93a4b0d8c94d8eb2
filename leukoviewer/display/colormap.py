"""Perceptually uniform color maps: inferno, magma, viridis."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

# Every fifth of the 256 published colors, as red green blue in hex; the others lie between within one level of 255.
# Source: "mpl colormaps" by N. J. Smith, S. van der Walt and E. Firing, https://bids.github.io/colormap/ (CC0).
_KNOTS = {
    "inferno": (
        "000004 02020c 050417 0a0722 10092d 160b39 1e0c45 260c51 2f0a5b 380962 400a67 490b6a 510e6c "
        "59106e 61136e 69166e 71196e 781c6d 801f6c 88226a 902568 982766 a02a63 a82e5f b0315b b73557 "
        "bf3952 c63d4d cc4248 d34743 d94d3d df5337 e45a31 e9612b ed6925 f1711f f47918 f78212 f98b0b "
        "fa9407 fb9d07 fca60c fcb014 fbba1f fac42a f8cd37 f6d746 f4e156 f2ea69 f2f27d f5f992 fcffa4"
    ),
    "magma": (
        "000004 02020b 050416 090720 0e0b2b 140e36 1a1042 21114e 29115a 311165 390f6e 420f75 4a1079 "
        "52137c 5a167e 621980 6a1c81 721f81 792282 812581 892881 912b81 992d80 a1307e aa337d b2357b "
        "ba3878 c23b75 ca3e72 d2426f d9466b e04c67 e75263 ec5860 f1605d f4695c f7725c f97b5d fb8560 "
        "fc8e64 fd9869 fea16e feaa74 feb47b febd82 fec68a fecf92 fed89a fde2a3 fdebac fcf4b6 fcfdbf"
    ),
    "viridis": (
        "440154 46085c 471063 481769 481d6f 482475 472a7a 46307e 453781 433d84 414287 3f4889 3d4e8a "
        "3a538b 38598c 355e8d 33638d 31688e 2e6d8e 2c718e 2a768e 297b8e 27808e 25848e 23898e 218e8d "
        "20928c 1f978b 1e9c89 1fa188 21a585 24aa83 28ae80 2eb37c 35b779 3dbc74 46c06f 50c46a 5ac864 "
        "65cb5e 70cf57 7cd250 89d548 95d840 a2da37 b0dd2f bddf26 cae11f d8e219 e5e419 f1e51d fde725"
    ),
}

NAMES: tuple[str, ...] = tuple(_KNOTS)


@lru_cache(maxsize=len(_KNOTS))
def table(name: str) -> NDArray[np.uint8]:
    """The 256 colors of a map.

    Parameters
    ----------
    name : str
        One of :data:`NAMES`.

    Returns
    -------
    array of uint8, shape (256, 3)
        Red, green, blue, from the lowest value to the highest; read-only.

    Raises
    ------
    ValueError
        The name is unknown.
    """
    if name not in _KNOTS:
        raise ValueError(f"unknown color map {name!r}; known are {', '.join(NAMES)}")
    knots = np.array([list(bytes.fromhex(color)) for color in _KNOTS[name].split()], dtype=np.float64)
    at = np.linspace(0, 255, len(knots))
    channels = [np.interp(np.arange(256), at, knots[:, channel]) for channel in range(3)]
    colors: NDArray[np.uint8] = np.rint(np.stack(channels, axis=1)).astype(np.uint8)
    colors.setflags(write=False)
    return colors
