"""Personio careers sites: one XML with all positions of a company."""

from lxml import etree

from where_is_ai.errors import BadUpstream
from where_is_ai.json_records import Record
from where_is_ai.layers.postings.days import day_of
from where_is_ai.layers.postings.systems.places import listed
from where_is_ai.layers.postings.systems.system import Posted, System, source


def _address(token: str) -> str:
    """``acme``, or its whole host where it is another than ``acme.jobs.personio.de``."""
    host = token if "." in token else f"{token}.jobs.personio.de"
    return f"https://{host}/xml?language=en"


def _parse(content: bytes, whence: str) -> dict:
    """The positions as objects: text of each field, and lists of offices and of parts of the description.

    Entities are not resolved and nothing is loaded from elsewhere.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise BadUpstream(
            f"{whence} was kept as malformed XML: {error}.", "Fetch it again with a live run."
        ) from None
    if root.tag != "workzag-jobs":
        return {}
    return {"workzag-jobs": [_position(position) for position in root.findall("position")]}


def _position(position: etree._Element) -> dict:
    fields = {part.tag: (part.text or "").strip() for part in position if isinstance(part.tag, str)}
    offices = [(office.text or "").strip() for office in position.findall("additionalOffices/office")]
    parts = [
        {"name": part.findtext("name") or "", "value": part.findtext("value") or ""}
        for part in position.findall("jobDescriptions/jobDescription")
    ]
    return {**fields, "additionalOffices": offices, "jobDescriptions": parts}


def _read(job: Record, _: Record) -> Posted:
    parts = job.parts("jobDescriptions")
    return Posted(
        id=job.identifier("id"),
        title=job.text("name"),
        markup="\n".join(f"<h3>{part.text('name')}</h3>{part.text('value')}" for part in parts),
        published=job.given("createdAt"),
        posted_on=day_of(job.given("createdAt")),
        location=listed([job.text("office"), *job.texts("additionalOffices")]),
        company=job.text("subcompany"),
    )


SYSTEM = System(
    name="personio",
    source=source("Personio positions", "https://developer.personio.de/docs/retrieving-open-job-positions"),
    address=_address,
    media_type="application/xml",
    parse=_parse,
    part="workzag-jobs",
    title="name",
    read=_read,
)
