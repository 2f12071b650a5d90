"""The walk back of every published row, kept in ``provenance.json`` beside the inputs."""

import json

from where_is_ai.archive.evidence import RawCell
from where_is_ai.files import write_text
from where_is_ai.publication.edition import PROVENANCE
from where_is_ai.publication.evidence import EditionEvidence
from where_is_ai.publication.explain import LAYERS, Explained
from where_is_ai.quarters import Quarter
from where_is_ai.settings import Settings

# The column whose raw cells stand for those of its whole row. Postings are left to explain: a row may be thousands.
OF_ROW = {
    "usa_ai_employment_by_msa": "ai_per_1000",
    "usa_ai_employment_yoy": "like_for_like_change",
    "usa_ai_employment_series": "ai_per_1000",
    "world_ai_research_by_metro": "ai_works",
    "world_ai_research_by_institution": "ai_works",
}


def add_walk_back(settings: Settings, quarter: Quarter) -> None:
    """Add to the edition's ``provenance.json``, per published table and row, the raw cells it was made from.

    ``walk_back`` has for each table its key columns and for each key a list of places: an archived answer's sha256
    and, in it, the rows of a workbook's sheet or the paths of a JSON. What bounds or points add to a row is left to
    ``where-is-ai explain``, which tells every column apart.
    """
    evidence = EditionEvidence(settings, quarter)
    tables = [table for tables in LAYERS.values() for table in tables if table.name in OF_ROW]
    walked = {table.name: found for table in tables if (found := _rows(table, evidence))}
    path = evidence.folder / PROVENANCE
    provenance = json.loads(path.read_text()) | {"walk_back": walked}
    write_text(path, json.dumps(provenance, indent=1, ensure_ascii=False) + "\n")


def _rows(table: Explained, evidence: EditionEvidence) -> dict[str, object]:
    rows = evidence.published(table.name)
    if rows is None:
        return {}
    column, key = OF_ROW[table.name], list(table.catalogued.key)
    return {
        "key": key,
        "rows": {
            " ".join(row[key]): _places(table.trace(table.name, row, column, evidence).cells)
            for _, row in rows.iterrows()
        },
    }


def _places(cells: tuple[RawCell, ...]) -> list[dict[str, object]]:
    """The cells by archived answer and sheet, as short as can be."""
    places: dict[tuple, list] = {}
    for cell in cells:
        inside = cell.at.get("json_path") or cell.at["row"]
        places.setdefault((cell.entry.sha256, cell.at.get("member"), cell.at.get("sheet")), []).append(inside)
    return [
        {"sha256": sha256, "json_paths": found}
        if member is None
        else {"sha256": sha256, "member": member, "sheet": sheet, "rows": found}
        for (sha256, member, sheet), found in places.items()
    ]
