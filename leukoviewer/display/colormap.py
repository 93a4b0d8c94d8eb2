"""Perceptually uniform color maps, safe for color blindness: inferno, magma, viridis, cividis."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

# Every fifth of the 256 published colors, as red green blue in hex; the others lie between within one level of 255.
# Source: "mpl colormaps" by N. J. Smith, S. van der Walt and E. Firing, https://bids.github.io/colormap/ (CC0);
# cividis: J. R. Nuñez, C. R. Anderton, R. S. Renslow, PLoS ONE 13(7): e0199239 (2018), CC BY 4.0.
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
    # All of them: its blues bend too sharply for fewer.
    "cividis": (
        "00224e 00234f 002451 002553 002554 002656 002758 002859 00285b 00295d 002a5f 002a61 002b62 "
        "002c64 002c66 002d68 002e6a 002e6c 002f6d 00306f 003070 003170 003171 013271 053371 083370 "
        "0c3470 0f3570 123570 143670 163770 18376f 1a386f 1c396f 1e3a6f 203a6f 213b6e 233c6e 243c6e "
        "263d6e 273e6e 293f6e 2a3f6d 2b406d 2d416d 2e416d 2f426d 31436d 32436d 33446d 34456c 35456c "
        "36466c 38476c 39486c 3a486c 3b496c 3c4a6c 3d4a6c 3e4b6c 3f4c6c 404c6c 414d6c 424e6c 434e6c "
        "444f6c 45506c 46516c 47516c 48526c 49536c 4a536c 4b546c 4c556c 4d556c 4e566c 4f576c 50576c "
        "51586d 52596d 535a6d 545a6d 555b6d 555c6d 565c6d 575d6d 585e6d 595e6e 5a5f6e 5b606e 5c616e "
        "5d616e 5e626e 5e636f 5f636f 60646f 61656f 62656f 636670 646770 656870 656870 666970 676a71 "
        "686a71 696b71 6a6c71 6b6d72 6c6d72 6c6e72 6d6f72 6e6f73 6f7073 707173 717274 727274 727374 "
        "737475 747475 757575 767676 777776 777777 787877 797977 7a7a78 7b7a78 7c7b78 7d7c78 7e7c78 "
        "7e7d78 7f7e78 807f78 817f78 828079 838179 848279 858279 868379 878478 888578 898578 8a8678 "
        "8b8778 8c8878 8d8878 8e8978 8f8a78 908b78 918b78 928c78 928d78 938e78 948e77 958f77 969077 "
        "979177 989277 999277 9a9376 9b9476 9c9576 9d9576 9e9676 9f9775 a09875 a19975 a29975 a39a74 "
        "a49b74 a59c74 a69c74 a79d73 a89e73 a99f73 aaa073 aba072 aca172 ada272 aea371 afa471 b0a571 "
        "b1a570 b3a670 b4a76f b5a86f b6a96f b7a96e b8aa6e b9ab6d baac6d bbad6d bcae6c bdae6c beaf6b "
        "bfb06b c0b16a c1b26a c2b369 c3b369 c4b468 c5b568 c6b667 c7b767 c8b866 c9b965 cbb965 ccba64 "
        "cdbb63 cebc63 cfbd62 d0be62 d1bf61 d2c060 d3c05f d4c15f d5c25e d6c35d d7c45c d9c55c dac65b "
        "dbc75a dcc859 ddc858 dec958 dfca57 e0cb56 e1cc55 e2cd54 e4ce53 e5cf52 e6d051 e7d150 e8d24f "
        "e9d34e ead34c ebd44b edd54a eed649 efd748 f0d846 f1d945 f2da44 f3db42 f5dc41 f6dd3f f7de3e "
        "f8df3c f9e03a fbe138 fce236 fde334 fee434 fee535 fee636 fee838"
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
