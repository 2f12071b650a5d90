"""The tables that the method snapshot publishes, and how their numbers are walked back."""

from where_is_ai.layers.published_table import Origin, PublishedTable
from where_is_ai.layers.research.snapshot.schema import (
    SnapshotDifference,
    SnapshotLinks,
    SnapshotMetro,
    SnapshotSector,
    SnapshotVenue,
    SnapshotYear,
)
from where_is_ai.layers.research.snapshot.trace import trace_snapshot

ORIGIN = Origin("OpenAlex", "https://openalex.org/", "CC0-1.0")


def _table(
    name: str, title: str, model: type, key: tuple[str, ...], shown: tuple[str, ...], **more
) -> PublishedTable:
    return PublishedTable(
        name=name, title=title, model=model, page="research", key=key, shown=shown, origin=ORIGIN, trace=trace_snapshot,
        **more,
    )  # fmt: skip


SNAPSHOT_TABLES = (
    _table(
        "world_ai_snapshot_by_metro",
        "Papers counted whole and in parts, with intervals",
        SnapshotMetro,
        ("metro_id",),
        (
            *(
                "rank",
                "rank_from",
                "rank_to",
                "metro",
                "country_code",
                "ai_works",
                "ai_works_from",
                "ai_works_to",
            ),
            *("ai_works_by_authors", "ai_works_by_institutions", "company_works", "university_works"),
            *("top_10_pct", "top_10_pct_from", "top_10_pct_to", "world_top_10_pct"),
        ),
        measure="ai_works",
        place="metro_id",
        names="metro",
    ),
    _table(
        "world_ai_snapshot_by_year",
        "Papers by year of publication, since 2018",
        SnapshotYear,
        ("metro_id", "subfield", "year"),
        ("metro", "subfield", "year", "ai_works", "ai_works_by_authors", "share_of_world_pct", "top_10_pct"),
        measure="ai_works",
        place="metro_id",
        ids="metro_id",
        names="metro",
        period="year",
        note="The newest year is not over, and works of the last months are still being indexed.",
    ),
    _table(
        "world_ai_snapshot_by_sector",
        "Companies, government and universities",
        SnapshotSector,
        ("metro_id", "sector"),
        (
            "metro",
            "sector",
            "ai_works",
            "ai_works_by_authors",
            "institutions",
            "top_institution",
            "top_institution_works",
        ),
        measure="ai_works",
        place="metro_id",
        ids="metro_id",
        names="metro",
    ),
    _table(
        "world_ai_snapshot_by_venue",
        "Where each metro's papers come out",
        SnapshotVenue,
        ("metro_id", "venue_id"),
        ("metro", "rank_in_metro", "venue", "ai_works", "share_pct"),
        measure="ai_works",
        place="metro_id",
        ids="metro_id",
        names="metro",
    ),
    _table(
        "world_ai_snapshot_links",
        "Metros that write papers together",
        SnapshotLinks,
        ("metro_id", "with_metro_id"),
        ("rank", "metro", "with_metro", "shared_works", "strength"),
        measure="shared_works",
        place="metro_id",
        ids="metro_id",
        names="metro",
    ),
    _table(
        "world_ai_snapshot_difference",
        "The snapshot's counts beside those of OpenAlex's API",
        SnapshotDifference,
        ("metro_id",),
        (
            "metro",
            "ai_works",
            "api_ai_works",
            "difference",
            "difference_pct",
            "preprint_twins",
            "rank",
            "api_rank",
        ),
        measure="difference",
        place="metro_id",
        names="metro",
    ),
)
