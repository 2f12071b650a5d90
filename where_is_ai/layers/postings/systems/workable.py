"""Workable accounts: one answer with all postings of an account, one with several places maybe once for each."""

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
        markup="\n".join((job.text("description"), job.text("requirements"))),
        published=job.given("published_on"),
        posted_on=day_of(job.given("published_on")),
        location=listed(places) or first,
        url=job.text("url"),
        is_remote=job.flag("telecommuting") is True,
    )


def _merged(jobs: list) -> list:
    """Each posting once, with the places of all rows that have its shortcode; what is none is left as it is."""
    found: dict[object, object] = {}
    for number, job in enumerate(jobs):
        shortcode = Record(job).identifier("shortcode") or number
        first = found.get(shortcode)
        found[shortcode] = job if first is None else {**first, "locations": [*_places(first), *_places(job)]}
    return list(found.values())


def _places(job: dict) -> list:
    """The places of a row as ``locations`` gives them, or the one that stands in the row itself."""
    given = job.get("locations")
    if isinstance(given, list) and given:
        return given
    return [{"city": job.get("city"), "region": job.get("state"), "country": job.get("country")}]


SYSTEM = System(
    name="workable",
    source=source("Workable job boards", "https://help.workable.com/hc/en-us/articles/115012771647"),
    address=of("https://apply.workable.com/api/v1/widget/accounts/{token}?details=true"),
    part="jobs",
    title="title",
    read=_read,
    merged=_merged,
)
