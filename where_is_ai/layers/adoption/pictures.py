"""The maps and cards of AI use: by metro and by state, maps wide, vertical and as a page."""

from collections.abc import Callable

import pandas as pd

from where_is_ai.geography.names import counted_states, short_us_names
from where_is_ai.layers import metro_card as metro_cards
from where_is_ai.layers.adoption import words
from where_is_ai.layers.adoption.notes import notes_on
from where_is_ai.layers.adoption.trace import METROS, STATES
from where_is_ai.layers.layer import Drawing, Material, Picture
from where_is_ai.maps.areas import areas
from where_is_ai.maps.bubble_map import BubbleMap, Ranking, by_key
from where_is_ai.maps.bubbles import circles
from where_is_ai.maps.cards import Card
from where_is_ai.maps.choropleth import Choropleth
from where_is_ai.maps.formats import both_formats
from where_is_ai.maps.frame import Caption
from where_is_ai.maps.notes import EditionNotes
from where_is_ai.maps.scales import ColourScale

METRO_MAP, STATE_MAP = "Heatmap-USA-AI-Use", "Heatmap-USA-AI-Use-By-State"


def metro_heatmap(material: Material) -> Drawing | None:
    metros = material.tables[METROS]
    return _drawing(METRO_MAP, metros, lambda: metros_map(metros, notes_on(METROS, material)))


def state_heatmap(material: Material) -> Drawing | None:
    states = material.tables[STATES]
    return _drawing(STATE_MAP, states, lambda: states_map(states, notes_on(STATES, material)))


def _drawing(stem: str, rows: pd.DataFrame, drawn: Callable[[], BubbleMap | Choropleth]) -> Drawing | None:
    """None where no row has a number, so that there is nothing to draw."""
    if rows["ai_use_pct"].isna().all():
        return None
    each = drawn()
    return Drawing(both_formats(stem, each.draw), each.alt, stem)


def states_map(states: pd.DataFrame, about: EditionNotes) -> Choropleth:
    """``states`` (StateAdoption) in the colours of their use now."""
    ranked = states.dropna(subset=["rank"]).sort_values(["rank", "state"])
    known = states.loc[~states["selected"], "ai_use_pct"].dropna()
    return Choropleth(
        caption=Caption(
            words.leads(states, states["name"], "state"), words.subtitle(about), about, words.caveat(states)
        ),
        areas=areas(
            states,
            key="state",
            code="state",
            name="name",
            value="ai_use_pct",
            text=lambda row: f"{row.ai_use_pct:.1f}",
            hover=lambda row: words.hover(row, row.name),
            muted=states["selected"] & states["ai_use_pct"].notna(),
        ),
        colour="% of businesses that use AI",
        colours=ColourScale.suggested(known.to_list()),
        ranking=Ranking("Highest share that uses AI", by_key(ranked, "state", words.share_text)),
        grey="a cycle is suppressed: leans high, not ranked",
        reads="A state's colour is the share of its businesses that use AI.",
        remark=words.caveat(states),
        places=counted_states(states.loc[states["ai_use_pct"].notna(), "state"]),
    )


def metros_map(rows: pd.DataFrame, about: EditionNotes) -> BubbleMap:
    """``rows`` (MetroAdoption) by use now (area) and expected use (colour)."""
    ranked = rows.dropna(subset=["rank"]).sort_values(["rank", "area_code"])
    names = short_us_names(rows["metro"])
    full_names = dict(zip(rows["area_code"], names, strict=True))
    unknown = [("unknown", ["suppressed in every cycle: unknown"])] if rows["ai_use_pct"].isna().any() else []
    grey = [("muted", ["a cycle is suppressed: not ranked"])] if rows["selected"].any() else []
    return BubbleMap(
        view="usa",
        caption=Caption(words.leads(rows, names, "metro"), words.subtitle(about), about, words.caveat(rows)),
        circles=circles(
            rows,
            key="area_code",
            name=names,
            size=rows["ai_use_pct"],
            colour=rows["expected_6m_pct"],
            muted=rows["selected"] & rows["ai_use_pct"].notna(),
            hover=lambda row: words.hover(row, full_names[row.area_code]),
        ),
        area="Area: % of businesses that use AI",
        colour="Colour: % that expect to in six months",
        colour_narrow="Colour: expect to, %",
        rankings=(Ranking("Highest share that uses AI", by_key(ranked, "area_code", words.share_text)),),
        marks=(*grey, *unknown),
        reads="The circle's area is the share of a metro's businesses that use AI, its colour the share that expect "
        "to in six months.",
        remark=words.caveat(rows),
        colours=_expected(rows),
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
        _expected(rows),
        "Colour: % that expect to in six months",
        f"{what}s of the USA by the share of businesses that use AI",
        since=None,
    )


def _expected(rows: pd.DataFrame) -> ColourScale:
    """The classes of expected use, of rows that are ranked."""
    return ColourScale.even(rows.loc[~rows["selected"], "expected_6m_pct"].dropna().to_list())


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
        "The states in the colours of the share of businesses that use AI; grey where a cycle is suppressed, hatched "
        "where it is unknown. Wide and vertical as PNG, and as a page that zooms.",
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
