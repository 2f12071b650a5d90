"""The pictures of AI workers by metro: map, card and small multiples, each from the edition's tables."""

from dataclasses import replace

import pandas as pd

from where_is_ai.geography.names import short_us_names, state_names
from where_is_ai.layers.employment import words
from where_is_ai.layers.employment.breaks import segment
from where_is_ai.layers.employment.coverage import lower_bounds
from where_is_ai.layers.employment.notes import notes
from where_is_ai.layers.employment.releases import known_releases, release_known_in
from where_is_ai.layers.employment.site_maps import CHANGES, METROS, SITE_MAPS
from where_is_ai.layers.employment.state_map import STATE_MAP
from where_is_ai.layers.layer import Drawing, Material, Picture
from where_is_ai.maps.bubble_map import BubbleMap, Ranking, by_key
from where_is_ai.maps.bubbles import circles
from where_is_ai.maps.cards import NOT_COMPARABLE, Card, Row
from where_is_ai.maps.formats import both_formats
from where_is_ai.maps.frame import Caption
from where_is_ai.maps.multiples import Multiples, bars
from where_is_ai.maps.notes import EditionNotes
from where_is_ai.maps.scales import ColourScale

SERIES = "usa_ai_employment_series"


def usa_heatmap(material: Material) -> Drawing:
    drawn = jobs_map(material.tables[METROS], notes(material))
    stem = "Heatmap-USA-AI-Jobs"
    return Drawing(both_formats(stem, drawn.draw), drawn.alt, stem)


def jobs_map(metros: pd.DataFrame, about: EditionNotes) -> BubbleMap:
    """``metros`` (MetroEmployment) by AI workers (area) and AI workers per 1,000 jobs (colour)."""
    lower, by_count, by_share = lower_bounds(metros), _ranked(metros, "rank_workers"), _ranked(metros)
    unknown = [("unknown", ["neither published: unknown"])] if metros["ai_workers"].isna().any() else []
    return BubbleMap(
        view="usa",
        caption=Caption(words.map_title(metros), words.subtitle(about), about, words.caveat(metros)),
        circles=circles(
            metros,
            key="area_code",
            name=short_us_names(metros["metro"]),
            size=metros["ai_workers"],
            colour=metros["ai_per_1000"],
            lower_bound=lower,
            importance=metros["total_employment"],
            hover=lambda row: words.hover(row, about),
        ),
        area="Area: AI workers",
        colour="Colour: AI workers per 1,000 jobs",
        colour_narrow="Colour: per 1,000 jobs",
        rankings=(
            Ranking(
                "Most AI workers",
                by_key(by_count, "area_code", words.workers_text, "rank_workers"),
                vertical=6,
            ),
            Ranking(
                "Highest published per 1,000 jobs",
                by_key(by_share, "area_code", words.share_text, "rank_concentration"),
                " per 1,000",
                6,
                3,
            ),
        ),
        marks=(
            ("whole", ["both occupations published"]),
            ("broken", ["broken or no outline: lower bound,", "only one of them published"]),
            *unknown,
        ),
        reads="The circle's area is the number of AI workers, its colour their number per 1,000 jobs.",
        remark=f"{int(lower.sum())} metros have a broken outline or none, because their number is a lower bound.",
    )


def _ranked(metros: pd.DataFrame, rank: str = "rank_concentration") -> pd.DataFrame:
    return metros.sort_values([rank, "area_code"])


def usa_card(material: Material) -> Drawing:
    changes = material.tables[CHANGES] if material.has_rows(CHANGES) else None
    since = str(release_known_in(material.quarter).previous or "") if changes is not None else ""
    card = jobs_card(material.tables[METROS], notes(material), changes, since)
    return Drawing({"USA-Top-10-AI-Cities-Vertical.png": card.draw()}, card.alt)


def jobs_card(
    metros: pd.DataFrame, about: EditionNotes, changes: pd.DataFrame | None = None, since: str = ""
) -> Card:
    """The ten of ``metros`` (MetroEmployment) with most AI workers.

    Of ``changes`` (MetroChange) comparable metros show one; ``since`` names the earlier release ("May 2024").
    """
    named = metros.assign(short=short_us_names(metros["metro"]), state_name=state_names(metros["metro"]))
    shown = _ranked(named.dropna(subset=["rank_workers"]), "rank_workers").head(10)
    cautions = changes["caution"].head(1).to_list() if changes is not None else []
    texts = words.change_texts(changes) if changes is not None else {}
    unchanged = NOT_COMPARABLE if changes is not None else ""
    rows = [
        Row(
            rank=int(row.rank_workers),
            name=row.short,
            place=f"{row.state_name} · {words.share_text(row)} per 1,000 jobs",
            value=float(row.ai_workers),
            text=words.workers_text(row),
            colour=row.ai_per_1000,
            change=texts.get(row.area_code, unchanged),
        )
        for row in shown.itertuples(index=False)
    ]
    return Card(
        Caption(
            words.card_title(metros), words.subtitle(about), about, words.card_caveat(metros, shown, cautions)
        ),
        rows,
        ColourScale.over(metros["ai_per_1000"].dropna().to_list()),
        "Colour: AI workers per 1,000 jobs",
        "US metro areas by AI workers",
        since,
    )


def usa_multiples(material: Material) -> Drawing | None:
    """The releases at hand up to the edition's own; None where that is the only one."""
    metros, about, series = material.tables[METROS], notes(material), material.tables[SERIES]
    own = release_known_in(material.quarter)
    editions = [
        (replace(about, period=str(release)), of_release)
        for release in known_releases()
        if release < own and len(of_release := series[series["oews_release"] == release.reference_month])
    ]
    if not editions:
        return None
    editions.append((about, metros))
    multiples = jobs_multiples(editions)
    return Drawing(both_formats("USA-Top-12-AI-Cities-Over-Time", multiples.draw), multiples.alt)


def jobs_multiples(editions: list[tuple[EditionNotes, pd.DataFrame]]) -> Multiples:
    """AI workers in the metros that lead the last of ``editions`` (MetroEmployment, oldest first).

    A break is each metro's own: most areas are the same on both sides of one.
    """
    about, last = editions[-1]
    ranked = _ranked(last.assign(short=short_us_names(last["metro"])), "rank_workers")
    ranked = ranked.dropna(subset=["rank_workers"])
    return Multiples(
        "AI workers",
        words.measure(about),
        words.multiples_caveat(len(editions)),
        [(each, bars(metros, "area_code", "ai_workers", lower_bounds(metros))) for each, metros in editions],
        dict(zip(ranked["area_code"], ranked["short"], strict=True)),
        [
            {area: segment(metros["oews_release"].iloc[0], area) for area in ranked["area_code"]}
            for _, metros in editions
        ],
    )


PICTURES = (
    Picture(
        "heatmap_usa_ai_jobs",
        (METROS,),
        "The USA by metro: circles by AI workers, colour by AI workers per 1,000 jobs. A metro whose number is a lower "
        "bound has a broken outline. Wide and vertical as PNG, and as a page that zooms.",
        usa_heatmap,
    ),
    Picture(
        "usa_top_10_card",
        (METROS, CHANGES),
        "The ten metros of the USA with most AI workers, for a phone held upright: rank, value, share of jobs, and the "
        "change since the release before, where the two can be compared.",
        usa_card,
    ),
    Picture(
        "usa_top_12_over_time",
        (METROS, SERIES),
        "Small multiples: the twelve leading metros of the USA in each release at hand, with a dashed line where "
        "releases can't be compared.",
        usa_multiples,
    ),
    STATE_MAP,
    *SITE_MAPS,
)
