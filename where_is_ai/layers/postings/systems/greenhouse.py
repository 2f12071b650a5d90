"""Greenhouse job boards: one answer with all postings of a board."""

from where_is_ai.geography.location_words import names_no_place
from where_is_ai.json_records import Record
from where_is_ai.layers.postings.days import day_of
from where_is_ai.layers.postings.systems.places import listed
from where_is_ai.layers.postings.systems.system import Posted, System, of, source


def _read(job: Record, _: Record) -> Posted:
    """``first_published`` is the date; ``updated_at`` moves with every edit. ``content`` is entity-escaped HTML.

    Posts of one requisition share an ``internal_job_id``; a prospect post has none. Where the location says nothing,
    the offices say where.
    """
    location = job.part("location").text("name")
    offices = [office.text("location") or office.text("name") for office in job.parts("offices")]
    return Posted(
        id=job.identifier("id"),
        title=job.text("title"),
        markup=job.text("content"),
        published=job.given("first_published"),
        posted_on=day_of(job.given("first_published")),
        location=location,
        address=listed(offices) if names_no_place(location) else "",
        url=job.text("absolute_url"),
        company=job.text("company_name"),
        requisition=job.identifier("internal_job_id"),
        is_prospect=job.says_null("internal_job_id"),
    )


SYSTEM = System(
    name="greenhouse",
    source=source("Greenhouse job boards", "https://developers.greenhouse.io/job-board.html"),
    address=of("https://boards-api.greenhouse.io/v1/boards/{token}/jobs?content=true"),
    part="jobs",
    title="title",
    read=_read,
    total=lambda answer: Record(answer).part("meta").given("total"),
)
