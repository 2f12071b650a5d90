"""From counts to the measure: AI postings per metro, their share, per 100,000 residents, and who is behind them.

Counts, shares, rates and ranks are corrected for what the classifier is known to get wrong (see ``corrected``).
"""

from dataclasses import dataclass

import pandas as pd

from where_is_ai.errors import UsageError
from where_is_ai.layers.postings.corrected import by_metro, of_nation
from where_is_ai.layers.postings.counts import Counts
from where_is_ai.layers.postings.coverage import ranks_without_one_employer
from where_is_ai.layers.postings.schema import MetroPostings, NationPostings
from where_is_ai.layers.postings.standing import COLUMNS as STANDING
from where_is_ai.layers.postings.standing import NATION
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
    counts: Counts,
    growth: pd.DataFrame,
    places: pd.DataFrame,
    basis: Basis,
    rule: Rule,
    standing: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """MetroPostings: a row per metro of ``places`` (CbsaPlaces) with any posting, first rank first.

    ``growth`` has area_code, growth_before, growth_after, growth_pct, why_no_growth (see ``growth``);
    ``standing`` area_code, ai_open_at_end, median_days_open, where snapshots tell (see ``standing``).
    """
    metros = places[places["kind"] == "metro"].rename(columns={"name": "metro"}).drop(columns="kind")
    metros = metros.merge(counts.metros.drop(columns="ai_postings"), on="area_code", validate="one_to_one")
    metros = metros.merge(by_metro(counts, basis.classifier_name), on="area_code", validate="one_to_one")
    metros = metros.merge(growth, on="area_code", how="left")
    metros = metros.merge(_known(standing), on="area_code", how="left")
    metros["ai_share_pct"] = metros["ai_postings"] / metros["all_postings"] * 100
    for end in ("", "_low", "_high"):
        metros[f"ai_postings_per_100k{end}"] = metros[f"ai_postings{end}"] / metros["population"] * PER
    enough = metros["population"].ge(rule.residents).fillna(False).astype(bool)
    metros["qualifies"] = enough & metros["ai_postings"].ge(rule.ai_postings)
    ranked = metros["ai_postings_per_100k"].where(metros["qualifies"])
    metros["rank"] = ranked.round(RATE_DECIMALS).rank(method="min", ascending=False).astype("Int64")
    metros = metros.merge(counts.coverage, on="area_code", how="left")
    of_ranked = metros.loc[metros["rank"].notna(), ["area_code", "ai_postings_expected", "population"]]
    ranges = ranks_without_one_employer(of_ranked, counts.employers, PER)
    metros = metros.merge(ranges, on="area_code", how="left")
    metros["few_employers"] = metros["employers"] < ENOUGH_EMPLOYERS
    metros = metros.assign(
        classifier=basis.classifier, snapshots=basis.snapshots, basis=basis.kind, sources=basis.sources
    )
    metros = metros.sort_values(["rank", "ai_postings_per_100k", "area_code"], ascending=[True, False, True])
    return as_table(metros, MetroPostings).reset_index(drop=True)


def nation(
    counts: Counts, basis: Basis, residents: pd.DataFrame, standing: pd.DataFrame | None = None
) -> pd.DataFrame:
    """NationPostings: one row, per the residents (NationResidents) of the vintage that the metros have.

    ``standing`` as in ``roll_up``, with a row of the nation.
    """
    row = counts.nation.drop(columns="unknown").iloc[0].to_dict()
    row |= of_nation(counts, basis.classifier_name)
    residents = _residents(residents)
    share = row["ai_postings"] / row["all_postings"] * 100 if row["all_postings"] else pd.NA
    by_status = counts.places
    found = {
        **row,
        "ai_share_pct": share,
        "ai_postings_per_100k": row["ai_postings"] / residents["population"] * PER,
        **residents,
        "snapshots": basis.snapshots,
        "basis": basis.kind,
        "undated": counts.undated,
        "classifier": basis.classifier,
        "sources": basis.sources,
        **_known(standing).set_index("area_code").reindex([NATION])[STANDING].iloc[0].to_dict(),
    }
    names = {"metro": "in_metros", "micro": "in_micros", "usa": "usa_only"}
    for status in ("metro", "micro", "rural", "ambiguous", "remote", "usa", "abroad", "unnamed", "unknown"):
        found[names.get(status, status)] = int(by_status.get(status, 0))
    return as_table(pd.DataFrame([found]), NationPostings)


def _residents(nation: pd.DataFrame) -> dict[str, object]:
    """What NationResidents say, unknown where the vintage of the metros' residents can't be had for the nation."""
    names = ("population", "population_year", "population_vintage")
    return {name: nation[name].iloc[0] if len(nation) else pd.NA for name in names}


def _known(standing: pd.DataFrame | None) -> pd.DataFrame:
    return pd.DataFrame(columns=["area_code", *STANDING]) if standing is None else standing
