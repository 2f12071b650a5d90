"""The pictures of AI papers by metro: maps, card and small multiples, each from the edition's tables."""

from dataclasses import replace

import pandas as pd

from where_is_ai.geography.names import country_names, short_world_names
from where_is_ai.layers.layer import Drawing, Material, Picture
from where_is_ai.layers.research import words
from where_is_ai.layers.research.citations import LEAST_MATURE_WORKS
from where_is_ai.layers.research.map_choices import CITED_LIMITS_PCT
from where_is_ai.layers.research.notes import METROS, citation_notes, method_of, notes, notes_of, of_method
from where_is_ai.layers.research.trend import trend
from where_is_ai.maps.bubble_map import BubbleMap, Ranking, by_key
from where_is_ai.maps.bubbles import circles
from where_is_ai.maps.cards import NOT_COMPARABLE, Card, Row
from where_is_ai.maps.formats import both_formats
from where_is_ai.maps.frame import Caption
from where_is_ai.maps.multiples import Multiples, bars
from where_is_ai.maps.notes import EditionNotes
from where_is_ai.maps.scales import ColourScale
from where_is_ai.quarters import Quarter

HUBS = "world_ai_hubs"
CITED_PCT = ColourScale(CITED_LIMITS_PCT)
LARGEST_PCT = ColourScale((20.0, 40.0, 60.0, 80.0))


def world_heatmap(material: Material) -> Drawing:
    drawn = papers_map(material.tables[METROS], notes(material), material.tables.get(HUBS))
    stem = "Heatmap-World-AI-Cities"
    return Drawing(both_formats(stem, drawn.draw), drawn.alt, stem)


def papers_map(metros: pd.DataFrame, about: EditionNotes, hubs: pd.DataFrame | None = None) -> BubbleMap:
    """``metros`` (MetroResearch) by AI papers (area) and another thing than papers (colour).

    That is their share in the most cited 10 %, or, where the method asks for no citations, the part of the papers that
    comes from one institution. ``hubs`` (AiHubs) are metros that readers look for.
    """
    colour, by_share = _beside_papers(metros)
    too_few = ("muted", [f"fewer than {LEAST_MATURE_WORKS} papers", "old enough to be cited"])
    return BubbleMap(
        view="world",
        caption=Caption(
            words.map_title(metros), words.subtitle(metros, about), about, words.map_caveat(metros, by_share)
        ),
        circles=circles(
            metros,
            key="metro_id",
            name=_names(metros),
            size=metros["ai_works"],
            colour=colour,
            hover=lambda row: words.hover(row, about),
        ),
        area="Area: AI papers",
        colour=words.COLOUR[by_share],
        colours=CITED_PCT if by_share else LARGEST_PCT,
        rankings=(Ranking("Most AI papers", by_key(_ranked(metros), "metro_id", words.papers_text)),),
        marks=(too_few,) if by_share and colour.isna().any() else (),
        reads=words.READS[by_share],
        sought=_hubs(hubs),
    )


def _beside_papers(metros: pd.DataFrame) -> tuple[pd.Series, bool]:
    """What is shown beside the number of papers, in percent, and whether it is their share in the most cited 10 %.

    Where the method asks for no citations it is the part of the papers that comes from one institution.
    """
    share = metros["top_10_pct"].where(metros["mature_works"] >= LEAST_MATURE_WORKS)
    if share.notna().any():
        return share, True
    return metros["top_institution_works"] / metros["ai_works_summed"] * 100, False


def world_citations(material: Material) -> Drawing:
    cited, hubs = material.tables["world_ai_research_cited"], material.tables.get(HUBS)
    drawn = citations_map(cited, citation_notes(material), hubs)
    stem = "Heatmap-World-AI-Citations"
    return Drawing(both_formats(stem, drawn.draw), drawn.alt, stem)


def citations_map(metros: pd.DataFrame, about: EditionNotes, hubs: pd.DataFrame | None = None) -> BubbleMap:
    """Papers in the most cited 10 % of their field and year (area) and the share that they are (colour).

    ``metros`` are MetroResearch, as ``research.citations.cited`` chose them; ``hubs`` AiHubs, which readers look for.
    """
    rank = metros["top_10_works"].rank(method="min", ascending=False).astype("Int64")
    cited = metros.assign(cited_rank=rank).sort_values(["cited_rank", "metro_id"])
    return BubbleMap(
        view="world",
        caption=Caption(
            words.citations_title(cited), words.citations_subtitle(about), about, words.CITATIONS_CAVEAT
        ),
        circles=circles(
            cited,
            key="metro_id",
            name=_names(cited),
            size=cited["top_10_works"],
            colour=cited["top_10_pct"],
            hover=lambda row: words.citations_hover(row, about),
        ),
        area="Area: top-10 % papers",
        colour="Colour: their share of the metro’s papers, %",
        colours=CITED_PCT,
        rankings=(
            Ranking(
                "Most papers in the top 10 %",
                by_key(cited, "metro_id", lambda row: f"{row.top_10_works:,}", "cited_rank"),
            ),
        ),
        reads="The circle's area is the number of AI papers among the most cited 10 %, its colour the share they are.",
        sought=_hubs(hubs),
    )


def world_card(material: Material) -> Drawing:
    changes, since = _world_changes(material)
    card = papers_card(material.tables[METROS], notes(material), changes, since)
    return Drawing({"World-Top-10-AI-Cities-Vertical.png": card.draw()}, card.alt)


def papers_card(
    metros: pd.DataFrame, about: EditionNotes, changes: pd.DataFrame | None = None, since: str = ""
) -> Card:
    """The ten of ``metros`` (MetroResearch) with most AI papers.

    ``changes`` have metro_id and change_pct (NA where it isn't comparable); ``since`` names the earlier window.
    """
    texts = words.change_texts(changes) if changes is not None else {}
    unchanged = NOT_COMPARABLE if changes is not None else ""
    countries = country_names(metros["country_code"])
    colour, by_share = _beside_papers(metros)
    rows = [
        Row(
            rank=int(row.rank),
            name=row.short,
            place=f"{countries[row.country_code]} · {words.institutions_text(row)}",
            value=float(row.ai_works),
            text=words.papers_text(row),
            colour=row.colour,
            change=texts.get(row.metro_id, unchanged),
        )
        for row in _ranked(metros.assign(colour=colour)).head(10).itertuples(index=False)
    ]
    return Card(
        Caption(
            words.card_title(metros), words.subtitle(metros, about), about, words.map_caveat(metros, by_share)
        ),
        rows,
        CITED_PCT if by_share else LARGEST_PCT,
        words.COLOUR[by_share],
        "the world's metro areas by AI papers",
        since,
    )


def world_multiples(material: Material) -> Drawing | None:
    """The quarters at hand up to the edition's own; None where that is the only one."""
    earlier = _of_one_method(material)
    if not earlier:
        return None
    measured = [*earlier, (material.quarter, material.tables[METROS])]
    segments = (
        trend([(str(quarter), metros) for quarter, metros in measured]).groupby("quarter")["segment"].first()
    )
    editions = [
        (replace(notes_of(metros, quarter), period=str(quarter), basis=str(segments[str(quarter)])), metros)
        for quarter, metros in measured
    ]
    multiples = papers_multiples(editions)
    return Drawing(both_formats("World-Top-12-AI-Cities-Over-Time", multiples.draw), multiples.alt)


def papers_multiples(editions: list[tuple[EditionNotes, pd.DataFrame]]) -> Multiples:
    """AI papers of the metros that lead the last of ``editions`` (MetroResearch, oldest first)."""
    about, last = editions[-1]
    ranked = _ranked(last)
    return Multiples(
        "AI papers",
        words.measure(last, about),
        f"{words.caveat(last)} {words.shared_months([Quarter.parse(each.quarter) for each, _ in editions])}".strip(),
        [(each, _bars(metros)) for each, metros in editions],
        dict(zip(ranked["metro_id"], ranked["short"], strict=True)),
    )


def _bars(metros: pd.DataFrame) -> pd.DataFrame:
    bounded = [words.is_lower_bound(row) for row in metros.itertuples(index=False)]
    return bars(metros, "metro_id", "ai_works", pd.Series(bounded, index=metros.index, dtype=bool))


def _ranked(metros: pd.DataFrame) -> pd.DataFrame:
    """The ranked metros, first to last, with the name that pictures call each."""
    return metros.assign(short=_names(metros)).dropna(subset=["rank"]).sort_values(["rank", "metro_id"])


def _names(metros: pd.DataFrame) -> pd.Series:
    return short_world_names(metros["metro"], metros["country_code"])


def _hubs(hubs: pd.DataFrame | None) -> tuple[str, ...]:
    return () if hubs is None else tuple(hubs["metro_id"].dropna().unique())


def _of_one_method(material: Material) -> list[tuple[Quarter, pd.DataFrame]]:
    """The earlier quarters that were counted by the same method."""
    return of_method(material.earlier.get(METROS, ()), method_of(material.tables[METROS]).name)


def _world_changes(material: Material) -> tuple[pd.DataFrame | None, str]:
    """Changes since the quarter before, where the trend tells any."""
    trend = material.tables.get("world_ai_research_trend")
    if trend is None or not (earlier := _of_one_method(material)):
        return None, ""
    return trend[trend["quarter"] == str(material.quarter)], str(earlier[-1][0])


PICTURES = (
    Picture(
        "heatmap_world_ai_cities",
        (METROS, HUBS),
        "The world by metro: circles by AI papers, colour by their share in the most cited 10 % where the method asks "
        "for it, else by the part that one institution has. Wide and vertical as PNG, and as a page that zooms.",
        world_heatmap,
    ),
    Picture(
        "heatmap_world_ai_citations",
        ("world_ai_research_cited", METROS, HUBS),
        "The world by metro: circles by AI papers in the most cited 10 %, colour by their share. Wide and vertical as "
        "PNG, and as a page that zooms.",
        world_citations,
    ),
    Picture(
        "world_top_10_card",
        (METROS, "world_ai_research_trend"),
        "The ten metros of the world with most AI papers, for a phone held upright: rank, value, institutions, and "
        "the change since the quarter before, where the two can be compared.",
        world_card,
        earlier=(METROS,),
    ),
    Picture(
        "world_top_12_over_time",
        (METROS,),
        "Small multiples: the twelve leading metros of the world in each quarter at hand, with a dashed line where "
        "quarters can't be compared.",
        world_multiples,
        earlier=(METROS,),
    ),
)
