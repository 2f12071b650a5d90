"""AI patents by metro of their inventors, from the patent office's PatentsView tables: the layer's declaration."""

from pathlib import Path

from where_is_ai.archive.entry import Request
from where_is_ai.layers.layer import Key, Layer, Origin, Page, PublishedTable
from where_is_ai.layers.patents import source
from where_is_ai.layers.patents.findings import FINDINGS
from where_is_ai.layers.patents.map_choices import MEASURES
from where_is_ai.layers.patents.notes import COUNTRIES, COVERAGE, METROS, RAW, WORLD, notes
from where_is_ai.layers.patents.on_metro import ON_METRO
from where_is_ai.layers.patents.pictures import PICTURES, STEM
from where_is_ai.layers.patents.schema import CountryPatents, MetroPatents, PatentCoverage, WorldPatents
from where_is_ai.layers.patents.superlatives import statements
from where_is_ai.layers.patents.trace import trace, trace_whole
from where_is_ai.settings import Settings

PATENTSVIEW = Origin("USPTO, PatentsView", source.USPTO.homepage, source.USPTO.licence)
PAGE = "patents"
SHOWN = (
    "ai_patents",
    "ai_patents_any",
    "ai_patents_inventional",
    "ai_patents_wide",
    "all_patents",
    "ai_share_pct",
)
BIAS = (
    "Only patents of the USA are counted, which inventors abroad seek less: the table says nothing of how much is "
    "invented there."
)
METROS_ABROAD = (
    f"{BIAS} Metros of the USA are CBSAs, abroad a metro is the urban centre around the city that inventors give, or "
    "where no urban centre is at hand that city."
)


def probes(settings: Settings) -> list[tuple[str, Request]]:
    """The list of files, which is given to holders of a key only."""
    return [("the patents layer, live", source.LISTING)] if source.KEY in settings.secrets else []


PATENTS = Layer(
    name="patents",
    title="AI patents",
    description="AI patents by metro of their inventors of one quarter, with their map and findings.",
    counts_as="An AI patent is one that the patent office files under computing that models learning and thought "
    "(class G06N). It counts where its inventors live.",
    measured_from="patents from the U.S. Patent and Trademark Office",
    where="usa",
    measures_by="period",
    due_days=90,
    raw=RAW,
    assets="where_is_ai.defs.patents",
    folder=Path(__file__).parent,
    tables=(
        PublishedTable(
            name=METROS,
            title="AI patents by metro of their inventors",
            model=MetroPatents,
            page=PAGE,
            key=("area_code",),
            shown=("rank", "metro", *SHOWN),
            measure="ai_patents",
            origin=PATENTSVIEW,
            trace=trace,
            names="metro",
            place="area_code",
            note="Granted in the quarter, which lags filing by two to three years; counted at inventors' homes.",
            walked="ai_patents",
        ),
        PublishedTable(
            name=WORLD,
            title="AI patents of the USA by metro of the world",
            model=WorldPatents,
            page=PAGE,
            key=("metro_id",),
            shown=("rank", "metro", "country_code", "geography", *SHOWN),
            measure="ai_patents",
            origin=PATENTSVIEW,
            trace=trace_whole,
            names="metro",
            place="metro_id",
            note=METROS_ABROAD,
        ),
        PublishedTable(
            name=COUNTRIES,
            title="AI patents of the USA by country of their inventors",
            model=CountryPatents,
            page=PAGE,
            key=("country_code",),
            shown=("rank", "country_code", *SHOWN),
            measure="ai_patents",
            origin=PATENTSVIEW,
            trace=trace_whole,
            note=BIAS,
        ),
        PublishedTable(
            name=COVERAGE,
            title="Where inventors live, in metros or not",
            model=PatentCoverage,
            page=PAGE,
            key=("part",),
            shown=("part", *SHOWN),
            measure="ai_patents",
            origin=PATENTSVIEW,
            trace=trace_whole,
        ),
    ),
    pages=(
        Page(
            PAGE, "Where is AI invented?", "Patents", "patents_findings.md", STEM, METROS, measures=MEASURES
        ),
    ),
    notes=notes,
    findings=FINDINGS,
    pictures=PICTURES,
    on_metro=ON_METRO,
    probes=probes,
    statements=statements,
    keys=(
        Key(
            source.KEY,
            "Patent office key",
            "the patents layer is left out, unless its tables are in the folder by_hand",
            "Set USPTO_API_KEY. A free key comes with an account at data.uspto.gov.",
        ),
    ),
)
