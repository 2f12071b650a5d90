"""Mutated answers of OpenAlex: each kind of fault in the counts, places and distinct counts of a made world.

A case reads a whole run's answers with one of them changed, and holds the tables against the unchanged run's: what was
not touched must be the same, and what was must be right, said, or refused.
"""

from collections.abc import Iterator
from io import BytesIO
from random import Random

import pandas as pd

from where_is_ai.errors import WhereIsAIError
from where_is_ai.layers.research.metro import counted_outside_bounds
from where_is_ai.layers.research.schema import AiWorks, InstitutionResearch, MetroResearch
from where_is_ai_tests.campaign.openalex_changes import Kind
from where_is_ai_tests.campaign.openalex_faults import KINDS
from where_is_ai_tests.campaign.openalex_world import Answering, Made, measured, truth, world
from where_is_ai_tests.campaign.rows import Row, Verdict, cases


def run(seed: int, limit: int | None = None) -> Iterator[Row]:
    """Every kind of fault, in an order and with details that follow from ``seed``; of ``limit``, so many of them."""
    for kind, each in cases(KINDS, seed)[:limit]:
        yield judged(kind, each)


def judged(kind: Kind, seed: str) -> Row:
    random = Random(f"{kind.name} {seed}")
    expected = truth()[0]
    target = random.choice(kind.where())
    touched: set[str] = set()

    def change(url: str, content: bytes) -> bytes:
        if url != target:
            return content
        changed, ids = kind.change(random, content)
        touched.update(ids)
        return changed

    verdict, said = _outcome(Answering(world(), change), expected, touched)
    if verdict is Verdict.SILENTLY_WRONG and kind.plausible:
        verdict = Verdict.UNDETECTABLE
    return Row(f"openalex: {kind.name}", seed, verdict, said)


def _outcome(library: Answering, expected: Made, touched: set[str]) -> tuple[Verdict, str]:
    try:
        found = measured(library)
        for table, model in (
            (found.works, AiWorks),
            (found.institutions, InstitutionResearch),
            (found.metros, MetroResearch),
        ):
            model.validate(table, lazy=True)
            table.to_csv().encode()
            table.to_parquet(BytesIO())
        found.troubles.to_csv().encode()
    except WhereIsAIError as refusal:
        return Verdict.CLEAR_ERROR, str(refusal)[:200]
    except Exception as foreign:
        return Verdict.FOREIGN, f"{type(foreign).__name__}: {str(foreign)[:200]}"
    return _compared(found, expected, touched)


def _compared(found: Made, expected: Made, touched: set[str]) -> tuple[Verdict, str]:
    if all(_same(getattr(found, name), getattr(expected, name)) for name in ("institutions", "metros")):
        return Verdict.RIGHT, ""
    both = pd.concat([found.institutions, expected.institutions])
    metros = set(both.loc[both["institution_id"].isin(touched), "metro_id"].dropna())
    drift = found.metros[["drift_works", "drift_works_cited"]].max(axis="columns")
    moved = found.metros.loc[(drift > 0).fillna(False), "metro_id"]
    metros |= set(moved)
    others = [
        made.institutions[~made.institutions["institution_id"].isin(touched)] for made in (found, expected)
    ]
    elsewhere = [
        made.metros[~made.metros["metro_id"].isin(metros)].drop(columns="rank") for made in (found, expected)
    ]
    if not _same(*others) or not _same(*elsewhere):
        return Verdict.SILENTLY_WRONG, "what was not touched has changed"
    if not counted_outside_bounds(found.metros).empty:
        return Verdict.CLEAR_ERROR, "the check on distinct counts fails"
    said = _new_troubles(found, expected) or "; ".join(f"{metro} says that it drifted" for metro in moved)
    if said:
        return Verdict.TROUBLE, said
    return Verdict.SILENTLY_WRONG, f"{sorted(touched)} changed and nothing said so"


def _new_troubles(found: Made, expected: Made) -> str:
    known = set(map(tuple, expected.troubles.fillna("").to_numpy()))
    new = [
        row
        for row in found.troubles.itertuples()
        if tuple(found.troubles.fillna("").loc[row.Index]) not in known
    ]
    return "; ".join(f"{row.institution_id}: {row.trouble}" for row in new)


def _same(one: pd.DataFrame, other: pd.DataFrame) -> bool:
    try:
        pd.testing.assert_frame_equal(
            one.reset_index(drop=True), other.reset_index(drop=True), check_dtype=False
        )
    except AssertionError:
        return False
    return True
