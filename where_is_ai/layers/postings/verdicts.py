"""Judging a quarter's postings: their texts stream past the classifier, verdicts are kept by posting."""

from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from where_is_ai.classifier import Classifier, Posting, Verdict
from where_is_ai.files import written_aside

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
