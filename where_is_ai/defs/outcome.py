"""How a run ended, in words for a terminal."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import dagster as dg

from where_is_ai.defs.groups import PUBLICATION
from where_is_ai.defs.nothing import LEFT_OUT


@dataclass(frozen=True)
class Outcome:
    """How a run ended: ``failures`` by step, ``left_out`` by layer or table, ``errors`` and ``warnings`` by check.

    ``counts`` are what a snapshot's asset counted: how many boards are listed, answered and failed. ``made`` results
    were made in this run and ``taken_over`` from an earlier one.
    """

    succeeded: bool
    failures: dict[str, str]
    left_out: dict[str, str]
    errors: dict[str, str]
    warnings: dict[str, str]
    counts: dict[str, int] = field(default_factory=dict)
    made: int = 0
    taken_over: int = 0

    @property
    def exit_status(self) -> int:
        return 0 if self.succeeded and not self.errors else 1


def outcome_of(run: dg.ExecuteInProcessResult, graph) -> Outcome:
    """What came of ``run``, whose assets are those of ``graph``."""
    wrong = failing(run.get_asset_check_evaluations())
    by_severity = {
        severity: {named(check): check.description or "" for check in wrong if check.severity == severity}
        for severity in dg.AssetCheckSeverity
    }
    return Outcome(
        succeeded=run.success,
        failures=_failures(run),
        left_out=left_out(reasons_left_out(run), graph),
        errors=by_severity[dg.AssetCheckSeverity.ERROR],
        warnings=by_severity[dg.AssetCheckSeverity.WARN],
        counts=_counts(run) if len(run.get_asset_materialization_events()) == 1 else {},
    )


def failing(checked: Iterable[dg.AssetCheckEvaluation]) -> list[dg.AssetCheckEvaluation]:
    """Of the results of checks those that did not pass.

    What is left out is told as such, not once more by each check that had nothing to look at.
    """
    return [check for check in checked if not check.passed and LEFT_OUT not in check.metadata]


def named(check: dg.AssetCheckEvaluation) -> str:
    """The check as a terminal names it: ``ASSET.CHECK``."""
    return f"{check.asset_key.to_user_string()}.{check.check_name}"


def _counts(run: dg.ExecuteInProcessResult) -> dict[str, int]:
    """The whole numbers among what the run's asset says of itself, but for what Dagster names so."""
    (event,) = run.get_asset_materialization_events()
    said = {name: given.value for name, given in event.materialization.metadata.items()}
    return {name: value for name, value in said.items() if isinstance(value, int) and "/" not in name}


def reasons_left_out(run: dg.ExecuteInProcessResult) -> dict[dg.AssetKey, str]:
    """Why an asset gave nothing, by the asset."""
    return {
        event.asset_key: event.materialization.metadata[LEFT_OUT].value
        for event in run.get_asset_materialization_events()
        if LEFT_OUT in event.materialization.metadata
    }


def left_out(reasons: Mapping[dg.AssetKey, str], graph) -> dict[str, str]:
    """A layer where a download is missing, else the table that can't be made; what follows from it is not told."""
    told: dict[str, str] = {}
    for key, reason in reasons.items():
        group, asset = graph.get(key).group_name, key.path[-1]
        if group != PUBLICATION and group not in told:
            told[group if asset.startswith("raw_") else asset] = reason
    return told


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
    error = innermost(error)
    return (error.message.partition(f"{error.cls_name}: ")[2] or error.message).strip()


def innermost(error):
    """What went wrong, without Dagster's wrapping of it; None of none."""
    while error and error.cause:
        error = error.cause
    return error
