"""What the page of a metro says of its data centres."""

import pytest

from where_is_ai.layers.compute.on_metro import counted


@pytest.mark.parametrize(("number", "said"), [(0, "0 sites"), (1, "1 site"), (2, "2 sites")])
def test_one_is_singular(number, said):
    assert counted(number, "site") == said
