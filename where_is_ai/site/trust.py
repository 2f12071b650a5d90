"""What “Can I trust it?” shows beside its map: what is held back, checks, corrections, archived answers."""

from collections.abc import Collection, Sequence
from dataclasses import replace

import pandas as pd

from where_is_ai.publication.about import CheckResult
from where_is_ai.publication.catalog import CATALOG
from where_is_ai.site.figures import data_script
from where_is_ai.site.read import Published
from where_is_ai.site.table_view import view

LATEST_CORRECTIONS = 50


def doubtful(edition: Published, pages: Collection[str]) -> list[dict]:
    """What is held back: metros that are not whole, institutions that are not counted. ``pages`` as for view."""
    metros = edition.tables.get("usa_ai_employment_by_msa")
    institutions = edition.tables.get("world_ai_research_by_institution")
    shown = []
    if metros is not None:
        table = replace(
            CATALOG["usa_ai_employment_by_msa"],
            name="suppressed-and-unlisted",
            title="Suppressed and unlisted metros",
            shown=("metro", "coverage", "ai_workers", "ai_workers_low", "ai_workers_high"),
        )
        rows = metros[metros["coverage"] != "all_published"].sort_values(
            ["coverage", "metro"], ascending=[False, True]
        )
        note = "Their numbers are lower bounds or unknown. None of them is zero for want of a published cell."
        shown.append(
            {"view": view(table, rows, pages=pages), "files": [], "note": note} if len(rows) else None
        )
    if institutions is not None:
        table = replace(
            CATALOG["world_ai_research_by_institution"],
            name="suspect-institutions",
            title="Institutions that are not counted, and why",
            shown=("institution", "ai_works", "city", "country_code", "why_not", "evidence"),
        )
        rows = institutions[~institutions["included"].astype(bool)]
        note = "Listed with the reason, so that each can be argued with."
        shown.append(
            {"view": view(table, rows, pages=pages), "files": [], "note": note} if len(rows) else None
        )
    return [table for table in shown if table]


def trust(edition: Published) -> dict:
    """What the page says of checks, revisions, corrections and archived answers."""
    order = {"failed": 0, "warning": 1, "not run": 2, "passed": 3}
    corrections = edition.corrections
    return {
        "checks": sorted(
            edition.about.checks, key=lambda check: (order[check.verdict], check.table, check.name)
        ),
        "revisions": edition.revisions,
        "corrections": corrections.tail(LATEST_CORRECTIONS).iloc[::-1].to_dict("records"),
        "inputs": edition.provenance["inputs"],
        "walkable": list(edition.provenance.get("walk_back", {})),
    }


def walk_script(edition: Published) -> str:
    """The walk back of every row as a data script; a row is named as its table's page names it."""
    tables = {}
    for table, walked in edition.provenance.get("walk_back", {}).items():
        names = _names(edition, table, walked["key"])
        tables[table] = {
            key: {"name": names.get(key, key), "places": places} for key, places in walked["rows"].items()
        }
    inputs = {given["sha256"]: given["url"] for given in edition.provenance["inputs"]}
    return data_script("walk", {"tables": tables, "inputs": inputs})


def _names(edition: Published, table: str, key: Sequence[str]) -> dict[str, str]:
    rows = edition.tables.get(table)
    name = next((column for column in ("metro", "institution") if rows is not None and column in rows), None)
    if name is None:
        return {}
    keys = rows[list(key)].astype("str").itertuples(index=False)
    return dict(zip((" ".join(each) for each in keys), rows[name].astype("str"), strict=True))


def checked(checks: Sequence[CheckResult]) -> str:
    """How many checks passed, in a sentence; nothing where there are none."""
    if not checks:
        return ""
    verdicts = pd.Series([check.verdict for check in checks]).value_counts()
    told = [f"{verdicts.get('passed', 0)} of {len(checks)} checks passed"]
    words = (("warning", "gave a warning"), ("failed", "failed"), ("not run", "did not run"))
    told += [f"{verdicts[name]} {words}" for name, words in words if name in verdicts]
    return ", ".join(told) + "."
