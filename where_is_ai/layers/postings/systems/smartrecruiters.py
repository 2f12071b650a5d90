"""SmartRecruiters postings: pages of a hundred, and each posting's description in an answer of its own."""

from urllib.parse import parse_qs, quote, urlsplit

from where_is_ai.archive.content import has_part
from where_is_ai.archive.entry import Request
from where_is_ai.json_records import Record, is_count
from where_is_ai.layers.postings.days import day_of
from where_is_ai.layers.postings.systems.places import joined
from where_is_ai.layers.postings.systems.system import Posted, System, of, own_answer, source, with_url

PAGE = 100
MOST = 1_000_000
_SECTIONS = ("companyDescription", "jobDescription", "qualifications", "additionalInformation")
_SOURCE = source(
    "SmartRecruiters postings", "https://developers.smartrecruiters.com/docs/posting-api", per_second=10
)
_POSTINGS = of("https://api.smartrecruiters.com/v1/companies/{token}/postings")


def _following(request: Request, answer: object) -> Request | None:
    asked = parse_qs(urlsplit(request.url).query)
    offset, total = int(asked["offset"][0]) + PAGE, Record(answer).given("totalFound")
    if not Record(answer).parts("content") or not is_count(total, MOST) or total <= offset:
        return None
    return with_url(request, f"{request.url.partition('?')[0]}?limit={PAGE}&offset={offset}")


def _detail(token: str, job: Record) -> Request | None:
    own = job.identifier("id")
    promise = has_part("jobAd", dict)
    return own_answer(f"{_POSTINGS(token)}/{quote(own, safe='')}", _SOURCE, promise) if own else None


def _read(job: Record, own: Record) -> Posted:
    """``refNumber`` is the requisition, which postings may share; the country is an ISO code in small letters."""
    sections = own.part("jobAd").part("sections")
    parts = [sections.part(name) for name in _SECTIONS]
    place = job.part("location")
    country = place.text("country").upper()
    address = ", ".join(filter(None, (joined(place, "city", "region"), country)))
    return Posted(
        id=job.identifier("id"),
        title=job.text("name"),
        markup="\n".join(
            f"<h3>{part.text('title')}</h3>{part.text('text')}" for part in parts if part.text("text")
        ),
        published=job.given("releasedDate"),
        posted_on=day_of(job.given("releasedDate")),
        location=joined(place, "city", "region", "country"),
        address=address,
        url=own.text("postingUrl"),
        company=job.part("company").text("name"),
        requisition=job.identifier("refNumber"),
        is_remote=place.flag("remote") is True,
    )


SYSTEM = System(
    name="smartrecruiters",
    source=_SOURCE,
    address=lambda token: f"{_POSTINGS(token)}?limit={PAGE}&offset=0",
    part="content",
    title="name",
    read=_read,
    following=_following,
    detail=_detail,
)
