"""Whether what the method snapshot needs is installed and set: all else of the project works without."""

from types import ModuleType

from where_is_ai.errors import UsageError
from where_is_ai.layers.research.methods import SnapshotMethod
from where_is_ai.settings import Settings, given_values


def require_method(method: str, settings: Settings) -> None:
    """Raises UsageError where the method named so is the one over a snapshot, and a setting that it needs is off."""
    if method == SnapshotMethod().name:
        snapshot_steps().require(given_values(), settings.source)


def snapshot_steps() -> ModuleType:
    """The module ``steps``; raises UsageError where the extra ``snapshot`` is not installed."""
    try:
        from where_is_ai.layers.research.snapshot import steps
    except ModuleNotFoundError as missing:
        raise UsageError(
            f"The method snapshot needs the package {missing.name}, which is not installed.",
            "Install the extra snapshot: make snapshot. For Spark, the extra cluster: make cluster.",
        ) from None
    return steps
