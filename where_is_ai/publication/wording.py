"""What pages call columns and marks, and the units of numbers, by a column's name."""

import re

# Headings on pages; a column that is not here is headed by its name with blanks.
HEADINGS = {
    "ai_per_1000": "Per 1,000 jobs",
    "ai_workers": "AI workers",
    "ai_workers_low": "At least",
    "ai_workers_high": "At most",
    "ai_works": "AI papers",
    "ai_works_low": "At least",
    "ai_works_high": "At most",
    "ai_works_per_100k": "Per 100,000 residents",
    "article_ai_works": "Article: papers",
    "article_merge_rank": "Rank by the article's merges",
    "article_metro": "Article: metro",
    "article_rank": "Article: rank",
    "cbsa_rank": "Rank by CBSA",
    "change_pct": "Change, %",
    "city_tag_rank": "Rank by city tag",
    "csa_rank": "Rank by CSA",
    "ghsl_2019a_rank": "Rank by GHSL 2019",
    "ghsl_2024a_rank": "Rank by GHSL 2024",
    "ai_postings": "AI postings",
    "ai_postings_per_100k": "Per 100,000 residents",
    "ai_postings_low": "Really AI, at least",
    "ai_postings_high": "Really AI, at most",
    "ai_share_pct": "AI share, %",
    "change_low": "Change at least",
    "change_high": "Change at most",
    "country_code": "Country",
    "exceeds_noise": "Exceeds noise",
    "few_employers": "Few employers",
    "growth_pct": "Growth, %",
    "included": "Counted",
    "like_for_like_change": "Like-for-like change",
    "like_for_like_pct": "Change, %",
    "metro_id": "Metro id",
    "noise": "Noise, ±",
    "oews_release": "Release",
    "rank_concentration": "Rank per 1,000",
    "rank_low": "Rank from",
    "rank_high": "Rank to",
    "rank_workers": "Rank",
    "top_10_pct": "In the most cited 10 %, %",
    "top_institution": "Most from",
    "top_institution_works": "Its papers",
    "total_employment": "All jobs",
    "why_not": "Why not",
    "why_not_linked": "Why not linked",
    "workers_before": "Before",
    "workers_after": "After",
}
# What marks in cells mean to a reader.
WORDS = {
    "all_published": "published",
    "not_listed": "lower bound: one occupation is not listed",
    "suppressed": "lower bound: one occupation is suppressed",
    "none_published": "unknown: none is published",
    "not_reproducible": "not reproducible",
    "not_checkable": "not checkable",
}


def heading(column: str) -> str:
    """What a page calls a column."""
    words = column.replace("_", " ")
    return HEADINGS.get(column, words[:1].upper() + words[1:])


# What a number counts or is measured in, by its column's name; the first that fits.
UNITS = (
    (r"_pct$", "percent"),
    (r"_per_1000(_|$)", "per 1,000 jobs"),
    (r"_per_100k$", "per 100,000 residents"),
    (r"_km$", "kilometres"),
    (r"^(lat|lon)$", "degrees (WGS 84)"),
    (r"population$", "residents"),
    (r"rank", "rank, 1 is highest"),
    (r"works", "works"),
    (r"postings", "postings"),
    (r"employers", "employers"),
    (r"institutions", "institutions"),
    (r"workers|employment|change|noise$|like_for_like", "jobs"),
)


def unit(column: str) -> str:
    """The unit of a column of numbers; empty where it has none."""
    return next((unit for pattern, unit in UNITS if re.search(pattern, column)), "")
