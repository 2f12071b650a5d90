"""What a run's steps do where nothing changed that their result rests on: it is taken over, whoever launched the run.

Dagster runs every step of a run. Such a step makes nothing, and says again what was said when its result was made; so
does each check of it. What a run made or took over is recorded when it ends.
"""

from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import get_origin

import dagster as dg
import pandas as pd
from dagster._core.definitions.data_version import DATA_VERSION_IS_USER_PROVIDED_TAG, DATA_VERSION_TAG

from where_is_ai import reading
from where_is_ai.defs.nothing import LEFT_OUT
from where_is_ai.defs.outcome import failing, named
from where_is_ai.defs.present import Present
from where_is_ai.defs.queue import quarter_of_run
from where_is_ai.defs.taken_over import Assets, Record, Records
from where_is_ai.quarters import Quarter
from where_is_ai.settings import Settings
from where_is_ai.shelf import Shelf

TAKEN_OVER = "taken_over"
# What the table store keeps; where a result is taken over it is handed an empty one, and keeps nothing.
NOT_KEPT_AGAIN = (pd.DataFrame, list)
_SAID = {dg.DagsterEventType.ASSET_MATERIALIZATION, dg.DagsterEventType.ASSET_CHECK_EVALUATION}
_RUNS: dict[str, "_Run"] = {}


def begin(
    run: dg.DagsterRun,
    instance: dg.DagsterInstance,
    settings: Settings,
    choices: Mapping[str, str],
    afresh: bool,
) -> None:
    """Have the run's steps take over what did not change, or if ``afresh`` nothing, until ``end``.

    Nothing of a run that is of no quarter.
    """
    quarter = quarter_of_run(run)
    if quarter and run.run_id not in _RUNS:
        _RUNS[run.run_id] = _Run(run.run_id, instance, quarter, settings, choices, afresh)


def end(run_id: str) -> None:
    """Record what the run made and took over, its steps being over."""
    if run := _RUNS.pop(run_id, None):
        run.end()


def takes_over(step) -> bool:
    """Whether the step of that context has nothing to make."""
    run = _RUNS.get(step.run_id)
    return run is not None and run.said_again(step) is not None


def said_again() -> Iterator[dg.MaterializeResult | dg.AssetCheckResult] | None:
    """What the step that is running gives if it has nothing to make; None where it has to do its work."""
    if not _RUNS:
        return None
    step = dg.OpExecutionContext.get().get_step_execution_context()
    run = _RUNS.get(step.run_id)
    again = run.said_again(step) if run else None
    return None if again is None else (each for each in again)


@dataclass(frozen=True)
class _Said:
    """What was said in one run of the assets that it made or took over, and of their checks."""

    made: dict[dg.AssetKey, dg.AssetMaterialization] = field(default_factory=dict)
    checked: dict[dg.AssetCheckKey, dg.AssetCheckEvaluation] = field(default_factory=dict)
    at: dict[dg.AssetKey, datetime] = field(default_factory=dict)
    steps: dict[dg.AssetKey, set[str]] = field(default_factory=dict)

    @classmethod
    def in_run(cls, run_id: str, instance: dg.DagsterInstance) -> "_Said":
        said = cls()
        for entry in instance.all_logs(run_id, of_type=_SAID):
            event = entry.get_dagster_event()
            if event.is_step_materialization:
                said.made[event.asset_key] = event.step_materialization_data.materialization
                said.at[event.asset_key] = datetime.fromtimestamp(entry.timestamp, UTC)
            else:
                evaluation = event.asset_check_evaluation_data
                said.checked[evaluation.asset_check_key] = evaluation
            said.steps.setdefault(event.asset_key, set()).add(event.step_key)
        return said

    def of_checks(self, asset: dg.AssetKey) -> dict[dg.AssetCheckKey, dg.AssetCheckEvaluation]:
        return {key: said for key, said in self.checked.items() if key.asset_key == asset}


class _Run:
    """A run of a quarter while it goes on."""

    def __init__(
        self,
        run_id: str,
        instance: dg.DagsterInstance,
        quarter: Quarter,
        settings: Settings,
        choices: Mapping[str, str],
        afresh: bool,
    ):
        self._run_id, self._instance, self._quarter, self._afresh = run_id, instance, quarter, afresh
        self._live = settings.source == "live"
        self._shelf, self._present = Shelf(settings.tables), Present(settings, choices)
        self._records: Records | None = None
        # What the run did not come to is in neither of these, and stands as it did.
        self._making: Assets = set()
        self._taken_over: dict[dg.AssetKey, Record] = {}
        self._by_step: dict[str, list | None] = {}
        self._said: dict[str, _Said] = {}
        self._until_end = ExitStack()
        self._read = self._until_end.enter_context(reading.gathering())

    def said_again(self, step) -> list[dg.MaterializeResult | dg.AssetCheckResult] | None:
        """What the step gives if it has nothing to make, decided when it begins; None where it has to do its work."""
        key = step.step.key
        if key not in self._by_step:
            assets, checks = _results_of(step)
            if self._records is None:
                graph = step.job_def.asset_layer.asset_graph.source_asset_graph
                self._records = Records(self._shelf, self._quarter, graph, self._present)
            self._by_step[key] = None if self._afresh else self._decided(step, self._records, assets, checks)
            self._making |= assets - self._taken_over.keys()
        return self._by_step[key]

    def end(self) -> None:
        with self._until_end:
            if self._records is not None:
                self._record(self._records)

    def _record(self, records: Records) -> None:
        said = _Said.in_run(self._run_id, self._instance)
        records.look_again()
        for asset in self._making | self._taken_over.keys() | said.steps.keys():
            checks = said.of_checks(asset)
            wrong = failing(checks.values())
            whole = asset in said.made and records.checks(asset) <= checks.keys()
            failed = any(check.severity == dg.AssetCheckSeverity.ERROR for check in wrong)
            if failed or (asset in self._making and not whole):
                records.forget(asset)
            if failed or not whole:
                continue
            by_whom = {asset.path[-1], *said.steps[asset]}
            read = {name for each in by_whom for name in self._read.get(each, ())}
            if asset in self._taken_over:
                read |= self._taken_over[asset].rests_on.keys()
            left_out = said.made[asset].metadata.get(LEFT_OUT)
            warned = {named(check): check.description or "" for check in wrong}
            records.write(asset, self._run_id, read, str(left_out.value) if left_out else "", warned)

    def _decided(
        self, step, records: Records, assets: Assets, checks: set[dg.AssetCheckKey]
    ) -> list[dg.MaterializeResult | dg.AssetCheckResult] | None:
        records.look_again()
        concerned = {*assets, *(check.asset_key for check in checks)}
        # A check that is run for itself looks; one of a taken over result says what it said, unless it also looks at
        # what has changed since.
        if not concerned or concerned - {*assets, *self._taken_over}:
            return None
        if any(check not in records.checks(check.asset_key) for check in checks):
            return None
        if not all(records.stands(asset, self._live) for asset in concerned):
            return None
        kept = {asset: record for asset in concerned if (record := records.read(asset))}
        said = {asset: self._said_in(kept[asset].run) for asset in concerned}
        known = all(asset in said[asset].made for asset in assets)
        if not known or any(check not in said[check.asset_key].checked for check in checks):
            return None
        self._taken_over |= {asset: kept[asset] for asset in assets}
        again = [_checked_again(said[check.asset_key].checked[check]) for check in checks]
        if not assets:
            return again
        return [
            _made_again(step, asset, said[asset], [each for each in again if each.asset_key == asset])
            for asset in records.assets
            if asset in assets
        ]

    def _said_in(self, run_id: str) -> _Said:
        if run_id not in self._said:
            self._said[run_id] = _Said.in_run(run_id, self._instance)
        return self._said[run_id]


def _results_of(step) -> tuple[Assets, set[dg.AssetCheckKey]]:
    """The assets and the checks that the step is to give results of."""
    given = [each.properties for each in step.step.step_outputs if each.name in step.selected_output_names]
    return (
        {each.asset_key for each in given if each.asset_key},
        {each.asset_check_key for each in given if each.asset_check_key},
    )


def _made_again(
    step, asset: dg.AssetKey, said: _Said, checks: list[dg.AssetCheckResult]
) -> dg.MaterializeResult:
    """What was said of the asset, and since when its result stands; of a table the value is empty and not kept."""
    before = said.made[asset]
    since = f"made {said.at[asset]:%Y-%m-%d %H:%M} UTC; nothing that it rests on has changed since"
    name = step.job_def.asset_layer.get_op_output_name(asset)
    declared = step.op_def.output_def_named(name).dagster_type.typing_type
    kind, tags = get_origin(declared) or declared, before.tags or {}
    return dg.MaterializeResult(
        asset_key=asset,
        metadata={TAKEN_OVER: dg.MetadataValue.text(since), **before.metadata},
        data_version=dg.DataVersion(tags[DATA_VERSION_TAG])
        if DATA_VERSION_IS_USER_PROVIDED_TAG in tags
        else None,
        check_results=checks,
        **({"value": kind()} if kind in NOT_KEPT_AGAIN else {}),
    )


def _checked_again(said: dg.AssetCheckEvaluation) -> dg.AssetCheckResult:
    return dg.AssetCheckResult(
        passed=said.passed,
        asset_key=said.asset_key,
        check_name=said.check_name,
        metadata=said.metadata,
        severity=said.severity,
        description=said.description,
    )
