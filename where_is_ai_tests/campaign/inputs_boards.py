"""Mutated answers of job boards, USAJOBS and LinkUp's feed: each kind of fault in one posting, answer or file.

A case reads a quarter of all sources with one of them changed, and holds the postings against the unchanged quarter's:
what was not touched must be the same, and what was must be right, counted as a trouble, or refused.
"""

import gzip
from collections.abc import Callable, Iterator
from io import BytesIO
from random import Random

import pandas as pd

from where_is_ai.errors import WhereIsAIError
from where_is_ai.layers.postings.schema import Troubles
from where_is_ai_tests.campaign.boards_faults import KINDS
from where_is_ai_tests.campaign.boards_quarter import BODIES, FEED, HEADS, TEXTS, read, sources, truth
from where_is_ai_tests.campaign.feed_faults import Kind
from where_is_ai_tests.campaign.rows import Row, Verdict, cases


def run(seed: int, limit: int | None = None) -> Iterator[Row]:
    """Every kind of fault, in an order and with details that follow from ``seed``; of ``limit``, so many of them."""
    for kind, each in cases(KINDS, seed)[:limit]:
        yield judged(kind, each)


def judged(kind: Kind, seed: str) -> Row:
    random = Random(f"{kind.name} {seed}")
    source = random.choice(kind.where)
    changed, touched = kind.change(random, source, sources()[source])

    def pack(lines: bytes) -> bytes:
        return kind.pack(random, lines) if lines is changed else gzip.compress(lines)

    verdict, said = _outcome(sources() | {source: changed}, pack, source, touched)
    if verdict is Verdict.SILENTLY_WRONG and kind.plausible:
        verdict = Verdict.UNDETECTABLE
    return Row(f"postings: {kind.name}", f"{source} {seed}", verdict, said)


def _outcome(
    contents: dict[str, bytes], pack: Callable[[bytes], bytes], source: str, touched: set[str] | None
) -> tuple[Verdict, str]:
    try:
        found = read(contents, pack)
        Troubles.validate(found.troubles, lazy=True)
        for table in (found.postings, found.troubles):
            table.to_csv().encode()
            table.to_parquet(BytesIO())
    except WhereIsAIError as refusal:
        return Verdict.CLEAR_ERROR, str(refusal)[:200]
    except Exception as foreign:
        return Verdict.FOREIGN, f"{type(foreign).__name__}: {str(foreign)[:200]}"
    if _same(found.postings, truth().postings):
        return Verdict.RIGHT, ""
    if not _same(*(_untouched(rows, source, touched) for rows in (found.postings, truth().postings))):
        return Verdict.SILENTLY_WRONG, "what was not touched has changed"
    if found.troubles.empty:
        return Verdict.SILENTLY_WRONG, "nothing said so"
    return Verdict.TROUBLE, "; ".join(found.troubles["trouble"])


def _untouched(postings: pd.DataFrame, source: str, touched: set[str] | None) -> pd.DataFrame:
    """The postings that the fault was not in: in a touched source those of known other ids."""
    own = {HEADS: "usajobs", BODIES: "usajobs", FEED: "linkup", TEXTS: "linkup"}.get(source, source)
    of_source = postings["source"] == own
    known = truth().postings.loc[truth().postings["source"] == own, "posting_id"]
    left = set() if touched is None else set(known) - touched
    return postings[~of_source | postings["posting_id"].isin(left)]


def _same(one: pd.DataFrame, other: pd.DataFrame) -> bool:
    return one.reset_index(drop=True).equals(other.reset_index(drop=True))
