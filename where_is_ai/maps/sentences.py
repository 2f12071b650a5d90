"""Titles, subtitles and values in words; every number in them comes out of the table."""

from collections.abc import Sequence

import pandas as pd

from where_is_ai.layers.employment.breaks import CAUTION
from where_is_ai.maps.countries import country_names
from where_is_ai.maps.names import first_city, short_us_names, short_world_names, state_name
from where_is_ai.maps.notes import EditionNotes


def workers_text(row) -> str:
    """ "25,260", or "≥ 12,680" where the number is a lower bound."""
    return _at_least(row) + f"{row.ai_workers:,.0f}" if pd.notna(row.ai_workers) else "unknown"


def share_text(row) -> str:
    """ "7.3 per 1,000", or "≥ 6.7 per 1,000" where the number is a lower bound."""
    return _at_least(row) + f"{row.ai_per_1000:.1f} per 1,000" if pd.notna(row.ai_per_1000) else "unknown"


def _at_least(row) -> str:
    return "≥ " if row.coverage in ("not_listed", "suppressed") else ""


def usa_title(frame: pd.DataFrame) -> str:
    """Who leads by count, and who by concentration."""
    if frame["rank_workers"].isna().all():
        return "No AI workers by metro are published"
    most = frame.sort_values(["rank_workers", "area_code"]).iloc[0]
    dense = frame.sort_values(["rank_concentration", "area_code"]).iloc[0]
    if most["area_code"] == dense["area_code"]:
        return f"{first_city(most['metro'])} leads America in AI workers, by count and by share of jobs"
    return (
        f"{first_city(most['metro'])} has the most AI workers, "
        f"{first_city(dense['metro'])}, {state_name(dense['metro'])}, the highest share of jobs"
    )


def usa_measure(notes: EditionNotes) -> str:
    return f"AI workers: {notes.method}, employed in US metro areas".replace("SOC ", "SOC\u00a0")


def usa_subtitle(notes: EditionNotes) -> str:
    return f"{usa_measure(notes)}, {notes.period}"


def usa_caveat(frame: pd.DataFrame) -> str:
    """How many numbers are lower bounds and how many are unknown."""
    lower = int(frame["coverage"].isin(["not_listed", "suppressed"]).sum())
    unknown = int(frame["ai_workers"].isna().sum())
    text = (
        f"{lower} of {len(frame)} metros are lower bounds (≥): BLS publishes only one of the two occupations."
    )
    if unknown:
        text += f" {unknown} {'is' if unknown == 1 else 'are'} unknown, not zero: it publishes neither."
    return text


def usa_card_caveat(frame: pd.DataFrame, shown: pd.DataFrame, cautions: Sequence[str] = ()) -> str:
    """What to know of the rows ``shown`` of ``frame``: bounds only where one is among them, then BLS's cautions."""
    noise = "Within noise: a change no larger than half its 90 % interval and its rounding."
    said = [f"{noise} {caution}." for caution in cautions]
    if shown["coverage"].isin(["not_listed", "suppressed"]).any():
        said = [usa_caveat(frame), *said]
    return " ".join(said)


def top_count(frame: pd.DataFrame, count: int) -> list[tuple[str, str]]:
    return _top(frame, "rank_workers", count, workers_text)


def top_share(frame: pd.DataFrame, count: int) -> list[tuple[str, str]]:
    return _top(frame, "rank_concentration", count, lambda row: share_text(row).removesuffix(" per 1,000"))


def _top(frame: pd.DataFrame, rank: str, count: int, text) -> list[tuple[str, str]]:
    named = frame.assign(short=short_us_names(frame["metro"])).sort_values([rank, "area_code"]).head(count)
    return [(row.short, text(row)) for row in named.itertuples(index=False)]


def world_title(frame: pd.DataFrame) -> str:
    """Who leads, and which country most of the first ten are in."""
    if frame["rank"].isna().all():
        return "No AI papers by metro are known"
    ranked = frame.sort_values(["rank", "metro_id"])
    first = ranked.iloc[0]
    top = ranked.head(10)["country_code"].value_counts()
    code, places = top.index[0], int(top.iloc[0])
    title = f"{first['metro']} leads the world in AI papers"
    if places < 3:
        return title
    return f"{title}; {places} of the top 10 metros are in {country_names(ranked['country_code'])[code]}"


def world_measure(notes: EditionNotes) -> str:
    return f"AI-tagged papers by metro of their authors' institutions; {notes.method}"


def world_subtitle(notes: EditionNotes) -> str:
    return f"AI-tagged papers by metro of their authors' institutions, {notes.period}; {notes.method}"


def world_top(frame: pd.DataFrame, count: int) -> list[tuple[str, str]]:
    named = frame.assign(short=short_world_names(frame["metro"], frame["country_code"]))
    named = named.sort_values(["rank", "metro_id"]).head(count)
    return [(row.short, papers_text(row)) for row in named.itertuples(index=False)]


def papers_text(row) -> str:
    """The papers of a row; at least so many where they could not all be counted apart."""
    if pd.isna(row.ai_works):
        return "unknown"
    low, high = getattr(row, "ai_works_low", pd.NA), getattr(row, "ai_works_high", pd.NA)
    bounded = bool(pd.notna(low) and pd.notna(high) and low < high)
    return f"{'≥ ' * bounded}{row.ai_works:,}"


def world_caveat(frame: pd.DataFrame) -> str:
    """How papers are counted, which decides what a sum of metros would mean."""
    once = "institution" if (frame["count_basis"] == "summed").all() else "metro"
    return f"A paper counts once for each {once} of its authors. A count of papers says nothing of their quality."


def per_100k_text(row) -> str:
    return f"{row.ai_postings_per_100k:.1f} per 100k" if pd.notna(row.ai_postings_per_100k) else "unknown"


def postings_title(frame: pd.DataFrame) -> str:
    """The first three metros that qualify for the ranking."""
    names, new = [name for name, _ in top_postings(frame, 3)], postings_kind(frame)
    if not names:
        return f"{new.capitalize()} AI jobs by metro"
    listed = names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
    return f"{listed} {'has' if len(names) == 1 else 'have'} the most {new} AI jobs per resident"


def postings_kind(frame: pd.DataFrame) -> str:
    """What the postings of ``frame`` are: ``new``, or, where snapshots are too few to tell, ``open``."""
    return "open" if "basis" in frame and frame["basis"].eq("stock").any() else "new"


def postings_measure(frame: pd.DataFrame, notes: EditionNotes) -> str:
    new = postings_kind(frame).capitalize()
    return f"{new} AI job postings per 100,000 residents, {notes.period}; {notes.method}"


def postings_subtitle(frame: pd.DataFrame, notes: EditionNotes) -> str:
    more = postings_kind(frame)
    return f"{postings_measure(frame, notes)}. A bigger circle indicates more {more} jobs per capita"


def postings_caveat(frame: pd.DataFrame, enough: int) -> str:
    few = int(frame["employers"].lt(enough).fillna(True).sum())
    ranked = int(frame["rank"].notna().sum())
    return (
        f"{ranked} of {len(frame)} metros have residents and postings enough to be ranked; {few} with fewer than "
        f"{enough} employers are grey. Only postings of the boards read are counted."
    )


def top_postings(frame: pd.DataFrame, count: int) -> list[tuple[str, str]]:
    named = frame.assign(short=short_us_names(frame["metro"])).dropna(subset=["rank"])
    named = named.sort_values(["rank", "area_code"]).head(count)
    return [(row.short, f"{row.ai_postings_per_100k:.1f}") for row in named.itertuples(index=False)]


def usa_card_title(frame: pd.DataFrame) -> str:
    """What share of the AI workers shown the first ten metros hold."""
    workers = frame["ai_workers"].dropna().sort_values(ascending=False)
    if len(workers) < 11 or workers.sum() == 0:
        return "America's top AI cities"
    share = workers.head(10).sum() / workers.sum()
    return (
        f"America's top 10 AI cities hold {share * 100:.0f}\u00a0% of the AI jobs that BLS publishes by metro"
    )


def world_card_title(frame: pd.DataFrame) -> str:
    works = frame["ai_works"].dropna().sort_values(ascending=False)
    if len(works) < 2:
        return "The world's top AI research cities"
    ratio = float(works.iloc[0] / works.iloc[1])
    first = frame.sort_values(["rank", "metro_id"]).iloc[0]["metro"]
    if ratio < 1.2:
        return f"The world's top 10 AI research cities, led by {first}"
    return f"The world's top 10 AI research cities: {first} publishes {ratio:.1f} times as much as the next"


def usa_multiples_caveat(editions: int) -> str:
    """What bars, whiskers and blanks are, and, where releases stand side by side, BLS's own caution."""
    text = (
        "Bars with a broken outline are lower bounds (≥). Whiskers: BLS's 90 % interval, where a release gives "
        "standard errors. No data: the release doesn't list an area of this code."
    )
    return f"{text} {CAUTION}." if editions > 1 else text


def multiples_title(editions, measure: str, column: str) -> str:
    """The measure in the leading metros, over which editions."""
    first, last = editions[0][0], editions[-1][0]
    count = min(12, int(editions[-1][1][column].notna().sum()))
    if len(editions) == 1:
        return f"{measure} in the {count} leading metros, {last.period}"
    return f"{measure} in the {count} leading metros, {first.period} to {last.period}"
