"""Judging a quarter's postings: their texts stream past the classifier, verdicts are kept by posting."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from where_is_ai.classifier import Classifier, Posting, Verdict
from where_is_ai.files import written_aside
from where_is_ai.layers.postings.engine import bounded, quoted

ROWS_AT_A_TIME = 2_000
SCHEMA = pa.schema(
    [
        ("posting_id", pa.string()),
        ("ai_job", pa.bool_()),
        ("probability", pa.float64()),
        ("classifier", pa.string()),
    ]
)


def write_verdicts(postings: Path, classifier: Classifier, out: Path) -> int:
    """Write PostingVerdicts of the parquet file ``postings`` to ``out``; gives how many there are.

    Only some postings are held at a time, whatever the classifier.
    """
    ids: list[str] = []

    def each() -> Iterator[Posting]:
        columns = ["posting_id", "company", "title", "text"]
        for batch in pq.ParquetFile(postings).iter_batches(ROWS_AT_A_TIME, columns=columns):
            for posting_id, company, title, text in zip(*batch.to_pydict().values(), strict=True):
                ids.append(posting_id)
                yield Posting(company or "", title, text or "")

    judged, count = [], 0
    with written_aside(out) as aside, pq.ParquetWriter(aside, SCHEMA, compression="zstd") as writer:
        for verdict in classifier.verdicts(each()):
            judged.append(verdict)
            if len(judged) == ROWS_AT_A_TIME:
                count += _write(writer, ids, judged, classifier.label)
        count += _write(writer, ids, judged, classifier.label)
    return count


def judged_by(verdicts: Path) -> str:
    """The label of the classifier that a file of PostingVerdicts is by; empty where it has none."""
    rows = pq.ParquetFile(verdicts).iter_batches(1, columns=["classifier"])
    return next((batch["classifier"][0].as_py() for batch in rows), "")


def unjudged(postings: Path, verdicts: Path) -> pd.DataFrame:
    """Some of the postings without a verdict, and of the verdicts without a posting: posting_id."""
    with tempfile.TemporaryDirectory() as scratch, bounded(Path(scratch) / "duck") as duck:
        return duck.execute(_UNJUDGED_SQL.format(postings=quoted(postings), verdicts=quoted(verdicts))).df()


def _write(writer: pq.ParquetWriter, ids: list[str], judged: list[Verdict], label: str) -> int:
    """Write the verdicts at hand with the ids they belong to, and forget both."""
    count = len(judged)
    rows = {
        "posting_id": ids[:count],
        "ai_job": [verdict.ai_job for verdict in judged],
        "probability": [verdict.probability for verdict in judged],
        "classifier": [label] * count,
    }
    writer.write_table(pa.table(rows, SCHEMA))
    del ids[:count]
    judged.clear()
    return count


_UNJUDGED_SQL = """
SELECT coalesce(p.posting_id, v.posting_id) AS posting_id
FROM (SELECT posting_id FROM read_parquet({postings})) p
FULL JOIN (SELECT posting_id FROM read_parquet({verdicts})) v ON p.posting_id = v.posting_id
WHERE p.posting_id IS NULL OR v.posting_id IS NULL ORDER BY posting_id LIMIT 20
"""
