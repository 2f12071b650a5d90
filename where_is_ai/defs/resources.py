"""What a run may choose, and where its tables lie."""

from enum import StrEnum

import dagster as dg
import pandas as pd
from pydantic import Field

from where_is_ai.archive.entry import Entry
from where_is_ai.archive.fetch import Library, open_library
from where_is_ai.defs import unchanged
from where_is_ai.defs.launcher import hold, release
from where_is_ai.defs.lineage import LINEAGE
from where_is_ai.defs.nothing import NONE_BECAUSE, follows
from where_is_ai.defs.partitions import quarter_of, timeliness
from where_is_ai.defs.queue import QUARTER_TAG, quarter_of_run
from where_is_ai.defs.steps import failure
from where_is_ai.errors import WhereIsAIError
from where_is_ai.files import unwritable_explained
from where_is_ai.folders import sweep, writing
from where_is_ai.layers.employment import wide
from where_is_ai.layers.research.methods import Method as ResearchMethod
from where_is_ai.layers.research.methods import method_named
from where_is_ai.publication.catalog import default_method, methods
from where_is_ai.publication.edition import Edition
from where_is_ai.quarters import Quarter
from where_is_ai.settings import SAMPLE_QUARTER, SOURCES, Settings, read_settings
from where_is_ai.shelf import Shelf

SOURCE_MEANS = (
    "sample (the archive that comes along), archive (what was fetched before), live (the sources, asked now)"
)


# As enumerations, so that the launchpad offers the words and refuses others before a run starts.
Source = StrEnum("Source", {name: name for name in SOURCES})
Method = StrEnum("Method", {name: name for name in methods()})
WideDefinition = StrEnum("WideDefinition", {name: name for name in wide.names()})
for _choice in (Source, Method, WideDefinition):
    # Dagster refuses another word by the enumeration's name: so that names those that are allowed.
    _choice.__name__ = f"({' | '.join(_choice)})"


class Choices(dg.ConfigurableResource):
    """The choices of a run, as the launchpad shows them; what is not chosen there comes from the environment.

    Keys, passwords and the contact are no choices of a run, since runs are recorded: they come from the environment
    alone.
    """

    source: Source = Field(
        default=Source(read_settings().source),
        description=f"Where answers come from: {SOURCE_MEANS}. What the sample gives never mixes with the rest.",
    )
    method: Method = Field(
        default=Method(default_method(read_settings().source)),
        description=f"How research counts AI papers: {', '.join(methods())}. The sample answers for article.",
    )
    wide_definition: WideDefinition = Field(
        default=WideDefinition(wide.chosen()),
        description="Which wider definition of AI workers stands in columns of its own beside the strict one: "
        f"{', '.join(wide.names())}.",
    )
    mirror: str = Field(
        default=read_settings().recordable_mirror,
        description="A folder, or an http:// or https:// base, that live answers are taken from in the sources' place. "
        "Empty: the sources themselves. No password may be in it, since runs are recorded.",
    )

    afresh: bool = Field(
        default=False,
        description="Whether to make everything again. Otherwise a result stands where nothing has changed that it "
        "rests on.",
    )

    def setup_for_execution(self, context: dg.InitResourceContext) -> None:
        """Begin a run, whoever launched it: sweep what killed runs left, and tag it with what it chose.

        So runs can be told apart and found, and none is made beside a replacement that was interrupted.
        """
        if context.run is None:
            return
        hold(context.run.run_id)
        _sweep(self.settings)
        tags = {"source": self.source.value, "method": self.method.value}
        if quarter := quarter_of_run(context.run):
            tags[QUARTER_TAG] = str(quarter)
            if self.source == "sample" and quarter > (newest := Quarter.parse(SAMPLE_QUARTER)):
                tags["sample_ends_with"] = str(newest)
        context.instance.add_run_tags(context.run.run_id, tags)
        unchanged.begin(context.run, context.instance, self.settings, self.chosen, self.afresh)

    def teardown_after_execution(self, context: dg.InitResourceContext) -> None:
        """The run has ended, however it did."""
        if context.run is not None:
            unchanged.end(context.run.run_id)
            release(context.run.run_id)

    @property
    def chosen(self) -> dict[str, str]:
        """The choices that what is made depends on."""
        return {
            "source": self.source.value,
            "method": self.method.value,
            "wide_definition": self.wide_definition.value,
            "mirror": self.mirror,
        }

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
        if unchanged.takes_over(context.step_context):
            context.add_output_metadata(timeliness(quarter))
            return
        self.choices.shelf.put(name, quarter, obj)
        context.add_output_metadata({**timeliness(quarter), **_lineage(context), **_gap(context, obj)})

    def load_input(self, context: dg.InputContext) -> pd.DataFrame | list[Entry]:
        kind = context.dagster_type.typing_type
        if unchanged.takes_over(context.step_context):
            return pd.DataFrame() if kind is pd.DataFrame else []
        name, quarter, shelf = context.asset_key.path[-1], quarter_of(context), self.choices.shelf
        table = shelf.table(name, quarter)
        if table is None and kind is pd.DataFrame:
            raise failure(not_made(name, quarter))
        return shelf.entries(name, quarter) if table is None else table


def not_made(name: str, quarter: Quarter) -> WhereIsAIError:
    return WhereIsAIError(
        f"{name} was not made for {quarter}.", "Materialize it first, or run its layer's job."
    )


def _sweep(settings: Settings) -> None:
    """Remove what runs that were killed left half made, and complete what they began to exchange."""
    with unwritable_explained(settings.tables):
        settings.tables.mkdir(parents=True, exist_ok=True)
    sweep(settings.tables)
    with writing(settings.published):
        sweep(settings.published)


def _gap(context: dg.OutputContext, obj: pd.DataFrame | list[Entry]) -> dict[str, str]:
    """The gap that an empty ``obj`` follows from, where what it is made from is missing."""
    if len(obj) or NONE_BECAUSE in (context.output_metadata or {}):
        return {}
    graph = context.step_context.job_def.asset_layer.asset_graph
    upstream = graph.get(context.asset_key).parent_keys
    why = follows(context.step_context.instance, upstream, context.partition_key)
    return {NONE_BECAUSE: why} if why else {}


def _lineage(context: dg.OutputContext) -> dict[str, object]:
    """The column lineage that the asset's definition has, beside what it made."""
    return (
        {LINEAGE: context.definition_metadata[LINEAGE]}
        if LINEAGE in (context.definition_metadata or {})
        else {}
    )
