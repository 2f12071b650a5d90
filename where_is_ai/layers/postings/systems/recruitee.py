"""Recruitee careers sites: one answer with all offers of a company."""

from where_is_ai.json_records import Record
from where_is_ai.layers.postings.days import day_of
from where_is_ai.layers.postings.systems.places import joined, listed
from where_is_ai.layers.postings.systems.system import Posted, System, of, source


def _read(job: Record, _: Record) -> Posted:
    """Description and requirements are two fields; all places stand in ``locations``."""
    places = [joined(place, "city", "state", "country") for place in job.parts("locations")]
    first = joined(job, "city", "state_name", "country")
    return Posted(
        id=job.identifier("id"),
        title=job.text("title"),
        markup="\n".join((job.text("description"), job.text("requirements"))),
        published=job.given("published_at") or job.given("created_at"),
        posted_on=day_of(job.given("published_at") or job.given("created_at")),
        location=listed(places) or first or job.text("location"),
        url=job.text("careers_url"),
        company=job.text("company_name"),
        # The flags say which kinds of work are possible, several maybe.
        is_remote=job.flag("remote") is True and not (job.flag("hybrid") or job.flag("on_site")),
    )


SYSTEM = System(
    name="recruitee",
    source=source("Recruitee offers", "https://docs.recruitee.com/reference/offers"),
    address=of("https://{token}.recruitee.com/api/offers/"),
    part="offers",
    title="title",
    read=_read,
)
