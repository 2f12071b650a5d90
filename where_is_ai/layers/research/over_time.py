"""AI papers by year, by definition, and of earlier windows asked again: what leading metros and the world are held by.

What a year or a window holds grows for a long time after its end, as journals and preprint servers are indexed; so a
window is asked again in later quarters, and what it had when it was first asked is told as a share of what it has now.
"""

import re
from collections.abc import Mapping, Sequence
from importlib.resources import files

import pandas as pd

from where_is_ai.layers.research.grouped import (
    ALL,
    THE_WORLD,
    TOPIC,
    WORLD,
    YEAR,
    Grouped,
    leading,
    of_metro,
)
from where_is_ai.layers.research.methods import StandardMethod
from where_is_ai.layers.research.openalex import published
from where_is_ai.layers.research.over_time_schema import ByDefinition, ByYear, Lag
from where_is_ai.layers.research.queries import queries
from where_is_ai.layers.research.trend import answer_age_days
from where_is_ai.quarters import Quarter
from where_is_ai.tables import as_table

FIRST_YEAR = 2018
# Windows of the quarters of a year before are asked again; older ones hardly grow any more.
EARLIER_QUARTERS = 4
# The neighbours that some count as AI and some do not, beside it.
SUBFIELDS = {"ai": "1702", "vision": "1707"}

Measured = tuple[Quarter, pd.DataFrame, pd.DataFrame]
Answers = Mapping[str, Sequence[tuple[str, str, int]]]
# The papers of a place and subfield by (id, name) of their topics, and of ALL of them.
Topics = dict[tuple[str, str], dict[tuple[str, str], int]]


def definitions() -> pd.DataFrame:
    """definition, subfield, topics (a pattern of their names, "" for all of the subfield) and says."""
    return pd.read_csv(
        files(__package__).joinpath("definitions.csv").open(encoding="utf-8"),
        keep_default_na=False,
        dtype="str",
    )


def by_year(
    institutions: pd.DataFrame, metros: pd.DataFrame, method: StandardMethod, quarter: Quarter
) -> list[Grouped]:
    """Since FIRST_YEAR: the world, and the leading metros by the institutions that publish there now or lately."""
    last = method.window(quarter)[1]
    among = f"{method.papers},from_publication_date:{FIRST_YEAR}-01-01,to_publication_date:{last}"
    return _places(institutions, metros, method, among, YEAR)


def by_definition(
    institutions: pd.DataFrame, metros: pd.DataFrame, method: StandardMethod, quarter: Quarter
) -> list[Grouped]:
    """The topics of each subfield in the window, of which the definitions are made."""
    rest = method.papers.removeprefix(f"{method.topics},")
    window = published(*method.window(quarter))
    return [
        each
        for subfield in SUBFIELDS.values()
        for each in _places(
            institutions, metros, method, f"primary_topic.subfield.id:{subfield},{rest},{window}", TOPIC
        )
    ]


def earlier_windows(
    metros: pd.DataFrame, method: StandardMethod, earlier: Sequence[Measured]
) -> dict[Quarter, list[Grouped]]:
    """The windows of ``earlier`` quarters (their institutions and metros, oldest first) that were counted alike."""
    return {
        quarter: _places(
            rows, still_leading(then, metros, method), method, queries(method, quarter)["ai_works"], YEAR
        )
        for quarter, rows, then in counted_alike(metros, earlier)
    }


def counted_alike(metros: pd.DataFrame, earlier: Sequence[Measured]) -> list[Measured]:
    """The last EARLIER_QUARTERS of ``earlier`` (oldest first) that were counted as ``metros`` (MetroResearch) are."""
    first = metros.iloc[0]
    alike = [
        (quarter, rows, then)
        for quarter, rows, then in earlier
        if all(then.iloc[0][column] == first[column] for column in ("method", "definition", "classification"))
    ]
    return alike[-EARLIER_QUARTERS:]


def asked_again(
    windows: Mapping[Quarter, Sequence[Grouped]], answers: Answers
) -> dict[Quarter, dict[str, int]]:
    """What each window has now, by place, as far as that was answered."""
    return {
        quarter: {each.place: counted.get(ALL, 0) for each in asked if (counted := each.counts(answers))}
        for quarter, asked in windows.items()
    }


def years(asked: Sequence[Grouped], answers: Answers, names: Mapping[str, str], until: str) -> pd.DataFrame:
    """ByYear of what was answered; the last year is whole only where ``until`` is its last day."""
    rows = [
        (each.place, int(year), works)
        for each in asked
        for (year, _), works in (each.counts(answers) or {}).items()
        if year.isdecimal()
    ]
    return by_year_of(pd.DataFrame(rows, columns=["metro_id", "year", "ai_works"]), names, until)


def by_year_of(works: pd.DataFrame, names: Mapping[str, str], until: str) -> pd.DataFrame:
    """ByYear of ``works`` (metro_id, year, ai_works) up to the day ``until``."""
    ended = (works["year"].astype("int64") != int(until[:4])) | until.endswith("-12-31")
    table = works.assign(metro=works["metro_id"].map(names), whole_year=ended)
    return as_table(table.sort_values(["metro_id", "year"]), ByYear).reset_index(drop=True)


def side_by_side(asked: Sequence[Grouped], answers: Answers, names: Mapping[str, str]) -> pd.DataFrame:
    """ByDefinition: each place's papers by each of the definitions."""
    found: Topics = {}
    for each in asked:
        topics = each.counts(answers)
        if topics is not None:
            subfield = each.among.split(",")[0].rsplit(":", 1)[1]
            found[each.place, subfield] = topics
    return defined(found, names)


def defined(found: Topics, names: Mapping[str, str]) -> pd.DataFrame:
    """ByDefinition of the papers ``found`` by topic, of each place in the order of ``names``."""
    rows = []
    known = {place for place, _ in found}
    for place in (each for each in names if each in known):
        for row in definitions().itertuples(index=False):
            counted = [found.get((place, subfield)) for subfield in row.subfield.split("|")]
            if all(each is not None for each in counted):
                matching = [
                    works
                    for topics in counted
                    for group, works in topics.items()
                    if group != ALL and re.search(row.topics, group[1], re.IGNORECASE)
                ]
                whole = sum(topics.get(ALL, 0) for topics in counted)
                works = sum(matching) if row.topics else whole
                rows.append((place, names[place], row.definition, works, len(matching), row.says))
    table = pd.DataFrame(rows, columns=["metro_id", "metro", "definition", "works", "topics", "says"])
    table["rank"] = (
        table["works"]
        .where(table["metro_id"] != WORLD)
        .groupby(table["definition"])
        .rank(method="min", ascending=False)
    )
    return as_table(table, ByDefinition)


def lag(
    now: Mapping[Quarter, Mapping[str, int]],
    earlier: Mapping[Quarter, tuple[pd.DataFrame, int | None]],
    names: Mapping[str, str],
    asked_on: pd.Timestamp,
) -> pd.DataFrame:
    """Lag: what each window had when it was first measured, and what it has ``now``, by quarter and place.

    ``earlier`` has, by quarter, its MetroResearch and how many AI works the world had then.
    """
    rows = []
    for quarter, found in now.items():
        metros, world = earlier[quarter]
        then = metros.set_index("metro_id")["ai_works"].to_dict() | {WORLD: world}
        ages = answer_age_days(metros)
        for place, works in found.items():
            if pd.notna(then.get(place)):
                rows.append(
                    {
                        "metro_id": place,
                        "metro": names.get(place, place),
                        "quarter": str(quarter),
                        "age_then_days": ages.max(),
                        "works_then": then[place],
                        "age_now_days": (asked_on - pd.Timestamp(quarter.last_day)).days,
                        "works_now": works,
                    }
                )
    table = pd.DataFrame(rows, columns=list(Lag.to_schema().columns))
    table["completeness_pct"] = (table["works_then"] / table["works_now"] * 100).astype("Float64")
    return as_table(table, Lag)


def names_of(metros: pd.DataFrame) -> dict[str, str]:
    """The names of the world and of each metro by its id, in that order."""
    return {WORLD: THE_WORLD, **dict(zip(metros["metro_id"], metros["metro"], strict=True))}


def _places(
    institutions: pd.DataFrame, metros: pd.DataFrame, method: StandardMethod, among: str, by: str
) -> list[Grouped]:
    """The world, then the leading metros."""
    here = leading(institutions, metros, method.followed)
    return [
        Grouped(WORLD, among, method.corpus, by),
        *(of_metro(metro, among, method.corpus, by, _weights(rows)) for metro, rows in here.items()),
    ]


def _weights(rows: pd.DataFrame) -> dict[str, int]:
    """What an institution has now or lately, so that the largest are asked for where not all can be."""
    weight = rows["ai_works"].astype("Int64").fillna(0) + rows["mature_works"].astype("Int64").fillna(0)
    return dict(zip(rows["institution_id"], weight, strict=True))


def still_leading(then: pd.DataFrame, now: pd.DataFrame, method: StandardMethod) -> pd.DataFrame:
    """The rows of ``then`` of the metros that lead now."""
    first = now.sort_values(["rank", "metro_id"]).head(method.followed)["metro_id"]
    return then[then["metro_id"].isin(first)]
