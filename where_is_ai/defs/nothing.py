"""What an asset says where it holds nothing of a quarter, so that nobody takes that for measured."""

from collections.abc import Iterable

import dagster as dg

from where_is_ai.defs.groups import is_raw

# Why an asset holds nothing. LEFT_OUT begins a gap and NONE_BECAUSE follows from one, or is one source of several;
# NOT_NEEDED is of another method than the run's; NOT_MADE is a picture or a text that there was nothing for.
WORDS = LEFT_OUT, NONE_BECAUSE, NOT_NEEDED, NOT_MADE = "left_out", "none_because", "not_needed", "not_made"
# What a check said of no rows at all: editions list it so where a table has no file.
SAID_OF_NOTHING = "said_of_nothing"


def says(instance: dg.DagsterInstance, asset: dg.AssetKey, partition: str, *words: str) -> str:
    """What the asset, as last made for ``partition``, says under the first of ``words`` that it has; else nothing."""
    said = _said(instance, asset, partition)
    return next((said[word] for word in words if word in said), "")


def gap(instance: dg.DagsterInstance, asset: dg.AssetKey, partition: str) -> str:
    """Why the asset holds nothing of the quarter: what it says itself, and the gap that this follows from."""
    said = _said(instance, asset, partition)
    return " ".join(dict.fromkeys(said[word] for word in (LEFT_OUT, NONE_BECAUSE) if word in said))


def follows(instance: dg.DagsterInstance, upstream: Iterable[dg.AssetKey], partition: str) -> str:
    """Why an asset that came out empty is so: the gap ``upstream`` that it follows from; empty where there is none.

    One upstream table with a gap is enough, and of raw answers one that is left out, or all. Of a table that follows
    itself from a gap, it is that one.
    """
    keys = sorted(upstream)
    raw = [key for key in keys if is_raw(key.path[-1])]
    gaps = [says(instance, key, partition, LEFT_OUT) for key in raw]
    gaps += [says(instance, key, partition, NONE_BECAUSE, LEFT_OUT) for key in keys if key not in raw]
    none = [says(instance, key, partition, NONE_BECAUSE) for key in raw]
    return next(filter(None, gaps), "") or (none[0] if none and all(none) else "")


def _said(instance: dg.DagsterInstance, asset: dg.AssetKey, partition: str) -> dict[str, str]:
    of_partition = dg.AssetRecordsFilter(asset_key=asset, asset_partitions=[partition])
    for record in instance.fetch_materializations(of_partition, limit=1).records:
        metadata = record.asset_materialization.metadata if record.asset_materialization else {}
        return {word: str(metadata[word].value) for word in WORDS if word in metadata}
    return {}


def nothing_checked(result: dg.AssetCheckResult, why: str) -> dg.AssetCheckResult:
    """``result`` of a check on an asset that holds nothing: a warning that says why, since nothing was checked."""
    return result._replace(
        passed=False,
        severity=dg.AssetCheckSeverity.WARN,
        description=f"Nothing to check: {why}",
        metadata={LEFT_OUT: why, SAID_OF_NOTHING: result.description or ""},
    )
