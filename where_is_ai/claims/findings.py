"""What the tables say of what others have stated, in words."""

from pathlib import Path

import pandas as pd

from where_is_ai.claims.ledger import Ledger
from where_is_ai.claims.schema import VERDICTS
from where_is_ai.quarters import Quarter
from where_is_ai.templates import fill

MEANINGS = {
    "reproduced": "the tables give what was published",
    "misleading": "the number is right, the statement leads astray, for the reason given",
    "differs": "the tables give something else",
    "not_reproducible": "what would be needed is not at hand",
    "not_checkable": "no table could answer it",
}


def claims_findings(claims: pd.DataFrame, ledger: Ledger, quarter: Quarter) -> str:
    """Markdown on ``claims`` (Claims): each document's statements, the disputed first."""
    order = ["misleading", "differs", "reproduced", "not_reproducible", "not_checkable"]
    ranked = claims.sort_values("verdict", key=lambda verdicts: verdicts.map(order.index), kind="stable")
    ranked = ranked.assign(published=_grouped(ranked["published"]), computed=_grouped(ranked["computed"]))
    stated = ranked["documents"].str.split()
    return fill(
        Path(__file__).with_name("findings.md.j2"),
        quarter=quarter,
        statements=len(claims),
        verdicts=claims["verdict"].value_counts().reindex(list(VERDICTS), fill_value=0).to_dict(),
        meanings=MEANINGS,
        documents=[
            (document.title, ranked[stated.map(lambda ids, of=document.id: of in ids)].to_dict("records"))
            for document in ledger.documents
        ],
    )


def _grouped(texts: pd.Series) -> pd.Series:
    """Texts that are whole numbers, with digits in groups of three as in all findings: ``42,843 against 24,923``."""
    numbers = texts.str.fullmatch(r"(?:(?:more|less) than )?\d+(?: against \d+)?").fillna(False).astype(bool)
    return texts.mask(numbers, texts.str.replace(r"\d+", lambda number: f"{int(number[0]):,}", regex=True))
