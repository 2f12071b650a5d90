"""Drawing the maps, cards and charts of an edition. Pure: frames and notes in, plotly figures out.

    usa_map(frame, notes, layout)      frame as usa_ai_employment_by_msa.csv
    world_map(frame, notes, layout)    frame as world_ai_research_by_metro.csv
    write_html(path, figures, title, alt)

``notes`` is an EditionNotes, ``layout`` is WIDE (1920 x 1080) or VERTICAL (1080 x 1920). PNGs are made by
``where_is_ai.publication.pictures.render({path: figure, ...})``, all in one browser session.
"""

from where_is_ai.publication.maps.notes import EditionNotes
from where_is_ai.publication.maps.page import write_html
from where_is_ai.publication.maps.style import VERTICAL, WIDE, Layout
from where_is_ai.publication.maps.usa import usa_map
from where_is_ai.publication.maps.world import world_map

__all__ = ["VERTICAL", "WIDE", "EditionNotes", "Layout", "usa_map", "world_map", "write_html"]
