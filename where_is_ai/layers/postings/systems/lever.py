"""Lever postings: a bare list, in pages of a hundred where there are more; boards of the EU are on another host."""

from urllib.parse import parse_qs, urlsplit

from where_is_ai.archive.entry import Request
from where_is_ai.json_records import Record
from where_is_ai.layers.postings.days import day_of_epoch_ms
from where_is_ai.layers.postings.systems.places import listed
from where_is_ai.layers.postings.systems.system import Posted, System, of, source, with_url

PAGE = 100


def _read(job: Record, _: Record) -> Posted:
    """The title is ``text``; the description comes in a head, lists and a tail; ``country`` is an ISO code."""
    categories = job.part("categories")
    first = categories.text("location")
    places = categories.texts("allLocations") or ([first] if first else [])
    lists = [(part.text("text"), part.text("content")) for part in job.parts("lists")]
    body = [f"<p>{head}</p><ul>{items}</ul>" for head, items in lists]
    return Posted(
        id=job.identifier("id"),
        title=job.text("text"),
        markup="\n".join([_head(job), *body, job.text("additional")]),
        published=job.given("createdAt"),
        posted_on=day_of_epoch_ms(job.given("createdAt")),
        location=listed(places),
        address=_address(places, job.text("country")),
        url=job.text("hostedUrl"),
        is_remote=job.text("workplaceType").lower() == "remote",
    )


def _head(job: Record) -> str:
    """``description``, or the two parts that it is made of, or it as plain text."""
    parts = "\n".join(filter(None, (job.text("opening"), job.text("descriptionBody"))))
    return job.text("description") or parts or job.text("descriptionPlain")


def _address(places: list[str], country: str) -> str:
    """The country goes with a place alone, and with those of a list that name nothing but a city."""
    if not country or not places:
        return ""
    if len(places) == 1:
        return f"{places[0]}, {country}"
    bare = [place for place in places if "," not in place]
    others = [place for place in places if "," in place]
    return listed([*others, ", ".join([*bare, country])]) if bare else listed(others)


def _following(request: Request, answer: object) -> Request | None:
    """The next page after a full one. The first answer holds all postings, or a page of them."""
    count = len(answer) if isinstance(answer, list) else 0
    if not count or count % PAGE:
        return None
    asked = parse_qs(urlsplit(request.url).query)
    skip = int(asked.get("skip", ["0"])[0]) + count
    return with_url(request, f"{request.url.partition('?')[0]}?mode=json&skip={skip}&limit={PAGE}")


def _system(name: str, title: str, host: str) -> System:
    return System(
        name=name,
        source=source(title, "https://github.com/lever/postings-api"),
        address=of(f"https://{host}/v0/postings/{{token}}?mode=json"),
        part="",
        title="text",
        read=_read,
        following=_following,
    )


SYSTEM = _system("lever", "Lever postings", "api.lever.co")
SYSTEM_OF_EU = _system("lever_eu", "Lever postings of the EU", "api.eu.lever.co")
