"""AI jobs offered to foreign workers, from labor condition applications: assets and checks."""

import dagster as dg
import pandas as pd

from where_is_ai.archive.entry import Entry
from where_is_ai.defs.checks import result
from where_is_ai.defs.groups import quarterly, received_from
from where_is_ai.defs.outputs import described_by, kept_entries, left_out, table
from where_is_ai.defs.partitions import quarter_of
from where_is_ai.defs.resources import Choices
from where_is_ai.defs.steps import asset, asset_check
from where_is_ai.layers.visas import metro
from where_is_ai.layers.visas.checks import more_than_all, unlike_all, unlike_cases
from where_is_ai.layers.visas.disclosures import OFLC, find
from where_is_ai.layers.visas.notes import METROS, NATION
from where_is_ai.layers.visas.schema import LcaCases, LcaWorksites, MetroVisas, NationVisas
from where_is_ai.layers.visas.source import read_cases
from where_is_ai.layers.visas.worksites import place_worksites

COMMON = quarterly("visas")
WARN = dg.AssetCheckSeverity.WARN
MOST_UNPLACED_PCT, MOST_ELSEWHERE_PCT, MOST_UNREADABLE_PCT = 5, 10, 5
MOST_WITHDRAWN_PCT = 25


@asset(**COMMON, **received_from(OFLC), kinds={"excel"})
def raw_lca_disclosures(context: dg.AssetExecutionContext, choices: Choices) -> dg.Output[list[Entry]]:
    """The files of disclosed labor condition applications that hold the quarter's decisions, kept whole as they came.

    They come five to six weeks after the quarter; until then the layer is left out as expected. The files
    name people, so that their owner alone may read them, and of 96 columns 18 are ever read.
    """
    found = find(choices.library(context), quarter_of(context), context.log.info)
    return kept_entries(list(found.entries), found.why_none)


@asset(**COMMON, kinds={"pandas"}, metadata=described_by(LcaCases))
def lca_cases(
    context: dg.AssetExecutionContext, choices: Choices, raw_lca_disclosures: list[Entry]
) -> dg.Output[pd.DataFrame]:
    """Every case decided in the quarter, once, with its occupation, title, wage, positions and worksite.

    Decisions count by their day, not by the file: a file of the year to date has other quarters too, and
    any file some stragglers. The names of contacts and attorneys are never read. It stays in the local folder.
    """
    if not raw_lca_disclosures:
        return left_out(LcaCases, "No file with the quarter's decisions is at hand.")
    cases, why_none = read_cases(choices.library(context), raw_lca_disclosures, quarter_of(context))
    return left_out(LcaCases, why_none) if why_none else table(cases, LcaCases)


@asset(**COMMON, kinds={"pandas"}, metadata=described_by(LcaWorksites))
def lca_worksites(
    lca_cases: pd.DataFrame, cbsa_counties: pd.DataFrame, zip_counties: pd.DataFrame
) -> dg.Output[pd.DataFrame]:
    """Every distinct worksite as employers typed it, and the metro it was placed in.

    By its county, where that is no mere name of the state; else by its ZIP code, else by its city. In
    Connecticut the town decides, since its old counties lie across the planning regions of today.
    """
    return table(place_worksites(lca_cases["worksite"], cbsa_counties, zip_counties), LcaWorksites)


@asset(**COMMON, kinds={"pandas"}, metadata=described_by(MetroVisas))
def usa_ai_visas_by_metro(
    context: dg.AssetExecutionContext,
    choices: Choices,
    raw_lca_disclosures: list[Entry],
    lca_cases: pd.DataFrame,
    lca_worksites: pd.DataFrame,
    cbsa_places: pd.DataFrame,
) -> dg.Output[pd.DataFrame]:
    """Certified AI cases of each metro, their share of all, positions, employers and median wage.

    The strict count is by occupation, as in employment; beside it stands that by title, with what was
    measured of reading titles. Changes are told from the same quarter of the year before alone.
    """
    if lca_cases.empty:
        return left_out(MetroVisas, "There are no cases of the quarter.")
    quarter = quarter_of(context)
    placed = metro.with_places(lca_cases, lca_worksites)
    rests = metro.rests_on(lca_cases, raw_lca_disclosures, quarter)
    before = choices.shelf.table(METROS, metro.year_before(quarter))
    return table(metro.by_metro(placed, cbsa_places, rests, before), MetroVisas)


@asset(**COMMON, kinds={"pandas"}, metadata=described_by(NationVisas))
def usa_ai_visas_nation(
    context: dg.AssetExecutionContext,
    choices: Choices,
    raw_lca_disclosures: list[Entry],
    lca_cases: pd.DataFrame,
    lca_worksites: pd.DataFrame,
) -> dg.Output[pd.DataFrame]:
    """All certified cases of the quarter, and how many are in metros, in micro areas, outside, or not placed.

    Also what is in no number: cases withdrawn or denied, codes and wages that can't be read, cases that came
    with a later file.
    """
    if lca_cases.empty:
        return left_out(NationVisas, "There are no cases of the quarter.")
    quarter = quarter_of(context)
    placed = metro.with_places(lca_cases, lca_worksites)
    rests = metro.rests_on(lca_cases, raw_lca_disclosures, quarter)
    before = choices.shelf.table(NATION, metro.year_before(quarter))
    return table(metro.nation(placed, rests, before), NationVisas)


@asset_check(asset=usa_ai_visas_by_metro, additional_ins={"nation": dg.AssetIn("usa_ai_visas_nation")})
def metros_sum_to_the_nation_s_metros(
    usa_ai_visas_by_metro: pd.DataFrame, nation: pd.DataFrame
) -> dg.AssetCheckResult:
    """The metros together have what the nation's table says of cases in metros: none is lost or counted twice."""
    return result("the sums of the cases placed in metros", unlike_cases(usa_ai_visas_by_metro, nation))


@asset_check(asset=usa_ai_visas_nation)
def parts_sum_to_all_cases(usa_ai_visas_nation: pd.DataFrame) -> dg.AssetCheckResult:
    """Cases in metros, in micro areas, outside and not placed are together all certified cases."""
    return result("the sums of all certified cases", unlike_all(usa_ai_visas_nation))


@asset_check(asset=usa_ai_visas_by_metro)
def no_part_exceeds_its_whole(usa_ai_visas_by_metro: pd.DataFrame) -> dg.AssetCheckResult:
    """AI cases are no more than all cases, new hires and renewals no more than positions."""
    return result("parts within their wholes", more_than_all(usa_ai_visas_by_metro))


@asset_check(asset=lca_worksites, additional_ins={"cases": dg.AssetIn("lca_cases")})
def worksites_are_placed(lca_worksites: pd.DataFrame, cases: pd.DataFrame) -> dg.AssetCheckResult:
    """Nearly all cases have a place; otherwise counties or ZIP codes are written in a new way."""
    rows = cases[["worksite"]].merge(lca_worksites, "left", "worksite")
    without = rows[rows["placed"] == "unplaced"]
    return _few(without["worksite"].value_counts().reset_index(), len(without), len(rows), MOST_UNPLACED_PCT)


@asset_check(asset=lca_worksites)
def zip_codes_agree_with_counties(lca_worksites: pd.DataFrame) -> dg.AssetCheckResult:
    """Where county and ZIP code both lead to an area, it is mostly the same."""
    rows = lca_worksites[lca_worksites["zip_agrees"].notna()]
    apart = rows[~rows["zip_agrees"].astype(bool)]
    return _few(apart[["worksite", "area_code"]], len(apart), len(rows), MOST_ELSEWHERE_PCT)


@asset_check(asset=lca_cases)
def codes_and_wages_are_readable(lca_cases: pd.DataFrame) -> dg.AssetCheckResult:
    """Few certified cases lack a readable code, wage or number of positions; spreadsheets turn codes into dates."""
    certified = lca_cases[lca_cases["status"] == "certified"]
    lacks = certified[["soc_code", "wage_usd_per_year", "positions"]].isna()
    rows = pd.DataFrame({"column": lacks.columns, "cases": lacks.sum().to_numpy()})
    wrong = rows[rows["cases"] > MOST_UNREADABLE_PCT / 100 * len(certified)]
    return result(
        f"at most {MOST_UNREADABLE_PCT} % of {len(certified):,} cases without one",
        wrong,
        WARN,
        found="; ".join(f"{row.column} {row.cases:,}" for row in rows.itertuples()),
    )


@asset_check(asset=lca_cases)
def most_cases_are_certified(lca_cases: pd.DataFrame) -> dg.AssetCheckResult:
    """About a tenth of the decisions are withdrawals; many more would mean another meaning of the status."""
    gone = lca_cases[lca_cases["status"].isin(["withdrawn", "certified_withdrawn"])]
    return _few(gone["status"].value_counts().reset_index(), len(gone), len(lca_cases), MOST_WITHDRAWN_PCT)


def _few(wrong: pd.DataFrame, number: int, rows: int, most_pct: float) -> dg.AssetCheckResult:
    """Passed where at most ``most_pct`` percent of the ``rows`` are among the ``wrong``."""
    passed = number <= most_pct / 100 * rows
    found = f"{number:,} of {rows:,}"
    return result(f"at most {most_pct} %", wrong.head(0) if passed else wrong, WARN, found=found)
