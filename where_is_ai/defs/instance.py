"""Dagster's instance, but for events that nothing reads: each costs a commit, and a third of a run's were of these."""

from collections.abc import Mapping

import dagster as dg
from dagster._core.events.log import EventLogEntry
from dagster._core.instance.ref import InstanceRef

# That a step was handed a value, and that a value was kept: what it was, its asset's own event says.
UNREAD = {
    dg.DagsterEventType.STEP_INPUT,
    dg.DagsterEventType.LOADED_INPUT,
    dg.DagsterEventType.HANDLED_OUTPUT,
}


class Instance(dg.DagsterInstance):
    """The instance that ``dagster.yaml`` names."""

    @classmethod
    def config_schema(cls) -> Mapping[str, object]:
        """It takes no settings beside Dagster's own."""
        return {}

    @classmethod
    def config_defaults(cls, base_dir: str) -> Mapping[str, object]:
        return InstanceRef.config_defaults(base_dir)

    def should_store_event(self, event: EventLogEntry) -> bool:
        return event.dagster_event_type not in UNREAD and super().should_store_event(event)
