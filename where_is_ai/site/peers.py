"""A metro beside those of like size: one table of the layers' first measures, and a drawing of each."""

from collections.abc import Mapping, Sequence

from where_is_ai.site.metros import Metro
from where_is_ai.site.peer_chart import Bar, peer_chart
from where_is_ai.site.standing import NO_ROW, Standing, Standings, bounds, compared

UNPUBLISHED = "unknown"
WORDS = {"more": "more", "less": "less", "same": "the same"}
CAN_NOT_TELL = "can't tell"


def beside_peers(
    metro: Metro, peers: Sequence[Metro], standings: Standings, by_layer: Mapping[str, Sequence[Standing]]
) -> dict | None:
    """The first measure of each layer that the metro has, of it and its peers, by residents; None without peers."""
    if not peers:
        return None
    firsts = [found[0] for found in by_layer.values()]
    beside = sorted([metro, *peers], key=lambda each: -each.residents)
    same = {(first.layer.name, each.slug): standings.same(first, each) for first in firsts for each in beside}
    return {
        "headings": [(each.layer.title, each.column.heading) for each in firsts],
        "charts": [
            (f"{first.layer.title}: {first.column.heading}{', made up' * first.made_up}", chart)
            for first in firsts
            if (chart := _chart(first, metro, beside, same))
        ],
        "rows": [
            {
                "metro": each,
                "own": each is metro,
                "cells": [_cell(first, same[first.layer.name, each.slug], each is metro) for first in firsts],
            }
            for each in beside
        ],
        "without_row": [
            (each.layer.title, each.layer.on_metro.not_here)
            for each in firsts
            if any(same[each.layer.name, metro.slug] is None for metro in beside)
        ],
    }


def _cell(first: Standing, found: Standing | None, own: bool) -> tuple[str, str]:
    """What a metro has of a measure, and whether that is surely more or less."""
    if found is None:
        return NO_ROW, ""
    if found.value is None and not own:
        return _said(found), _why(found)
    shared = f", with {found.measured.area}" if found.measured.shared else ""
    return _said(found), "" if own else _compared(first, found) + shared


def _compared(first: Standing, found: Standing) -> str:
    """Whether a peer surely has more or less, or why nobody can tell."""
    if word := compared(first, found):
        return WORDS[word]
    if first.value is None:
        return f"{CAN_NOT_TELL}: unknown here"
    bound = first.is_bound or found.is_bound
    return f"{CAN_NOT_TELL}: {'a lower bound' if bound else 'ranges meet'}"


def _why(found: Standing) -> str:
    """Why a peer's number is not known, by its layer's rules."""
    says = found.layer.on_metro.unknown
    return says(found.measured.row) if says else CAN_NOT_TELL


def _said(found: Standing) -> str:
    """The number, or of one that is unknown, what it is at most, or that it is."""
    if found.value is not None:
        return found.value_text
    _, high = bounds(found)
    return UNPUBLISHED if high is None else f"≤ {found.column.text(round(high, found.column.decimals))}"


def _chart(
    first: Standing, metro: Metro, beside: Sequence[Metro], same: Mapping[tuple[str, str], Standing | None]
) -> str:
    bars = []
    for each in beside:
        found = same[first.layer.name, each.slug]
        low, high = bounds(found) if found else (None, None)
        bars.append(
            Bar(
                each.short,
                _said(found) if found else NO_ROW,
                found.value if found else None,
                low,
                high,
                bool(found and found.is_bound),
                each is metro,
            )
        )
    return peer_chart(bars, f"{first.column.heading} of metros of like size")
