"""Alt text: what a picture shows, for those who can't see it; every number comes out of the table."""

import pandas as pd

from where_is_ai.maps import sentences
from where_is_ai.maps.notes import EditionNotes


def usa_alt(frame: pd.DataFrame, notes: EditionNotes) -> str:
    """For the map of AI workers."""
    lower = int(frame["coverage"].isin(["not_listed", "suppressed"]).sum())
    return (
        f"Map of the United States with a circle for each of {_shown(frame, 'ai_workers')} metro areas, "
        f"{notes.period}. The circle's area is the number of AI workers, its colour their number per 1,000 jobs. "
        f"Most AI workers: {_list(sentences.top_count(frame, 5))}. "
        f"Most per 1,000 jobs: {_list(sentences.top_share(frame, 5))}. "
        f"{lower} metros have a broken outline or none, because their number is a lower bound. Source: {notes.source}."
    )


def world_alt(frame: pd.DataFrame, notes: EditionNotes) -> str:
    """For the map of AI papers."""
    return (
        f"World map with a circle for each of {_shown(frame, 'ai_works')} metro areas, {notes.period}. "
        f"The circle's area and colour are the number of AI papers. "
        f"Most papers: {_list(sentences.world_top(frame, 5))}. Source: {notes.source}."
    )


def world_citations_alt(frame: pd.DataFrame, notes: EditionNotes) -> str:
    """For the map of the most cited AI papers."""
    leading = frame.sort_values(["top_10_works", "metro_id"], ascending=[False, True]).head(5)
    named = [(row.metro, f"{row.top_10_works:,}") for row in leading.itertuples(index=False)]
    return (
        f"World map with a circle for each of {_shown(frame, 'top_10_works')} metro areas, papers of {notes.period}. "
        "The circle's area is the number of AI papers among the most cited 10 %, its colour the share they are. "
        f"Most of them: {_list(named)}. Source: {notes.source}."
    )


def postings_alt(frame: pd.DataFrame, notes: EditionNotes) -> str:
    """For the map of AI job postings."""
    return (
        f"Map of the United States with a circle for each of {_shown(frame, 'ai_postings_per_100k')} metro areas, "
        f"{notes.period}. The circle's area is {sentences.postings_kind(frame)} AI job postings per 100,000 residents, "
        f"its colour the AI share of all postings. "
        f"Most per 100,000 residents: {_list(sentences.top_postings(frame, 5))}. Source: {notes.source}."
    )


def postings_card_alt(frame: pd.DataFrame, notes: EditionNotes) -> str:
    """For the card of the ten metros with most AI postings per resident."""
    return (
        f"Ranking of US metro areas by {sentences.postings_kind(frame)} AI job postings per 100,000 residents, "
        f"{notes.period}: {_list(sentences.top_postings(frame, 10))}. Source: {notes.source}."
    )


def usa_card_alt(frame: pd.DataFrame, notes: EditionNotes) -> str:
    """For the card of the ten metros with most AI workers."""
    leading = _list(sentences.top_count(frame, 10))
    return f"Ranking of US metro areas by AI workers, {notes.period}: {leading}. Source: {notes.source}."


def world_card_alt(frame: pd.DataFrame, notes: EditionNotes) -> str:
    """For the card of the ten metros with most AI papers."""
    leading = _list(sentences.world_top(frame, 10))
    return (
        f"Ranking of the world's metro areas by AI papers, {notes.period}: {leading}. Source: {notes.source}."
    )


def _shown(frame: pd.DataFrame, column: str) -> int:
    return int((frame[column].notna() & frame["lat"].notna() & frame["lon"].notna()).sum())


def _list(rows: list[tuple[str, str]]) -> str:
    return ", ".join(f"{name} {value.replace('≥ ', 'at least ')}" for name, value in rows)


def usa_multiples_alt(editions: list[tuple[EditionNotes, pd.DataFrame]]) -> str:
    """For the small multiples of AI workers."""
    return _multiples_alt(editions, "AI workers", sentences.top_count(editions[-1][1], 12))


def world_multiples_alt(editions: list[tuple[EditionNotes, pd.DataFrame]]) -> str:
    """For the small multiples of AI papers."""
    return _multiples_alt(editions, "AI papers", sentences.world_top(editions[-1][1], 12))


def _multiples_alt(editions, measure: str, leading: list[tuple[str, str]]) -> str:
    last, periods = editions[-1][0], ", ".join(notes.period for notes, _ in editions)
    return (
        f"Bar charts of {measure} in {len(leading)} leading metro areas, one bar for each of: {periods}. "
        f"In {last.period}: {_list(leading)}. Source: {last.source}."
    )
