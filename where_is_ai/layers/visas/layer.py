"""AI jobs offered to foreign workers by metro of the USA, from LCA disclosure data: the layer's declaration."""

from pathlib import Path

from where_is_ai.archive.entry import Request
from where_is_ai.layers.layer import HeldBack, Layer, Origin, Page, PublishedTable
from where_is_ai.layers.visas import disclosures
from where_is_ai.layers.visas.findings import FINDINGS
from where_is_ai.layers.visas.map_choices import MEASURES
from where_is_ai.layers.visas.notes import METROS, NATION, RAW, notes
from where_is_ai.layers.visas.on_metro import ON_METRO
from where_is_ai.layers.visas.pictures import PICTURES, STEM
from where_is_ai.layers.visas.schema import MetroVisas, NationVisas
from where_is_ai.layers.visas.superlatives import statements
from where_is_ai.layers.visas.trace import trace, trace_nation
from where_is_ai.settings import Settings

OFLC = Origin("U.S. Department of Labor, LCA disclosure data", disclosures.HOMEPAGE, "public domain")
PAGE = "visas"
COUNTS = (
    "ai_lca_cases",
    "ai_share_pct",
    "all_lca_cases",
    "ai_lca_cases_by_title",
    "ai_lca_positions",
    "ai_lca_positions_new",
    "ai_lca_positions_renewed",
    "ai_staffing_cases",
    "ai_employers",
    "median_wage_usd_per_year",
)
CHANGE = ("ai_lca_cases_year_before", "ai_lca_cases_change_pct", "ai_share_change")


def probes(settings: Settings) -> list[tuple[str, Request]]:  # noqa: ARG001
    return [("the visas layer, live", disclosures.PAGE)]


VISAS = Layer(
    name="visas",
    title="AI jobs offered to foreign workers",
    description="Certified applications for foreign workers in AI jobs by metro of one quarter, with map and findings.",
    counts_as="An AI job offered to a foreign worker is a certified application of an employer for an occupation "
    "that counts as AI. It is neither a visa nor a hire.",
    measured_from="applications for foreign workers from the U.S. Department of Labor",
    where="usa",
    measures_by="period",
    due_days=disclosures.DUE_DAYS,
    raw=RAW,
    assets="where_is_ai.defs.visas",
    folder=Path(__file__).parent,
    tables=(
        PublishedTable(
            name=METROS,
            title="AI jobs offered to foreign workers, by metro",
            model=MetroVisas,
            page=PAGE,
            key=("area_code",),
            shown=("rank", "metro", *COUNTS, *CHANGE, "why_withheld"),
            measure="ai_lca_cases",
            origin=OFLC,
            trace=trace,
            names="metro",
            place="area_code",
            walked="ai_lca_cases",
            note="A case is an offer that an employer filed, neither a visa nor a hire. What moves the volume is the "
            "cap season, fees and the lottery's rules: read the share beside the count, and compare a quarter with the "
            "same quarter of the year before alone. How well titles tell AI jobs was measured.",
        ),
        PublishedTable(
            name=NATION,
            title="All certified cases, and where their worksites are",
            model=NationVisas,
            page=PAGE,
            key=("part",),
            shown=(
                "part",
                *COUNTS,
                *CHANGE,
                "withdrawn_cases",
                "denied_cases",
                "cases_without_code",
                "late_cases",
                "title_precision_pct",
                "title_recall_pct",
            ),
            measure="ai_lca_cases",
            origin=OFLC,
            trace=trace_nation,
        ),
    ),
    pages=(
        Page(
            PAGE,
            "Where are foreign workers offered AI jobs?",
            "AI visas",
            "visas_findings.md",
            STEM,
            METROS,
            measures=MEASURES,
        ),
    ),
    notes=notes,
    findings=FINDINGS,
    pictures=PICTURES,
    on_metro=ON_METRO,
    probes=probes,
    statements=statements,
    held_back=(
        HeldBack(
            "metros-with-few-visa-cases",
            "Metros with fewer than 10 AI jobs offered to foreign workers",
            METROS,
            ("metro", "ai_lca_cases", "all_lca_cases", "why_withheld"),
            lambda metros: metros[metros["rank"].isna() & (metros["ai_lca_cases"] > 0)],
            "They have no rank, share or wage: one case more or less would change them much.",
        ),
    ),
)
