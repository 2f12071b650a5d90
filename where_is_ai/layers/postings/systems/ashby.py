"""Ashby job boards: one answer with all postings of a board, unlisted ones among them."""

from where_is_ai.json_records import Record
from where_is_ai.layers.postings.days import day_of
from where_is_ai.layers.postings.systems.places import joined, listed
from where_is_ai.layers.postings.systems.system import Posted, System, of, source


def _read(job: Record, _: Record) -> Posted:
    """Each location, the first and the secondary ones, has a name and may have a postal address."""
    # One that does not say whether it is listed is read, and its flaw counted.
    job.flag("isListed")
    places = [job, *job.parts("secondaryLocations")]
    return Posted(
        id=job.identifier("id"),
        title=job.text("title"),
        markup=job.text("descriptionHtml") or job.text("descriptionPlain"),
        published=job.given("publishedAt"),
        posted_on=day_of(job.given("publishedAt")),
        location=listed(place.text("location") for place in places),
        address=listed(_postal(place) or place.text("location") for place in places),
        url=job.text("jobUrl"),
        is_remote=_is_remote(job),
    )


def _postal(place: Record) -> str:
    """The postal address of a place, empty where it names no locality."""
    postal = place.part("address").part("postalAddress")
    found = joined(postal, "addressLocality", "addressRegion", "addressCountry")
    return found if postal.text("addressLocality").strip() else ""


def _is_remote(job: Record) -> bool:
    """``isRemote`` may be true of a hybrid job too, which ``workplaceType`` tells apart."""
    flag, kind = job.flag("isRemote"), job.text("workplaceType").lower()
    return kind == "remote" if kind else flag is True


SYSTEM = System(
    name="ashby",
    source=source("Ashby job boards", "https://developers.ashbyhq.com/docs/public-job-posting-api"),
    address=of("https://api.ashbyhq.com/posting-api/job-board/{token}"),
    part="jobs",
    title="title",
    read=_read,
    is_shown=lambda job: not (isinstance(job, dict) and job.get("isListed") is False),
)
