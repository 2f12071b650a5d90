"""AI papers by metro of the world, from OpenAlex: the layer's declaration."""

from pathlib import Path

from where_is_ai.archive.entry import Request
from where_is_ai.layers.layer import HeldBack, Key, Layer, Methods, Page
from where_is_ai.layers.research.budget import FREE
from where_is_ai.layers.research.findings import FINDINGS
from where_is_ai.layers.research.map_choices import MEASURES, RELEASES
from where_is_ai.layers.research.methods import METHODS, default_method
from where_is_ai.layers.research.notes import RAW, notes
from where_is_ai.layers.research.on_metro import ON_METRO
from where_is_ai.layers.research.pictures import PICTURES
from where_is_ai.layers.research.snapshot.installed import require_method
from where_is_ai.layers.research.snapshot.published import SNAPSHOT_TABLES
from where_is_ai.layers.research.superlatives import statements
from where_is_ai.layers.research.tables import TABLES
from where_is_ai.layers.research.trace import seated
from where_is_ai.settings import Settings


def probes(settings: Settings) -> list[tuple[str, Request]]:  # noqa: ARG001
    return [("the research layer, live", FREE)]


RESEARCH = Layer(
    name="research",
    title="AI research",
    description="AI papers by metro of one quarter, with its map and findings.",
    counts_as="An AI paper is a work that OpenAlex, an open catalogue of research, files under artificial "
    "intelligence. It counts where the institutions of its authors are.",
    measured_from="papers from OpenAlex",
    where="world",
    measures_by="period",
    due_days=0,
    raw=RAW,
    assets="where_is_ai.defs.research",
    folder=Path(__file__).parent,
    tables=(*TABLES, *SNAPSHOT_TABLES),
    pages=(
        Page(
            "research",
            "Where is AI research in the world?",
            "Research",
            "world_findings.md",
            "Heatmap-World-AI-Cities",
            "world_ai_research_by_metro",
            measures=MEASURES,
            releases=RELEASES,
        ),
    ),
    notes=notes,
    findings=FINDINGS,
    pictures=PICTURES,
    on_metro=ON_METRO,
    probes=probes,
    held_back=(
        HeldBack(
            "suspect-institutions",
            "Institutions that are not counted, and why",
            "world_ai_research_by_institution",
            ("institution", "ai_works", "city", "country_code", "why_not", "evidence"),
            lambda institutions: institutions[~institutions["included"].astype(bool)],
            "Listed with the reason, so that each can be argued with.",
        ),
    ),
    methods=Methods(tuple(METHODS), default_method, require_method),
    keys=(
        Key(
            "OPENALEX_API_KEY",
            "OpenAlex key",
            "$0.10 a day",
            "A free key gives $1 a day: openalex.org/settings/api. Set OPENALEX_API_KEY to it.",
            FREE,
        ),
    ),
    absent_place=seated,
    statements=statements,
)
