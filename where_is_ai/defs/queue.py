"""The queue of runs: before one waits its turn, it is tagged with what the queue's limits and the checks go by."""

import dagster as dg
from dagster._core.run_coordinator import QueuedRunCoordinator, SubmitRunContext

from where_is_ai.defs.partitions import QUARTERS
from where_is_ai.quarters import Quarter

PARTITION_TAG, QUARTER_TAG = "dagster/partition", "quarter"
# Whose budget or patience is one for all runs: those with the same tag run one at a time.
ASKS = "asks"
OPENALEX = "openalex"
_JOBS_THAT_ASK_OPENALEX = ("quarter", "research")


class QuarterlyQueue(QueuedRunCoordinator):
    """Dagster's queue, whose runs are tagged with what they ask and with the quarter that they are of.

    Checks that the UI launches by themselves ("Execute all") are of the quarter last made: the UI of Dagster 1.13 names
    no partition for them, and partitioned checks fail without one.
    """

    def submit_run(self, context: SubmitRunContext) -> dg.DagsterRun:
        run = context.dagster_run
        if run.asset_check_selection and not run.asset_selection and PARTITION_TAG not in run.tags:
            last_made = self._last_made({key.asset_key for key in run.asset_check_selection})
            self._instance.add_run_tags(run.run_id, {PARTITION_TAG: last_made} if last_made else {})
        self._name_quarter(run.run_id)
        if asks_openalex(run):
            self._instance.add_run_tags(run.run_id, {ASKS: OPENALEX})
        return super().submit_run(context)

    def _name_quarter(self, run_id: str) -> None:
        """Tag the run with the quarter that its key is of, so that the list of runs names it while it waits."""
        run = self._instance.get_run_by_id(run_id)
        if run and (quarter := quarter_of_run(run)):
            self._instance.add_run_tags(run_id, {QUARTER_TAG: str(quarter)})

    def _last_made(self, assets: set[dg.AssetKey]) -> str | None:
        """The newest partition among those that ``assets`` were last made of; None where none was ever made."""
        events = map(self._instance.get_latest_materialization_event, assets)
        keys = (event.asset_materialization.partition for event in events if event)
        return max((key for key in keys if key), default=None)


def quarter_of_run(run: dg.DagsterRun) -> Quarter | None:
    """The quarter that the run's key is of; None for a run of a week, or of no partition."""
    key = run.tags.get(PARTITION_TAG, "")
    return Quarter.parse(key) if key in QUARTERS.get_partition_keys() else None


def asks_openalex(run: dg.DagsterRun) -> bool:
    """Whether the run's job, or where only some assets were chosen any of these, asks OpenAlex."""
    if run.asset_selection is None:
        return run.job_name in _JOBS_THAT_ASK_OPENALEX
    return any(key.path[-1].startswith(f"raw_{OPENALEX}") for key in run.asset_selection)
