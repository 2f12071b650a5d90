"""Dagster's instance, but for how events are kept, and for those that nothing reads.

Each event costs a commit, and a third of a run's were of these.
"""

from collections.abc import Mapping

import dagster as dg
import yaml
from dagster._core.events.log import EventLogEntry
from dagster._core.instance.ref import InstanceRef
from dagster._core.storage.legacy_storage import CompositeStorage
from dagster._serdes import ConfigurableClassData

from where_is_ai.defs.event_log import EventLog

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
        """Dagster's own, but for the event log of its SQLite files."""
        defaults = InstanceRef.config_defaults(base_dir)
        parts = {name: defaults[name] for name in ("run_storage", "event_log_storage", "schedule_storage")}
        parts["event_log_storage"] = parts["event_log_storage"]._replace(
            module_name=EventLog.__module__, class_name=EventLog.__name__
        )
        together = yaml.safe_dump({name: part._asdict() for name, part in parts.items()})
        storage = ConfigurableClassData(CompositeStorage.__module__, CompositeStorage.__name__, together)
        return {**defaults, "storage": storage}

    def should_store_event(self, event: EventLogEntry) -> bool:
        return event.dagster_event_type not in UNREAD and super().should_store_event(event)
