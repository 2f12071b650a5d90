"""From cases to metros and to the nation, and the same quarter of the year before beside them.

Nothing is compared with the quarter before: most cases are filed for the cap season and decided by March or April.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import timedelta

import pandas as pd

from where_is_ai.archive.entry import Entry
from where_is_ai.archive.store import IN_TIME
from where_is_ai.geography.places import locate
from where_is_ai.layers.visas.definitions import definition, measured
from where_is_ai.layers.visas.disclosures import DUE_DAYS
from where_is_ai.layers.visas.employers import FEWEST_NAMED
from where_is_ai.layers.visas.schema import PLACED, MetroVisas, NationVisas
from where_is_ai.quarters import Quarter
from where_is_ai.tables import as_table

FEWEST_CASES = 10
ALL = "all certified cases"
MADE_UP = "made-up cases"
NO_CASES = "no AI case"
FEW_CASES = f"fewer than {FEWEST_CASES} AI cases"
FEW_EMPLOYERS = f"fewer than {FEWEST_NAMED} employers"
COMPARED = (
    "ai_lca_cases_year_before",
    "ai_lca_cases_change_pct",
    "ai_share_year_before_pct",
    "ai_share_change",
)


@dataclass(frozen=True)
class Rests:
    """What all rows of a quarter rest on, as the columns of schema.Basis."""

    definition: str
    title_classifier: str
    title_precision_pct: float
    title_recall_pct: float
    sources: str
    retrieved_on: str
    as_known: bool


def rests_on(cases: pd.DataFrame, entries: Sequence[Entry], quarter: Quarter) -> Rests:
    """What the quarter's LcaCases rest on; ``entries`` are the files that they were read from."""
    titles, certified = measured(), cases.loc[cases["status"] == "certified", "soc_code"]
    received = max(entry.retrieved.date() for entry in entries)
    made_up = any(entry.reconstructed for entry in entries)
    in_time = quarter.last_day + timedelta(days=DUE_DAYS) + IN_TIME
    return Rests(
        definition=definition(certified),
        title_classifier=titles.classifier,
        title_precision_pct=titles.precision_pct[0],
        title_recall_pct=titles.recall_pct[0],
        sources=MADE_UP if made_up else " + ".join(sorted(cases["file"].unique())),
        retrieved_on=received.isoformat(),
        as_known=received <= in_time,
    )


def by_metro(
    placed: pd.DataFrame, places: pd.DataFrame, rests: Rests, before: pd.DataFrame | None
) -> pd.DataFrame:
    """MetroVisas of all metros with a certified case.

    ``placed`` are LcaCases with the columns ``placed`` and ``area_code``, ``places`` CbsaPlaces, ``before`` the table
    of the same quarter a year before, None where it is not at hand.
    """
    certified = placed[placed["status"] == "certified"]
    rows = _counted(certified[certified["placed"] == "metro"], "area_code")
    rows["metro"] = rows["area_code"].map(places.set_index("area_code")["name"])
    rows = rows.assign(**asdict(rests))
    rows = _compared(rows, before, "area_code")
    ranked = rows["ai_lca_cases"].where(rows["ai_lca_cases"] >= FEWEST_CASES)
    rows["rank"] = ranked.rank(method="min", ascending=False).astype("Int64")
    rows[["lat", "lon"]] = locate(rows, places)
    ordered = rows.sort_values(
        ["rank", "ai_lca_cases", "all_lca_cases", "area_code"], ascending=[True, False, False, True]
    )
    return as_table(ordered, MetroVisas).reset_index(drop=True)


def nation(placed: pd.DataFrame, rests: Rests, before: pd.DataFrame | None) -> pd.DataFrame:
    """NationVisas: all cases, then by how far their worksite was placed; together the parts are all."""
    parts = placed.assign(part=placed["placed"].map(PLACED))
    whole = placed.assign(part=ALL)
    rows = []
    for cases, names in ((whole, [ALL]), (parts, list(PLACED.values()))):
        certified = cases[cases["status"] == "certified"]
        rest = {
            "withdrawn_cases": _number(
                cases, cases["status"].isin(["withdrawn", "certified_withdrawn"]), "part"
            ),
            "denied_cases": _number(cases, cases["status"] == "denied", "part"),
            "cases_without_code": _number(certified, certified["ai_occupation"].isna(), "part"),
            "late_cases": _number(certified, certified["late"], "part"),
        }
        counted = _counted(certified, "part", names).set_index("part")
        counted["ai_cases_without_wage"] = counted["ai_lca_cases"] - counted["waged"]
        rows.append(
            counted.assign(**{name: each.reindex(names, fill_value=0) for name, each in rest.items()})
        )
    table = pd.concat(rows).reset_index()
    return as_table(_compared(table.assign(**asdict(rests)), before, "part"), NationVisas)


def with_places(cases: pd.DataFrame, worksites: pd.DataFrame) -> pd.DataFrame:
    """LcaCases with ``placed`` and ``area_code`` of their worksites (LcaWorksites), and whether they came ``late``."""
    own = cases["file"].iloc[0] if len(cases) else ""
    found = cases.merge(
        worksites[["worksite", "placed", "area_code"]], "left", "worksite", validate="many_to_one"
    )
    return found.assign(late=found["file"] != own)


def year_before(quarter: Quarter) -> Quarter:
    return Quarter(quarter.year - 1, quarter.number)


def _counted(certified: pd.DataFrame, by: str, names: Sequence[str] | None = None) -> pd.DataFrame:
    """The columns of schema.Offers that one quarter gives, why some are withheld, and how many AI cases have a wage.

    A row for each of ``names``, by default for each group that has a case.
    """
    cases = certified.assign(
        ai=certified["ai_occupation"].fillna(False).astype(bool),
        titled=certified["ai_title"].fillna(False).astype(bool),
    )
    ai = cases[cases["ai"]]
    groups, of_ai = cases.groupby(by), ai.groupby(by)
    rows = pd.DataFrame(
        {
            "ai_lca_cases": groups["ai"].sum(),
            "all_lca_cases": groups.size(),
            "ai_lca_cases_by_title": groups["titled"].sum(),
            **{
                column: of_ai[name].sum()
                for column, name in (
                    ("ai_lca_positions", "positions"),
                    ("ai_lca_positions_new", "positions_new"),
                    ("ai_lca_positions_renewed", "positions_renewed"),
                )
            },
            "ai_staffing_cases": _number(ai, ai["staffing"].fillna(False), by),
            "employers": of_ai["employer"].nunique(),
            "waged": of_ai["wage_usd_per_year"].count(),
            "median": of_ai["wage_usd_per_year"].median(),
        }
    )
    rows = rows.rename_axis(by) if names is None else rows.reindex(pd.Index(names, name=by))
    numbers = rows.columns.drop("median")
    rows[numbers] = rows[numbers].fillna(0).astype("Int64")
    rows["ai_share_pct"] = _share(rows["ai_lca_cases"], rows["all_lca_cases"])
    rows["ai_share_by_title_pct"] = _share(rows["ai_lca_cases_by_title"], rows["all_lca_cases"])
    several = rows["employers"] >= FEWEST_NAMED
    rows["ai_employers"] = rows["employers"].where(several)
    rows["median_wage_usd_per_year"] = rows["median"].where(several & (rows["waged"] >= FEWEST_CASES))
    rows["why_withheld"] = None
    rows.loc[~several, "why_withheld"] = FEW_EMPLOYERS
    rows.loc[rows["ai_lca_cases"] < FEWEST_CASES, "why_withheld"] = FEW_CASES
    rows.loc[rows["ai_lca_cases"] == 0, "why_withheld"] = NO_CASES
    return rows.reset_index()


def _compared(rows: pd.DataFrame, before: pd.DataFrame | None, key: str) -> pd.DataFrame:
    """``rows`` with the columns COMPARED and ``why_no_change``, from the same table of the year before."""
    missing = {name: pd.Series(pd.NA, index=rows.index, dtype="Float64") for name in COMPARED}
    why = _why_not_comparable(rows, before)
    if before is None or why:
        return rows.assign(**missing, why_no_change=why)
    earlier = before.set_index(key)[["ai_lca_cases", "ai_share_pct"]].reindex(rows[key]).set_axis(rows.index)
    then = earlier["ai_lca_cases"].fillna(0).astype("Int64")
    enough = (then >= FEWEST_CASES) & (rows["ai_lca_cases"] >= FEWEST_CASES)
    return rows.assign(
        ai_lca_cases_year_before=then,
        ai_lca_cases_change_pct=((rows["ai_lca_cases"] - then) / then.where(enough) * 100).astype("Float64"),
        ai_share_year_before_pct=earlier["ai_share_pct"],
        ai_share_change=rows["ai_share_pct"].where(enough) - earlier["ai_share_pct"],
        why_no_change=pd.Series(None, index=rows.index, dtype="object").where(
            enough, f"{FEW_CASES} in either year"
        ),
    )


def _why_not_comparable(rows: pd.DataFrame, before: pd.DataFrame | None) -> str:
    if before is None or before.empty:
        return "the same quarter of the year before is not at hand"
    if before["definition"].iloc[0] != rows["definition"].iloc[0]:
        return f"the year before was counted by {before['definition'].iloc[0]}"
    if (before["sources"].iloc[0] == MADE_UP) != (rows["sources"].iloc[0] == MADE_UP):
        return "made-up cases are compared with no others"
    return ""


def _share(part: pd.Series, whole: pd.Series) -> pd.Series:
    """In percent; NA where the part is too small to say."""
    return (part.where(part >= FEWEST_CASES) / whole * 100).astype("Float64")


def _number(cases: pd.DataFrame, which: pd.Series, by: str) -> pd.Series:
    return which.astype(int).groupby(cases[by]).sum()
