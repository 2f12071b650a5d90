"""What the made-up sources answer when they are well, and the secrets that nobody may see again."""

import json
import zipfile
from dataclasses import dataclass, replace
from datetime import timedelta
from io import BytesIO

from where_is_ai.archive.content import has_columns, has_member, has_part
from where_is_ai.archive.entry import Request, Source
from where_is_ai.layers.employment.workbook import METRO_MEMBER

KEY = 'K3y/+s3cr3t&<"9'
PASSWORD = "p@ss/w:rd-4711"
CONTACT = "reader@example.org"
SECRETS = (KEY, PASSWORD, CONTACT)

_SOURCE = Source("Source", "public domain", "https://source.example", key=("api_key", "OPENALEX_API_KEY"))


def zipped(files: dict[str, bytes]) -> bytes:
    """A zip of ``files``, the same bytes whenever it is made."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


@dataclass(frozen=True)
class Wanted:
    """A request, and the one answer to it that is right."""

    request: Request
    good: bytes


_ROWS = "".join(f"{number},Metro {number},{number * 37}\n" for number in range(10_000, 12_000))
ZIP = Wanted(
    Request(
        "https://source.example/oesm25ma.zip",
        replace(_SOURCE, key=None),
        "application/zip",
        promise=has_member(METRO_MEMBER),
    ),
    zipped({"oesm25ma/MSA_M2025_dl.xlsx": zipped({"xl/sheet1.xml": _ROWS.encode()})}),
)
JSON = Wanted(
    Request(
        "https://source.example/works?filter=a:b",
        _SOURCE,
        "application/json",
        fresh_for=timedelta(hours=20),
        promise=has_part("meta", dict),
    ),
    json.dumps({"meta": {"count": 2}, "results": [{"id": each} for each in range(500)]}).encode(),
)
CSV = Wanted(
    Request("https://source.example/areas.csv", _SOURCE, "text/csv", promise=has_columns("CBSA", "NAME")),
    f"CBSA,NAME,POPESTIMATE2023\n{_ROWS}".encode(),
)
KINDS = {"zip": ZIP, "json": JSON, "csv": CSV}
