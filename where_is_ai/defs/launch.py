"""Running a quarter from a terminal: the same jobs, on the same instance that the UI shows."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from functools import wraps

import dagster as dg

from where_is_ai import layers
from where_is_ai.archive.fetch import open_library
from where_is_ai.defs.definitions import definitions
from where_is_ai.defs.groups import PUBLICATION
from where_is_ai.defs.home import prepare_home
from where_is_ai.defs.nothing import LEFT_OUT
from where_is_ai.defs.progress import PROGRESS
from where_is_ai.defs.records import records_explained
from where_is_ai.publication.catalog import default_method
from where_is_ai.publication.edition import Edition
from where_is_ai.quarters import Quarter
from where_is_ai.settings import Settings

INTERRUPTIONS = (dg.DagsterExecutionInterruptedError.__name__, KeyboardInterrupt.__name__)


@dataclass(frozen=True)
class Outcome:
    """How a run ended: ``failures`` by step, ``left_out`` by layer or table, ``errors`` and ``warnings`` by check.

    ``counts`` are what a snapshot's asset counted: how many boards are listed, answered and failed.
    """

    succeeded: bool
    failures: dict[str, str]
    left_out: dict[str, str]
    errors: dict[str, str]
    warnings: dict[str, str]
    counts: dict[str, int] = field(default_factory=dict)

    @property
    def exit_status(self) -> int:
        return 0 if self.succeeded and not self.errors else 1


def launch(job: str, quarter: Quarter, settings: Settings, method: str) -> Outcome:
    """Run ``job`` for ``quarter`` in this process. Raises UsageError before anything is asked of a source."""
    Edition.of(settings, quarter)
    return _execute(job, quarter.partition_key, settings, method)


def launch_snapshot(job: str, monday: date, settings: Settings) -> Outcome:
    """Run ``job`` for the week that begins on ``monday`` in this process. Raises UsageError as ``launch`` does."""
    return _execute(job, str(monday), settings, default_method(settings.source))


def _execute(job: str, partition_key: str, settings: Settings, method: str) -> Outcome:
    open_library(settings)
    home = prepare_home(settings)
    with records_explained(home), dg.DagsterInstance.get() as instance:
        loaded = definitions(layers.LAYERS)
        run = _interruptible(loaded.resolve_job_def(job).execute_in_process)(
            partition_key=partition_key,
            instance=instance,
            raise_on_error=False,
            run_config={
                "resources": {"choices": {"config": _choices(settings, method)}},
                "loggers": {PROGRESS: {"config": {}}},
            },
        )
    return _outcome(run, loaded.resolve_asset_graph())


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
    while error and error.cause:
        error = error.cause
    return error is not None and error.cls_name in INTERRUPTIONS


def _choices(settings: Settings, method: str) -> dict[str, str]:
    """What the launchpad would hold for the same run."""
    return {
        "source": settings.source,
        "method": method,
        "mirror": settings.recordable_mirror,
    }


def _outcome(run: dg.ExecuteInProcessResult, graph) -> Outcome:
    # What is left out is told as such, not once more by each check that had nothing to look at.
    checks = [
        check
        for check in run.get_asset_check_evaluations()
        if not check.passed and LEFT_OUT not in check.metadata
    ]
    by_severity = {
        severity: {
            f"{check.asset_key.to_user_string()}.{check.check_name}": check.description or ""
            for check in checks
            if check.severity == severity
        }
        for severity in dg.AssetCheckSeverity
    }
    return Outcome(
        succeeded=run.success,
        failures=_failures(run),
        left_out=_left_out(run, graph),
        errors=by_severity[dg.AssetCheckSeverity.ERROR],
        warnings=by_severity[dg.AssetCheckSeverity.WARN],
        counts=_counts(run) if len(run.get_asset_materialization_events()) == 1 else {},
    )


def _counts(run: dg.ExecuteInProcessResult) -> dict[str, int]:
    """The whole numbers among what the run's asset says of itself, but for what Dagster names so."""
    (event,) = run.get_asset_materialization_events()
    said = {name: given.value for name, given in event.materialization.metadata.items()}
    return {name: value for name, value in said.items() if isinstance(value, int) and "/" not in name}


def _left_out(run: dg.ExecuteInProcessResult, graph) -> dict[str, str]:
    """A layer where a download is missing, else the table that can't be made; what follows from it is not told."""
    reasons: dict[str, str] = {}
    for event in run.get_asset_materialization_events():
        made = event.materialization
        group, asset = graph.get(made.asset_key).group_name, made.asset_key.path[-1]
        if LEFT_OUT in made.metadata and group != PUBLICATION and group not in reasons:
            reasons[group if asset.startswith("raw_") else asset] = made.metadata[LEFT_OUT].value
    return reasons


def _failures(run: dg.ExecuteInProcessResult) -> dict[str, str]:
    """What failed steps say, or where a run fails before its first step, what it says itself."""
    steps = {
        event.step_key: _said(event.step_failure_data.error, event.step_failure_data.user_failure_data)
        for event in run.get_step_failure_events()
    }
    if steps or run.success:
        return steps
    ended = next(event for event in run.all_events if event.is_job_failure)
    return {"run": _said(ended.job_failure_data.error)}


def _said(error, told=None) -> str:
    """A failure's own line where it has one, else that of the innermost error, without Dagster's wrapping."""
    if told and told.description:
        return told.description
    while error.cause:
        error = error.cause
    return (error.message.partition(f"{error.cls_name}: ")[2] or error.message).strip()
