"""AI job postings by metro of the USA, from job boards and feeds: the layer's declaration."""

from datetime import UTC, datetime
from pathlib import Path

from where_is_ai.archive.entry import Request
from where_is_ai.layers.layer import Layer, Origin, Page, PublishedTable
from where_is_ai.layers.postings import usajobs
from where_is_ai.layers.postings.boards import known_boards
from where_is_ai.layers.postings.findings import FINDINGS
from where_is_ai.layers.postings.map_choices import MEASURES
from where_is_ai.layers.postings.notes import notes
from where_is_ai.layers.postings.on_metro import ON_METRO
from where_is_ai.layers.postings.pictures import PICTURES
from where_is_ai.layers.postings.schema import MetroPostings, NationPostings
from where_is_ai.layers.postings.superlatives import statements
from where_is_ai.layers.postings.trace import trace, trace_layer
from where_is_ai.layers.postings.weighting_schema import WeightedPostings
from where_is_ai.quarters import Quarter
from where_is_ai.settings import Settings

BOARDS = Origin("Public job boards", "", "CC-BY-4.0")


def probes(settings: Settings) -> list[tuple[str, Request]]:
    """A board of each system, and the first page of the last quarter's federal announcements."""
    boards = {board.system: board.request for board in known_boards(settings.data)}
    last_quarter = Quarter.last_ended(datetime.now(UTC).date())
    return [
        *(("weekly snapshots of job boards, live", request) for request in boards.values()),
        ("federal job postings, live", usajobs.first_pages(last_quarter)[0]),
    ]


POSTINGS = Layer(
    name="postings",
    title="AI postings",
    description="AI job postings by metro of one quarter, with its map and findings.",
    counts_as="An AI posting is a job advertisement that asks for work on AI itself. A classifier reads it and can "
    "be wrong; the number is corrected for how often it is.",
    measured_from="postings from public job boards",
    where="usa",
    measures_by="period",
    due_days=0,
    raw="raw_job_boards",
    assets="where_is_ai.defs.postings",
    folder=Path(__file__).parent,
    tables=(
        PublishedTable(
            name="usa_ai_postings_by_metro",
            title="AI postings by metro",
            model=MetroPostings,
            page="postings",
            key=("area_code",),
            shown=(
                "rank",
                "rank_low",
                "rank_high",
                "metro",
                "ai_postings_per_100k",
                "ai_postings_per_100k_low",
                "ai_postings_per_100k_high",
                "ai_share_pct",
                "ai_postings",
                "ai_postings_low",
                "ai_postings_high",
                "ai_postings_called",
                "all_postings",
                "employers",
                "employers_read",
                "largest_employer_pct",
                "largest_sector",
                "growth_pct",
                "why_no_growth",
            ),
            measure="ai_postings_per_100k",
            origin=BOARDS,
            place="area_code",
            trace=trace,
            names="metro",
        ),
        PublishedTable(
            name="usa_ai_postings_nation",
            title="AI postings of the whole nation, and what is not in any metro",
            model=NationPostings,
            page="postings",
            key=("classifier",),
            shown=(
                "classifier",
                "ai_postings",
                "all_postings",
                "ai_postings_per_100k",
                "ai_share_pct",
                "employers",
                "in_metros",
                "rural",
                "remote",
                "abroad",
                "ambiguous",
                "unknown",
            ),
            measure="ai_postings",
            origin=BOARDS,
            trace=trace_layer,
            ids="sources",
        ),
        PublishedTable(
            name="usa_ai_postings_by_weighting",
            title="AI postings against jobs instead of residents",
            model=WeightedPostings,
            page="postings",
            key=("area_code",),
            shown=(
                "rank",
                "rank_per_resident",
                "rank_gain",
                "metro",
                "ai_postings_per_1000_computer_jobs",
                "ai_postings_per_1000_computer_jobs_low",
                "ai_postings_per_1000_computer_jobs_high",
                "ai_postings",
                "computer_jobs",
                "is_at_least",
            ),
            measure="ai_postings_per_1000_computer_jobs",
            origin=BOARDS,
            place="area_code",
            trace=trace_layer,
            names="metro",
        ),
    ),
    pages=(
        Page(
            "postings",
            "Where are the AI postings?",
            "Postings",
            "postings_findings.md",
            "Heatmap-USA-AI-Postings",
            "usa_ai_postings_by_metro",
            measures=MEASURES,
        ),
    ),
    notes=notes,
    findings=FINDINGS,
    pictures=PICTURES,
    on_metro=ON_METRO,
    probes=probes,
    snapshot="job_boards",
    statements=statements,
)
