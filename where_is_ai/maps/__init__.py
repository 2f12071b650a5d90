"""Drawing the maps, cards and charts of an edition. Pure: frames and notes in, plotly figures and text out.

    usa_map(frame, notes, layout)                      frame as usa_ai_employment_by_msa.csv
    world_map(frame, notes, layout)                    frame as world_ai_research_by_metro.csv
    world_citations_map(frame, notes, layout)          the same
    postings_map(frame, notes, layout)                 frame as usa_ai_postings_by_metro.csv
    usa_card(frame, notes, changes, since)             changes as usa_ai_employment_yoy.csv, or None
    world_card(frame, notes, changes, since)           changes with metro_id and change_pct, or None
    postings_card(frame, notes)                        frame as usa_ai_postings_by_metro.csv
    usa_multiples([(notes, frame), ...], layout)       editions, oldest first
    world_multiples([(notes, frame), ...], layout)
    usa_alt, world_alt, world_citations_alt, postings_alt, and *_card_alt, *_multiples_alt
    write_html(path, figures, title, alt)

``notes`` is an EditionNotes, ``layout`` is WIDE (1920 x 1080) or VERTICAL (1080 x 1920). PNGs are made by
``where_is_ai.maps.render.render({path: figure, ...})``, all in one browser session.
"""

from where_is_ai.maps.alt import (
    postings_alt,
    postings_card_alt,
    usa_alt,
    usa_card_alt,
    usa_multiples_alt,
    world_alt,
    world_card_alt,
    world_citations_alt,
    world_multiples_alt,
)
from where_is_ai.maps.cards import postings_card, usa_card, world_card
from where_is_ai.maps.multiples import usa_multiples, world_multiples
from where_is_ai.maps.notes import EditionNotes
from where_is_ai.maps.page import write_html
from where_is_ai.maps.postings import postings_map
from where_is_ai.maps.style import VERTICAL, WIDE, Layout
from where_is_ai.maps.usa import usa_map
from where_is_ai.maps.world import world_map
from where_is_ai.maps.world_citations import world_citations_map

__all__ = [
    "VERTICAL",
    "WIDE",
    "EditionNotes",
    "Layout",
    "postings_alt",
    "postings_card",
    "postings_card_alt",
    "postings_map",
    "usa_alt",
    "usa_card",
    "usa_card_alt",
    "usa_map",
    "usa_multiples",
    "usa_multiples_alt",
    "world_alt",
    "world_card",
    "world_card_alt",
    "world_citations_alt",
    "world_citations_map",
    "world_map",
    "world_multiples",
    "world_multiples_alt",
    "write_html",
]
