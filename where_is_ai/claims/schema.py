"""What the tables of claims and of our own statements hold: the one place that says so."""

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


class Statements(Table):
    """The published table ``statements``: each superlative of an edition's titles, leads and cards, judged."""

    statement_id: Series[str] = column("The layer, and the statement's number in it", unique=True)
    layer: Series[str] = column("The layer that says it")
    said: Series[str] = column(
        "What the edition says: the wording where it stands, else the same of published figures; empty where it says "
        "nothing",
        nullable=True,
        unknown="",
    )
    stands: Series[bool] = column(
        "Whether it may be said as worded: the place is large enough, its lower bound exceeds all others' upper "
        "bounds; of a change also that both releases have it and that it exceeds noise"
    )
    why: Series[str] = fields.reason("Why it does not stand; empty where it does")
    wording: Series[str] = column("What would be said if it stood")
    answered_by: Series[str] = column("The published table that answers it", heading="Table")
    measure: Series[str] = column("The column of that table by which places are compared", heading="Column")
    places: Series[str] = column("Ids of the places that it says lead, joined by a space")
    disputed_by: Series[str] = column(
        "Claims that say the same and mislead or differ, by their ids; empty where there is none",
        nullable=True,
        unknown="",
    )
