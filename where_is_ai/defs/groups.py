"""What every asset of a group shares, who answers for it, and whose data a raw asset holds."""

import re

from where_is_ai.archive.entry import Source
from where_is_ai.defs.partitions import QUARTERS

GEOGRAPHY, PUBLICATION = "geography", "publication"
OWNERS = ["team:where-is-ai"]
RAW = "raw_"
LICENCE_TAG, LICENCE_OF, METHOD_TAG, STANDS = "licence", "licence of ", "method", "stands_until_replaced"
# A tag's value has at most 63 letters; what follows the first mark of a licence explains it.
_LONGEST_TAG = 63


def quarterly(group: str) -> dict[str, object]:
    """Settings of an asset of ``group`` (a layer's name, or one of the above) that is made anew each quarter."""
    return {"group_name": group, "partitions_def": QUARTERS, "owners": OWNERS}


def for_method(method: str) -> dict[str, str]:
    """The tag of an asset that one of the methods alone needs; the graph marks it with the method."""
    return {METHOD_TAG: method}


def received_from(*sources: Source, stands: bool = False, method: str = "") -> dict[str, object]:
    """Settings of a raw asset of answers from ``sources``: each one's licence, which the answers' is held against.

    ``stands`` is for what its source replaces once in years: such an answer grows old without being stale. ``method``
    is the one that alone asks for it, if any.
    """
    return {
        "tags": {licence_tag(source.licence): "" for source in sources}
        | (for_method(method) if method else {}),
        "metadata": {f"{LICENCE_OF}{source.name}": source.licence for source in sources}
        | ({STANDS: True} if stands else {}),
    }


def licence_tag(licence: str) -> str:
    """``licence/cc-by-4.0``: the tag of what rests on data under the licence."""
    words = re.findall(r"[a-z0-9.]+", re.split(r"[(;:,]", licence.casefold())[0])
    return f"{LICENCE_TAG}/{'-'.join(words)[:_LONGEST_TAG]}"


def is_raw(name: str) -> bool:
    """Whether an asset of that name holds answers as they were received."""
    return name.startswith(RAW)
