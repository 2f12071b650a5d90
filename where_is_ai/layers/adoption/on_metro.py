"""What the layer says on the page of a metro."""

from math import hypot

import pandas as pd

from where_is_ai.columns import columns_of
from where_is_ai.intervals import Z_90
from where_is_ai.layers.adoption.origin import MADE_UP, SAYS_NOTHING
from where_is_ai.layers.adoption.schema import MetroAdoption
from where_is_ai.layers.adoption.trace import METROS
from where_is_ai.layers.layer import Earlier, EditionTables, National, OnMetro, Row, Slice
from where_is_ai.layers.phrases import changed, known_lines

NOT_READ = (
    "The survey gives the nation's share in a workbook that is not read here. Neither the states' nor the metros' "
    "shares give it: nobody knows here of how many businesses each is, and businesses of several states are in none."
)


def metro_slice(row: Row, edition: EditionTables) -> Slice:
    columns = columns_of(MetroAdoption)
    text = {name: columns[name].text(row.get(name)) for name in columns}
    if pd.isna(row["ai_use_pct"]):
        return Slice("unknown", "share of businesses that use AI", (str(row["why_unknown"]),))
    ranked = int(edition.tables[METROS]["rank"].notna().sum())
    return Slice(
        value=f"{row['ai_use_pct']:.1f} %",
        unit="of businesses used AI in the last two weeks",
        lines=known_lines(
            SAYS_NOTHING if row.get("source") == MADE_UP else "",
            f"Rank {text['rank']} of {ranked} metros without a suppressed cycle",
            f"Between {text['ai_use_low_pct']} and {text['ai_use_high_pct']} % (90 % interval)",
            f"{text['expected_6m_pct']} % expect to in the next six months",
            "A share of firms, not of workers",
            rests_on(row),
        ),
    )


def rests_on(row: Row) -> str:
    said = f"{row['cycles']} of {row['cycles_in_quarter']} cycles, {row['suppressed_cycles']} suppressed"
    return f"{said}; the mean leans high" if row["selected"] else said


def in_short(row: Row) -> str:
    return "unknown" if pd.isna(row["ai_use_pct"]) else f"{row['ai_use_pct']:.1f} % of businesses use AI"


def nation(edition: EditionTables, country: str) -> dict[str, National]:  # noqa: ARG001
    """Unknown: what is read of the survey has no row of the nation."""
    return dict.fromkeys(("ai_use_pct", "expected_6m_pct"), National(None, note=NOT_READ))


def change(row: Row, edition: EditionTables, earlier: Earlier | None) -> str:
    """The difference to the earlier edition's share beside the 90 % error of a difference, or why there is none."""
    if earlier is None or pd.isna(row["ai_use_pct"]):
        return ""
    before, since, until = earlier.row, earlier.quarter, edition.quarter
    why = _why_not_comparable(before, row)
    if why:
        return f"The share can't be compared between {since} and {until}: {why}."
    by = float(row["ai_use_pct"]) - float(before["ai_use_pct"])
    said = changed(
        "the share of businesses that use AI", since, until, by, f"{abs(by):.1f} percentage points"
    )
    errors = (before["ai_use_se_pct"], row["ai_use_se_pct"])
    if any(pd.isna(error) for error in errors):
        return f"{said}: its error is not given, so that nobody can tell it from noise."
    noise = Z_90 * hypot(*map(float, errors))
    if abs(by) <= noise:
        return f"{said}: within noise (give or take {noise:.1f}), so that it may be no change at all."
    leans = " A suppressed cycle is left out of one of them, though, which then leans high." * bool(
        before["selected"] or row["selected"]
    )
    return f"{said}: more than noise (give or take {noise:.1f}).{leans}"


def _why_not_comparable(before: Row, now: Row) -> str:
    if pd.isna(before["ai_use_pct"]):
        return "it was not known then"
    if before.get("source") != now.get("source"):
        return "made-up answers are compared with no others"
    if before.get("wording") != now.get("wording"):
        return "the question was worded otherwise"
    return ""


def unknown(row: Row) -> str:
    """Why no share of a metro is known, as the table says it."""
    return str(row["why_unknown"])


ON_METRO = OnMetro(
    slice=metro_slice,
    history=("ai_use_pct", "ai_use_se_pct", "expected_6m_pct", "rank", "wording", "samples"),
    rests_on=rests_on,
    in_short=in_short,
    unknown=unknown,
    not_here="The survey gives only the 25 largest metros of 2020, in quarters whose file is at hand. San Jose, Austin "
    "and Raleigh are not among the 25.",
    abroad="The survey asks businesses of the USA only.",
    nation=nation,
    change=change,
)
