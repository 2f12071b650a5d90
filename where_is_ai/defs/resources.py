"""What a run may choose, and where its tables lie."""

from enum import StrEnum

import dagster as dg
import pandas as pd

from where_is_ai.archive.entry import Entry
from where_is_ai.archive.fetch import Library, open_library
from where_is_ai.defs.launcher import hold, release
from where_is_ai.defs.lineage import LINEAGE
from where_is_ai.defs.partitions import QUARTERS, quarter_of, timeliness
from where_is_ai.defs.queue import PARTITION_TAG
from where_is_ai.files import unwritable_explained
from where_is_ai.folders import sweep, writing
from where_is_ai.layers.employment import wide
from where_is_ai.layers.research.methods import Method as ResearchMethod
from where_is_ai.layers.research.methods import method_named
from where_is_ai.publication.catalog import default_method, methods
from where_is_ai.publication.edition import Edition
from where_is_ai.quarters import Quarter
from where_is_ai.settings import SOURCES, Settings, read_settings
from where_is_ai.shelf import Shelf

# As enumerations, so that the launchpad offers the words and refuses others before a run starts.
Source = StrEnum("Source", {name: name for name in SOURCES})
Method = StrEnum("Method", {name: name for name in methods()})
WideDefinition = StrEnum("WideDefinition", {name: name for name in wide.names()})


class Choices(dg.ConfigurableResource):
    """The choices of a run, as the launchpad shows them; what is not chosen there comes from the environment.

    ``source``: sample, archive (replay what was archived) or live. ``method``: of the research layer.
    ``wide_definition``: of AI workers, in columns beside the strict one.
    ``mirror``: a folder or an http base that stands in for the sources. Keys, passwords and the contact are no choices
    of a run, since runs are recorded: they come from the environment alone.
    """

    source: Source = Source(read_settings().source)
    method: Method = Method(default_method(read_settings().source))
    wide_definition: WideDefinition = WideDefinition(wide.chosen())
    mirror: str = read_settings().recordable_mirror

    def setup_for_execution(self, context: dg.InitResourceContext) -> None:
        """Begin a run, whoever launched it: sweep what killed runs left, and tag it with what it chose.

        So runs can be told apart and found, and none is made beside a replacement that was interrupted.
        """
        if context.run is None:
            return
        hold(context.run.run_id)
        _sweep(self.settings)
        tags = {"source": self.source.value, "method": self.method.value}
        key = context.run.tags.get(PARTITION_TAG, "")
        if key in QUARTERS.get_partition_keys():
            tags["quarter"] = str(Quarter.parse(key))
        context.instance.add_run_tags(context.run.run_id, tags)

    def teardown_after_execution(self, context: dg.InitResourceContext) -> None:
        """The run has ended, however it did."""
        if context.run is not None:
            release(context.run.run_id)

    @property
    def settings(self) -> Settings:
        return read_settings().chosen(self.source.value, self.mirror)

    @property
    def research_method(self) -> ResearchMethod:
        return method_named(self.method.value)

    @property
    def shelf(self) -> Shelf:
        return Shelf(self.settings.tables)

    def edition(self, context) -> Edition:
        """The published folder of the step's quarter."""
        return Edition.of(self.settings, quarter_of(context))

    def library(self, context) -> Library:
        """Where answers come from; its progress goes to the step's log."""
        return open_library(self.settings, context.log.info)


class TableStore(dg.ConfigurableIOManager):
    """Hands a step its upstream tables and archive entries, and keeps what it gives."""

    choices: dg.ResourceDependency[Choices]

    def handle_output(self, context: dg.OutputContext, obj: pd.DataFrame | list[Entry]) -> None:
        name, quarter = context.asset_key.path[-1], quarter_of(context)
        self.choices.shelf.put(name, quarter, obj)
        context.add_output_metadata({**timeliness(quarter), **_lineage(context)})

    def load_input(self, context: dg.InputContext) -> pd.DataFrame | list[Entry]:
        name, quarter, shelf = context.asset_key.path[-1], quarter_of(context), self.choices.shelf
        table = shelf.table(name, quarter)
        return shelf.entries(name, quarter) if table is None else table


def _sweep(settings: Settings) -> None:
    """Remove what runs that were killed left half made, and complete what they began to exchange."""
    with unwritable_explained(settings.tables):
        settings.tables.mkdir(parents=True, exist_ok=True)
    sweep(settings.tables)
    with writing(settings.published):
        sweep(settings.published)


def _lineage(context: dg.OutputContext) -> dict[str, object]:
    """The column lineage that the asset's definition has, beside what it made."""
    return (
        {LINEAGE: context.definition_metadata[LINEAGE]}
        if LINEAGE in (context.definition_metadata or {})
        else {}
    )
