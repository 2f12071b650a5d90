"""How a metro is doing, in sentences: each number with its range, its rank, and what can be told against its peers."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from where_is_ai.layers.phrases import listed
from where_is_ai.layers.published_table import NOT_RANKED
from where_is_ai.site.metros import Metro
from where_is_ai.site.slices import change
from where_is_ai.site.standing import NO_RANGE, Standing, Standings, compared


class Said(NamedTuple):
    """Sentences on a layer: ``slug`` of the slice that they are about, its ``title``, and the text after it."""

    slug: str
    title: str
    text: str


def in_short(
    metro: Metro,
    peers: Sequence[Metro],
    standings: Standings,
    by_layer: Mapping[str, Sequence[Standing]],
) -> list[Said]:
    """A Said per layer that has the metro."""
    return [
        Said(found[0].layer.pages[0].slug, found[0].layer.title, _of_layer(metro, peers, standings, found))
        for found in by_layer.values()
        if found
    ]


def _of_layer(metro: Metro, peers: Sequence[Metro], standings: Standings, found: Sequence[Standing]) -> str:
    first, layer = found[0], found[0].layer
    parts = [
        f"{in_numbers(first)}.",
        _against_nation(found),
        _against_peers(first, peers, standings),
        change(metro, layer),
    ]
    if first.made_up:
        parts.insert(0, "Made-up figures, which say nothing about the world.")
    return " ".join(part for part in parts if part)


def in_numbers(standing: Standing) -> str:
    """A measure with its range and its rank, as a part of a sentence."""
    return f"{_number(standing)}{_rank(standing)}"


def _number(standing: Standing) -> str:
    if standing.value is None:
        return f"{standing.column.heading} unknown"
    ranged = "" if standing.range_text in (NO_RANGE, "") or standing.is_bound else f" ({standing.range_text})"
    at_least = standing.value_text.replace("≥ ", "at least ")
    shared = f", counted for {standing.measured.area} as a whole" if standing.measured.shared else ""
    return f"{at_least} {unit_of(standing)}{ranged}{shared}"


def unit_of(standing: Standing) -> str:
    """What is counted: the unit where it says so, or the heading where that says more."""
    heading = standing.column.heading
    return heading if heading.startswith("AI ") else standing.column.unit.replace("percent", "%")


def _rank(standing: Standing) -> str:
    if standing.record.get("rank") is None or standing.rank_text == NOT_RANKED:
        return ", not ranked"
    ranged = standing.rank_range_text
    return f", rank {standing.rank_text}" + (f" ({ranged})" if ranged else "")


def _against_nation(found: Sequence[Standing]) -> str:
    """The first rate of the layer beside the nation's: counts say nothing there."""
    for each in found:
        if each.nation.value is None or each.value is None:
            continue
        if each.column.unit == "percent":
            heading = each.column.heading.removesuffix(", %")
            own = "" if each is found[0] else f"{heading}: {each.value_text} %; "
            return f"{own}{'t' if own else 'T'}he nation: {each.nation_text} %."
        if each is found[0] and each.column.unit.startswith("per"):
            return f"The nation: {each.nation_text}."
        if each.column.unit.startswith("per") or each.column.unit == "US dollars a year":
            said = _number(each)
            return f"{said[:1].upper()}{said[1:]}; the nation: {each.nation_text}."
    return ""


def _against_peers(first: Standing, peers: Sequence[Metro], standings: Standings) -> str:
    told = [compared(first, other) for peer in peers if (other := standings.same(first, peer))]
    return _among(told, len(peers)) if told else ""


def _among(told: Sequence[str], peers: int) -> str:
    """How many peers have more, less, as much, or can't be told apart; those without a row are left out."""
    words = {"more": "has more", "less": "has less", "same": "has as much", "": "can't be told apart"}
    if len(told) == 1:
        return f"The one metro of like size that has a row too {words[told[0]]}."
    which = f"the {len(told)} metros of like size" + (" that have a row too" if len(told) < peers else "")
    if set(told) == {""}:
        return f"Of {which}, {'neither' if len(told) == 2 else 'none'} can be told apart from this one."
    if len(set(told)) == 1:
        return f"Of {which}, {'both' if len(told) == 2 else 'all'} {_plural(words[told[0]])}."
    parts = [
        f"{count} {_plural(words[verdict]) if count > 1 else words[verdict]}"
        for verdict in words
        if (count := told.count(verdict))
    ]
    return f"Of {which}, {listed(parts)}."


def _plural(words: str) -> str:
    return words.replace("has", "have")


def layers_of(found: Sequence[Standing]) -> dict[str, list[Standing]]:
    """Standings by the name of their layer."""
    by_layer: dict[str, list[Standing]] = {}
    for each in found:
        by_layer.setdefault(each.layer.name, []).append(each)
    return by_layer
