"""Preprints that a snapshot holds a second time, as a paper or as another version: told by DOI or by title.

OpenAlex joins most preprints with the papers they became. Of those that it did not join the paper counts, not the
preprint too.
"""

import ibis
from ibis.expr import types as ir

from where_is_ai.layers.research.methods import PAPER_TYPES

# A preprint and what was published of it are at most this many years apart.
TWIN_YEARS = 2
PREPRINT = "preprint"
PUBLISHED_TYPES = tuple(name for name in PAPER_TYPES if name != PREPRINT)


def twins(once: ir.Table) -> ir.Table:
    """work and ``published_too`` (true) of the preprints that are there a second time.

    The other is a paper that counts, of the same subfield, with the same DOI, or with the same title and an institution
    in common, at most TWIN_YEARS apart; or another version, with the same DOI but for the version's number. ``once``
    has the columns of KEPT, each work and institution once.
    """
    told = once.filter(once.core & ~once.retracted & once.type.isin(PAPER_TYPES))
    told = told.select(
        "work",
        "institution",
        "subfield",
        "type",
        "title_key",
        "doi_key",
        year=told.published.left(4).cast("int64"),
    )
    found = _by_title(told).union(_by_doi(told), distinct=True)
    return found.mutate(published_too=ibis.literal(True))


def _by_title(told: ir.Table) -> ir.Table:
    placed = told.filter(told.title_key.notnull() & told.institution.notnull())
    preprints = placed.filter(placed.type == PREPRINT)
    others = placed.filter(placed.type.isin(PUBLISHED_TYPES))
    others = others.select("institution", "title_key", "subfield", other_year="year")
    pairs = preprints.inner_join(others, ["institution", "title_key", "subfield"])
    return pairs.filter((pairs.year - pairs.other_year).abs() <= TWIN_YEARS).select("work")


def _by_doi(told: ir.Table) -> ir.Table:
    """Of the works that share a DOI the published ones count, or of preprints alone the one with the lowest number."""
    works = told.filter(told.doi_key.notnull()).select("work", "doi_key", "subfield", "type").distinct()
    alike = ibis.window(group_by=["doi_key", "subfield"])
    ranked = works.mutate(
        published_ones=works.type.isin(PUBLISHED_TYPES).cast("int64").sum().over(alike),
        first=works.work.min().over(alike),
    )
    again = (ranked.published_ones > 0) | (ranked.work > ranked["first"])
    return ranked.filter((ranked.type == PREPRINT) & again).select("work")
