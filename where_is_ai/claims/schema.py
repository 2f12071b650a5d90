"""What the table of claims holds: the one place that says so."""

import pandera.pandas as pa
from pandera.typing import Series

from where_is_ai.tables import Table

VERDICTS = ("reproduced", "misleading", "differs", "not_reproducible", "not_checkable")


class Claims(Table):
    """The published table ``claims``: each statement of the ledger with the verdict of this edition's tables."""

    claim_id: Series[str] = pa.Field(unique=True, description="Id of the claim in the ledger")
    source: Series[str] = pa.Field(description="Documents that state it, and where in them")
    statement: Series[str] = pa.Field(description="What is stated, in our words")
    published: Series[str] = pa.Field(description="The value that was published")
    computed: Series[str] = pa.Field(
        nullable=True, description="The value that the tables give; empty if none does"
    )
    verdict: Series[str] = pa.Field(
        isin=VERDICTS,
        description="reproduced, misleading (true but for the reason given), differs, not_reproducible (something is "
        "missing), not_checkable (no table could answer)",
    )
    why: Series[str] = pa.Field(nullable=True, description="Reason of the verdict, or a remark on it")
    documents: Series[str] = pa.Field(description="Ids of the documents, joined by a space")
    answered_by: Series[str] = pa.Field(
        nullable=True, description="Edition, table, filter and column that answer it"
    )
