"""What notices by itself that a source has something new."""

from dataclasses import replace
from datetime import UTC, datetime

import dagster as dg

from where_is_ai.archive.news import changed
from where_is_ai.defs.jobs import employment_job
from where_is_ai.defs.steps import sensor
from where_is_ai.errors import Absent, WhereIsAIError
from where_is_ai.layers.employment.releases import Release, release_known_in
from where_is_ai.quarters import Quarter
from where_is_ai.settings import Settings, read_settings

EVERY_S = 6 * 60 * 60


@sensor(job=employment_job, minimum_interval_seconds=EVERY_S)
def oews_file_is_new() -> dg.RunRequest | dg.SkipReason:
    """Asks BLS whether its metro workbook is new or was silently posted again, and then measures employment anew.

    It asks with the marks of the archived file and reads no body, so a look costs BLS next to nothing. The old
    file stays in the archive beside the new one.
    """
    settings = read_settings()
    if settings.source != "live":
        return dg.SkipReason(
            f"The source is {settings.source}: only live asks BLS. Set WHERE_IS_AI_SOURCE=live."
        )
    quarter = Quarter.last_ended(datetime.now(UTC).date())
    try:
        release = release_known_in(quarter)
        if mark := changed(release.metro_workbook, settings):
            return dg.RunRequest(
                run_key=f"{release.metro_workbook.url} {mark}",
                partition_key=quarter.partition_key,
                tags={"reason": f"{release} at BLS is not what was archived"},
            )
        return dg.SkipReason(f"{release} at BLS is what was archived. {_word_of_next(release, settings)}")
    except WhereIsAIError as error:
        return dg.SkipReason(str(error))


def _word_of_next(release: Release, settings: Settings) -> str:
    """Whether the release of the next year is out, which needs its day of publication to be used."""
    following = replace(release, reference_month=f"{int(release.reference_month[:4]) + 1}-05")
    try:
        changed(following.metro_workbook, settings)
    except Absent:
        return f"{following} is not out."
    return (
        f"{following} is out: add it with its day of publication to where_is_ai/layers/employment/releases.csv, "
        "so that it is used from that quarter on."
    )
