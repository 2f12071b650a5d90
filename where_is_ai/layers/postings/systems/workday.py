"""Workday career sites: pages of twenty are posted for, and each posting's description is an answer of its own."""

import json

from where_is_ai.archive.content import has_part
from where_is_ai.archive.entry import Request
from where_is_ai.json_records import Record, is_count
from where_is_ai.layers.postings.days import day_of
from where_is_ai.layers.postings.systems.places import listed
from where_is_ai.layers.postings.systems.system import Posted, System, own_answer, source, with_body

PAGE = 20
MOST = 1_000_000
_SOURCE = source("Workday career sites", "https://www.workday.com", per_second=10)


def _site(token: str) -> str:
    """``acme.wd5/Careers``: the tenant, the host that it lives on, and the site."""
    where, site = token.split("/")
    tenant, host = where.split(".")
    return f"https://{tenant}.{host}.myworkdayjobs.com/wday/cxs/{tenant}/{site}"


def _body(offset: int) -> str:
    return json.dumps({"appliedFacets": {}, "limit": PAGE, "offset": offset, "searchText": ""})


def _following(request: Request, answer: object) -> Request | None:
    """The next page, until as many were asked for as the answer says that there are: later pages may say 0."""
    asked, record = json.loads(request.body), Record(answer)
    offset, total = asked["offset"] + PAGE, record.given("total")
    jobs = record.parts("jobPostings")
    if len(jobs) < PAGE or (is_count(total, MOST) and 0 < total <= offset):
        return None
    return with_body(request, _body(offset))


def _detail(token: str, job: Record) -> Request | None:
    path = job.text("externalPath").strip()
    promise = has_part("jobPostingInfo", dict)
    is_job = path.startswith("/") and "/job/" in path
    return own_answer(_site(token) + path, _SOURCE, promise) if is_job else None


def _read(job: Record, own: Record) -> Posted:
    """The list gives title and path; the rest is in the posting's own answer."""
    info = own.part("jobPostingInfo")
    first = info.text("location") or job.text("locationsText")
    # Some sites give the first place among the additional ones again.
    others = [place for place in info.texts("additionalLocations") if place != first]
    country = info.part("country").text("descriptor")
    return Posted(
        id=job.text("externalPath").strip().rpartition("/")[2],
        title=info.text("title") or job.text("title"),
        markup=info.text("jobDescription"),
        published=info.given("startDate"),
        posted_on=day_of(info.given("startDate")),
        location=listed([first, *others]),
        address=listed([f"{first}, {country}", *others]) if first and country else "",
        url=info.text("externalUrl"),
        company=own.part("hiringOrganization").text("name"),
        requisition=info.identifier("jobReqId"),
        is_remote=info.text("remoteType").lower() in ("remote", "fully remote"),
    )


SYSTEM = System(
    name="workday",
    source=_SOURCE,
    address=lambda token: f"{_site(token)}/jobs",
    token=r"[\w-]+\.[\w-]+/[\w-]+",
    token_looks_like="acme.wd5/Careers",
    part="jobPostings",
    title="title",
    body=_body(0),
    read=_read,
    following=_following,
    detail=_detail,
)
