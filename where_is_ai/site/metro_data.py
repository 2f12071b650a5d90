"""A metro's numbers for programs: JSON, CSV, and the same as a script for the page that compares metros."""

from collections.abc import Sequence
from csv import writer
from io import StringIO

from where_is_ai.publication.profiles import DECIMALS
from where_is_ai.publication.spreadsheet import guarded
from where_is_ai.site.metros import Metro
from where_is_ai.site.standing import NO_RANGE, Standing, known

NOTE = "Measures are different things and are never added up; null is unknown, never zero."
RESIDENTS = "Census Bureau, estimate for 1 July 2023"
RESIDENTS_ABROAD = "of its urban centre, Global Human Settlement Layer"
NUMBERS = ("value", "low", "high")
RANKS = ("rank", "rank_low", "rank_high", "of")
# What was published stays where it is; what came later is at the end.
COLUMNS = (
    "edition", "area", "layer", "measure", *NUMBERS, *RANKS, "nation", "middle_of_metros", "unit", "period", "basis",
    "is_lower_bound", "nation_low", "nation_high", "nation_is_lower_bound", "nation_note",
    "middle_of_metros_is_lower_bound", "middle_of_peers", "middle_of_peers_is_lower_bound",
)  # fmt: skip


def metro_data(
    metro: Metro, standings: Sequence[Standing], peers: Sequence[Metro], unknown: Sequence[dict], cite: str
) -> dict:
    """All that the metro's page says of its measures, in numbers and as it says them."""
    return {
        "id": metro.slug,
        "name": metro.name,
        "where": metro.where,
        "lat": metro.lat,
        "lon": metro.lon,
        "residents": metro.residents,
        "residents_source": residents_source(metro) if metro.residents else None,
        "note": NOTE,
        "licence": "CC BY 4.0",
        "cite": cite,
        "measures": [_measure(metro, each) for each in standings],
        "unknown": [{"what": each["titles"], "why": each["why"]} for each in unknown],
        "peers": [each.slug for each in peers],
    }


def residents_source(metro: Metro) -> str:
    """Who says how many live in a metro."""
    return RESIDENTS if metro.in_usa else RESIDENTS_ABROAD


def metro_csv(standings: Sequence[Standing]) -> str:
    """The same measures, a row each; empty is unknown, and no text passes for a formula."""
    content = StringIO()
    rows = writer(content, lineterminator="\n")
    rows.writerow(COLUMNS)
    for each in standings:
        record = {
            **{name: each.record.get(name) for name in COLUMNS},
            "edition": each.measured.edition.quarter,
            "area": each.measured.area,
            "layer": each.layer.name,
            "is_lower_bound": each.is_bound,
            **_beside(each),
        }
        rows.writerow([_cell(record[name]) for name in COLUMNS])
    return content.getvalue()


def _cell(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return guarded(value)
    number = known(value)
    if number is None:
        return ""
    rounded = round(number, DECIMALS)
    return f"{rounded:.0f}" if rounded.is_integer() else str(rounded)


def _measure(metro: Metro, standing: Standing) -> dict:
    measured, record = standing.measured, standing.record
    return {
        "layer": standing.layer.name,
        "title": standing.layer.title,
        "measure": standing.measure.name,
        "heading": standing.column.heading,
        "unit": standing.column.unit,
        **{name: known(record.get(name)) for name in NUMBERS},
        **{name: _whole(record.get(name)) for name in RANKS},
        **(dict.fromkeys(("rank_low", "rank_high")) if standing.range_text == NO_RANGE else {}),
        "is_lower_bound": standing.is_bound,
        **_beside(standing),
        "edition": measured.edition.quarter,
        "period": str(record.get("period")),
        "basis": record.get("basis"),
        "area": measured.area,
        "shared_with": [code for code in measured.shared if code != metro.place],
        "sample": measured.edition.is_sample,
        "made_up": standing.made_up,
        "said": {
            "value": standing.value_text,
            "range": standing.range_text,
            "rank": standing.rank_text,
            "ranks": standing.rank_range_text,
            "nation": standing.nation_text,
            "nation_range": standing.nation_range_text,
            "middle_of_metros": standing.middle_text,
        },
    }


def _beside(standing: Standing) -> dict[str, object]:
    """What stands beside the metro's own value, each with its bounds; whether it is one is None where it is unknown."""
    nation, middle, peers = standing.nation, standing.middle, standing.peers
    return {
        "nation": nation.value,
        "nation_low": nation.value if nation.at_least else nation.low,
        "nation_high": nation.high,
        "nation_is_lower_bound": nation.at_least if nation.value is not None else None,
        "nation_note": nation.note or None,
        "middle_of_metros": middle and middle.value,
        "middle_of_metros_is_lower_bound": middle and middle.at_least,
        "middle_of_peers": peers and peers.value,
        "middle_of_peers_is_lower_bound": peers and peers.at_least,
    }


def _whole(value: object) -> int | None:
    number = known(value)
    return None if number is None else int(number)
