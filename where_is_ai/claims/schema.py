"""What the table of claims holds: the one place that says so."""

from pandera.typing import Series

from where_is_ai import fields
from where_is_ai.columns import column
from where_is_ai.tables import Table

VERDICTS = ("reproduced", "misleading", "differs", "not_reproducible", "not_checkable")


class Claims(Table):
    """The published table ``claims``: each statement of the ledger with the verdict of this edition's tables."""

    claim_id: Series[str] = column("Id of the claim in the ledger", unique=True)
    source: Series[str] = column("Documents that state it, and where in them")
    statement: Series[str] = column("What is stated, in our words")
    published: Series[str] = column("The value that was published")
    computed: Series[str] = column("The value that the tables give; empty if none does", nullable=True)
    verdict: Series[str] = column(
        "reproduced, misleading (true but for the reason given), differs, not_reproducible (something is "
        "missing), not_checkable (no table could answer)",
        words=lambda verdict: verdict.replace("_", " "),
        isin=VERDICTS,
    )
    why: Series[str] = fields.reason("Reason of the verdict, or a remark on it")
    documents: Series[str] = column("Ids of the documents, joined by a space")
    answered_by: Series[str] = column("Edition, table, filter and column that answer it", nullable=True)
