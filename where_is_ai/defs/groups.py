"""What every asset of a group shares, and who answers for it."""

from where_is_ai.defs.partitions import QUARTERS

GEOGRAPHY, PUBLICATION = "geography", "publication"
OWNERS = ["team:where-is-ai"]


def quarterly(group: str) -> dict[str, object]:
    """Settings of an asset of ``group`` (a layer's name, or one of the above) that is made anew each quarter."""
    return {"group_name": group, "partitions_def": QUARTERS, "owners": OWNERS}
