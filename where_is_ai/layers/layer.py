"""What a layer tells the rest of the house: data and pure functions, nothing that runs by itself.

A layer declares itself in its folder's ``layer.py`` as a ``Layer``; the list of all is ``where_is_ai.layers.LAYERS``.
Catalog, pages, jobs, ``--only``, explain, provenance, doctor and alt texts are read from that list.
"""

from collections.abc import Callable, Container, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, Protocol

import pandas as pd
import plotly.graph_objects as go

from where_is_ai.archive.entry import Entry, Request
from where_is_ai.archive.evidence import Evidence
from where_is_ai.layers.beside import Earlier as Earlier
from where_is_ai.layers.beside import National as National
from where_is_ai.layers.map_choices import MapMeasure, Releases
from where_is_ai.layers.published_table import Origin as Origin
from where_is_ai.layers.published_table import PublishedTable as PublishedTable
from where_is_ai.layers.published_table import Row as Row
from where_is_ai.maps.notes import EditionNotes
from where_is_ai.quarters import Quarter
from where_is_ai.settings import Settings
from where_is_ai.statements import Statement

# What findings say of figures that were not received.
SAMPLE_NOTE = " These figures were rebuilt from published ones; they were not received from the source."


@dataclass(frozen=True)
class Page:
    """A page ``slug``.html of each edition: its question and how links to it call it.

    ``findings`` is the Markdown file whose first sentence it leads with, ``map`` the stem of its map's files and
    ``table`` the published table that the map shows. A page of a large table stands ``beneath`` another, by its slug:
    that one links to it instead of the navigation, and ``lead`` is the sentence that it leads with, of its table's
    rows. ``compares`` says that it tells which rows can be compared between two releases; ``between`` then says which
    two, of its table's rows: its heading ends so. Of ``measures`` a reader may choose one for the map, which shows the
    first as it is drawn; ``releases`` are those that it can show besides its own, where that isn't left to the
    editions.
    """

    slug: str
    question: str
    short: str
    findings: str = ""
    map: str = ""
    table: str = ""
    beneath: str = ""
    lead: Callable[[pd.DataFrame], str] | None = field(default=None, repr=False)
    compares: bool = False
    between: Callable[[pd.DataFrame], str] | None = field(default=None, repr=False)
    measures: tuple[MapMeasure, ...] = ()
    releases: Releases | None = None


@dataclass(frozen=True)
class Material:
    """What words and pictures are made from.

    ``tables`` by name and ``entries`` (archived answers) by raw asset, as far as they are there; ``earlier`` has, by
    name, the same table in the quarters before, oldest first.
    """

    quarter: Quarter
    tables: Mapping[str, pd.DataFrame]
    entries: Mapping[str, Sequence[Entry]] = field(default_factory=dict)
    earlier: Mapping[str, Sequence[tuple[Quarter, pd.DataFrame]]] = field(default_factory=dict)

    def has_rows(self, table: str) -> bool:
        """Whether the table is there and has any row."""
        return table in self.tables and len(self.tables[table]) > 0

    def reconstructed(self, raw: str) -> bool:
        """Whether an answer of the raw asset was made from published figures instead of received."""
        return any(entry.reconstructed for entry in self.entries.get(raw, ()))


@dataclass(frozen=True)
class Drawing:
    """Figures by the name of their PNG, the text that says what they show, and the stem of their page, if any.

    ``links`` are where the page's circles and areas lead to, by their ids.
    """

    figures: Mapping[str, go.Figure]
    alt: str
    page: str = ""
    links: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Picture:
    """A picture's asset: the tables it is drawn from (the first must have rows) and how.

    ``earlier`` names the tables that it needs of quarters before; without ``png`` it is for pages alone.
    """

    asset: str
    tables: tuple[str, ...]
    description: str
    draw: Callable[[Material], Drawing | None] = field(repr=False)
    earlier: tuple[str, ...] = ()
    png: bool = True


@dataclass(frozen=True)
class Findings:
    """A Markdown file of findings, named as its asset; ``write`` makes it where the first of ``tables`` has rows."""

    asset: str
    tables: tuple[str, ...]
    description: str
    write: Callable[[Material], str] = field(repr=False)

    @property
    def file(self) -> str:
        return f"{self.asset}.md"


@dataclass(frozen=True)
class Point:
    """One release or edition of a trend. ``value`` None is unknown; ``high`` None: no upper bound; ``bound``: at least.

    ``linked`` says that it may be joined to the point before. ``at`` is its time, in whichever unit all points of
    the trend share (such as years): with it they are drawn to scale, without it evenly.
    """

    label: str
    value: float | None
    low: float | None = None
    high: float | None = None
    bound: bool = False
    linked: bool = False
    at: float | None = None


@dataclass(frozen=True)
class Slice:
    """What a layer says of one metro: its number and unit, lines of text, and a trend with what it shows."""

    value: str
    unit: str
    lines: Sequence[str] = ()
    trend: Sequence[Point] = ()
    trend_shows: str = ""


class EditionTables(Protocol):
    """The tables of a published edition, of ``quarter`` ("2026-Q2")."""

    @property
    def quarter(self) -> str: ...

    @property
    def tables(self) -> Mapping[str, pd.DataFrame]: ...

    def rows_by(self, name: str, column: str) -> Mapping[str, Sequence[Row]]:
        """The rows of a table by the text in ``column``; empty where there is no such table."""
        ...


@dataclass(frozen=True)
class OnMetro:
    """A layer on the page of a metro, from a row of its table by metro.

    ``slice`` says what the newest edition says; ``history`` are the columns of the table of all editions, ``rests_on``
    what each row of it rests on; ``in_short`` is the number for lists of metros close by. ``unknown`` says why a row
    has no value of the layer's first measure; layers whose rows always have one need none. Where the metro has no row:
    ``abroad`` is said of metros outside the USA, ``not_here`` of others. ``table_abroad`` names the layer's table that
    has metros outside the USA, with the same measures, where the table by metro has none.

    ``nation`` gives what a country, by its ISO code, has by the columns of the table by metro: of those that it leaves
    out nobody asks. ``change`` says in a sentence how the metro's number changed since the release, the quarter or the
    ``Earlier`` edition before, and whether by more than noise, or why nobody can say; "" where nothing before it is at
    hand.
    """

    slice: Callable[[Row, EditionTables], Slice] = field(repr=False)
    history: tuple[str, ...]
    rests_on: Callable[[Row], str] = field(repr=False)
    in_short: Callable[[Row], str] = field(repr=False)
    not_here: str = "Nothing was measured for this metro."
    abroad: str = ""
    unknown: Callable[[Row], str] | None = field(default=None, repr=False)
    table_abroad: str = ""
    nation: Callable[[EditionTables, str], Mapping[str, National]] | None = field(default=None, repr=False)
    change: Callable[[Row, EditionTables, Earlier | None], str] | None = field(default=None, repr=False)


@dataclass(frozen=True)
class HeldBack:
    """Rows of a published table that are not whole or not counted, as “Can I trust it?” lists them."""

    name: str
    title: str
    table: str
    shown: tuple[str, ...]
    rows: Callable[[pd.DataFrame], pd.DataFrame] = field(repr=False)
    note: str


@dataclass(frozen=True)
class Trusted:
    """The map that “Can I trust it?” leads with: its stem, the table it shows, and what it says in a sentence."""

    map: str
    table: str
    lead: Callable[[pd.DataFrame], str] = field(repr=False)


@dataclass(frozen=True)
class Methods:
    """The methods that a run may choose from by name, and which it takes from each source where nobody chose.

    ``require`` raises UsageError where the settings lack what the method of that name needs.
    """

    names: tuple[str, ...]
    default: Callable[[str], str] = field(repr=False)
    require: Callable[[str, Settings], None] = field(repr=False)


@dataclass(frozen=True)
class Key:
    """A key that a live run of the layer wants: its variable, what goes without it, and how to get one.

    ``allowance`` is a request that costs nothing and whose answer says what is left of the day's budget.
    """

    variable: str
    title: str
    without: str
    mend: str
    allowance: Request | None = None


@dataclass(frozen=True, eq=False)
class Layer:
    """One layer.

    ``name`` is its word on the command line, its job and its group in Dagster; ``title`` what it counts, as pages head
    it; ``counts_as`` says to anybody what one of it is; ``description`` is a sentence for its job; ``measured_from``
    what is measured and by whom, for the front page.
    ``where`` it measures is the USA by CBSA or the world by metro; ``measures_by`` is the release in force at the
    quarter's end, or the period itself; its sources are out ``due_days`` after the quarter's end. ``raw`` is the asset
    of the answers without which it is left out; ``assets`` names the module of its assets. The first of ``tables`` is
    the one by metro. ``folder`` is its own, where ``lineage.csv`` and ``source_columns.csv`` say what its columns are
    made of. ``notes`` says where the numbers come from, ``probes`` what doctor asks its sources, with what
    each is needed for. ``snapshot`` is the job that keeps what its sources show this week and never again.
    ``absent_place`` says what became of a place that no table has. ``statements`` are the
    superlatives of its titles, leads and cards, of whichever of its tables have rows.
    """

    name: str
    title: str
    description: str
    measured_from: str
    where: Literal["usa", "world"]
    measures_by: Literal["release", "period"]
    due_days: int
    raw: str
    assets: str
    folder: Path
    tables: tuple[PublishedTable, ...]
    pages: tuple[Page, ...]
    notes: Callable[[Material], EditionNotes] = field(repr=False)
    findings: tuple[Findings, ...]
    pictures: tuple[Picture, ...]
    on_metro: OnMetro
    probes: Callable[[Settings], Sequence[tuple[str, Request]]] = field(repr=False)
    held_back: tuple[HeldBack, ...] = ()
    trusted: Trusted | None = None
    methods: Methods | None = None
    keys: tuple[Key, ...] = ()
    queries: Mapping[str, str] = field(default_factory=dict)
    snapshot: str = ""
    absent_place: Callable[[str, Evidence], str] | None = field(default=None, repr=False)
    counts_as: str = ""
    statements: Callable[[Material], Sequence[Statement]] = field(default=lambda material: (), repr=False)

    @property
    def by_metro(self) -> PublishedTable:
        return self.tables[0]

    @property
    def metro_tables(self) -> tuple[PublishedTable, ...]:
        """The tables whose rows are metros with a page: of the USA or the world, then of those abroad alone."""
        abroad = self.on_metro.table_abroad
        return (self.by_metro, *(table for table in self.tables if table.name == abroad))

    def is_measured_in(self, tables: Container[str]) -> bool:
        """Whether any of its pages has its table among the names ``tables``: it may be by state where not by metro."""
        return any(page.table in tables for page in self.pages)
