"""Whose answers a table rests on: the survey's, or those written for a demonstration."""

from collections.abc import Sequence

from where_is_ai.archive.entry import Entry
from where_is_ai.layers.made_up import says_nothing, whose

RECEIVED, MADE_UP = "Census BTOS", "made-up answers"
SAYS_NOTHING = says_nothing(MADE_UP)


def source_of(entries: Sequence[Entry]) -> str:
    """Whose answers a workbook holds."""
    return whose(entries, MADE_UP, RECEIVED)
