"""What a metro's country has beside it: what the column is called, of what its values are, and which are unknown."""

from collections.abc import Sequence
from dataclasses import dataclass

from where_is_ai.layers.phrases import listed
from where_is_ai.site.metros import Metro
from where_is_ai.site.standing import Standing


@dataclass(frozen=True)
class Nations:
    """The column's ``heading``; ``notes`` say of which measures the values are of what, where that is not plain."""

    heading: str
    notes: Sequence[tuple[str, str]]


def nations(metro: Metro, found: Sequence[Standing]) -> Nations | None:
    """None where nothing is known of the country."""
    if all(each.nation.value is None and not _bounded(each) for each in found):
        return None
    notes: dict[tuple[str, str], list[Standing]] = {}
    for each in found:
        if each.nation.note and (each.nation.value is not None or _bounded(each)):
            notes.setdefault((each.layer.title, each.nation.note), []).append(each)
    titles = [title for title, _ in notes]
    said = [
        (title if titles.count(title) == 1 else listed(_headings(of_note)), _as_part(note))
        for (title, note), of_note in notes.items()
    ]
    return Nations(heading(metro), said)


def heading(metro: Metro) -> str:
    """The nation of a metro of the USA; others' by its name."""
    return "The nation" if metro.in_usa else metro.where


def unknown_of_nation(metro: Metro, found: Sequence[Standing]) -> list[dict]:
    """The measures whose value is unknown for the country, by the reason."""
    by_reason: dict[str, list[Standing]] = {}
    for each in found:
        if each.nation.value is None:
            by_reason.setdefault(each.nation.note, []).append(each)
    whose = f"{heading(metro)}'s"
    return [
        {"titles": f"{whose} value of {listed(_by_layer(of_reason))}", "why": why}
        for why, of_reason in by_reason.items()
    ]


def _by_layer(found: Sequence[Standing]) -> list[str]:
    by_title: dict[str, list[Standing]] = {}
    for each in found:
        by_title.setdefault(each.layer.title, []).append(each)
    return [f"{title} ({listed(_headings(of_layer))})" for title, of_layer in by_title.items()]


def _headings(found: Sequence[Standing]) -> list[str]:
    return [each.column.heading for each in found]


def _bounded(standing: Standing) -> bool:
    return standing.nation.low is not None or standing.nation.high is not None


def _as_part(note: str) -> str:
    """A note as the end of a sentence."""
    return note.rstrip(".")
