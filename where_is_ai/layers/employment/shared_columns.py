"""Columns that the table of a release and the series of all releases share: each is said once."""

from typing import Any

from where_is_ai import fields
from where_is_ai.columns import column
from where_is_ai.layers.employment.coverage import COVERAGES, WORDS
from where_is_ai.tables import RATE_DECIMALS


def ai_workers() -> Any:
    return fields.count(
        "Jobs, sum of the published cells; empty where none is published",
        "jobs",
        heading="AI workers",
        nullable=True,
    )


def ai_workers_low() -> Any:
    return fields.count("At least so many jobs", "jobs", heading="At least", nullable=True)


def ai_workers_high() -> Any:
    return fields.count("At most so many jobs", "jobs", heading="At most", nullable=True)


def coverage() -> Any:
    return column("The weakest coverage of the metro's occupations", words=WORDS, isin=COVERAGES)


def total_employment() -> Any:
    return fields.count("Jobs in all occupations", "jobs", heading="All jobs", nullable=True)


def ai_per_1000() -> Any:
    return fields.rate("AI workers per 1,000 jobs", "per 1,000 jobs", RATE_DECIMALS, heading="Per 1,000 jobs")
