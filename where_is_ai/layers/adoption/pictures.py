"""The maps and cards of AI use: by metro and by state, maps wide, vertical and as a page."""

from math import ceil, floor

import pandas as pd

from where_is_ai.geography.names import short_us_names
from where_is_ai.layers import metro_card as metro_cards
from where_is_ai.layers.adoption import words
from where_is_ai.layers.adoption.notes import notes_on
from where_is_ai.layers.adoption.state_points import with_points
from where_is_ai.layers.adoption.trace import METROS, STATES
from where_is_ai.layers.layer import Drawing, Material, Picture
from where_is_ai.maps.bubble_map import BubbleMap, Ranking, by_key
from where_is_ai.maps.bubbles import circles
from where_is_ai.maps.cards import Card
from where_is_ai.maps.formats import both_formats
from where_is_ai.maps.frame import Caption
from where_is_ai.maps.notes import EditionNotes
from where_is_ai.maps.scales import ColourScale

MOST_CLASSES = 6
METRO_MAP, STATE_MAP = "Heatmap-USA-AI-Use", "Heatmap-USA-AI-Use-By-State"


def metro_heatmap(material: Material) -> Drawing | None:
    metros = material.tables[METROS]
    return _drawing(
        METRO_MAP, metros, short_us_names(metros["metro"]), ("area_code", "metro"), notes_on(METROS, material)
    )


def state_heatmap(material: Material) -> Drawing | None:
    states = with_points(material.tables[STATES])
    return _drawing(STATE_MAP, states, states["name"], ("state", "state"), notes_on(STATES, material))


def _drawing(
    stem: str, rows: pd.DataFrame, names: pd.Series, by: tuple[str, str], about: EditionNotes
) -> Drawing | None:
    """None where no row has a number, so that there is nothing to draw."""
    if rows["ai_use_pct"].isna().all():
        return None
    drawn = use_map(rows, names, by, about)
    return Drawing(both_formats(stem, drawn.draw), drawn.alt, stem)


def use_map(rows: pd.DataFrame, names: pd.Series, by: tuple[str, str], about: EditionNotes) -> BubbleMap:
    """``rows`` (Use, with lat and lon) by use now (area) and expected use (colour); ``by`` is key and kind of place."""
    key, what = by
    ranked = rows.dropna(subset=["rank"]).sort_values(["rank", key])
    full_names = dict(zip(rows[key], names, strict=True))
    unknown = [("unknown", ["suppressed in every cycle: unknown"])] if rows["ai_use_pct"].isna().any() else []
    grey = [("muted", ["a cycle is suppressed: not ranked"])] if rows["selected"].any() else []
    return BubbleMap(
        view="usa",
        caption=Caption(words.leads(rows, names, what), words.subtitle(about), about, words.caveat(rows)),
        circles=circles(
            rows,
            key=key,
            name=names,
            size=rows["ai_use_pct"],
            colour=rows["expected_6m_pct"],
            muted=rows["selected"] & rows["ai_use_pct"].notna(),
            hover=lambda row: words.hover(row, full_names[getattr(row, key)]),
        ),
        area="Area: % of businesses that use AI",
        colour="Colour: % that expect to in six months",
        colour_narrow="Colour: expect to, %",
        rankings=(Ranking("Highest share that uses AI", by_key(ranked, key, words.share_text)),),
        marks=(*grey, *unknown),
        reads=f"The circle's area is the share of a {what}'s businesses that use AI, its colour the share that expect "
        "to in six months.",
        remark=words.caveat(rows),
        colours=ColourScale(even_limits(rows.loc[~rows["selected"], "expected_6m_pct"].dropna())),
        places="metro areas"
        if what == "metro"
        else "states, the District of Columbia and Puerto Rico among them",
    )


def metro_card(material: Material) -> Drawing | None:
    return _card("USA-Top-10-AI-Use-Vertical.png", METROS, "metro", metro_cards.usa, material)


def state_card(material: Material) -> Drawing | None:
    return _card("USA-Top-10-AI-Use-By-State-Vertical.png", STATES, "state", _states, material)


def _states(states: pd.DataFrame) -> tuple[pd.Series, pd.Series]:
    """Names, and how many cycles each mean is of."""
    return states["name"], states["cycles"].map("{} cycles".format)


def _card(file: str, table: str, what: str, names: metro_cards.Names, material: Material) -> Drawing | None:
    """None where no row has a rank."""
    rows, about = material.tables[table], notes_on(table, material)
    return metro_cards.drawn(file, rows, lambda: top_card(rows, names, what, about))


def top_card(rows: pd.DataFrame, names: metro_cards.Names, what: str, about: EditionNotes) -> Card:
    """The ten of ``rows`` (Use) with the highest share that uses AI, with its interval."""
    short, _ = names(rows)
    lines = metro_cards.top_ten(
        rows,
        value="ai_use_pct",
        text=words.share_text,
        beside=words.interval,
        colour="expected_6m_pct",
        names=names,
    )
    return Card(
        Caption(words.leads(rows, short, what), words.subtitle(about), about, words.card_caveat(rows)),
        lines,
        ColourScale(even_limits(rows.loc[~rows["selected"], "expected_6m_pct"].dropna())),
        "Colour: % that expect to in six months",
        f"{what}s of the USA by the share of businesses that use AI",
        since=None,
    )


def even_limits(shares: pd.Series) -> tuple[float, ...]:
    """Limits of at most six classes at whole percents, evenly apart: shares differ too little for powers of ten."""
    if shares.empty:
        return ()
    low, high = floor(shares.min()), ceil(shares.max())
    step = max(1, ceil((high - low) / MOST_CLASSES))
    return tuple(float(limit) for limit in range(low + step, high, step))


PICTURES = (
    Picture(
        "heatmap_usa_ai_use",
        (METROS, STATES),
        "The 25 metros of the survey: circles by the share of businesses that use AI, colour by the share that expect "
        "to in six months; grey where a cycle is suppressed. Wide and vertical as PNG, and as a page that zooms.",
        metro_heatmap,
    ),
    Picture(
        "heatmap_usa_ai_use_by_state",
        (STATES,),
        "The states: circles by the share of businesses that use AI, colour by the share that expect to in six months; "
        "grey where a cycle is suppressed. Wide and vertical as PNG, and as a page that zooms.",
        state_heatmap,
    ),
    Picture(
        "usa_top_10_ai_use_card",
        (METROS,),
        "The ten metros of the survey's 25 with the highest share of businesses that use AI, for a phone held upright, "
        "with its 90 % interval.",
        metro_card,
    ),
    Picture(
        "usa_top_10_ai_use_by_state_card",
        (STATES,),
        "The ten states with the highest share of businesses that use AI, for a phone held upright, with its 90 % "
        "interval.",
        state_card,
    ),
)
