"""Findings, and the edition that holds everything published of a quarter."""

from datetime import UTC, datetime

import dagster as dg
import pandas as pd

from where_is_ai.archive.entry import Entry
from where_is_ai.defs.about import about_edition
from where_is_ai.defs.groups import OWNERS, PUBLICATION
from where_is_ai.defs.partitions import QUARTERS, quarter_of, timeliness
from where_is_ai.defs.resources import Choices
from where_is_ai.defs.steps import asset
from where_is_ai.files import write_text
from where_is_ai.layers.employment import findings, findings_yoy
from where_is_ai.layers.employment.releases import release_known_in
from where_is_ai.layers.research import findings as world
from where_is_ai.publication.about import write_about
from where_is_ai.publication.catalog import CATALOG
from where_is_ai.publication.datapackage import write_datapackage
from where_is_ai.publication.gallery import GALLERY
from where_is_ai.publication.revisions import close_revision
from where_is_ai.publication.walk_back import add_walk_back
from where_is_ai.site.maps import write_site_maps

COMMON = {"group_name": PUBLICATION, "partitions_def": QUARTERS, "owners": OWNERS}
PUBLISHED_TABLES = tuple(CATALOG)
RAW_ASSETS = (
    "raw_census_gazetteer",
    "raw_census_population",
    "raw_oews_metro",
    "raw_oews_earlier",
    "raw_oews_national",
    "raw_openalex_works_by_institution",
    "raw_openalex_institutions",
    "raw_openalex_distinct",
    "raw_openalex_article",
    "raw_research_geographies",
    "raw_census_delineation",
    "raw_job_boards",
    "raw_usajobs_announcements",
    "raw_usajobs_texts",
    "raw_linkup_feed",
)
# Of these, at least one has rows in a quarter that was measured at all.
MEASURES = frozenset(PUBLISHED_TABLES) - {"claims"}
HOLDS_SOMETHING = "holds_something"


@asset(**COMMON, kinds={"markdown"})
def usa_findings(
    context: dg.AssetExecutionContext,
    choices: Choices,
    usa_ai_employment_by_msa: pd.DataFrame,
    raw_oews_metro: list[Entry],
) -> dg.MaterializeResult:
    """Which metros have most AI workers, and most per 1,000 jobs, in words, with what the numbers do not mean.

    Every number in a sentence is taken from the table, with the source, the release and the method named;
    nothing is typed by hand.
    """
    if usa_ai_employment_by_msa.empty:
        return _left_out(context, choices, "usa_findings.md", "usa_ai_employment_by_msa")
    quarter = quarter_of(context)
    text = findings.usa_findings(
        usa_ai_employment_by_msa, quarter, release_known_in(quarter), _any_reconstructed(raw_oews_metro)
    )
    return _published_text(context, choices, "usa_findings.md", text)


@asset(**COMMON, kinds={"markdown"})
def usa_yoy_findings(
    context: dg.AssetExecutionContext,
    choices: Choices,
    usa_ai_employment_yoy: pd.DataFrame,
    raw_oews_metro: list[Entry],
) -> dg.MaterializeResult:
    """Which metros gained, lost and grew fastest since the release before, and which can't be compared and why.

    Metros that can't be compared are listed with the reason, since a suppressed cell looks like a loss in
    a careless table.
    """
    if usa_ai_employment_yoy.empty:
        return _left_out(context, choices, "usa_yoy_findings.md", "usa_ai_employment_yoy")
    quarter = quarter_of(context)
    release = release_known_in(quarter)
    text = findings_yoy.usa_yoy_findings(
        usa_ai_employment_yoy, quarter, release.previous, release, _any_reconstructed(raw_oews_metro)
    )
    return _published_text(context, choices, "usa_yoy_findings.md", text)


@asset(**COMMON, kinds={"markdown"})
def world_findings(
    context: dg.AssetExecutionContext,
    choices: Choices,
    world_ai_research_by_metro: pd.DataFrame,
    raw_openalex_works_by_institution: list[Entry],
) -> dg.MaterializeResult:
    """Which metros of the world publish most AI papers, in words, with what the numbers do not mean.

    Every number in a sentence is taken from the table, with the source, the window and the method named;
    nothing is typed by hand.
    """
    if world_ai_research_by_metro.empty:
        return _left_out(context, choices, "world_findings.md", "world_ai_research_by_metro")
    text = world.world_findings(
        world_ai_research_by_metro,
        quarter_of(context),
        choices.research_method,
        _any_reconstructed(raw_openalex_works_by_institution),
    )
    return _published_text(context, choices, "world_findings.md", text)


@asset(
    **COMMON,
    kinds={"csv", "html", "json"},
    check_specs=[
        dg.AssetCheckSpec(
            HOLDS_SOMETHING, asset="edition", description="At least one layer was measured in this quarter."
        )
    ],
    deps=[
        *PUBLISHED_TABLES,
        *RAW_ASSETS,
        *(picture.asset for picture in GALLERY),
        usa_findings,
        usa_yoy_findings,
        world_findings,
        "postings_findings",
        "claims_findings",
    ],
)
def edition(context: dg.AssetExecutionContext, choices: Choices) -> dg.MaterializeResult:
    """The quarter's published folder: tables as CSV and Parquet, their schemas, and where each number came from.

    A re-run that changes an input or a number is a numbered revision: what it corrects is in corrections.csv, and what
    was published before stays under revisions/.
    """
    quarter, shelf, published = quarter_of(context), choices.shelf, choices.edition(context)
    tables = {name: shelf.table(name, quarter) for name in PUBLISHED_TABLES}
    tables = {name: table for name, table in tables.items() if table is not None and len(table)}
    if MEASURES.isdisjoint(tables):
        return _nothing_measured(context)
    for name in PUBLISHED_TABLES:
        if name in tables:
            published.write_csv(f"{name}.csv", tables[name])
            published.write_parquet(f"{name}.parquet", tables[name])
        else:
            published.path(f"{name}.csv").unlink(missing_ok=True)
            published.path(f"{name}.parquet").unlink(missing_ok=True)
    published.write_provenance(
        {name: shelf.entries(name, quarter) for name in RAW_ASSETS}, {"research": choices.method.value}
    )
    add_walk_back(choices.settings, quarter)
    write_datapackage(published.folder, [CATALOG[name] for name in tables])
    about = about_edition(context, choices, tables)
    write_about(published.folder, about)
    write_site_maps(published.folder, tables, about.notes)
    revision = close_revision(published.folder, datetime.now(UTC))
    return dg.MaterializeResult(
        metadata={
            "revision": revision,
            "folder": dg.MetadataValue.path(str(published.folder)),
            "source": choices.source.value,
            "files": dg.MetadataValue.md(
                "\n".join(f"- {path.name}" for path in sorted(published.folder.iterdir()))
            ),
            **timeliness(quarter),
        },
        check_results=[_holds_something(True, f"{len(tables)} tables of {quarter}")],
    )


def _nothing_measured(context: dg.AssetExecutionContext) -> dg.MaterializeResult:
    """No layer has anything, which is no edition: what is published stays as it is, and a check says so."""
    found = (
        f"nothing is archived for {quarter_of(context)}. Fetch it with a live run, or choose another quarter"
    )
    return dg.MaterializeResult(
        metadata={"left_out": f"{found}."}, check_results=[_holds_something(False, found)]
    )


def _holds_something(passed: bool, found: str) -> dg.AssetCheckResult:
    expected = "at least one layer measured"
    return dg.AssetCheckResult(
        check_name=HOLDS_SOMETHING,
        passed=passed,
        description=f"Expected: {expected}. Found: {found}.",
        metadata={"expected": expected, "found": found},
    )


def _left_out(
    context: dg.AssetExecutionContext, choices: Choices, name: str, table: str
) -> dg.MaterializeResult:
    """Nothing to publish; nor does what an earlier run published stay."""
    choices.edition(context).path(name).unlink(missing_ok=True)
    return dg.MaterializeResult(metadata={"left_out": f"{table} has no rows in {quarter_of(context)}."})


def _published_text(
    context: dg.AssetExecutionContext, choices: Choices, name: str, text: str
) -> dg.MaterializeResult:
    path = choices.edition(context).path(name)
    write_text(path, text)
    return dg.MaterializeResult(
        metadata={"file": dg.MetadataValue.path(str(path)), "text": dg.MetadataValue.md(text)}
    )


def _any_reconstructed(entries: list[Entry]) -> bool:
    return any(entry.reconstructed for entry in entries)
