"""What the layer says on the page of a metro."""

from collections.abc import Mapping, Sequence

import pandas as pd

from where_is_ai.columns import columns_of
from where_is_ai.layers.employment.by_state import sum_is_lower_bound
from where_is_ai.layers.employment.coverage import WORDS, is_lower_bound
from where_is_ai.layers.employment.pay import TOP_CODED
from where_is_ai.layers.employment.schema import MetroChange, MetroEmployment
from where_is_ai.layers.employment.schema_level import NATIONAL, SUMMED, OccupationEmployment
from where_is_ai.layers.employment.wide import wide_is_lower_bound
from where_is_ai.layers.layer import Earlier, EditionTables, National, OnMetro, Point, Row, Slice
from where_is_ai.layers.phrases import between, known_lines, month, number, rank_range

METROS, SERIES = "usa_ai_employment_by_msa", "usa_ai_employment_series"
OCCUPATIONS = "usa_ai_employment_by_occupation"
NO_NATIONAL_FILE = "The national file of the Bureau of Labor Statistics is not at hand for this release."
STATES, CHANGES = "usa_ai_employment_by_state", "usa_ai_employment_yoy"


def metro_slice(row: Row, edition: EditionTables) -> Slice:
    columns, bound = columns_of(MetroEmployment), is_lower_bound(row["coverage"])
    text = {name: columns[name].text(row.get(name)) for name in columns}
    ranked = int(edition.tables[METROS]["rank_workers"].notna().sum())
    return Slice(
        value=f"{'≥ ' * bound}{text['ai_workers']}" if pd.notna(row["ai_workers"]) else "unknown",
        unit=f"AI workers, {month(row['oews_release'])}",
        lines=known_lines(
            f"Rank {text['rank_workers']} of {ranked} by number{rank_range(row)}",
            f"{'at least ' * bound}{text['ai_per_1000']} per 1,000 jobs, rank {text['rank_concentration']}"
            f"{rank_range(_concentration(row))}",
            between(columns, row, "ai_workers", "AI workers"),
            WORDS[row["coverage"]],
            _pay(text),
            *(
                _occupation(each)
                for each in edition.rows_by(OCCUPATIONS, "area_code").get(row["area_code"], ())
            ),
            _wide(row, text),
        ),
        trend=_series(row, edition),
        trend_shows="AI workers by release; a broken line parts what can't be compared",
    )


def _concentration(row: Row) -> Row:
    """The row with the range of its other rank in place of the first's."""
    return {end: row.get(end.replace("rank", "rank_concentration")) for end in ("rank_low", "rank_high")}


def _pay(text: Mapping[str, str]) -> str:
    """Between which of its occupations' medians that of all together lies; a single one is said to be that."""
    low, high = text["pay_median_low_usd"], text["pay_median_high_usd"]
    if text["pay_occupations"].count("+"):
        return f"Median pay between ${low} and ${high} a year, by occupation"
    return f"Median pay ${low} a year in {text['pay_occupations']}"


def _occupation(row: Row) -> str:
    """What BLS shows of one occupation: jobs with their interval, how concentrated they are, and pay."""
    columns = columns_of(OccupationEmployment)
    text = {name: columns[name].text(row.get(name)) for name in columns}
    if row["status"] == "published":
        between_them = f", {text['employment_low']} to {text['employment_high']} by the 90 % margin"
        jobs = f"{text['employment']} jobs{between_them * pd.notna(row['employment_low'])}"
    else:
        at_most = f", at most {text['employment_high']} jobs"
        jobs = f"{text['status']}{at_most * pd.notna(row['employment_high'])}"
    said = [
        jobs,
        f"{text['loc_quotient']} times the nation's share" * pd.notna(row["loc_quotient"]),
        _quartiles(row, text),
    ]
    return f"{row['occupation']} ({row['occ_code']}): {'; '.join(part for part in said if part)}"


def _quartiles(row: Row, text: Mapping[str, str]) -> str:
    """The median pay and between which quartiles it lies, each a number or what its mark means."""
    if pd.isna(row["pay_median_usd"]):
        top_coded = row["pay_median_mark"] == TOP_CODED
        return f"median pay {text['pay_median_mark']}" if top_coded else ""
    ends = [text[f"pay_{stem}_usd"] for stem in ("pct25", "pct75") if pd.notna(row[f"pay_{stem}_usd"])]
    quartiles = f", the middle half from ${ends[0]} to ${ends[1]}" if len(ends) == 2 else ""
    return f"median pay ${text['pay_median_usd']} a year{quartiles}"


def _wide(row: Row, text: Mapping[str, str]) -> str:
    """The count by the wider definition, which is named, and what it does to the rank."""
    gain = row.get("rank_wide_gain")
    moved = (
        "" if gain is None or pd.isna(gain) else f", {gain:+,} places by it" if gain else ", the same rank"
    )
    at_least = "≥ " if wide_is_lower_bound(row) else ""
    return (
        f"By the wider definition “{text['wide_definition']}”: {at_least}{text['ai_workers_wide']}, "
        f"rank {text['rank_wide']}{moved.replace('-', '−')}"
    )


def rests_on(row: Row) -> str:
    return f"{month(row['oews_release'])}; {WORDS[row['coverage']]}"


def in_short(row: Row) -> str:
    workers = columns_of(MetroEmployment)["ai_workers"].text(row["ai_workers"])
    return f"{'at least ' * is_lower_bound(row['coverage'])}{workers} AI workers"


def _series(row: Row, edition: EditionTables) -> list[Point]:
    releases = edition.rows_by(SERIES, "area_code").get(str(row["area_code"]), ())
    return [
        Point(
            label=month(each["oews_release"]),
            value=number(each["ai_workers"]),
            low=number(each["ai_workers_low"]),
            high=number(each["ai_workers_high"]),
            bound=is_lower_bound(each["coverage"]),
            linked=each["linked"],
            at=_years(each["oews_release"]),
        )
        for each in sorted(releases, key=lambda each: each["oews_release"])
    ]


def _years(release: str) -> float:
    """The reference month as a year and its part, so that a release that is not at hand leaves a gap."""
    year, month_number = release.split("-")
    return int(year) + (int(month_number) - 1) / 12


def nation(edition: EditionTables, country: str) -> dict[str, National]:
    """AI workers of BLS's national file; their share of jobs in all metros together, since that has no total."""
    if country != "US":
        return {}
    rows = {each["basis"]: each for each in edition.rows_by(STATES, "area").get("US", ())}
    whole, summed = rows.get(NATIONAL), rows.get(SUMMED)
    return {
        "ai_workers": National(
            number(whole["ai_workers"]),
            at_least=sum_is_lower_bound(whole),
            note="by BLS's national file, with what lies outside metros",
        )
        if whole
        else National(None, note=NO_NATIONAL_FILE),
        "ai_per_1000": National(
            number(summed["ai_per_1000"]),
            at_least=sum_is_lower_bound(summed),
            note="of all metros together, since the national file has no count of all jobs",
        )
        if summed
        else National(None, note=NO_NATIONAL_FILE),
    }


def change(row: Row, edition: EditionTables, earlier: Earlier | None) -> str:  # noqa: ARG001
    """How AI workers changed since the release before, beside its noise; why that can't be said where it can't."""
    found = edition.rows_by(CHANGES, "area_code").get(str(row["area_code"]), ())
    if not found:
        return ""
    each, columns = found[0], columns_of(MetroChange)
    before, after = month(each["release_before"]), month(each["release_after"])
    if not each["comparable"]:
        why = _in_words(
            str(each["why_not"]), edition.rows_by(OCCUPATIONS, "area_code").get(each["area_code"], ())
        )
        return f"AI workers can't be compared between {before} and {after}: {why}."
    by = columns["like_for_like_change"].text(abs(each["like_for_like_change"])).lstrip("+")
    if not each["like_for_like_change"]:
        return f"AI workers were as many in {after} as in {before}, like for like."
    moved = "rose" if each["like_for_like_change"] > 0 else "fell"
    said = f"From {before} to {after} AI workers {moved} by {by}, like for like"
    noise = each.get("noise")
    if noise is None or pd.isna(noise):
        return f"{said}; how much of it is noise is not known."
    if not each["exceeds_noise"]:
        return f"{said}: within noise (give or take {noise:,.0f}), so that it may be no change at all."
    among_many = (
        ""
        if each.get("exceeds_noise_fdr10")
        else ", though among so many metros some change so much by chance alone"
    )
    return f"{said}: more than noise (give or take {noise:,.0f}){among_many}."


def _in_words(text: str, occupations: Sequence[Row]) -> str:
    """A text with each SOC code that has a name followed by it."""
    for each in occupations:
        text = text.replace(str(each["occ_code"]), f"{each['occupation']} ({each['occ_code']})")
    return text


def unknown(row: Row) -> str:
    """Why no AI worker is published of a metro."""
    return WORDS[row["coverage"]].removeprefix("Unknown: ")


ON_METRO = OnMetro(
    slice=metro_slice,
    history=(
        "ai_workers",
        "ai_workers_low",
        "ai_workers_high",
        "ai_per_1000",
        "rank_workers",
        "rank_concentration",
    ),
    rests_on=rests_on,
    in_short=in_short,
    unknown=unknown,
    not_here="The Bureau of Labor Statistics lists no AI occupation under an area of this name.",
    abroad="The Bureau of Labor Statistics measures metros of the USA only.",
    nation=nation,
    change=change,
)
