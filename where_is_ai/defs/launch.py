"""Running a quarter from a terminal: the same jobs, on the same instance that the UI shows."""

from dataclasses import dataclass

import dagster as dg

from where_is_ai.archive.fetch import open_library
from where_is_ai.defs import defs
from where_is_ai.defs.home import prepare_home
from where_is_ai.defs.progress import PROGRESS
from where_is_ai.publication.edition import Edition
from where_is_ai.quarters import Quarter
from where_is_ai.research.methods import method_named
from where_is_ai.settings import Settings


@dataclass(frozen=True)
class Outcome:
    """How a run ended. ``failures`` and ``left_out`` are by step or asset, ``checks`` (asset.check, words) failed."""

    succeeded: bool
    failures: dict[str, str]
    left_out: dict[str, str]
    errors: dict[str, str]
    warnings: dict[str, str]

    @property
    def exit_status(self) -> int:
        return 0 if self.succeeded and not self.errors else 1


def launch(job: str, quarter: Quarter, settings: Settings, method: str) -> Outcome:
    """Run ``job`` for ``quarter`` in this process. Raises UsageError before anything is asked of a source."""
    method_named(method)
    Edition.of(settings, quarter)
    open_library(settings)
    prepare_home(settings)
    with dg.DagsterInstance.get() as instance:
        run = defs.resolve_job_def(job).execute_in_process(
            partition_key=quarter.partition_key,
            instance=instance,
            raise_on_error=False,
            run_config={
                "resources": {"choices": {"config": {"source": settings.source, "method": method}}},
                "loggers": {PROGRESS: {"config": {}}},
            },
            tags={"source": settings.source, "method": method, "quarter": str(quarter)},
        )
    return _outcome(run)


def _outcome(run: dg.ExecuteInProcessResult) -> Outcome:
    checks = [check for check in run.get_asset_check_evaluations() if not check.passed]
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
        failures={event.step_key: _innermost(event) for event in run.get_step_failure_events()},
        left_out=_left_out(run),
        errors=by_severity[dg.AssetCheckSeverity.ERROR],
        warnings=by_severity[dg.AssetCheckSeverity.WARN],
    )


def _left_out(run: dg.ExecuteInProcessResult) -> dict[str, str]:
    materialized = [event.materialization for event in run.get_asset_materialization_events()]
    return {
        made.asset_key.to_user_string(): str(made.metadata["left_out"].value)
        for made in materialized
        if "left_out" in made.metadata and made.metadata["left_out"].value is not True
    }


def _innermost(event: dg.DagsterEvent) -> str:
    """The message of the error that the step itself raised, without Dagster's wrapping."""
    error = event.step_failure_data.error
    while error.cause:
        error = error.cause
    return error.message.strip()
