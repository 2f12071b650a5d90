"""The classes that the legend of a map tells circles apart by, which pages hide and show."""

from collections.abc import Sequence
from itertools import pairwise

import pandas as pd

from where_is_ai.maps.bubbles import Scales
from where_is_ai.maps.legends import Mark, number
from where_is_ai.maps.scales import ColourScale, Kinds
from where_is_ai.maps.style import MUTED

NO_COLOUR = "colour unknown"


def legend_classes(look: Scales, marks: Sequence[Mark], circles: pd.DataFrame) -> list[tuple[str, str]]:
    """The classes that ``circles`` may be of, as (class, words): colours from light to dark, then the marks."""
    colours = list(look.colour.words) if isinstance(look.colour, Kinds) else colour_classes(look.colour)
    rest = [(MUTED if kind == "muted" else kind, " ".join(lines)) for kind, lines in marks]
    uncoloured = circles["size"].notna() & circles["colour"].isna() & ~circles["muted"].astype(bool)
    if uncoloured.any() and MUTED not in dict(rest):
        rest.append((MUTED, NO_COLOUR))
    return [*colours, *rest]


def colour_classes(scale: ColourScale) -> list[tuple[str, str]]:
    """The classes of a scale from light to dark, as (colour, words)."""
    limits = [number(limit) for limit in scale.limits]
    if not limits:
        return [(scale.colours[0], "all values")]
    words = [
        f"under {limits[0]}",
        *(f"{low} to {high}" for low, high in pairwise(limits)),
        f"{limits[-1]} or more",
    ]
    return list(zip(scale.colours, words, strict=True))
