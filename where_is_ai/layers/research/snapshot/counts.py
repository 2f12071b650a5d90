"""What is counted of the kept rows of a snapshot, as Ibis expressions: by institution, metro, year, venue and link.

Every count is a sum of whole numbers over distinct rows, so that engines that add in another order give the same.
"""

from collections.abc import Mapping
from datetime import date

import ibis
from ibis.expr import types as ir

from where_is_ai.layers.research.methods import StandardMethod
from where_is_ai.layers.research.snapshot.twins import PREPRINT, twins
from where_is_ai.layers.research.snapshot.works import OF_WORK, PAPER
from where_is_ai.quarters import Quarter

# The institutions that count, each with its metro and sector; and those that were merged into others.
METRO_OF = ibis.schema({"institution": "int64", "metro_id": "string", "sector": "string"})
MERGED = ibis.schema({"institution": "int64", "into": "int64"})
# The sectors whose works are told by themselves.
TOLD_SECTORS = ("company", "government", "university")
MEASURES = ("ai_works", "any_type_works", "year_before_works", "mature_works", "top_10_works", "top_1_works")
OF_ROW = (*(name for name in OF_WORK if name not in ("title_key", "doi_key", "part")), "is_twin")
# Of these measures the twins that are left out are told, so that counts that have them can be held beside.
TWINS_OF = {"ai_works": "preprint_twins", "mature_works": "mature_twins", "top_10_works": "top_10_twins"}
# The institutions of each area of each geography.
AREA_OF = ibis.schema({"institution": "int64", "geography": "string", "area_id": "string"})


def authorships(kept: ir.Table, merged: ir.Table | None = None) -> ir.Table:
    """KEPT with each work and institution once, ``institutions``, how many the work has, and ``is_twin``.

    ``is_twin`` says of a preprint that it is there a second time (see ``twins``). Of a work in several parts the newest
    counts. What was merged (MERGED) counts as the institution in its place.
    """
    dated = kept.mutate(last=kept.updated.max().over(ibis.window(group_by=kept.work)))
    newest = dated.filter(dated.updated == dated["last"])
    once = _grouped(newest, share=newest.share.max())
    if merged is not None:
        led = once.left_join(merged, "institution")
        led = led.mutate(institution=ibis.coalesce(led.into, led.institution))
        once = _grouped(led, share=_total(led.share))
    flagged = once.left_join(twins(once), "work")
    flagged = flagged.mutate(is_twin=flagged.published_too.fill_null(False))
    counted = flagged.mutate(
        institutions=flagged.institution.count().over(ibis.window(group_by=flagged.work))
    )
    return counted.select("work", "institution", *OF_ROW, "share", "institutions")


def flags(rows: ir.Table, method: StandardMethod, quarter: Quarter) -> dict[str, ir.BooleanValue]:
    """Whether a row's work counts for each of MEASURES, and for what is told beside: what is left out, preprints."""
    meant = rows.core & rows.subfield.isin(method.subfields)
    typed = meant & rows.type.isin(method.types)
    window = _within(rows, method.window(quarter))
    mature = _within(rows, method.mature_window(quarter))
    whole = typed & ~rows.retracted
    counted = {
        "ai_works": whole & window,
        "any_type_works": meant & window,
        "year_before_works": whole & _within(rows, method.year_before(quarter)),
        "mature_works": whole & mature,
        "top_10_works": whole & mature & rows.top_10,
        "top_1_works": whole & mature & rows.top_1,
        "retracted_works": typed & rows.retracted & window,
        "preprint_works": whole & window & (rows.type == PREPRINT),
    }
    left_out = {name: counted[measure] & rows.is_twin for measure, name in TWINS_OF.items()}
    once = {
        name: flag if name in ("any_type_works", "retracted_works") else flag & ~rows.is_twin
        for name, flag in counted.items()
    }
    return {name: flag.fill_null(False) for name, flag in (once | left_out).items()}


def by_institution(rows: ir.Table, method: StandardMethod, quarter: Quarter) -> ir.Table:
    """institution and MEASURES, for each that has any of them."""
    placed = rows.filter(rows.institution.notnull())
    counted = flags(placed, method, quarter)
    sums = placed.group_by("institution").agg(**{name: _sum(counted[name]) for name in MEASURES})
    return sums.filter(sums.any_type_works + sums.ai_works + sums.mature_works > 0)


def world(rows: ir.Table, method: StandardMethod, quarter: Quarter) -> ir.Table:
    """One row: the ``flags`` of the whole world, each work once, and ai_works without_institution."""
    works = rows.group_by("work", *OF_ROW).agg(placed=rows.institution.count())
    counted = flags(works, method, quarter)
    nowhere = counted["ai_works"] & (works.placed == 0)
    return works.aggregate(
        **{name: _sum(flag) for name, flag in counted.items()}, without_institution=_sum(nowhere)
    )


def in_metros(rows: ir.Table, metro_of: ir.Table, method: StandardMethod, quarter: Quarter) -> ir.Table:
    """A row for each work and metro, with flags, and the paper's share there in billionths by each way to divide it.

    ``by_authors`` divides it among authors, ``by_institutions`` among institutions; ``paper`` says whether it is one by
    the method's types up to the window's end, whatever its subfield, and ``in_window`` whether it is of the window;
    company, government and university whether any such is an author's there.
    """
    placed = rows.inner_join(metro_of, "institution")
    works = placed.group_by("work", "metro_id", *OF_ROW).agg(
        by_authors=_total(placed.share),
        by_institutions=_total(PAPER // placed.institutions),
        **{sector: (placed.sector == sector).max() for sector in TOLD_SECTORS},
    )
    paper = _is_paper(works, method, quarter)
    return works.mutate(
        **flags(works, method, quarter),
        paper=paper,
        in_window=paper & _within(works, method.window(quarter)),
        year=works.published.left(4),
    )


def by_metro(found: ir.Table) -> ir.Table:
    """metro_id, MEASURES, the works of the window by sector, and their shares, from ``in_metros``."""
    now = found.ai_works
    return found.group_by("metro_id").agg(
        **{name: _sum(found[name]) for name in (*MEASURES, "retracted_works", *TWINS_OF.values())},
        **{f"{sector}_works": _sum(now & found[sector]) for sector in TOLD_SECTORS},
        by_authors=_sum(now, found.by_authors),
        by_institutions=_sum(now, found.by_institutions),
    )


def works_by_metro(rows: ir.Table, metro_of: ir.Table, method: StandardMethod, quarter: Quarter) -> ir.Table:
    """The works of the window of each metro alone, each once."""
    placed = rows.inner_join(metro_of, "institution")
    placed = placed.filter(flags(placed, method, quarter)["ai_works"])
    return placed.group_by("metro_id").agg(ai_works=placed.work.nunique())


def by_year(found: ir.Table) -> ir.Table:
    """The papers of each metro by subfield and year of publication, from ``in_metros``."""
    papers = found.filter(found.paper)
    return papers.group_by("metro_id", "subfield", "year").agg(**_of_papers(papers))


def world_by_year(rows: ir.Table, method: StandardMethod, quarter: Quarter) -> ir.Table:
    """The same of the whole world, each work once."""
    works = rows.group_by("work", *OF_ROW).agg(by_authors=_total(rows.share))
    papers = works.filter(_is_paper(works, method, quarter))
    papers = papers.mutate(year=papers.published.left(4), by_institutions=ibis.literal(PAPER, "int64"))
    return papers.group_by("subfield", "year").agg(**_of_papers(papers))


def by_topic(found: ir.Table) -> ir.Table:
    """The papers of the window of each metro by subfield and topic, from ``in_metros``."""
    papers = found.filter(found.in_window)
    return papers.group_by("metro_id", "subfield", "topic").agg(
        topic_name=papers.topic_name.max(), papers=papers.count()
    )


def world_by_topic(rows: ir.Table, method: StandardMethod, quarter: Quarter) -> ir.Table:
    """The same of the whole world, each work once."""
    works = rows.select("work", *OF_ROW).distinct()
    papers = works.filter(_is_paper(works, method, quarter) & _within(works, method.window(quarter)))
    return papers.group_by("subfield", "topic").agg(topic_name=papers.topic_name.max(), papers=papers.count())


def by_area(rows: ir.Table, area_of: ir.Table, method: StandardMethod, quarter: Quarter) -> ir.Table:
    """The works of the window of each area of each geography (AREA_OF), each once."""
    placed = rows.inner_join(area_of, "institution")
    placed = placed.filter(flags(placed, method, quarter)["ai_works"])
    return placed.group_by("geography", "area_id").agg(ai_works=placed.work.nunique())


def by_sector(rows: ir.Table, metro_of: ir.Table, method: StandardMethod, quarter: Quarter) -> ir.Table:
    """The works of the window of each metro by sector of its institutions, each once, and their shares."""
    placed = rows.inner_join(metro_of, "institution")
    placed = placed.filter(flags(placed, method, quarter)["ai_works"])
    return placed.group_by("metro_id", "sector").agg(
        ai_works=placed.work.nunique(),
        by_authors=_total(placed.share),
        by_institutions=_total(PAPER // placed.institutions),
    )


def by_venue(found: ir.Table) -> ir.Table:
    """The works of the window of each metro by the journal, conference or archive that they came out in."""
    named = found.filter(found.ai_works & found.source.notnull())
    return named.group_by("metro_id", "source").agg(
        source_name=named.source_name.max(), ai_works=named.count()
    )


def links(found: ir.Table, least: int) -> ir.Table:
    """metro_id, with_metro_id and the works of the window with authors in both, where they are ``least`` or more."""
    here = found.filter(found.ai_works).select("work", "metro_id")
    there = here.view().rename(with_metro_id="metro_id")
    both = here.inner_join(there, "work").filter(lambda pair: pair.metro_id < pair.with_metro_id)
    shared = both.group_by("metro_id", "with_metro_id").agg(shared_works=both.count())
    return shared.filter(shared.shared_works >= least)


def _is_paper(works: ir.Table, method: StandardMethod, quarter: Quarter) -> ir.BooleanValue:
    """Whether a work is a paper by the method's types, of any subfield, up to the window's end."""
    paper = works.core & works.type.isin(method.types) & ~works.retracted & ~works.is_twin
    return (paper & (works.published <= method.window(quarter)[1].isoformat())).fill_null(False)


def _grouped(rows: ir.Table, share: ir.IntegerScalar) -> ir.Table:
    of_work = {name: rows[name].max() for name in OF_WORK}
    return rows.group_by("work", "institution").agg(**of_work, share=share)


def _of_papers(papers: ir.Table) -> Mapping[str, ir.IntegerScalar]:
    return {
        "papers": papers.count(),
        "by_authors": _total(papers.by_authors),
        "by_institutions": _total(papers.by_institutions),
        "top_10_papers": _sum(papers.top_10),
        "top_1_papers": _sum(papers.top_1),
    }


def _within(rows: ir.Table, days: tuple[date, date]) -> ir.BooleanValue:
    return rows.published.between(*(day.isoformat() for day in days))


def _sum(flag: ir.BooleanValue, of: ir.IntegerValue | int = 1) -> ir.IntegerScalar:
    return _total(ibis.ifelse(flag, of, 0))


def _total(numbers: ir.IntegerValue) -> ir.IntegerScalar:
    """Their sum, of the type that they have: DuckDB would widen it."""
    return numbers.sum().cast("int64")
