"""From counts to the measure: AI postings per metro, their share, per 100,000 residents, and who is behind them."""

from dataclasses import dataclass

import pandas as pd

from where_is_ai.classifier.counts import count_interval
from where_is_ai.errors import UsageError
from where_is_ai.layers.postings.counts import Counts
from where_is_ai.layers.postings.schema import MetroPostings, NationPostings
from where_is_ai.settings import given_values
from where_is_ai.tables import RATE_DECIMALS, as_table

PER = 100_000
# With fewer employers a number says more about one of them than about the metro.
ENOUGH_EMPLOYERS = 5
_SETTINGS = {"residents": "WHERE_IS_AI_QUALIFY_RESIDENTS", "ai_postings": "WHERE_IS_AI_QUALIFY_POSTINGS"}


@dataclass(frozen=True)
class Rule:
    """Which metros are ranked: the article's rule, at least so many residents and AI postings in the quarter."""

    residents: int = 500_000
    ai_postings: int = 25

    @classmethod
    def chosen(cls) -> "Rule":
        """The article's rule with what the settings WHERE_IS_AI_QUALIFY_RESIDENTS and _POSTINGS change of it."""
        values, chosen = given_values(), {}
        for name, setting in _SETTINGS.items():
            if said := values.get(setting):
                if not said.isdecimal():
                    raise UsageError(
                        f"{setting} is {said!r}, which is no whole number.", "Write 500000, say."
                    )
                chosen[name] = int(said)
        return cls(**chosen)


@dataclass(frozen=True)
class Basis:
    """What a quarter's counts rest on: how many weekly snapshots, flow or stock, which classifier, which sources."""

    snapshots: int
    kind: str
    classifier: str
    classifier_name: str
    sources: str


def roll_up(
    counts: Counts, growth: pd.DataFrame, places: pd.DataFrame, basis: Basis, rule: Rule
) -> pd.DataFrame:
    """MetroPostings: a row per metro of ``places`` (CbsaPlaces) with any posting, first rank first.

    ``growth`` has area_code, growth_before, growth_after, growth_pct, why_no_growth (see ``growth``).
    """
    metros = places[places["kind"] == "metro"].rename(columns={"name": "metro"}).drop(columns="kind")
    metros = metros.merge(counts.metros, on="area_code", validate="one_to_one")
    metros = metros.merge(_intervals(counts, basis.classifier_name), on="area_code", how="left")
    metros = metros.merge(growth, on="area_code", how="left")
    metros["ai_share_pct"] = metros["ai_postings"] / metros["all_postings"] * 100
    metros["ai_postings_per_100k"] = metros["ai_postings"] / metros["population"] * PER
    enough = metros["population"].ge(rule.residents).fillna(False).astype(bool)
    metros["qualifies"] = enough & metros["ai_postings"].ge(rule.ai_postings)
    ranked = metros["ai_postings_per_100k"].where(metros["qualifies"])
    metros["rank"] = ranked.round(RATE_DECIMALS).rank(method="min", ascending=False).astype("Int64")
    metros["few_employers"] = metros["employers"] < ENOUGH_EMPLOYERS
    metros = metros.assign(
        classifier=basis.classifier, snapshots=basis.snapshots, basis=basis.kind, sources=basis.sources
    )
    metros = metros.sort_values(["rank", "ai_postings_per_100k", "area_code"], ascending=[True, False, True])
    return as_table(metros, MetroPostings).reset_index(drop=True)


def nation(counts: Counts, basis: Basis, residents: pd.DataFrame) -> pd.DataFrame:
    """NationPostings: one row, per the residents (NationResidents) of the vintage that the metros have."""
    row = counts.nation.iloc[0]
    residents = _residents(residents)
    share = row["ai_postings"] / row["all_postings"] * 100 if row["all_postings"] else pd.NA
    by_status = counts.places
    found = {
        **row.to_dict(),
        "ai_share_pct": share,
        "ai_postings_per_100k": row["ai_postings"] / residents["population"] * PER,
        **residents,
        "snapshots": basis.snapshots,
        "basis": basis.kind,
        "undated": counts.undated,
        "classifier": basis.classifier,
        "sources": basis.sources,
    }
    names = {"metro": "in_metros", "micro": "in_micros", "usa": "usa_only"}
    for status in ("metro", "micro", "rural", "ambiguous", "remote", "usa", "abroad", "unnamed", "unknown"):
        found[names.get(status, status)] = int(by_status.get(status, 0))
    return as_table(pd.DataFrame([found]), NationPostings)


def _residents(nation: pd.DataFrame) -> dict[str, object]:
    """What NationResidents say, unknown where the vintage of the metros' residents can't be had for the nation."""
    names = ("population", "population_year", "population_vintage")
    return {name: nation[name].iloc[0] if len(nation) else pd.NA for name in names}


def _intervals(counts: Counts, classifier_name: str) -> pd.DataFrame:
    """Expected AI postings and their 95 % interval per area, given that verdicts can be wrong."""
    unknown = counts.metros.set_index("area_code")["unknown"]
    rows = []
    for area_code, part in counts.probabilities.groupby("area_code"):
        found = count_interval(
            part["probability"].to_numpy(float),
            classifier_name,
            part["postings"].to_numpy(float),
            int(unknown.get(area_code, 0)),
        )
        rows.append((area_code, *found))
    columns = ["area_code", "ai_postings_expected", "ai_postings_low", "ai_postings_high"]
    return pd.DataFrame(rows, columns=columns)
