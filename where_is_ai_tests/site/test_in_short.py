"""What is said of a metro beside its peers reads as people speak."""

import pytest

from where_is_ai.site.in_short import _among


@pytest.mark.parametrize(
    ("told", "said"),
    [
        (["less"] * 8, "Of the 8 metros of like size, all have less."),
        ([""] * 8, "Of the 8 metros of like size, none can be told apart from this one."),
        (
            ["", ""],
            "Of the 2 metros of like size that have a row too, neither can be told apart from this one.",
        ),
        ([""], "The one metro of like size that has a row too can't be told apart."),
        (
            ["more", "", ""],
            "Of the 3 metros of like size that have a row too, 1 has more and 2 can't be told apart.",
        ),
    ],
)
def test_peers_are_counted_in_a_sentence(told, said):
    assert _among(told, 8) == said
