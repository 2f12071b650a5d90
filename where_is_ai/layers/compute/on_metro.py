"""What the layer says on the page of a metro."""

import pandas as pd

from where_is_ai.columns import columns_of
from where_is_ai.layers.compute.notes import METROS, SITES, WORLD
from where_is_ai.layers.compute.schema import MetroCompute, SiteCompute, WorldCompute
from where_is_ai.layers.layer import Earlier, EditionTables, National, OnMetro, Row, Slice
from where_is_ai.layers.phrases import changed, day, known_lines

LARGEST = 6
MODELS = {METROS: MetroCompute, WORLD: WorldCompute}
SUMMED = ("h100e", "mw", "pipeline_mw")


def metro_slice(row: Row, edition: EditionTables) -> Slice:
    table = METROS if "area_code" in row else WORLD
    text = {name: each.text(row.get(name)) for name, each in columns_of(MODELS[table]).items()}
    ranked = int(edition.tables[table]["rank"].notna().sum())
    return Slice(
        value=f"{'≥ ' * bool(row['sites_unknown'])}{text['h100e']}" if pd.notna(row["h100e"]) else "unknown",
        unit="H100 equivalents in AI data centres at the quarter's end",
        lines=known_lines(
            f"Rank {text['rank']} of {ranked}{' of the world' * (table == WORLD)}",
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
    key = "area_code" if "area_code" in row else "metro_id"
    here = edition.rows_by(SITES, key).get(str(row[key]), ())
    known = sorted((each for each in here if pd.notna(each["h100e"])), key=lambda each: -each["h100e"])
    return [f"{each['site']}: {columns['h100e'].text(each['h100e'])}" for each in known[:LARGEST]]


def rests_on(row: Row) -> str:
    return f"timelines as copied on {row['vintage']}{'' if row['as_known'] else ', after the quarter'}"


def in_short(row: Row) -> str:
    columns = columns_of(MetroCompute)
    return f"{columns['h100e'].text(row['h100e'])} H100 equivalents, {columns['mw'].text(row['mw'])} MW"


def nation(edition: EditionTables, country: str) -> dict[str, National]:
    """All sites that are listed in the country, in metros or not."""
    sites = edition.rows_by(SITES, "country_code").get(country, ())
    if not sites:
        return {}
    unknown = any(pd.isna(each["operational"]) for each in sites)
    found = {name: [each[name] for each in sites if pd.notna(each[name])] for name in SUMMED}
    note = "every listed site, in a metro or not"
    standing = [each for each in sites if pd.notna(each["operational"]) and each["operational"]]
    return {
        **{
            name: National(
                float(sum(values)) if values else None, at_least=unknown and bool(values), note=note
            )
            for name, values in found.items()
        },
        "sites": National(float(len(standing)), note=note),
    }


def change(row: Row, edition: EditionTables, earlier: Earlier | None) -> str:
    """What two editions say, and that nothing tells growth from what the source learnt; "" without an earlier one."""
    if earlier is None or pd.isna(row["h100e"]) or pd.isna(earlier.row["h100e"]):
        return ""
    by = round(float(row["h100e"])) - round(float(earlier.row["h100e"]))
    said = changed("H100 equivalents", earlier.quarter, edition.quarter, by, f"{abs(by):,}")
    if row.get("vintage") == earlier.row.get("vintage"):
        return f"{said}: by the dates of one copy of the source, whose estimates come without an error."
    return (
        f"{said}: the source's estimates come without an error, and the two are of different copies of it, so that "
        "nobody can tell what was built from what it learnt."
    )


def unknown(row: Row) -> str:
    """Why no capacity of a metro is known: that of each of its sites would have to be."""
    if row["sites_unknown"]:
        return f"no capacity is known of {counted(row['sites_unknown'], 'listed data centre')}"
    return "no H100 equivalents are given of its listed data centres"


ON_METRO = OnMetro(
    slice=metro_slice,
    history=("h100e", "mw", "pipeline_mw", "sites", "rank"),
    rests_on=rests_on,
    in_short=in_short,
    unknown=unknown,
    not_here="Epoch AI lists no AI data centre here whose address is known; small sites are not listed anywhere.",
    abroad="Epoch AI lists no AI data centre in this city; small sites are not listed anywhere.",
    table_abroad=WORLD,
    nation=nation,
    change=change,
)
