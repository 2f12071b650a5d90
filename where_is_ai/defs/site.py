"""What spans quarters: all editions in one DuckDB file, and the site."""

import dagster as dg

from where_is_ai.defs.groups import OWNERS, PUBLICATION
from where_is_ai.defs.resources import Choices
from where_is_ai.defs.steps import asset
from where_is_ai.folders import writing
from where_is_ai.publication.duckdb_file import write_duckdb
from where_is_ai.publication.edition import editions
from where_is_ai.site.build import build_site, site_address

COMMON = {"group_name": PUBLICATION, "owners": OWNERS}


@asset(**COMMON, kinds={"duckdb"}, deps=["edition"])
def all_editions_database(choices: Choices) -> dg.MaterializeResult:
    """Every published table of every edition in one DuckDB file, with the edition of each row in front.

    It is assembled last, from the editions' own Parquet files, and left alone where none of them changed.
    """
    published = choices.settings.published
    found = editions(published)
    with writing(published):
        path = write_duckdb(published, found)
    return dg.MaterializeResult(
        metadata={
            "file": dg.MetadataValue.path(str(path)),
            "editions": len(found),
            "bytes": path.stat().st_size,
        }
    )


@asset(**COMMON, kinds={"html", "javascript"}, deps=["edition", all_editions_database])
def site(choices: Choices) -> dg.MaterializeResult:
    """Pages for readers: a page per question and edition, a page per metro, the feed, and the front page last.

    All of them are made from what is published, so that any static host can serve the folder. Set
    WHERE_IS_AI_SITE to the site's public address, so that shared links show their picture.
    """
    with writing(choices.settings.published):
        front = build_site(choices.settings.published, site_address())
    return dg.MaterializeResult(
        metadata={
            "front_page": dg.MetadataValue.path(str(front)),
            "pages": sum(1 for _ in front.parent.rglob("*.html")),
        }
    )
