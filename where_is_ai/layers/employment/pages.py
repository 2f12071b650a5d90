"""The questions that pages answer of AI workers."""

from where_is_ai.layers.employment.by_occupation import occupations_lead
from where_is_ai.layers.employment.map_choices import CHANGE_MEASURES, JOBS_MEASURES, RELEASES, STATE_MEASURES
from where_is_ai.layers.employment.series import series_lead
from where_is_ai.layers.employment.state_map import STATES, STEM, states_lead
from where_is_ai.layers.employment.words import releases_compared
from where_is_ai.layers.layer import Page

PAGES = (
    Page(
        "jobs",
        "Where are the AI jobs in the USA?",
        "AI jobs",
        "usa_findings.md",
        "Heatmap-USA-AI-Jobs",
        "usa_ai_employment_by_msa",
        measures=JOBS_MEASURES,
        releases=RELEASES,
    ),
    Page(
        "change",
        "What changed?",
        "What changed",
        "usa_yoy_findings.md",
        "Map-Change",
        "usa_ai_employment_yoy",
        compares=True,
        between=releases_compared,
        measures=CHANGE_MEASURES,
    ),
    Page(
        "jobs-by-state",
        "In which states' metros are the AI jobs?",
        "By state",
        map=STEM,
        table=STATES,
        beneath="jobs",
        lead=states_lead,
        measures=STATE_MEASURES,
    ),
    Page(
        "occupations",
        "Which AI occupations are where, and what do they pay?",
        "By occupation",
        table="usa_ai_employment_by_occupation",
        beneath="jobs",
        lead=occupations_lead,
    ),
    Page(
        "releases",
        "What did each release say of each metro?",
        "Release by release",
        table="usa_ai_employment_series",
        beneath="change",
        lead=series_lead,
    ),
)
