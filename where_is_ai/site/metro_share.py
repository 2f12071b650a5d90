"""What a shared link to a metro shows: a title, a description and a picture with its own numbers, ranges and ranks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from where_is_ai.layers.published_table import NOT_RANKED
from where_is_ai.site.in_short import in_numbers, unit_of
from where_is_ai.site.metros import Metro
from where_is_ai.site.share_picture import Number, SharePicture
from where_is_ai.site.standing import NO_RANGE, Standing

FOLDER = "pictures"
NO_RANGE_GIVEN = "no range given"
MADE_UP = "made up"


@dataclass(frozen=True)
class Share:
    """The words that a shared link shows, and its picture."""

    title: str
    description: str
    picture: SharePicture


def metro_share(metro: Metro, by_layer: Mapping[str, Sequence[Standing]]) -> Share:
    """From the first measure of each layer; figures that are made up say so wherever they stand."""
    firsts = [found[0] for found in by_layer.values() if found]
    told = [f"{in_numbers(each)}{f' ({MADE_UP})' * each.made_up}" for each in firsts]
    own = next((text for text, each in zip(told, firsts, strict=True) if not each.made_up), "")
    foot = _foot(metro, firsts)
    return Share(
        title=f"AI in {metro.name}{f': {own}' if own else ''}",
        description=f"{metro.name}: {'; '.join(told)}. {foot}",
        picture=SharePicture(metro.name, [_number(each) for each in firsts], foot),
    )


def _number(standing: Standing) -> Number:
    ranged = NO_RANGE_GIVEN if standing.range_text == NO_RANGE else standing.range_text
    possible = f" ({standing.rank_range_text})" if standing.rank_range_text else ""
    ranked = standing.rank_text if standing.rank_text == NOT_RANKED else f"rank {standing.rank_text}"
    said = f"{ranged}, {ranked}{possible}" if standing.value is not None else "unknown"
    return Number(standing.value_text, unit_of(standing), f"{MADE_UP}; {said}" if standing.made_up else said)


def _foot(metro: Metro, firsts: Sequence[Standing]) -> str:
    quarters = sorted({each.measured.edition.quarter for each in firsts}, reverse=True)
    edition = f"Edition{'s' * (len(quarters) > 1)} {', '.join(quarters)}."
    return f"{edition} Sample: rebuilt from published figures." if metro.samples else edition
