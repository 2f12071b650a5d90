"""Jobs people launch, and what launches them by itself."""

import dagster as dg

from where_is_ai.defs.groups import EMPLOYMENT, GEOGRAPHY, POSTINGS, PUBLICATION, RESEARCH
from where_is_ai.defs.steps import schedule
from where_is_ai.publication.gallery import pictures_of
from where_is_ai.quarters import Quarter
from where_is_ai.settings import read_settings

# In process: a new process per step costs more than most steps take.
EXECUTOR = dg.in_process_executor
WITH_EVERY_LAYER = ("claims", "claims_findings", "edition", "all_editions_database", "site")
EMPLOYMENT_PUBLISHED = dg.AssetSelection.assets(
    *pictures_of("raw_oews_metro"), "usa_findings", "usa_yoy_findings", *WITH_EVERY_LAYER
)
RESEARCH_PUBLISHED = dg.AssetSelection.assets(
    *pictures_of("raw_openalex_works_by_institution"), "world_findings", *WITH_EVERY_LAYER
)
POSTINGS_PUBLISHED = dg.AssetSelection.assets(
    *pictures_of("raw_job_boards"), "postings_findings", *WITH_EVERY_LAYER
)
# Its rhythm is its own: a job of quarters can't hold it.
WEEKLY = dg.AssetSelection.assets("job_board_snapshot")

quarter_job = dg.define_asset_job(
    "quarter",
    selection=dg.AssetSelection.all() - WEEKLY,
    executor_def=EXECUTOR,
    description="Measure and publish one quarter: every layer, every map.",
)
employment_job = dg.define_asset_job(
    "employment",
    selection=dg.AssetSelection.groups(GEOGRAPHY, EMPLOYMENT) | EMPLOYMENT_PUBLISHED,
    executor_def=EXECUTOR,
    description="AI workers by metro of one quarter, with its map and findings.",
)
research_job = dg.define_asset_job(
    "research",
    selection=dg.AssetSelection.groups(RESEARCH) | RESEARCH_PUBLISHED,
    executor_def=EXECUTOR,
    description="AI papers by metro of one quarter, with its map and findings.",
)
postings_job = dg.define_asset_job(
    "postings",
    selection=(dg.AssetSelection.groups(GEOGRAPHY, POSTINGS) - WEEKLY) | POSTINGS_PUBLISHED,
    executor_def=EXECUTOR,
    description="AI job postings by metro of one quarter, with its map and findings.",
)
publication_job = dg.define_asset_job(
    "publication",
    selection=dg.AssetSelection.groups(PUBLICATION),
    executor_def=EXECUTOR,
    description="Publish one quarter again from the tables at hand.",
)
JOBS = (quarter_job, employment_job, research_job, postings_job, publication_job)


@schedule(job=quarter_job, cron_schedule="0 6 20 1,4,7,10 *", execution_timezone="UTC")
def quarterly(context: dg.ScheduleEvaluationContext) -> dg.RunRequest | dg.SkipReason:
    """Measures the quarter that has just ended, on the 20th day after its end, when its sources are out."""
    settings = read_settings()
    if settings.source == "live" and not settings.contact:
        return dg.SkipReason(
            "WHERE_IS_AI_CONTACT is not set: sources refuse clients that don't say who asks."
        )
    quarter = Quarter.last_ended(context.scheduled_execution_time.date())
    return dg.RunRequest(run_key=f"{quarter}-{settings.source}", partition_key=quarter.partition_key)
