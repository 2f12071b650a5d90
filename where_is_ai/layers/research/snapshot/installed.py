"""Whether what the method snapshot needs is installed: all else of the project works without."""

from types import ModuleType

from where_is_ai.errors import UsageError


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
