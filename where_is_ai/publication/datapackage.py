"""``datapackage.json``: an edition's tables described for machines, after the Frictionless Data Package standard."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from where_is_ai.columns import Column
from where_is_ai.files import write_json
from where_is_ai.layers.layer import PublishedTable
from where_is_ai.publication.edition import PROVENANCE
from where_is_ai.publication.spreadsheet import RULE

DATAPACKAGE = "datapackage.json"
LICENCES = {
    "public domain": {"name": "other-pd", "title": "Public domain"},
    "CC0-1.0": {
        "name": "CC0-1.0",
        "title": "CC0 1.0",
        "path": "https://creativecommons.org/publicdomain/zero/1.0/",
    },
    "CC-BY-4.0": {
        "name": "CC-BY-4.0",
        "title": "CC BY 4.0",
        "path": "https://creativecommons.org/licenses/by/4.0/",
    },
    "ODbL-1.0": {
        "name": "ODbL-1.0",
        "title": "Open Data Commons Open Database License 1.0",
        "path": "https://opendatacommons.org/licenses/odbl/1-0/",
    },
}
PARQUET = "application/vnd.apache.parquet"


def write_datapackage(folder: Path, tables: Sequence[PublishedTable]) -> Path:
    """Write the description of the files of ``tables`` in ``folder``, beside its ``provenance.json``."""
    provenance = json.loads((folder / PROVENANCE).read_text())
    content = datapackage(folder, provenance, tables)
    write_json(folder / DATAPACKAGE, content)
    return folder / DATAPACKAGE


def datapackage(folder: Path, provenance: Mapping, tables: Sequence[PublishedTable]) -> dict:
    """The description as a mapping: each table's schema from its model, with source, licence, size and hash."""
    quarter = provenance["quarter"]
    return {
        "profile": "data-package",
        "name": f"where-is-ai-{quarter.lower()}",
        "title": f"Where is AI, {quarter}",
        "description": "Where AI actually happens, by metro, measured from primary sources. "
        + ("A sample edition, rebuilt from published figures. " if provenance["source"] == "sample" else "")
        + RULE,
        "version": quarter,
        "methods": provenance["methods"],
        "licenses": [LICENCES["CC-BY-4.0"]],
        "sources": [
            {
                "title": given["source"],
                "path": given["url"],
                "licence": given["licence"],
                "retrieved_at": given["retrieved_at"],
                "sha256": given["sha256"],
                "reconstructed": given["reconstructed"],
            }
            for given in provenance["inputs"]
        ],
        "resources": [resource for table in tables for resource in _resources(folder, table)],
    }


def field(column: Column) -> dict:
    """One column as a Table Schema field."""
    described = {"name": column.name, "type": column.kind, "description": column.description}
    if column.unit:
        described["unit"] = column.unit
    if column.kind == "boolean":
        described |= {"trueValues": ["true"], "falseValues": ["false"]}
    constraints = {"required": not column.nullable, "unique": column.unique, **column.constraints}
    if "enum" in constraints:
        constraints["enum"] = sorted(constraints["enum"])
    return described | {"constraints": constraints}


def _resources(folder: Path, table: PublishedTable) -> list[dict]:
    """The CSV with its schema, and the Parquet file, which carries its own."""
    origin = table.origin
    common = {
        "title": table.title,
        "description": " ".join((table.model.__doc__ or "").split()),
        "sources": [{"title": origin.name} | ({"path": origin.address} if origin.address else {})],
        "licenses": [LICENCES[origin.licence]],
    }
    fields = [field(column) for column in table.columns().values()]
    csv = {
        "name": table.name,
        "type": "table",
        **_file(folder / f"{table.name}.csv"),
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": {"fields": fields, "missingValues": [""], **_primary_key(table)},
    }
    parquet = {
        "name": f"{table.name}-parquet",
        "type": "file",
        **_file(folder / f"{table.name}.parquet"),
        "format": "parquet",
        "mediatype": PARQUET,
    }
    return [resource | common for resource in (csv, parquet) if (folder / resource["path"]).is_file()]


def _primary_key(table: PublishedTable) -> dict:
    """A key that may be unknown is none to the standard."""
    columns = table.columns()
    known = not any(columns[name].nullable for name in table.key)
    return {"primaryKey": list(table.key)} if known else {}


def _file(path: Path) -> dict:
    if not path.is_file():
        return {"path": path.name}
    content = path.read_bytes()
    return {"path": path.name, "hash": f"sha256:{hashlib.sha256(content).hexdigest()}", "bytes": len(content)}
