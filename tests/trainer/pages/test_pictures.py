"""Pictures inside a page are whole files."""

from __future__ import annotations

import base64
import io

import numpy as np
import pytest
from PIL import Image

from trainer.pages.pictures import jpeg_address, jpeg_bytes


@pytest.mark.parametrize("shape", [(20, 30), (20, 30, 3)])
def test_an_address_holds_the_picture(shape: tuple[int, ...]) -> None:
    address = jpeg_address(jpeg_bytes(np.full(shape, 100, dtype=np.uint8)))
    head, _, data = address.partition(",")
    assert head == "data:image/jpeg;base64"
    found = Image.open(io.BytesIO(base64.b64decode(data)))
    assert found.size == (30, 20)
    assert abs(int(np.asarray(found).mean()) - 100) <= 2
