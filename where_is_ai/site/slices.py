"""One metro's slices: what each layer says of it, in words ready for its page."""

import json
from collections.abc import Sequence
from datetime import date

import pandas as pd

from where_is_ai.publication.catalog import CATALOG, LOWER_BOUNDS
from where_is_ai.publication.wording import WORDS
from where_is_ai.site.addresses import slug
from where_is_ai.site.metros import OF_METROS, Metro, near
from where_is_ai.site.read import Published
from where_is_ai.site.table_view import UNKNOWN, only_repeats, shown
from where_is_ai.site.trend import Point, trend

TITLES = {"employment": "AI jobs", "postings": "AI postings", "research": "AI research"}
SLUGS = {"employment": "jobs", "postings": "postings", "research": "research"}
US_ONLY = {
    "employment": "BLS measures metros of the USA only.",
    "postings": "Postings are read from boards for the USA only.",
}
LARGEST = 5


def slices(metro: Metro, metros: Sequence[Metro], published: dict[str, bool]) -> list[dict]:
    """A mapping per layer; ``published`` says which layers any edition has."""
    made = {"employment": _employment, "postings": _postings, "research": _research}
    nearby = {layer: _nearby(metro, metros, layer) for layer in made}
    return [
        {
            "slug": SLUGS[layer],
            "title": TITLES[layer],
            "value": "",
            "why_not": _why_not(metro, layer, published, bool(nearby[layer]["nearby"])),
            **nearby[layer],
            **(_common(metro, layer) | make(metro, *metro.newest(layer)) if metro.newest(layer) else {}),
        }
        for layer, make in made.items()
    ]


def histories(metro: Metro) -> list[dict]:
    """A table per layer: what each edition says, newest first."""
    columns = {
        "employment": (
            [
                "ai_workers",
                "ai_workers_low",
                "ai_workers_high",
                "ai_per_1000",
                "rank_workers",
                "rank_concentration",
            ],
            ["AI workers", "At least", "At most", "Per 1,000 jobs", "Rank", "Rank per 1,000", "Rests on"],
            lambda row: f"{_month(row['oews_release'])}; {WORDS[row['coverage']]}",
        ),
        "postings": (
            [
                "ai_postings",
                "ai_postings_low",
                "ai_postings_high",
                "ai_postings_per_100k",
                "ai_share_pct",
                "rank",
            ],
            ["AI postings", "At least", "At most", "Per 100,000", "AI share, %", "Rank", "Rests on"],
            lambda row: f"{row['sources']}; {row['classifier']}",
        ),
        "research": (
            ["ai_works", "ai_works_low", "ai_works_high", "institutions", "rank"],
            ["AI papers", "At least", "At most", "Institutions", "Rank", "Rests on"],
            lambda row: f"{row['window_from']} to {row['window_to']}, method {row['method']}",
        ),
    }
    return [
        {
            "slug": SLUGS[layer],
            "title": TITLES[layer],
            "headings": ["Edition", *columns[layer][1]],
            "rows": [
                [
                    edition.quarter,
                    *(_cell(name, row) for name in columns[layer][0]),
                    columns[layer][2](row),
                ]
                for edition, row in rows
            ],
        }
        for layer, rows in metro.rows.items()
    ]


def _cell(column: str, row: dict) -> str:
    return shown(column, None if only_repeats(column, row) else row.get(column))


def _common(metro: Metro, layer: str) -> dict:
    edition, row = metro.newest(layer)
    table = CATALOG[OF_METROS[layer]]
    return {
        "edition": edition.quarter,
        "anchor": f"{table.name}-{slug(' '.join(str(row[name]) for name in table.key))}",
        "trend": "",
        "walk": _walk(edition, table.name, " ".join(str(row[name]) for name in table.key)),
    }


def _employment(metro: Metro, edition: Published, row: dict) -> dict:
    bound = row["coverage"] in LOWER_BOUNDS
    total = int(edition.tables[OF_METROS["employment"]]["rank_workers"].notna().sum())
    lines = [
        f"Rank {shown('rank', row['rank_workers'])} of {total} by number{_range(row)}",
        f"{'at least ' * bound}{shown('ai_per_1000', row['ai_per_1000'])} per 1,000 jobs, "
        f"rank {shown('rank', row['rank_concentration'])}",
        _between(row, "ai_workers", "AI workers"),
        WORDS[row["coverage"]].capitalize() + " by BLS" * (row["coverage"] == "all_published"),
    ]
    known = pd.notna(row["ai_workers"])
    return {
        "value": f"{'≥ ' * bound}{shown('ai_workers', row['ai_workers'])}" if known else "unknown",
        "unit": f"AI workers, {_month(row['oews_release'])}",
        "lines": [line for line in lines if line and UNKNOWN not in line],
        "trend": _series(metro, edition),
    }


def _postings(metro: Metro, edition: Published, row: dict) -> dict:  # noqa: ARG001
    lines = [
        f"Rank {shown('rank', row['rank'])} among the metros that qualify" if pd.notna(row["rank"]) else
        "Not ranked: too few residents or AI postings",
        f"{shown('ai_share_pct', row['ai_share_pct'])} % of {row['all_postings']:,} postings",
        f"{row['ai_postings']:,} AI postings from {row['employers']:,} employers",
        _between(row, "ai_postings", "AI postings, given that the classifier can be wrong"),
        "Few employers: says more about them than about the metro" if row["few_employers"] else "",
    ]  # fmt: skip
    value = row["ai_postings_per_100k"]
    return {
        "value": f"{value:.1f}" if pd.notna(value) else f"{row['ai_postings']:,}",
        "unit": "AI postings per 100,000 residents" if pd.notna(value) else "AI postings",
        "lines": [line for line in lines if line and UNKNOWN not in line],
    }


def _research(metro: Metro, edition: Published, row: dict) -> dict:
    total = len(edition.tables[OF_METROS["research"]])
    basis = {
        "distinct": "each paper counted once",
        "summed": "a paper counts once for each of its institutions",
    }
    lines = [
        f"Rank {shown('rank', row['rank'])} of {total}",
        f"{row['institutions']:,} institution{'s' * (row['institutions'] != 1)}; {basis[row['count_basis']]}",
        _between(row, "ai_works", "AI papers"),
        *_largest(edition, metro.place),
    ]
    return {
        "value": shown("ai_works", row["ai_works"]),
        "unit": f"AI papers, {_day(row['window_from'])} to {_day(row['window_to'])}",
        "lines": [line for line in lines if line],
        "trend": _research_trend(metro, edition),
    }


def _largest(edition: Published, place: str) -> list[str]:
    here = edition.rows_by("world_ai_research_by_institution", "metro_id").get(place, [])
    counted = sorted((row for row in here if row["included"]), key=lambda row: -row["ai_works"])
    return [f"{row['institution']}: {row['ai_works']:,}" for row in counted[:LARGEST]]


def _series(metro: Metro, edition: Published) -> str:
    rows = edition.rows_by("usa_ai_employment_series", "area_code").get(metro.place, [])
    points = [
        Point(
            label=_month(row["oews_release"]),
            value=_number(row["ai_workers"]),
            low=_number(row["ai_workers_low"]),
            high=_number(row["ai_workers_high"]),
            bound=row["coverage"] in LOWER_BOUNDS,
            linked=row["linked"],
        )
        for row in sorted(rows, key=lambda row: row["oews_release"])
    ]
    return trend(points, "AI workers by release; a broken line parts what can't be compared")


def _research_trend(metro: Metro, edition: Published) -> str:
    rows = edition.rows_by("world_ai_research_trend", "metro_id").get(metro.place, [])
    points = [
        Point(row["quarter"], float(row["ai_works"]), linked=pd.isna(row["break_reason"]))
        for row in sorted(rows, key=lambda row: row["quarter"])
    ]
    return trend(points, "AI papers by quarter; a broken line parts what can't be compared")


def _nearby(metro: Metro, metros: Sequence[Metro], layer: str) -> dict:
    """Metros of the other geography close by: research is not counted by the areas that BLS uses."""
    other = "research" if metro.newest("employment") else "employment"
    if layer != other:
        return {"nearby": [], "nearby_title": ""}
    found = [
        {"slug": each.slug, "name": each.name, "km": km, "said": _said(each, layer)}
        for each, km in near(metro, metros, layer)
    ]
    return {"nearby": found, "nearby_title": f"{TITLES[layer]} within 60 km"}


def _said(metro: Metro, layer: str) -> str:
    _, row = metro.newest(layer)
    if layer == "research":
        return f"{shown('ai_works', row['ai_works'])} AI papers, rank {shown('rank', row['rank'])}"
    bound = "at least " * (row["coverage"] in LOWER_BOUNDS)
    return f"{bound}{shown('ai_workers', row['ai_workers'])} AI workers"


def _why_not(metro: Metro, layer: str, published: dict[str, bool], nearby: bool) -> str:
    if not published[layer]:
        return "No edition measures this yet."
    if layer in US_ONLY and not metro.in_usa:
        return US_ONLY[layer]
    if layer == "research" and metro.in_usa:
        return "Research is counted by other areas than jobs are, and none of them is this one."
    if layer == "employment" and nearby:
        return "BLS counts jobs by other areas than research is counted by. Those close by:"
    if layer == "employment":
        return "BLS lists no AI occupation under an area of this name."
    return "Nothing was measured for this metro."


def _walk(edition: Published, table: str, key: str) -> str:
    """The archived answers and the cells in them that a row was made from, from provenance.json."""
    inputs = {given["sha256"]: given for given in edition.provenance["inputs"]}
    places = edition.provenance.get("walk_back", {}).get(table, {}).get("rows", {}).get(key, [])
    parts = [f"{table}.csv, row {key}, edition {edition.quarter}"]
    for place in places:
        given = inputs.get(place["sha256"], {})
        where = (
            f"{place['member']}, sheet {place['sheet']}, rows {', '.join(map(str, place['rows']))}"
            if "member" in place
            else json.dumps(place.get("json_paths", []), ensure_ascii=False)
        )
        parts += [
            f"from {where}",
            f"  of {given.get('url', 'an archived answer')}",
            f"  sha256 {place['sha256']}",
        ]
    return "\n".join(parts) if places else ""


def _range(row: dict) -> str:
    low, high = row.get("rank_low"), row.get("rank_high")
    if low is None or pd.isna(low) or pd.isna(high):
        return ""
    return f" ({low} to {high} within sampling error)" if low != high else " (the same within sampling error)"


def _between(row: dict, column: str, what: str) -> str:
    low, high = row.get(f"{column}_low"), row.get(f"{column}_high")
    if low is None or pd.isna(low) or low == high:
        return ""
    if pd.isna(high):
        return f"At least {shown(column, low)} {what}, at most unknown"
    return f"Between {shown(column, low)} and {shown(column, high)} {what}"


def _number(value: object) -> float | None:
    return None if pd.isna(value) else float(value)


def _month(release: str) -> str:
    return f"{date.fromisoformat(release + '-01'):%B %Y}"


def _day(day: str) -> str:
    return f"{date.fromisoformat(day):%-d %B %Y}"
