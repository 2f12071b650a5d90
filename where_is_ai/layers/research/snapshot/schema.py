"""What the tables of the method snapshot hold: the one place that says so."""

import pandas as pd
import pandera.pandas as pa
from pandera.typing import Series

from where_is_ai import fields
from where_is_ai.columns import column
from where_is_ai.geography.names import country_name
from where_is_ai.layers.research.schema import COUNTRY, INSTITUTION_ID
from where_is_ai.tables import Table

SUBFIELD_WORDS = {"1702": "Artificial Intelligence", "1707": "Computer Vision and Pattern Recognition"}
YEAR = r"^\d{4}$"
DAY = r"^\d{4}-\d\d-\d\d$"
SUBFIELD = r"^\d{4}$"


class SnapshotParts(Table):
    """One row per part of the snapshot's works: what was read of it, and where its rows are kept."""

    part: Series[str] = pa.Field(unique=True, description="The part's path below the folder of works")
    bytes: Series[int] = pa.Field(ge=0, description="Bytes of the part, as its manifest says")
    records: Series[pd.Int64Dtype] = pa.Field(
        nullable=True, ge=0, description="Records in it, as its manifest says and as were read"
    )
    kept_in: Series[str] = pa.Field(
        description="The file that holds the rows of its AI works, below the folder of all that is made"
    )
    snapshot: Series[str] = pa.Field(str_matches=DAY, description="The day of the snapshot")
    format: Series[str] = pa.Field(isin=("jsonl", "parquet"), description="The snapshot's format")


class _Counts(Table):
    """How many works count for each measure."""

    ai_works: Series[int] = pa.Field(ge=0, description="AI works in the window")
    any_type_works: Series[int] = pa.Field(
        ge=0, description="AI works of all types in the window, papers or not"
    )
    year_before_works: Series[int] = pa.Field(
        ge=0, description="AI works in the same months of the year before"
    )
    mature_works: Series[int] = pa.Field(
        ge=0, description="AI works two to five years old at the quarter's end"
    )
    top_10_works: Series[int] = pa.Field(
        ge=0, description="Of the mature works, those in the most cited 10 %"
    )
    top_1_works: Series[int] = pa.Field(ge=0, description="Of the mature works, those in the most cited 1 %")


class InstitutionCounts(_Counts):
    """One row per institution that the snapshot's works name."""

    institution_id: Series[str] = pa.Field(str_matches=INSTITUTION_ID, unique=True, description="OpenAlex id")


class WorldCounts(_Counts):
    """One row: the works of the whole world, each once."""

    without_institution: Series[int] = pa.Field(
        ge=0, description="Of ai_works, those that OpenAlex places nowhere"
    )
    retracted_works: Series[int] = pa.Field(
        ge=0, description="Retracted works of the window, which are not counted"
    )
    preprint_works: Series[int] = pa.Field(ge=0, description="Of ai_works, preprints")
    preprint_twins: Series[int] = pa.Field(
        ge=0, description="Preprints of the window that are not counted: each is there a second time"
    )


class AreaCounts(Table):
    """One row per area of each geography: its distinct works."""

    geography: Series[str] = pa.Field(description="Name of the geography")
    area_id: Series[str] = pa.Field(description="Id of the area")
    ai_works: Series[int] = pa.Field(ge=0, description="Distinct AI works in the window")


class TopicCounts(Table):
    """One row per metro (or the world), subfield and topic: the papers of the window, whatever their subfield."""

    metro_id: Series[str] = pa.Field(description="As in world_ai_research_by_metro, or world")
    subfield: Series[str] = pa.Field(description="OpenAlex's subfield of the works' primary topics")
    topic: Series[str] = pa.Field(nullable=True, description="OpenAlex's id of the primary topic")
    topic_name: Series[str] = pa.Field(nullable=True, description="Its name")
    works: Series[int] = pa.Field(ge=1, description="Distinct papers")


class _OfMetro(Table):
    """The metro that a row is about."""

    metro_id: Series[str] = column("As in world_ai_research_by_metro", heading="Metro id")
    metro: Series[str] = column("Name of the metro")
    country_code: Series[str] = column(
        "ISO 3166-1 alpha-2", heading="Country", words=country_name, nullable=True, str_matches=COUNTRY
    )


class _Shares(Table):
    """Papers counted in parts: one paper adds up to one over all metros."""

    ai_works_by_authors: Series[pd.Float64Dtype] = fields.rate(
        "AI works, each divided among its authors, and an author's part among the institutions",
        "works",
        2,
        heading="Divided among authors",
    )
    ai_works_by_institutions: Series[pd.Float64Dtype] = fields.rate(
        "AI works, each divided equally among its institutions",
        "works",
        2,
        heading="Divided among institutions",
    )


class _Origin(Table):
    """What the numbers rest on."""

    method: Series[str] = column("Name of the method")
    snapshot: Series[str] = column("Day of the snapshot that was read", str_matches=DAY)


def _end(what: str, end: str, unit: str, decimals: int = 0) -> object:
    return fields.rate(
        f"{what}: {end} end of the interval that 95 % of resampled papers give", unit, decimals
    )


class SnapshotMetro(_Origin, _Shares, _OfMetro):
    """The published table ``world_ai_snapshot_by_metro``: whole and divided counts, sectors, and how sure they are."""

    ai_works: Series[int] = fields.count(
        "Distinct AI works of the window with an author there", "works", heading="AI papers", least=1
    )
    rank: Series[pd.Int64Dtype] = fields.rank("1 is most AI works", nullable=False)
    ai_works_from: Series[pd.Float64Dtype] = _end("AI works", "low", "works")
    ai_works_to: Series[pd.Float64Dtype] = _end("AI works", "high", "works")
    rank_from: Series[pd.Float64Dtype] = fields.rate(
        "Rank: best that 95 % of resampled papers give", fields.RANK, 0, heading="Rank from"
    )
    rank_to: Series[pd.Float64Dtype] = fields.rate(
        "Rank: worst that 95 % of resampled papers give", fields.RANK, 0, heading="Rank to"
    )
    company_works: Series[int] = fields.count("Of them, with an author at a company there", "works")
    government_works: Series[int] = fields.count(
        "Of them, with an author at a government body there", "works"
    )
    university_works: Series[int] = fields.count("Of them, with an author at a university there", "works")
    retracted_works: Series[int] = fields.count(
        "Retracted works of the window, which are not counted", "works"
    )
    preprint_twins: Series[int] = fields.count(
        "Preprints of the window that are there a second time, as a published paper or another version, by DOI or by "
        "title, institution and year; they are not counted",
        "works",
    )
    ai_works_with_twins: Series[int] = fields.count(
        "AI works with those preprints, as the API counts", "works"
    )
    mature_works: Series[int] = fields.count(
        "Distinct AI works that were two to five years old at the quarter's end", "works"
    )
    top_10_works: Series[int] = fields.count(
        "Of the mature works, those in the most cited 10 % of their field and year", "works"
    )
    top_10_pct: Series[pd.Float64Dtype] = fields.share_pct(
        "Their share of the mature works", heading="In the most cited 10 %, %"
    )
    top_10_pct_from: Series[pd.Float64Dtype] = _end("That share", "low", "percent", 2)
    top_10_pct_to: Series[pd.Float64Dtype] = _end("That share", "high", "percent", 2)
    world_top_10_pct: Series[pd.Float64Dtype] = fields.share_pct(
        "The same share of all the world's mature works"
    )
    top_1_works: Series[int] = fields.count(
        "Of the mature works, those in the most cited 1 % of their field and year", "works"
    )
    top_1_pct: Series[pd.Float64Dtype] = fields.share_pct("Their share of the mature works")
    top_1_pct_from: Series[pd.Float64Dtype] = _end("That share", "low", "percent", 2)
    top_1_pct_to: Series[pd.Float64Dtype] = _end("That share", "high", "percent", 2)
    world_top_1_pct: Series[pd.Float64Dtype] = fields.share_pct(
        "The same share of all the world's mature works"
    )

    mature_twins: Series[int] = fields.count("Such preprints that mature_works leaves out", "works")
    top_10_twins: Series[int] = fields.count("Such preprints that top_10_works leaves out", "works")


class SnapshotYear(_Origin, _Shares, _OfMetro):
    """The published table ``world_ai_snapshot_by_year``: each metro's papers by subfield and year since 2018."""

    subfield: Series[str] = column(
        "OpenAlex's subfield of the works' primary topics", words=SUBFIELD_WORDS, str_matches=SUBFIELD
    )
    year: Series[str] = column("Year of publication", str_matches=YEAR)
    ai_works: Series[int] = fields.count("Distinct papers of that year", "works", heading="Papers", least=1)
    top_10_works: Series[int] = fields.count(
        "Of them, those in the most cited 10 % of their field and year", "works"
    )
    top_10_pct: Series[pd.Float64Dtype] = fields.share_pct("Their share", heading="In the most cited 10 %, %")
    top_1_works: Series[int] = fields.count(
        "Of them, those in the most cited 1 % of their field and year", "works"
    )
    world_ai_works: Series[int] = fields.count("Papers of the world, each once", "works", least=1)
    share_of_world_pct: Series[pd.Float64Dtype] = fields.share_pct(
        "Share of the world's papers that have an author there; metros do not add up to 100"
    )
    world_top_10_pct: Series[pd.Float64Dtype] = fields.share_pct(
        "Share of the world's papers of that year in the most cited 10 %"
    )


class SnapshotSector(_Origin, _Shares, _OfMetro):
    """The published table ``world_ai_snapshot_by_sector``: companies, governments and universities of each metro."""

    sector: Series[str] = column("company, university, government, …, by OpenAlex's type of the institution")
    ai_works: Series[int] = fields.count(
        "Distinct AI works of the window with an author at one of them", "works", heading="AI papers", least=1
    )
    institutions: Series[int] = fields.count("How many of them have any", "institutions", least=1)
    top_institution: Series[str] = column("The one with most AI works", heading="Most from")
    top_institution_works: Series[int] = fields.count(
        "AI works of that one", "works", heading="Its papers", least=1
    )


class SnapshotVenue(_Origin, _OfMetro):
    """The published table ``world_ai_snapshot_by_venue``: where each metro's papers come out, the most used venues."""

    venue_id: Series[str] = column("OpenAlex id of the journal, conference or archive", str_matches=r"^S\d+$")
    venue: Series[str] = column("Its name", nullable=True)
    ai_works: Series[int] = fields.count(
        "Distinct AI works of the window that came out there first of all",
        "works",
        heading="AI papers",
        least=1,
    )
    share_pct: Series[pd.Float64Dtype] = fields.share_pct("Their share of the metro's AI works")
    rank_in_metro: Series[pd.Int64Dtype] = fields.rank("1 is most AI works of the metro", nullable=False)


class SnapshotLinks(_Origin):
    """The published table ``world_ai_snapshot_links``: papers that authors of two metros wrote together."""

    metro_id: Series[str] = column("As in world_ai_research_by_metro", heading="Metro id")
    metro: Series[str] = column("Name of the metro")
    with_metro_id: Series[str] = column("The other metro", heading="With metro id")
    with_metro: Series[str] = column("Its name")
    shared_works: Series[int] = fields.count(
        "Distinct AI works of the window with authors in both", "works", least=1
    )
    strength: Series[pd.Float64Dtype] = fields.rate(
        "shared_works divided by the geometric mean of both metros' AI works: 1 if all are shared", "of 1", 4
    )
    rank: Series[pd.Int64Dtype] = fields.rank("1 is most works together", nullable=False)


class SnapshotDifference(Table):
    """The published table ``world_ai_snapshot_difference``: the snapshot's counts beside those of OpenAlex's API."""

    metro_id: Series[str] = column("As in world_ai_research_by_metro", heading="Metro id", unique=True)
    metro: Series[str] = column("Name of the metro")
    api_method: Series[str] = column("Name of the method that asked the API")
    snapshot: Series[str] = column("Day of the snapshot that was read", str_matches=DAY)
    api_retrieved: Series[str] = column("When the API's last answer came, UTC", nullable=True)
    ai_works: Series[pd.Int64Dtype] = fields.count(
        "Distinct AI works by the snapshot, with preprint twins, which the API counts too; empty where only the API "
        "has the metro",
        "works",
        nullable=True,
    )
    api_ai_works: Series[pd.Int64Dtype] = fields.count(
        "The same by the API; empty where only the snapshot has the metro", "works", nullable=True
    )
    difference: Series[pd.Int64Dtype] = column("By the snapshot less by the API", unit="works", nullable=True)
    difference_pct: Series[pd.Float64Dtype] = column(
        "The same in percent of the API's", heading="Difference, %", unit="percent", decimals=2, nullable=True
    )
    retracted_works: Series[pd.Int64Dtype] = fields.count(
        "Retracted works of the window, which the snapshot leaves out", "works", nullable=True
    )
    preprint_twins: Series[pd.Int64Dtype] = fields.count(
        "Of ai_works, preprint twins, which the snapshot leaves out elsewhere", "works", nullable=True
    )
    rank: Series[pd.Int64Dtype] = fields.rank("Rank by the snapshot, with preprint twins")
    api_rank: Series[pd.Int64Dtype] = fields.rank("Rank by the API")
    mature_works: Series[pd.Int64Dtype] = fields.count(
        "Mature works by the snapshot, with preprint twins", "works", nullable=True
    )
    api_mature_works: Series[pd.Int64Dtype] = fields.count("Mature works by the API", "works", nullable=True)
    top_10_works: Series[pd.Int64Dtype] = fields.count(
        "Most cited 10 % of the mature works, by the snapshot, with preprint twins", "works", nullable=True
    )
    api_top_10_works: Series[pd.Int64Dtype] = fields.count(
        "Most cited 10 % of the mature works, by the API", "works", nullable=True
    )
