"""What “Can I trust it?” shows beside its map: what is held back, checks, corrections, archived answers."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import pandas as pd

from where_is_ai import layers
from where_is_ai.layers.layer import HeldBack
from where_is_ai.publication.about import CheckResult
from where_is_ai.publication.catalog import published_table
from where_is_ai.publication.measures import measures_of
from where_is_ai.site.read import Published
from where_is_ai.site.table_view import view

LATEST_CORRECTIONS = 50
# Of the answers of one asset the page shows so many: provenance.json has all.
SHOWN = 10
# Shares of metros are 1 at most.
MADE_UP_FIRST = 2.0


def doubtful(edition: Published, pages: Mapping[str, str]) -> list[dict]:
    """What the layers hold back, each list with its reason. ``pages`` as for view."""
    lists = ((held, edition.tables.get(held.table)) for layer in layers.LAYERS for held in layer.held_back)
    return [
        _listed(held, rows, pages)
        for held, table in lists
        if table is not None and len(rows := held.rows(table))
    ]


def _listed(held: HeldBack, rows: pd.DataFrame, pages: Mapping[str, str]) -> dict:
    table = replace(published_table(held.table), name=held.name, title=held.title, shown=held.shown)
    return {"view": view(table, rows, pages=pages), "files": [], "note": held.note, "walked": False}


def trust(edition: Published) -> dict:
    """What the page says of checks, revisions, corrections and archived answers."""
    order = {"failed": 0, "warning": 1, "not run": 2, "passed": 3}
    corrections = edition.corrections
    return {
        "counted": _counted(edition),
        "uncertain": _uncertain(edition),
        "any_failed": any(check.verdict == "failed" for check in edition.about.checks),
        "checks": sorted(
            edition.about.checks, key=lambda check: (order[check.verdict], check.table, check.name)
        ),
        "revisions": edition.revisions,
        "corrections": corrections.tail(LATEST_CORRECTIONS).iloc[::-1].to_dict("records"),
        "answers": len(edition.provenance["inputs"]),
        "inputs": [given for each in _by_asset(edition).values() for given in each[:SHOWN]],
        "most": SHOWN,
        "left_out": {
            asset: len(each) - SHOWN for asset, each in _by_asset(edition).items() if len(each) > SHOWN
        },
    }


def _by_asset(edition: Published) -> dict[str, list[dict]]:
    """The archived answers by the raw asset that used them."""
    found: dict[str, list[dict]] = {}
    for given in edition.provenance["inputs"]:
        found.setdefault(given["asset"], []).append(given)
    return found


def _counted(edition: Published) -> list[dict]:
    """What one of it is, of each layer that the edition has, and where its figures come from."""
    return [
        {
            "title": layer.title,
            "counts_as": layer.counts_as,
            "source": notes.source,
            "period": notes.period,
            "method": notes.method,
        }
        for layer in layers.LAYERS
        if (notes := edition.about.notes.get(layer.name))
    ]


def _uncertain(edition: Published) -> list[str]:
    """How much of each layer's measure is known only in part, the least known first."""
    told = []
    for layer in layers.LAYERS:
        measure = measures_of(layer)[0]
        rows = edition.profile(layer)
        rows = rows[rows["measure"] == measure.name]
        if rows.empty:
            continue
        notes = edition.about.notes.get(layer.name)
        if notes and notes.made_up:
            told.append(
                (MADE_UP_FIRST, f"{layer.title}: the figures are made up and say nothing about the world.")
            )
            continue
        heading = layer.by_metro.columns()[measure.name].heading
        unbounded = int((rows["low"].isna() | rows["high"].isna()).sum())
        if unbounded == len(rows):
            said = f"{layer.title}: {heading} come without a range, so that nobody can say how far they may be off."
        else:
            said = (
                f"{layer.title}: for {unbounded:,} of {len(rows):,} metros {heading} may be more than any range says, "
                f"or are unknown; the range of the middle metro of the others is {_width(rows):.0f} % of its number."
            )
        told.append((unbounded / len(rows), said))
    return [said for _, said in sorted(told, key=lambda pair: -pair[0])]


def _width(rows: pd.DataFrame) -> float:
    """The median width of the known ranges, in percent of their values."""
    known = rows[(rows["value"] > 0) & rows["low"].notna() & rows["high"].notna()]
    return float(((known["high"] - known["low"]) / known["value"] * 100).median()) if len(known) else 0.0


def checked(checks: Sequence[CheckResult]) -> str:
    """How many checks passed, in a sentence; nothing where there are none."""
    if not checks:
        return ""
    verdicts = pd.Series([check.verdict for check in checks]).value_counts()
    told = [f"{verdicts.get('passed', 0)} of {len(checks)} checks passed"]
    words = (("warning", "gave a warning"), ("failed", "failed"), ("not run", "did not run"))
    told += [f"{verdicts[name]} {words}" for name, words in words if name in verdicts]
    return ", ".join(told) + "."
