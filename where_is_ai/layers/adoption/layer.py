"""Share of businesses that use AI, by metro and state of the USA, from Census BTOS: the layer's declaration."""

from pathlib import Path

from where_is_ai.archive.entry import Request
from where_is_ai.layers.adoption import source
from where_is_ai.layers.adoption.findings import FINDINGS
from where_is_ai.layers.adoption.map_choices import MEASURES, STATE_MEASURES
from where_is_ai.layers.adoption.notes import RAW, notes
from where_is_ai.layers.adoption.on_metro import ON_METRO
from where_is_ai.layers.adoption.pictures import METRO_MAP, PICTURES, STATE_MAP
from where_is_ai.layers.adoption.schema import MetroAdoption, StateAdoption
from where_is_ai.layers.adoption.superlatives import statements
from where_is_ai.layers.adoption.trace import METROS, STATES, trace
from where_is_ai.layers.layer import HeldBack, Layer, Origin, Page, PublishedTable
from where_is_ai.settings import Settings

BTOS = Origin("Census Bureau, Business Trends and Outlook Survey", source.BTOS.homepage, source.BTOS.licence)
SHOWN = (
    "ai_use_pct",
    "ai_use_se_pct",
    "ai_use_low_pct",
    "ai_use_high_pct",
    "cycles",
    "suppressed_cycles",
    "selected",
    "expected_6m_pct",
    "why_unknown",
)
NOTE = (
    "A share of firms, not of workers. Where a cycle is suppressed the mean is of the others, which leans high, and "
    "has no rank."
)


def probes(settings: Settings) -> list[tuple[str, Request]]:  # noqa: ARG001
    return [("the adoption layer by state, live", source.STATES), ("the same by metro, live", source.METROS)]


ADOPTION = Layer(
    name="adoption",
    title="AI use by businesses",
    description="Share of businesses that use AI by metro and state of one quarter, with maps and findings.",
    counts_as="A business uses AI if it told the Census Bureau that it had in the last two weeks. It is a share of "
    "firms, not of workers.",
    measured_from="businesses' use of AI from the U.S. Census Bureau",
    where="usa",
    measures_by="period",
    due_days=18,
    raw=RAW,
    assets="where_is_ai.defs.adoption",
    folder=Path(__file__).parent,
    tables=(
        PublishedTable(
            name=METROS,
            title="Share of businesses that use AI, by metro",
            model=MetroAdoption,
            page="adoption",
            key=("area_code",),
            shown=("rank", "metro", *SHOWN),
            measure="ai_use_pct",
            origin=BTOS,
            trace=trace,
            names="metro",
            place="area_code",
            walked="ai_use_pct",
            note=NOTE,
        ),
        PublishedTable(
            name=STATES,
            title="Share of businesses that use AI, by state",
            model=StateAdoption,
            page="adoption-by-state",
            key=("state",),
            shown=("rank", "name", *SHOWN),
            measure="ai_use_pct",
            origin=BTOS,
            trace=trace,
            names="name",
            walked="ai_use_pct",
            note=NOTE,
        ),
    ),
    pages=(
        Page(
            "adoption",
            "Which metros' businesses use AI?",
            "AI use",
            "adoption_findings.md",
            METRO_MAP,
            METROS,
            measures=MEASURES,
        ),
        Page(
            "adoption-by-state",
            "Which states' businesses use AI?",
            "AI use by state",
            "adoption_state_findings.md",
            STATE_MAP,
            STATES,
            measures=STATE_MEASURES,
        ),
    ),
    notes=notes,
    findings=FINDINGS,
    pictures=PICTURES,
    on_metro=ON_METRO,
    probes=probes,
    held_back=(
        HeldBack(
            "states-with-suppressed-cycles",
            "States whose share of businesses that use AI rests on fewer cycles",
            STATES,
            ("name", "ai_use_pct", "ai_use_se_pct", "cycles", "suppressed_cycles", "why_unknown"),
            lambda states: states[states["selected"]].sort_values("name"),
            "A cycle is suppressed where its error is large beside it, mostly where the share is low: the mean of the "
            "others leans high.",
        ),
    ),
    statements=statements,
)
