"""Money that AI companies raised privately by metro, from the SEC's Form D: the layer's declaration."""

from pathlib import Path

from where_is_ai.archive.entry import Request
from where_is_ai.layers.funding import source
from where_is_ai.layers.funding.findings import FINDINGS
from where_is_ai.layers.funding.map_choices import MEASURES
from where_is_ai.layers.funding.notes import COVERAGE, FIRST_SALES, METROS, OFFERINGS, RAW, notes
from where_is_ai.layers.funding.on_metro import ON_METRO
from where_is_ai.layers.funding.pictures import PICTURES, STEM
from where_is_ai.layers.funding.schema import AiOffering, FirstSaleFunding, FundingCoverage, MetroFunding
from where_is_ai.layers.funding.superlatives import statements
from where_is_ai.layers.funding.trace import trace, trace_whole
from where_is_ai.layers.layer import HeldBack, Layer, Origin, Page, PublishedTable, Row
from where_is_ai.settings import Settings

FORM_D = Origin("SEC, Form D data sets", source.SEC.homepage, source.SEC.licence)
PAGE = "funding"
FLOOR = (
    "A floor: many large rounds file no Form D, or late; Form D says of no company that it does AI, and few names do. "
    "Tier A is a reviewed list, tier B a name that says AI, tier C an award whose text does; an offering may be in "
    "several, so that they don't add up."
)


def probes(settings: Settings) -> list[tuple[str, Request]]:  # noqa: ARG001
    return [("the funding layer, live", source.PAGE)]


def has_unknown_offerings(row: Row) -> bool:
    """What is known of some offerings is the least that all sold."""
    return bool(row["ai_unknown_offerings"])


FUNDING = Layer(
    name="funding",
    title="AI funding",
    description="Private offerings of AI companies by metro in one quarter, with their map and findings.",
    counts_as="AI funding is what companies that are known as AI companies told the SEC that they sold in private "
    "offerings. It is a floor: many large rounds are not told, or late.",
    measured_from="private offerings from the SEC",
    where="usa",
    measures_by="period",
    due_days=30,
    raw=RAW,
    assets="where_is_ai.defs.funding",
    folder=Path(__file__).parent,
    tables=(
        PublishedTable(
            name=METROS,
            title="AI companies' private offerings by metro",
            model=MetroFunding,
            page=PAGE,
            key=("area_code",),
            shown=(
                "rank",
                "metro",
                "ai_amount_sold_usd",
                "ai_amount_median_usd",
                "ai_filings",
                "ai_issuers",
                "ai_issuers_pct",
                "a_issuers",
                "a_amount_sold_usd",
                "b_issuers",
                "b_amount_sold_usd",
                "ai_unknown_offerings",
            ),
            measure="ai_amount_sold_usd",
            origin=FORM_D,
            trace=trace,
            names="metro",
            place="area_code",
            lower_bounds={"ai_amount_sold_usd": has_unknown_offerings},
            note=FLOOR,
            walked="ai_amount_sold_usd",
        ),
        PublishedTable(
            name=OFFERINGS,
            title="AI companies' offerings filed on in the quarter",
            model=AiOffering,
            page=PAGE,
            key=("accession_number",),
            shown=(
                "issuer",
                "city",
                "state",
                "amount_sold_usd",
                "sold_usd",
                "tier_a",
                "tier_b",
                "tier_c",
                "says",
            ),
            measure="amount_sold_usd",
            origin=FORM_D,
            trace=trace,
            names="issuer",
            walked="amount_sold_usd",
        ),
        PublishedTable(
            name=FIRST_SALES,
            title="The same by the quarter of first sale",
            model=FirstSaleFunding,
            page=PAGE,
            key=("area_code", "first_sale_quarter"),
            shown=("first_sale_quarter", "metro", "ai_sold_in_all_usd", "ai_offerings", "ai_issuers"),
            measure="ai_sold_in_all_usd",
            origin=FORM_D,
            trace=trace_whole,
            names="metro",
            period="first_sale_quarter",
            note="As filed up to this quarter. The latest quarters are not whole: of the filings of 2025-Q4 half came "
            "more than 15 days after the first sale, a quarter more than 53.",
        ),
        PublishedTable(
            name=COVERAGE,
            title="What the data set holds, what was dropped, and where the rest is",
            model=FundingCoverage,
            page=PAGE,
            key=("part",),
            shown=("part", "filings", "issuers", "amount_sold_usd", "median_usd"),
            measure="filings",
            origin=FORM_D,
            trace=trace_whole,
        ),
    ),
    pages=(
        Page(
            PAGE, "Where does AI money go?", "Funding", "funding_findings.md", STEM, METROS, measures=MEASURES
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
            "ai-offerings-not-placed",
            "AI companies' offerings that are in no metro",
            OFFERINGS,
            ("issuer", "city", "state", "placed", "amount_sold_usd"),
            lambda offerings: offerings[offerings["area_code"].isna()].sort_values("issuer"),
            "A town of registered agents says where a company is registered, not where it works: such addresses are "
            "not put on the map. Neither are those abroad or outside metro areas.",
        ),
    ),
)
