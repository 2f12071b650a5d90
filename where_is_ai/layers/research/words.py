"""What pictures say of AI papers by metro, in words; every number in them comes out of the table."""

from collections.abc import Mapping, Sequence
from itertools import pairwise

import pandas as pd

from where_is_ai.geography.names import country_names
from where_is_ai.layers.research.citations import LEAST_MATURE_WORKS
from where_is_ai.layers.research.superlatives import cited_title, papers_card, papers_title
from where_is_ai.maps.cards import signed_pct
from where_is_ai.maps.notes import EditionNotes
from where_is_ai.quarters import Quarter
from where_is_ai.statements import worded

BASIS = {
    "distinct": "each paper counted once per metro",
    "summed": "a paper counts once for each of its institutions",
}


def is_lower_bound(row) -> bool:
    """Whether papers of the row could not all be counted apart."""
    low, high = getattr(row, "ai_works_low", pd.NA), getattr(row, "ai_works_high", pd.NA)
    return not_all_told_apart(row.ai_works, low, high)


def not_all_told_apart(works: float, low: float, high: float) -> bool:
    """Whether a count of papers is the lower of bounds that leave it open."""
    return bool(pd.notna(low) and pd.notna(high) and works == low < high)


def papers_text(row) -> str:
    """The papers of a row; at least so many where they could not all be counted apart."""
    return f"{'≥ ' * is_lower_bound(row)}{row.ai_works:,}" if pd.notna(row.ai_works) else "unknown"


THE = ("United ", "Netherlands", "Philippines", "Bahamas")


def with_article(country: str) -> str:
    """The country as it stands after "in": "the United States", "China"."""
    return f"the {country}" if country.startswith(THE) else country


def map_title(metros: pd.DataFrame) -> str:
    """Who leads, and which country most of the first ten are in."""
    if metros["rank"].isna().all():
        return "No AI papers by metro are known"
    ranked = metros.sort_values(["rank", "metro_id"])
    top = ranked.head(10)["country_code"].value_counts()
    code, places = top.index[0], int(top.iloc[0])
    title = worded(papers_title(metros))
    if places < 3:
        return title
    return f"{title}; {places} of the top 10 metros are in {with_article(country_names(ranked['country_code'])[code])}"


def papers(metros: pd.DataFrame) -> str:
    """What is counted: only the article's method goes by a tag."""
    return "AI-tagged papers" if (metros["method"] == "article").all() else "AI papers"


def measure(metros: pd.DataFrame, about: EditionNotes) -> str:
    return f"{papers(metros)} by metro of their authors' institutions; {about.method}"


def subtitle(metros: pd.DataFrame, about: EditionNotes) -> str:
    return f"{papers(metros)} by metro of their authors' institutions, {about.period}; {about.method}"


FILLS_UP = "The last months still fill up, so windows are compared only at equal age."


def caveat(metros: pd.DataFrame) -> str:
    """How papers are counted, which decides what a sum of metros would mean."""
    once = "institution" if (metros["count_basis"] == "summed").all() else "metro"
    counted = f"A paper counts once for each {once} of its authors."
    return f"{counted} A count of papers says nothing of their quality. {FILLS_UP}"


def shared_months(quarters: Sequence[Quarter]) -> str:
    """What bars of twelve months each have in common where quarters follow each other closely; nothing where not."""
    closest = min(
        (
            4 * after.year + after.number - 4 * before.year - before.number
            for before, after in pairwise(quarters)
        ),
        default=4,
    )
    apart, shared = {
        1: ("a quarter", "nine"),
        2: ("two quarters", "six"),
        3: ("three quarters", "three"),
    }.get(closest, ("", ""))
    return f"Each bar is twelve months; bars {apart} apart share {shared} of them." if shared else ""


# By whether the map tells citations; what else than papers it tells where the method asks for none.
COLOUR = {
    True: "Colour: share in the top 10 %, %",
    False: "Colour: largest institution's share, %",
}
READS = {
    True: "The circle's area is the number of AI papers, its colour the share of the metro's older papers in the most "
    "cited 10 %.",
    False: "The circle's area is the number of AI papers, its colour the part of them that comes from the institution "
    "with most.",
}


def map_caveat(metros: pd.DataFrame, by_share: bool) -> str:
    """How papers are counted, and of which of them the share is that the map's colour tells."""
    if not by_share:
        return f"{caveat(metros)} Colour: what the institution with most papers has of all in its metro."
    return (
        "A paper counts once for each metro of its authors. The share is of papers two to five years old, which have "
        f"had time to be cited. {FILLS_UP}"
    )


def hover(row, about: EditionNotes) -> list[str]:
    """All that is known of a metro, for the mouse."""
    return [
        _place(row),
        f"{papers_text(row)} AI papers (rank {row.rank}), {BASIS[row.count_basis]}",
        f"{institutions_text(row)}, most from {row.top_institution} ({row.top_institution_works:,})",
        *_cited(row),
        f"{about.source}, {about.period}",
    ]


def institutions_text(row) -> str:
    return f"{row.institutions} institution{'' if row.institutions == 1 else 's'}"


def _place(row) -> str:
    return f"<b>{row.metro}</b>, {country_names([row.country_code])[row.country_code]}"


def card_title(metros: pd.DataFrame) -> str:
    """Who leads, and by how much where that is far."""
    said = papers_card(metros)
    return worded(said) if said else "The world's top AI research cities"


def change_texts(changes: pd.DataFrame) -> Mapping[str, str]:
    """What a card says of each metro's change, by metro_id; ``change_pct`` is NA where it isn't comparable."""
    return {row.metro_id: signed_pct(row.change_pct) for row in changes.itertuples(index=False)}


def citations_title(cited: pd.DataFrame) -> str:
    """Who leads by cited papers; ``cited`` are metros as ``citations.cited`` chose them."""
    return worded(cited_title(cited))


def citations_subtitle(about: EditionNotes) -> str:
    return f"AI papers of {about.period} among the most cited 10 % of their field and year; {about.method}"


CITATIONS_CAVEAT = (
    f"Metros with at least {LEAST_MATURE_WORKS} AI papers of these years; at so few a share is sure to 6 points. Newer "
    "papers have had no time to be cited. A paper counts once for each metro of its authors."
)


def citations_hover(row, about: EditionNotes) -> list[str]:
    return [
        _place(row),
        f"{row.top_10_works:,} papers in the most cited 10 % (rank {row.cited_rank}), {row.top_10_pct:.1f} % of its "
        f"{row.mature_works:,}{_sure(row)}",
        f"{row.top_1_works:,} in the most cited 1 %, {row.top_1_pct:.1f} %",
        f"{about.source}, {about.period}",
    ]


def _cited(row) -> list[str]:
    share = getattr(row, "top_10_pct", pd.NA)
    return [] if pd.isna(share) else [f"{share:.1f} % of its older papers in the most cited 10 %{_sure(row)}"]


def _sure(row) -> str:
    """The interval of the share and the world's own, where the edition has them."""
    low, high, world = (getattr(row, f"top_10_pct_{part}", pd.NA) for part in ("low", "high", "world"))
    interval = f" (95 % interval {low:.1f} to {high:.1f})" if pd.notna(low) and pd.notna(high) else ""
    return f"{interval}; the world's {world:.1f} %" if pd.notna(world) else interval
