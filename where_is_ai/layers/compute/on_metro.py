"""What the layer says on the page of a metro."""

import pandas as pd

from where_is_ai.columns import columns_of
from where_is_ai.layers.compute.notes import METROS, SITES
from where_is_ai.layers.compute.schema import MetroCompute, SiteCompute
from where_is_ai.layers.layer import EditionTables, OnMetro, Row, Slice
from where_is_ai.layers.phrases import day, known_lines

LARGEST = 6


def metro_slice(row: Row, edition: EditionTables) -> Slice:
    text = {name: each.text(row[name]) for name, each in columns_of(MetroCompute).items()}
    ranked = int(edition.tables[METROS]["rank"].notna().sum())
    return Slice(
        value=f"{'≥ ' * bool(row['sites_unknown'])}{text['h100e']}" if pd.notna(row["h100e"]) else "unknown",
        unit="H100 equivalents in AI data centres at the quarter's end",
        lines=known_lines(
            f"Rank {text['rank']} of {ranked}",
            f"{text['mw']} MW in {counted(row['sites'], 'data centre')}",
            f"{text['h100e_projected']} H100 equivalents of these were expected, not seen, on {day(row['vintage'])}"
            if pd.notna(row["h100e_projected"]) and row["h100e_projected"]
            else "",
            f"{text['pipeline_mw']} MW planned after the quarter; "
            f"{counted(row['sites_planned'], 'site')} without capacity yet",
            f"Owners: {row['owners']}" if pd.notna(row["owners"]) else "",
            f"Users: {row['users']}" if pd.notna(row["users"]) else "",
            *_largest(row, edition),
            "Estimates without an interval; marks say how sure a name is, not a capacity",
        ),
    )


def counted(number: int, thing: str) -> str:
    """``1 site``, ``2 sites``."""
    return f"{number} {thing}{'s' * (number != 1)}"


def _largest(row: Row, edition: EditionTables) -> list[str]:
    columns = columns_of(SiteCompute)
    here = edition.rows_by(SITES, "area_code").get(str(row["area_code"]), ())
    known = sorted((each for each in here if pd.notna(each["h100e"])), key=lambda each: -each["h100e"])
    return [f"{each['site']}: {columns['h100e'].text(each['h100e'])}" for each in known[:LARGEST]]


def rests_on(row: Row) -> str:
    return f"timelines as copied on {row['vintage']}{'' if row['as_known'] else ', after the quarter'}"


def in_short(row: Row) -> str:
    columns = columns_of(MetroCompute)
    return f"{columns['h100e'].text(row['h100e'])} H100 equivalents, {columns['mw'].text(row['mw'])} MW"


ON_METRO = OnMetro(
    slice=metro_slice,
    history=("h100e", "mw", "pipeline_mw", "sites", "rank"),
    rests_on=rests_on,
    in_short=in_short,
    not_here="Epoch AI lists no AI data centre here whose address is known; small sites are not listed anywhere.",
    abroad="Abroad data centres are counted by the urban centre or city of their address, in the table of the world's "
    "metros.",
)
