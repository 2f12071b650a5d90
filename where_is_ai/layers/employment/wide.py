"""Wider definitions of AI work beside the strict one, each by its name: occupations with weights and their source.

The two strict occupations miss engineers who do AI as part of their job; a wider list counts some of them, and many who
don't. What share of an occupation does AI is published by nobody, so that a weight is an assumption: it stands with its
reason and source in ``wide_definitions.csv``. The result stands in columns of its own and is never mixed.
"""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files

import pandas as pd

from where_is_ai.errors import UsageError
from where_is_ai.layers.employment.ranks import rank_highest_first
from where_is_ai.layers.employment.sampling import moe90
from where_is_ai.occupations import DATA_SCIENTISTS, ai_occupations_in
from where_is_ai.settings import given_values

DEFAULT = "developers"
SETTING = "WHERE_IS_AI_WIDE_DEFINITION"


@cache
def definitions() -> pd.DataFrame:
    """``wide_definitions.csv``: definition, occ_code, weight, why and source."""
    with files("where_is_ai.layers.employment").joinpath("wide_definitions.csv").open() as file:
        return pd.read_csv(file)


def names() -> tuple[str, ...]:
    """The definitions that a run may choose from."""
    return tuple(definitions()["definition"].unique())


def chosen() -> str:
    """The definition that the setting WHERE_IS_AI_WIDE_DEFINITION names; UsageError where there is none such."""
    name = given_values().get(SETTING, DEFAULT)
    if name not in names():
        raise UsageError(
            f"{SETTING} is {name!r}, which is unknown.", f"Set it to one of {', '.join(names())}."
        )
    return name


def weights(definition: str) -> dict[str, float]:
    """The weight of each occupation of ``definition``; KeyError where there is none of that name."""
    rows = definitions()[definitions()["definition"] == definition]
    if rows.empty:
        raise KeyError(definition)
    return dict(zip(rows["occ_code"], rows["weight"].astype(float), strict=True))


def widely(cells: pd.DataFrame, definition: str, strict_ranks: pd.Series) -> pd.DataFrame:
    """Per area_code of ``cells`` (OewsCells of one release): the workers by ``definition``, in jobs, and their rank.

    ``ai_workers_wide`` sums the published cells by their weights: a lower bound where ``wide_not_shown`` names
    occupations, unknown where none is published. ``rank_wide_gain`` is by how many places an area stands higher than
    by ``strict_ranks`` (by area_code).
    """
    weight = _in_release(weights(definition), cells)
    shown = cells[cells["occ_code"].isin(weight) & (cells["status"] == "published")]
    weighted = shown["occ_code"].map(weight).astype("Float64")
    areas = pd.Index(cells["area_code"].unique(), name="area_code")
    codes = shown.groupby("area_code")["occ_code"].agg(frozenset)
    found = pd.DataFrame(
        {
            "ai_workers_wide": (weighted * shown["employment"]).groupby(shown["area_code"]).sum().round(),
            "wide_moe90": (weighted * moe90(shown)).groupby(shown["area_code"]).sum(),
        },
        index=areas,
    )
    found["wide_not_shown"] = [
        " + ".join(sorted(set(weight) - codes.get(area, frozenset()))) or pd.NA for area in areas
    ]
    found["wide_definition"] = definition
    found["rank_wide"] = rank_highest_first(found["ai_workers_wide"])
    found["rank_wide_gain"] = strict_ranks.reindex(areas) - found["rank_wide"]
    return found


def wide_is_lower_bound(row: Mapping[str, object]) -> bool:
    """Whether BLS does not show all occupations of the wider definition in a row (MetroEmployment)."""
    lacking = row.get("wide_not_shown")
    return lacking is not None and bool(pd.notna(lacking))


def _in_release(weight: dict[str, float], cells: pd.DataFrame) -> dict[str, float]:
    """The weights by the codes of the release: before May 2021 data scientists were within another."""
    strict = ai_occupations_in(cells)
    data = next((code for code in strict if code not in weight), DATA_SCIENTISTS)
    return {data if code == DATA_SCIENTISTS else code: each for code, each in weight.items()}
