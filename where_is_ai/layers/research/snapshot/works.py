"""The rule by which a snapshot's records become rows: one row for each AI work and each institution of its authors.

An Ibis expression, which DuckDB and Spark run alike; nothing here knows where the records lie or what runs it.
"""

from collections.abc import Sequence

import ibis
from ibis.expr import types as ir

# Counted up when the rule changes: rows that were kept by another are not used.
RULE = 2
# Works are kept since this year, whichever quarter is measured: a snapshot is read once.
SINCE = "2018-01-01"
# The subfields of the methods: 1702 Artificial Intelligence, 1707 Computer Vision and Pattern Recognition.
SUBFIELDS = ("1702", "1707")
# Shares of a paper are counted in billionths of it: whole numbers add up to the same in any order.
PAPER = 10**9
# Letters of a title by which two works are taken for the same: fewer are such as "Editorial".
SHORTEST_KEY, LONGEST_KEY = 20, 120
_DAY = "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
# What tells versions of a preprint apart in their DOIs: 10.21203/rs.3.rs-1/v2, 10.20944/preprints1.v1.
_VERSION = "[./]v[0-9]+$"
_SUBFIELD = "https://openalex.org/subfields/"

# What is read of a record; all else is skipped.
WORK = ibis.schema(
    {
        "id": "string",
        "doi": "string",
        "title": "string",
        "publication_date": "string",
        "updated_date": "string",
        "type": "string",
        "is_xpac": "boolean",
        "is_retracted": "boolean",
        "primary_topic": "struct<id: string, display_name: string, subfield: struct<id: string>>",
        "primary_location": "struct<source: struct<id: string, display_name: string>>",
        "citation_normalized_percentile": "struct<is_in_top_10_percent: boolean, is_in_top_1_percent: boolean>",
        "authorships": "array<struct<institutions: array<struct<id: string>>>>",
    }
)
INSTITUTION = ibis.schema(
    {
        "id": "string",
        "display_name": "string",
        "type": "string",
        "country_code": "string",
        "lineage": "array<string>",
        "works_count": "int64",
        "geo": "struct<city: string, geonames_city_id: string, region: string, country_code: string, country: string, "
        "latitude: float64, longitude: float64>",
    }
)
# A row for each work and institution; ``institution`` is null for authors whom OpenAlex places nowhere. ``share`` is
# in billionths: a paper is divided among its authors, an author's part among the institutions. The one row without a
# work counts the ``records`` that are no AI works.
KEPT = ibis.schema(
    {
        "work": "int64",
        "institution": "int64",
        "published": "string",
        "updated": "string",
        "type": "string",
        "subfield": "string",
        "topic": "string",
        "topic_name": "string",
        "source": "string",
        "source_name": "string",
        "title_key": "string",
        "doi_key": "string",
        "core": "boolean",
        "retracted": "boolean",
        "top_10": "boolean",
        "top_1": "boolean",
        "part": "string",
        "share": "int64",
        "records": "int64",
    }
)
OF_WORK = tuple(name for name in KEPT.names if name not in ("work", "institution", "share", "records"))


def ai_authorships(works: ir.Table, since: str = SINCE, subfields: Sequence[str] = SUBFIELDS) -> ir.Table:
    """KEPT, from records with the columns of WORK and their ``filename``."""
    addresses = [f"{_SUBFIELD}{name}" for name in subfields]
    dated = works.mutate(
        number=_number(works.id, "W"), published=works.publication_date.cast("string").left(10)
    )
    is_meant = (
        dated.primary_topic.subfield.id.isin(addresses)
        & (dated.published >= since)
        & dated.published.re_search(_DAY)
        & dated.number.notnull()
    )
    flagged = dated.mutate(is_ai=is_meant.fill_null(False))

    def if_ai(value: ir.Value) -> ir.Value:
        return ibis.ifelse(flagged.is_ai, value, ibis.null(value.type()))

    cited, source = flagged.citation_normalized_percentile, flagged.primary_location.source
    authors = flagged.authorships.map(lambda author: author.institutions.map(lambda found: found.id))
    nobody = ibis.literal([None], type="array<array<string>>")
    by_author = flagged.select(
        work=if_ai(flagged.number),
        published=if_ai(flagged.published),
        updated=if_ai(flagged.updated_date.cast("string").left(10).fill_null("")),
        type=if_ai(flagged.type),
        subfield=if_ai(flagged.primary_topic.subfield.id.right(4)),
        topic=if_ai(flagged.primary_topic.id.re_extract("T[0-9]+$", 0).nullif("")),
        topic_name=if_ai(flagged.primary_topic.display_name),
        source=if_ai(source.id),
        source_name=if_ai(source.display_name),
        title_key=if_ai(_title_key(flagged.title)),
        doi_key=if_ai(_doi_key(flagged.doi)),
        core=if_ai(~flagged.is_xpac.fill_null(False)),
        retracted=if_ai(flagged.is_retracted.fill_null(False)),
        top_10=if_ai(cited.is_in_top_10_percent.fill_null(False)),
        top_1=if_ai(cited.is_in_top_1_percent.fill_null(False)),
        part=if_ai(flagged.filename.re_extract("[^/]+/[^/]+$", 0)),
        authors=_length(flagged.authorships),
        places=ibis.ifelse(flagged.is_ai & (_length(flagged.authorships) > 0), authors, nobody).unnest(),
    )
    nowhere = ibis.literal([None], type="array<string>")
    places = by_author.places
    by_place = by_author.mutate(
        share=(PAPER // (by_author.authors * _length(places)).nullif(0)).fill_null(0),
        place=ibis.ifelse(_length(places) > 0, places, nowhere).unnest(),
    )
    found = by_place.mutate(institution=_number(by_place.place, "I"))
    rows = found.group_by("work", "institution").agg(
        **{name: found[name].max() for name in OF_WORK}, share=found.share.sum(), records=found.count()
    )
    return rows.select(*KEPT.names).cast(KEPT)


def _title_key(title: ir.StringValue) -> ir.StringValue:
    """A title's letters and digits of ASCII, small; null where there are too few of them to tell works apart."""
    key = title.re_replace("[^A-Za-z0-9]+", "").lower().left(LONGEST_KEY)
    return ibis.ifelse(key.length() >= SHORTEST_KEY, key, ibis.null("string"))


def _doi_key(doi: ir.StringValue) -> ir.StringValue:
    """A DOI that all versions of a preprint share; null where there is none."""
    return doi.lower().re_extract("10[.].+$", 0).re_replace(_VERSION, "").nullif("")


def _length(array: ir.ArrayValue) -> ir.IntegerValue:
    return array.length().fill_null(0)


def _number(address: ir.StringValue, letter: str) -> ir.IntegerValue:
    """The number of an id such as ``https://openalex.org/W2741809807``; null where it is none."""
    return address.re_extract(rf"(?:^|/){letter}([0-9]{{1,15}})$", 1).nullif("").cast("int64")
