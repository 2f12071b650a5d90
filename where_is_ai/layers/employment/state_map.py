"""The map of AI workers per 1,000 jobs by state, as far as metros have them."""

from collections.abc import Mapping

import pandas as pd

from where_is_ai.geography.names import counted_states, state_names_by_code
from where_is_ai.layers.employment.by_state import sum_is_lower_bound
from where_is_ai.layers.employment.map_choices import NO_METRO
from where_is_ai.layers.employment.notes import notes
from where_is_ai.layers.employment.schema_level import SUMMED
from where_is_ai.layers.layer import Drawing, Material, Picture
from where_is_ai.maps.areas import areas
from where_is_ai.maps.bubble_map import Ranking, by_key
from where_is_ai.maps.choropleth import Choropleth
from where_is_ai.maps.formats import both_formats
from where_is_ai.maps.frame import Caption
from where_is_ai.maps.notes import EditionNotes
from where_is_ai.maps.scales import ColourScale

STATES, STEM = "usa_ai_employment_by_state", "Heatmap-USA-AI-Jobs-By-State"
BY_CITY = "A metro of several states counts where its first-named city is, so that Washington's whole metro is in D.C."


def state_heatmap(material: Material) -> Drawing:
    drawn = states_map(material.tables[STATES], notes(material))
    return Drawing(both_formats(STEM, drawn.draw), drawn.alt, STEM)


def states_map(rows: pd.DataFrame, about: EditionNotes) -> Choropleth:
    """``rows`` (StateEmployment) of states in the colours of AI workers per 1,000 jobs; without metros unknown."""
    states = every_state(rows)
    ranked = states.dropna(subset="ai_per_1000").sort_values(["ai_per_1000", "area"], ascending=[False, True])
    return Choropleth(
        caption=Caption(
            "AI workers per 1,000 jobs in the metros of each state",
            f"AI workers: {about.method}, {about.period}".replace("SOC ", "SOC\u00a0"),
            about,
            caveat(states),
        ),
        areas=areas(
            states, key="key", code="area", name="state", value="ai_per_1000", text=_share, hover=_hover
        ),
        colour="AI workers per 1,000 jobs",
        colours=ColourScale.suggested(states["ai_per_1000"].dropna().to_list()),
        ranking=Ranking("Highest published per 1,000 jobs", by_key(ranked, "key", _share, "ai_per_1000")),
        reads="A state's colour is the number of AI workers per 1,000 jobs that BLS publishes of its metros.",
        remark=caveat(states),
        places=counted_states(ranked["area"]),
    )


def every_state(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows of states with their names, and one for each state that has none; ``key`` is that of the table's row."""
    names = pd.DataFrame(state_names_by_code().items(), columns=["area", "state"])
    states = names.merge(rows[rows["basis"] == SUMMED], on="area", how="left")
    return states.assign(key=states["area"] + f" {SUMMED}", basis=SUMMED)


def caveat(states: pd.DataFrame) -> str:
    """How many numbers are lower bounds, how many are unknown, and what a state's number is of."""
    known = states.dropna(subset="ai_per_1000")
    lower = sum(map(sum_is_lower_bound, known.to_dict("records")))
    return (
        f"{lower} of {len(known)} are lower bounds (≥): some occupations of their metros are not published. "
        f"What lies outside metros is in none. {BY_CITY}"
    )


def states_lead(rows: pd.DataFrame) -> str:
    """What the page leads with: how many states have a number, and of how many that is whole."""
    states = every_state(rows)
    known = states.dropna(subset="ai_per_1000")
    lower = sum(map(sum_is_lower_bound, known.to_dict("records")))
    low, high = known["ai_per_1000"].min(), known["ai_per_1000"].max()
    return (
        f"In the metros of {counted_states(known['area'])} BLS publishes "
        f"between {low:.1f} and {high:.1f} AI workers per 1,000 jobs; for {lower} of them that is a lower bound."
    )


def _share(row) -> str:
    return _at_least(row._asdict()) + f"{row.ai_per_1000:.1f}" if pd.notna(row.ai_per_1000) else "unknown"


def _at_least(row: Mapping[str, object]) -> str:
    return "≥ " if sum_is_lower_bound(row) else ""


def _hover(row) -> list[str]:
    """All that is known of a state, for the mouse."""
    if pd.isna(row.ai_per_1000):
        return [f"<b>{row.state}</b>", f"unknown: {NO_METRO}"]
    return [
        f"<b>{row.state}</b>",
        f"{_share(row)} AI workers per 1,000 jobs",
        f"{_at_least(row._asdict())}{row.ai_workers:,.0f} AI workers",
        f"{row.metros_published} of {row.metros} metros with figures",
    ]


STATE_MAP = Picture(
    "heatmap_usa_ai_jobs_by_state",
    (STATES,),
    "The states in the colours of AI workers per 1,000 jobs of their metros, hatched where that is unknown. Wide and "
    "vertical as PNG, and as a page that zooms.",
    state_heatmap,
)
