"""What a run may choose, and where its tables lie."""

from dataclasses import replace

import dagster as dg
import pandas as pd

from where_is_ai.archive.entry import Entry
from where_is_ai.archive.fetch import Library, open_library
from where_is_ai.defs.partitions import quarter_of
from where_is_ai.publication.edition import Edition
from where_is_ai.research.methods import DEFAULT_METHOD, ArticleMethod, method_named
from where_is_ai.settings import Settings, read_settings
from where_is_ai.tables import Shelf


class Choices(dg.ConfigurableResource):
    """The choices of a run, as the launchpad shows them; what is not chosen there comes from the environment.

    ``source``: sample, archive (replay what was archived) or live. ``method``: of the research layer.
    """

    source: str = read_settings().source
    method: str = DEFAULT_METHOD

    @property
    def settings(self) -> Settings:
        return replace(read_settings(), source=self.source)

    @property
    def research_method(self) -> ArticleMethod:
        return method_named(self.method)

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
        self.choices.shelf.put(context.asset_key.path[-1], quarter_of(context), obj)

    def load_input(self, context: dg.InputContext) -> pd.DataFrame | list[Entry]:
        name, quarter, shelf = context.asset_key.path[-1], quarter_of(context), self.choices.shelf
        table = shelf.table(name, quarter)
        return shelf.entries(name, quarter) if table is None else table
