"""Running a quarter from a terminal: the same jobs, on the same instance that the UI shows."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from functools import wraps

import dagster as dg

from where_is_ai import layers
from where_is_ai.archive.fetch import open_library
from where_is_ai.defs.definitions import definitions
from where_is_ai.defs.home import prepare_home
from where_is_ai.defs.outcome import Outcome, innermost, outcome_of
from where_is_ai.defs.progress import PROGRESS
from where_is_ai.defs.records import records_explained
from where_is_ai.defs.rerun import Job, run_what_changed
from where_is_ai.defs.resources import Choices, Method, Source
from where_is_ai.publication.catalog import default_method
from where_is_ai.publication.edition import Edition
from where_is_ai.quarters import Quarter
from where_is_ai.settings import Settings

INTERRUPTIONS = (dg.DagsterExecutionInterruptedError.__name__, KeyboardInterrupt.__name__)


def launch(job: str, quarter: Quarter, settings: Settings, method: str, afresh: bool = False) -> Outcome:
    """Run what changed of ``job`` for ``quarter``, or ``afresh`` all of it, in this process.

    Raises UsageError before anything is asked of a source.
    """
    Edition.of(settings, quarter)
    with _running(job, quarter.partition_key, settings, method, afresh) as ready:
        return run_what_changed(ready, quarter, settings, afresh)


def launch_snapshot(job: str, monday: date, settings: Settings) -> Outcome:
    """Run ``job`` for the week that begins on ``monday`` in this process. Raises UsageError as ``launch`` does."""
    with _running(job, str(monday), settings, default_method(settings.source)) as ready:
        return outcome_of(ready.run(), ready.everything)


@contextmanager
def _running(
    name: str, partition_key: str, settings: Settings, method: str, afresh: bool = False
) -> Iterator[Job]:
    open_library(settings)
    home = prepare_home(settings)
    with records_explained(home), dg.DagsterInstance.get() as instance:
        loaded = definitions(layers.LAYERS)
        job, choices = loaded.resolve_job_def(name), _choices(settings, method, afresh)

        def run(assets: Sequence[dg.AssetKey] | None = None) -> dg.ExecuteInProcessResult:
            return _interruptible(job.execute_in_process)(
                partition_key=partition_key,
                instance=instance,
                raise_on_error=False,
                asset_selection=assets,
                run_config={
                    "resources": {"choices": {"config": {**choices.chosen, "afresh": afresh}}},
                    "loggers": {PROGRESS: {"config": {}}},
                },
            )

        yield Job(run, choices.chosen, job.asset_layer.asset_graph, loaded.resolve_asset_graph())


def _interruptible(execute: Callable) -> Callable:
    """``execute``, whose interruption (by hand, or by whoever ends the process) is KeyboardInterrupt again."""

    @wraps(execute)
    def run(**settings) -> dg.ExecuteInProcessResult:
        try:
            done = execute(**settings)
        except dg.DagsterExecutionInterruptedError:
            raise KeyboardInterrupt from None
        if any(_is_interruption(event.step_failure_data.error) for event in done.get_step_failure_events()):
            raise KeyboardInterrupt
        return done

    return run


def _is_interruption(error) -> bool:
    """Whether a step failed by no fault of its own: Dagster makes a failure of the interruption that falls into it."""
    cause = innermost(error)
    return cause is not None and cause.cls_name in INTERRUPTIONS


def _choices(settings: Settings, method: str, afresh: bool) -> Choices:
    """What the launchpad would hold for the same run."""
    return Choices(
        source=Source(settings.source),
        method=Method(method),
        mirror=settings.recordable_mirror,
        afresh=afresh,
    )
