"""A quarter's use rate: the mean of its cycles with its standard error, and what was left out of it.

A cycle belongs to the quarter in which its collection ended. Cycles are taken as independent samples: each panel of
firms answers every sixth cycle, so that six in a row have no firm in common.
"""

from functools import cache
from math import sqrt
from pathlib import Path

import pandas as pd

from where_is_ai.errors import BadUpstream
from where_is_ai.intervals import Z_90
from where_is_ai.layers.adoption.schema import MetroAdoption, StateAdoption, Use
from where_is_ai.quarters import Quarter
from where_is_ai.tables import RATE_DECIMALS, as_table

# Firms of several states, which are in no state and are not the nation.
SEVERAL_STATES = "XX"
OLDER_SAMPLE = "before 202417"
CYCLES_A_YEAR = 26
# Samples began 24 and 27 cycles apart; beyond this one must have begun that is not listed.
LONGEST_SAMPLE = CYCLES_A_YEAR + 2
TWO_WORDINGS = "the question's wording changed within the quarter"
ALL_SUPPRESSED = "suppressed in every cycle"
NOT_ASKED = "not asked, or not published"


def use_by_stratum(answers: pd.DataFrame, cycles: pd.DataFrame, quarter: Quarter) -> pd.DataFrame:
    """A row per stratum of BtosAnswers with the columns of Use but rank and source; none without a cycle."""
    within = answers[_ends_in(answers["collected_until"], quarter)]
    dated = int(_ends_in(cycles["collected_until"], quarter).sum())
    rows = [
        {"stratum": stratum, "cycles_in_quarter": dated, **_use(of_stratum)}
        for stratum, of_stratum in within.groupby("stratum")
        if (of_stratum["status"] != "not_asked").any()
    ]
    return pd.DataFrame(
        rows,
        columns=["stratum", *(name for name in Use.to_schema().columns if name not in ("rank", "source"))],
    )


def by_state(
    answers: pd.DataFrame, cycles: pd.DataFrame, names: dict[str, str], quarter: Quarter, source: str
) -> pd.DataFrame:
    """StateAdoption; ``names`` has the states' by postal code. Firms of several states are left out."""
    rows = use_by_stratum(answers, cycles, quarter).rename(columns={"stratum": "state"})
    rows = rows[rows["state"] != SEVERAL_STATES]
    return _ranked(rows.assign(name=rows["state"].map(names), source=source), "state", StateAdoption)


def by_metro(
    answers: pd.DataFrame,
    cycles: pd.DataFrame,
    names: pd.DataFrame,
    places: pd.DataFrame,
    quarter: Quarter,
    source: str,
) -> pd.DataFrame:
    """MetroAdoption; ``names`` has area_code and metro of the 25, ``places`` (CbsaPlaces) their points."""
    rows = use_by_stratum(answers, cycles, quarter).rename(columns={"stratum": "area_code"})
    rows = rows.merge(names, "left", "area_code").merge(
        places[["area_code", "lat", "lon"]], "left", "area_code"
    )
    return _ranked(rows.assign(source=source), "area_code", MetroAdoption)


@cache
def samples() -> tuple[str, ...]:
    """The first cycle of each sample, oldest first; what came before belongs to an older one."""
    rows = pd.read_csv(Path(__file__).with_name("samples.csv"), dtype="str")
    return tuple(sorted(rows["first_cycle"]))


def sample_of(cycle: str) -> str:
    """The first cycle of the sample that ``cycle`` asked; raises BadUpstream where that must be a newer one."""
    newest = samples()[-1]
    if (apart := _number(cycle) - _number(newest)) > LONGEST_SAMPLE:
        raise BadUpstream(
            f"The survey's cycle {cycle} is {apart} cycles after the first of the newest sample that is known here, "
            f"{newest}; a sample is asked for about {CYCLES_A_YEAR}.",
            "Add the new sample's first cycle as a line to where_is_ai/layers/adoption/samples.csv.",
        )
    return next((first for first in reversed(samples()) if cycle >= first), OLDER_SAMPLE)


def _number(cycle: str) -> int:
    """Cycles counted through the years."""
    return int(cycle[:4]) * CYCLES_A_YEAR + int(cycle[4:])


def _ends_in(days: pd.Series, quarter: Quarter) -> pd.Series:
    return days.between(quarter.first_day.isoformat(), quarter.last_day.isoformat())


def _use(answers: pd.DataFrame) -> dict[str, object]:
    """What a stratum's answers of the quarter say."""
    now, later = (_mean(answers[answers["question"] == name]) for name in ("current", "expected_6m"))
    mean, error = now["mean"], now["error"]
    reach = None if error is None else Z_90 * error
    asked = answers[answers["status"] != "not_asked"]
    return {
        "ai_use_pct": mean,
        "ai_use_se_pct": error,
        "ai_use_low_pct": None if reach is None else max(mean - reach, 0.0),
        "ai_use_high_pct": None if reach is None else min(mean + reach, 100.0),
        "cycles": now["cycles"],
        "suppressed_cycles": now["suppressed"],
        "selected": now["suppressed"] > 0,
        "expected_6m_pct": later["mean"],
        "expected_6m_se_pct": later["error"],
        "expected_6m_cycles": later["cycles"],
        "expected_6m_suppressed_cycles": later["suppressed"],
        "wording": now["wording"],
        "samples": " + ".join(sorted({sample_of(cycle) for cycle in asked["cycle"]}, key=_first_cycle)),
        "first_cycle": asked["cycle"].min(),
        "last_cycle": asked["cycle"].max(),
        "cycles_averaged": now["names"],
        "why_unknown": now["why"],
    }


def _first_cycle(sample: str) -> str:
    return "" if sample == OLDER_SAMPLE else sample


def _mean(answers: pd.DataFrame) -> dict[str, object]:
    """Mean and standard error of one question's published cycles; none where its wordings mix."""
    asked = answers[answers["status"] != "not_asked"]
    shown = asked[asked["status"] == "published"].sort_values("cycle")
    wordings = sorted(asked["wording"].unique())
    nothing = {"mean": None, "error": None, "cycles": 0, "wording": None, "names": None}
    suppressed = int((asked["status"] == "suppressed").sum())
    if len(wordings) > 1:
        return {**nothing, "suppressed": suppressed, "why": TWO_WORDINGS}
    if shown.empty:
        why = ALL_SUPPRESSED if suppressed else NOT_ASKED
        return {**nothing, "wording": next(iter(wordings), None), "suppressed": suppressed, "why": why}
    errors = shown["se_pct"]
    return {
        "mean": float(shown["use_pct"].mean()),
        "error": None if errors.isna().any() else sqrt(float((errors**2).sum())) / len(shown),
        "cycles": len(shown),
        "suppressed": suppressed,
        "wording": wordings[0],
        "names": " ".join(shown["cycle"]),
        "why": None,
    }


def _ranked(rows: pd.DataFrame, key: str, model: type[Use]) -> pd.DataFrame:
    """Ranks among the rows in which no cycle is suppressed; best first, then the selected, then the unknown."""
    share = rows["ai_use_pct"].astype("Float64").round(RATE_DECIMALS)
    rank = share.where(~rows["selected"].astype(bool)).rank(method="min", ascending=False)
    rows = rows.assign(rank=rank.astype("Int64"), _share=share)
    rows = rows.sort_values(["rank", "_share", key], ascending=[True, False, True])
    return as_table(rows, model).reset_index(drop=True)
