"""Workable accounts: one answer with all postings of an account."""

from where_is_ai.json_records import Record
from where_is_ai.layers.postings.days import day_of
from where_is_ai.layers.postings.systems.places import joined, listed
from where_is_ai.layers.postings.systems.system import Posted, System, of, source


def _read(job: Record, _: Record) -> Posted:
    """The first place stands in the posting itself, all of them in ``locations``; a hidden one is not shown."""
    first = joined(job, "city", "state", "country")
    places = [
        joined(place, "city", "region", "country")
        for place in job.parts("locations")
        if place.flag("hidden") is not True
    ]
    return Posted(
        id=job.identifier("shortcode"),
        title=job.text("title"),
        markup=job.text("description"),
        published=job.given("published_on"),
        posted_on=day_of(job.given("published_on")),
        location=listed(places) or first,
        url=job.text("url"),
        is_remote=job.flag("telecommuting") is True,
    )


SYSTEM = System(
    name="workable",
    source=source("Workable job boards", "https://help.workable.com/hc/en-us/articles/115012771647"),
    address=of("https://apply.workable.com/api/v1/widget/accounts/{token}?details=true"),
    part="jobs",
    title="title",
    read=_read,
)
