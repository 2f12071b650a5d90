"""What every step does besides its own work: a known error, or the system's, ends it in a line that says what to do.

Where nothing changed that its result rests on, it has no work of its own.

``asset``, ``multi_asset`` and ``asset_check`` are Dagster's own decorators with that added.
"""

import inspect
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps

import dagster as dg

from where_is_ai import files
from where_is_ai.defs.groups import is_raw
from where_is_ai.defs.nothing import NOT_NEEDED, gap, nothing_checked, says
from where_is_ai.defs.partitions import QUARTERS, quarter_of
from where_is_ai.defs.unchanged import said_again
from where_is_ai.errors import WhereIsAIError
from where_is_ai.quarters import Quarter
from where_is_ai.reading import noting


def asset(**settings) -> Callable[[Callable], dg.AssetsDefinition]:
    """``dg.asset``, whose known errors reach people as one line with the remedy."""
    return lambda body: dg.asset(**settings)(explained(body))


def multi_asset(**settings) -> Callable[[Callable], dg.AssetsDefinition]:
    """``dg.multi_asset``, whose known errors reach people as one line with the remedy."""
    return lambda body: dg.multi_asset(**settings)(explained(body))


def asset_check(**settings) -> Callable[[Callable], dg.AssetChecksDefinition]:
    """``dg.asset_check`` of a quarter, whose result names it, and known errors as with ``asset``.

    ``partitions_def`` None is for a check that no quarter is asked of.
    """
    settings = {"partitions_def": QUARTERS} | settings
    return lambda body: dg.asset_check(**settings)(explained(body, _finished))


def schedule(**settings) -> Callable[[Callable], dg.ScheduleDefinition]:
    """``dg.schedule``, described by its docstring as assets are."""
    return lambda body: dg.schedule(description=inspect.getdoc(body), **settings)(body)


def sensor(**settings) -> Callable[[Callable], dg.SensorDefinition]:
    """``dg.sensor``, described by its docstring as assets are."""
    return lambda body: dg.sensor(description=inspect.getdoc(body), **settings)(body)


def explained(body: Callable, finish: Callable = lambda given: given) -> Callable:
    """``body`` with a known error, or the system's, turned into a failure whose description is the error's own line.

    It is left out where what it would give is taken over.

    Never retried: what may pass was already tried again where it arose, in the download.
    """
    if inspect.isgeneratorfunction(body):

        @wraps(body)
        def step(*given, **named):
            with _failing_in_words(), noting(_name):
                yield from said_again() or body(*given, **named)
    else:

        @wraps(body)
        def step(*given, **named):
            with _failing_in_words(), noting(_name):
                return said_again() or finish(body(*given, **named))

    return step


def _name() -> str:
    """The key of the step that is running."""
    return dg.OpExecutionContext.get().get_step_execution_context().step.key


@contextmanager
def _failing_in_words() -> Iterator[None]:
    try:
        yield
    except WhereIsAIError as error:
        raise failure(error) from error
    except OSError as error:
        # One without a number comes from a library, and says nothing of a file.
        if error.errno is None:
            raise
        raise failure(files.explained(error)) from error


def failure(error: WhereIsAIError) -> dg.Failure:
    """The failure that the UI shows for ``error``: what was wrong and what to do."""
    return dg.Failure(
        description=str(error),
        metadata={"what_was_wrong": error.problem, "what_to_do": error.remedy or "Read what was wrong."},
        allow_retries=False,
    )


def _finished(result: dg.AssetCheckResult) -> dg.AssetCheckResult:
    """The result of a check of a quarter, which says that it checked nothing where it passed on an asset without rows.

    Of raw answers their own checks say so, and a check that was not passed says itself why.
    """
    context = dg.AssetCheckExecutionContext.get()
    spec = next(iter(context.check_specs))
    if spec.partitions_def != QUARTERS:
        return result
    if result.passed and not is_raw(spec.asset_key.path[-1]):
        if why := gap(context.instance, spec.asset_key, context.partition_key):
            result = nothing_checked(result, why)
        elif why := says(context.instance, spec.asset_key, context.partition_key, NOT_NEEDED):
            result = result._replace(description=f"Not needed: {why}")
    return with_quarter(result, quarter_of(context))


def with_quarter(result: dg.AssetCheckResult, quarter: Quarter) -> dg.AssetCheckResult:
    """Checks are shown by their latest result, of whichever quarter: so each says which it was."""
    return result._replace(
        metadata={"quarter": dg.MetadataValue.text(str(quarter)), **(result.metadata or {})}
    )
