"""Checks of the postings layer: that nothing is lost, guessed or left unread without saying so."""

import dagster as dg
import pandas as pd

from where_is_ai.archive.entry import Entry
from where_is_ai.defs.checks import FITS_ITS_MODEL, result
from where_is_ai.defs.partitions import quarter_of
from where_is_ai.defs.resources import Choices
from where_is_ai.defs.steps import asset_check
from where_is_ai.layers.postings import snapshots
from where_is_ai.layers.postings.boards import known_boards
from where_is_ai.layers.postings.quarter import misfits
from where_is_ai.layers.postings.schema import Postings, PostingVerdicts, Posts
from where_is_ai.layers.postings.verdicts import unjudged
from where_is_ai.tables import Table

WARN = dg.AssetCheckSeverity.WARN
MOST_UNREAD_PCT = 10
PLACE_GROUPS = (
    "in_metros", "in_micros", "rural", "ambiguous", "remote", "usa_only", "abroad", "unnamed", "unknown"
)  # fmt: skip


def fits_model_by_parts(asset: str, model: type[Table]) -> dg.AssetChecksDefinition:
    """The blocking check of a file that is too large to be held at once."""

    @asset_check(
        asset=asset,
        blocking=True,
        name=FITS_ITS_MODEL,
        description=f"Every row is as {model.__name__} says, checked in parts; nothing downstream runs otherwise.",
    )
    def check(context: dg.AssetCheckExecutionContext, choices: Choices) -> dg.AssetCheckResult:
        path = choices.shelf.path(asset, quarter_of(context))
        wrong = misfits(path, model) if path.exists() else pd.DataFrame()
        return result(f"all rows fit {model.__name__}", wrong)

    return check


fit_their_models = [
    fits_model_by_parts("postings", Postings),
    fits_model_by_parts("posting_posts", Posts),
    fits_model_by_parts("posting_verdicts", PostingVerdicts),
]


@asset_check(asset="posting_verdicts")
def each_posting_is_judged(context: dg.AssetCheckExecutionContext, choices: Choices) -> dg.AssetCheckResult:
    """There is one verdict per posting, and none without a posting."""
    paths = [choices.shelf.path(name, quarter_of(context)) for name in ("postings", "posting_verdicts")]
    if not all(path.exists() for path in paths):
        return result("one verdict per posting", pd.DataFrame())
    return result("one verdict per posting", unjudged(*paths))


@asset_check(
    asset="usa_ai_postings_nation",
    additional_ins={"locations": dg.AssetIn("posting_locations")},
)
def no_posting_is_lost(
    context: dg.AssetCheckExecutionContext,
    choices: Choices,
    usa_ai_postings_nation: pd.DataFrame,
    locations: pd.DataFrame,
) -> dg.AssetCheckResult:
    """Each posting that counts is in exactly one group by what its location came to."""
    path = choices.shelf.path("postings", quarter_of(context))
    if usa_ai_postings_nation.empty:
        return result("each posting in one group", pd.DataFrame())
    row = usa_ai_postings_nation.iloc[0]
    is_new = pd.read_parquet(path, columns=["is_new"])["is_new"].astype("boolean")
    wanted = len(is_new) if row["basis"] == "stock" else int(is_new.sum())
    found = int(row[list(PLACE_GROUPS)].sum())
    wrong = pd.DataFrame([{"postings": wanted, "in_groups": found}] if found != wanted else [])
    return result(f"{wanted:,} postings of {len(locations):,} locations, each in one group", wrong)


@asset_check(asset="usa_ai_postings_nation")
def locations_are_read(usa_ai_postings_nation: pd.DataFrame) -> dg.AssetCheckResult:
    """Few locations are ambiguous or not recognised; those are never guessed, so they are missing from the metros."""
    rows = usa_ai_postings_nation
    unread = (rows["ambiguous"] + rows["unknown"]) / rows[list(PLACE_GROUPS)].sum(axis=1) * 100
    wrong = rows.loc[unread > MOST_UNREAD_PCT, [*PLACE_GROUPS]]
    return result(f"at most {MOST_UNREAD_PCT} % of postings ambiguous or unknown", wrong, WARN)


@asset_check(asset="usa_ai_postings_nation")
def snapshots_make_a_flow(usa_ai_postings_nation: pd.DataFrame) -> dg.AssetCheckResult:
    """The quarter has snapshots enough to tell new postings from what just happened to be open."""
    few = usa_ai_postings_nation.loc[usa_ai_postings_nation["basis"] == "stock", ["snapshots", "basis"]]
    return result(f"at least {snapshots.SNAPSHOTS_OF_A_FLOW} weekly snapshots of boards", few, WARN)


@asset_check(asset="raw_job_boards")
def boards_answered_every_week(
    context: dg.AssetCheckExecutionContext, choices: Choices, raw_job_boards: list[Entry]
) -> dg.AssetCheckResult:
    """Each board on the list answered in each snapshot of the quarter; who did not is named, with how often."""
    quarter = quarter_of(context)
    weeks = snapshots.weeks_of(raw_job_boards, quarter)
    listed = known_boards(choices.settings.data) if weeks else ()
    answered = snapshots.by_board(raw_job_boards, listed)
    missed = {
        board.name: len(weeks) - len(snapshots.weeks_of(answered.get(board, ()), quarter)) for board in listed
    }
    wrong = pd.DataFrame(
        [(name, count) for name, count in missed.items() if count], columns=["board", "weeks_missed"]
    )
    expected = f"{len(listed)} boards, an answer in each of {len(weeks)} weeks of {quarter}"
    return result(expected, wrong.sort_values("weeks_missed", ascending=False), WARN)


@asset_check(asset="posting_troubles")
def every_board_and_file_is_read(posting_troubles: pd.DataFrame) -> dg.AssetCheckResult:
    """No answer or file was left out as a whole; one that is never loses the others."""
    unread = posting_troubles[
        posting_troubles["trouble"].isin(("answer can't be read", "file can't be read"))
    ]
    return result("every archived answer can be read", unread, WARN)
