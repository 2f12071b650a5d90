"""The USA and the world: which table each has, and what words and pictures call its metros."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import pandas as pd

from where_is_ai.layers import metro_card
from where_is_ai.layers.compute.notes import METROS, WORLD


@dataclass(frozen=True)
class Scope:
    """``view`` of its map, ``table``, ``key`` (the column of ids) and ``whose`` metros they are.

    ``names`` gives short names, and states or countries.
    """

    view: Literal["usa", "world"]
    table: str
    key: str
    whose: str
    names: Callable[[pd.DataFrame], tuple[pd.Series, pd.Series]]


THE_USA = Scope("usa", METROS, "area_code", "US metro areas", metro_card.usa)
THE_WORLD = Scope("world", WORLD, "metro_id", "the world's metro areas", metro_card.world)
