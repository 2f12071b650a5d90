"""The map of the AI papers that are cited most, beside the map of all."""

import pandas as pd
import plotly.graph_objects as go

from where_is_ai.layers.research.citations import LEAST_MATURE_WORKS
from where_is_ai.maps.countries import country_names
from where_is_ai.maps.names import short_world_names
from where_is_ai.maps.notes import EditionNotes
from where_is_ai.maps.scales import ColourScale
from where_is_ai.maps.style import WIDE, Layout
from where_is_ai.maps.world import Wording, drawn

# By definition a tenth of the world's papers are in the top 10 %: the classes lie around that.
SHARES = ColourScale((5.0, 8.0, 10.0, 12.0, 15.0))


def world_citations_map(frame: pd.DataFrame, notes: EditionNotes, layout: Layout = WIDE) -> go.Figure:
    """Metros by papers in the most cited 10 % of their field and year (area) and the share they are (colour).

    ``frame`` has the columns of world_ai_research_by_metro.csv, its metros as ``research.citations.cited`` chose them.
    """
    ranked = _by_citations(frame)
    wording = Wording(
        title=f"{ranked.loc[0, 'metro']} leads the world in the most cited AI papers",
        subtitle=f"AI papers of {notes.period} among the most cited 10 % of their field and year; {notes.method}",
        caveat=f"Metros with at least {LEAST_MATURE_WORKS} AI papers of these years. Newer papers have had no time to "
        "be cited. A paper counts once for each metro of its authors.",
        area="Area: top-10 % papers",
        colour="Colour: their share of the metro’s papers, %",
        ranking="Most papers in the top 10 %",
    )
    return drawn(ranked, citation_bubbles(ranked, notes), notes, layout, wording, SHARES)


def _by_citations(frame: pd.DataFrame) -> pd.DataFrame:
    """The frame that the core ranks: by papers in the top 10 %, not by all."""
    rank = frame["top_10_works"].rank(method="min", ascending=False).astype("Int64")
    ranked = frame.assign(ai_works=frame["top_10_works"], ai_works_low=pd.NA, ai_works_high=pd.NA, rank=rank)
    return ranked.sort_values(["rank", "metro_id"]).reset_index(drop=True)


def citation_bubbles(ranked: pd.DataFrame, notes: EditionNotes) -> pd.DataFrame:
    """The frame of circles that the core draws (see where_is_ai.maps.bubbles)."""
    return pd.DataFrame(
        {
            "key": ranked["metro_id"].astype(str),
            "name": short_world_names(ranked["metro"], ranked["country_code"]),
            "lon": ranked["lon"],
            "lat": ranked["lat"],
            "size": ranked["top_10_works"],
            "colour": ranked["top_10_pct"],
            "lower_bound": False,
            "muted": False,
            "hover": [_hover(row, notes) for row in ranked.itertuples(index=False)],
            "value": [f"{row.top_10_works:,}" for row in ranked.itertuples(index=False)],
        }
    )


def _hover(row, notes: EditionNotes) -> str:
    lines = [
        f"<b>{row.metro}</b>, {country_names([row.country_code])[row.country_code]}",
        f"{row.top_10_works:,} papers in the most cited 10 % (rank {row.rank}), {row.top_10_pct:.1f} % of its "
        f"{row.mature_works:,}",
        f"{row.top_1_works:,} in the most cited 1 %, {row.top_1_pct:.1f} %",
        f"{notes.source}, {notes.period}",
    ]
    return "<br>".join(lines)
