"""The frozen program gives its children the user's own library path."""

from __future__ import annotations

import pytest

from tests.packaging.conftest import Load


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ({"HOME": "/h"}, {"HOME": "/h"}),
        ({"LD_LIBRARY_PATH": "/p/_internal"}, {}),
        ({"LD_LIBRARY_PATH": "/p/_internal:/mine", "LD_LIBRARY_PATH_ORIG": "/mine"}, {"LD_LIBRARY_PATH": "/mine"}),
    ],
)
def test_the_library_path_is_given_back(script: Load, before: dict[str, str], after: dict[str, str]) -> None:
    environment = dict(before)
    script("start").give_back_library_path(environment)
    assert environment == after
