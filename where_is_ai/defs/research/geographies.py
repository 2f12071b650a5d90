"""The geographies that a run has at hand, for all assets of the layer that place something."""

from collections.abc import Sequence

from where_is_ai.archive.entry import Entry
from where_is_ai.archive.fetch import Library
from where_is_ai.geography.areas import Areas
from where_is_ai.geography.cbsa_shapes import BOUNDARIES, read_boundaries
from where_is_ai.geography.urban_centres import RELEASES, read_urban_centres


def geographies_at_hand(library: Library, entries: Sequence[Entry]) -> list[Areas]:
    """The geographies that are at hand, in the order of preference."""
    by_url = {entry.url: entry for entry in entries}
    centres = [
        read_urban_centres(library, by_url[r.request.url], r) for r in RELEASES if r.request.url in by_url
    ]
    return centres + [
        read_boundaries(library, by_url[b.request.url], b) for b in BOUNDARIES if b.request.url in by_url
    ]
