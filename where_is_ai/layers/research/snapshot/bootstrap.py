"""How far a metro's numbers would move if chance had brought other papers: a Poisson bootstrap over works.

In each replicate a work counts as often as a Poisson draw of mean 1 says. The draw is a function of the work's number
and the replicate alone, in whole numbers that no engine overflows or rounds: every engine, order and part gives the
same, and works of several metros move together. The hash is a polynomial of degree three over a prime field, so that
the draws of any four works are independent.
"""

import random
from math import exp, factorial

import ibis
import pandas as pd
import pyarrow as pa
from ibis.expr import types as ir

from where_is_ai.layers.research.snapshot.counts import MEASURES

REPLICATES = 200
# Of the replicates, so many percent lie in an interval.
CONFIDENCE_PCT = 95
PRIME = 2**31 - 1
RESAMPLED = ("ai_works", "mature_works", "top_10_works", "top_1_works")
_SEED = 1
_COEFFICIENTS = ("a", "b", "c", "d")
_MOST_DRAWN = 9

assert set(RESAMPLED) <= set(MEASURES)


def replicates(count: int = REPLICATES) -> pa.Table:
    """The coefficients of each replicate's hash; the same each time."""
    draw = random.Random(_SEED)
    rows = {name: [draw.randrange(1, PRIME) for _ in range(count)] for name in _COEFFICIENTS}
    return pa.table({"replicate": pa.array(range(count), pa.int64()), **rows})


def resampled(found: ir.Table, each: ir.Table) -> ir.Table:
    """metro_id, replicate and RESAMPLED as that replicate counts them, from ``in_metros`` and ``replicates``."""
    used = found.filter(found.ai_works | found.mature_works).select("work", "metro_id", *RESAMPLED)
    drawn = used.cross_join(each)
    drawn = drawn.mutate(weight=_poisson(_hash(drawn.work, [drawn[name] for name in _COEFFICIENTS])))
    return drawn.group_by("metro_id", "replicate").agg(
        **{name: ibis.ifelse(drawn[name], drawn.weight, 0).sum().cast("int64") for name in RESAMPLED}
    )


def intervals(drawn: pd.DataFrame) -> pd.DataFrame:
    """By metro_id: ``…_from`` and ``…_to`` of the works, rank and shares of the most cited ones, over the replicates.

    ``drawn`` is what ``resampled`` gives. A replicate without mature works has no share.
    """
    values = pd.DataFrame({"metro_id": drawn["metro_id"], "ai_works": drawn["ai_works"]})
    values["rank"] = drawn.groupby("replicate")["ai_works"].rank(method="min", ascending=False)
    mature = drawn["mature_works"].where(drawn["mature_works"] > 0)
    for share, part in (("top_10_pct", "top_10_works"), ("top_1_pct", "top_1_works")):
        values[share] = drawn[part] / mature * 100
    outside = (1 - CONFIDENCE_PCT / 100) / 2
    by_metro = values.groupby("metro_id")
    ends = {"from": by_metro.quantile(outside, interpolation="lower")}
    ends["to"] = by_metro.quantile(1 - outside, interpolation="higher")
    return pd.concat([end.add_suffix(f"_{name}") for name, end in ends.items()], axis="columns")


def _hash(work: ir.IntegerValue, coefficients: list[ir.IntegerValue]) -> ir.IntegerValue:
    number = work % PRIME
    value, *others = coefficients
    for coefficient in others:
        value = (value * number + coefficient) % PRIME
    return value


def _poisson(uniform: ir.IntegerValue) -> ir.IntegerValue:
    """The draw of mean 1 that a number below PRIME stands for, by how many steps of the distribution lie under it."""
    reached, weight = 0.0, ibis.literal(0, "int64")
    for drawn in range(_MOST_DRAWN):
        reached += exp(-1) / factorial(drawn)
        weight = weight + (uniform >= int(reached * PRIME)).cast("int64")
    return weight
