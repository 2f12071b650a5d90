"""LinkUp's daily files as somebody with a licence drops them: records and descriptions, gzipped CSV."""

import csv
import gzip
from io import StringIO
from pathlib import Path

RECORD_COLUMNS = (
    "hash", "title", "company_id", "company_name", "city", "state", "zip", "country", "created", "last_checked",
    "last_updated", "delete_date", "unmapped_location", "onet_occupation_code", "url",
)  # fmt: skip


def record(number: int, **more: str) -> dict:
    return {
        "hash": f"{number:032x}",
        "title": "Data Scientist",
        "company_id": "7",
        "company_name": "Acme",
        "city": "boston",
        "state": "MA",
        "zip": "02101.0",
        "country": "USA",
        "created": "2026-05-04T05:47:00+00:00",
        "last_checked": "2026-05-20T17:14:00+00:00",
        "last_updated": "",
        "delete_date": "",
        "unmapped_location": "False",
        "onet_occupation_code": "15-2051.00",
        "url": f"https://example.org/{number}",
    } | more


def drop(folder: Path, name: str, rows: list[dict], cut: int | None = None) -> Path:
    """Write a feed file; ``cut`` keeps only so many of its bytes."""
    out = StringIO()
    writer = csv.DictWriter(out, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_bytes(gzip.compress(out.getvalue().encode())[:cut])
    return path
