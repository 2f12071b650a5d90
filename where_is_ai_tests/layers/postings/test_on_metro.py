"""What the page of a metro says of its postings."""

from dataclasses import dataclass, field

from where_is_ai.layers.postings.on_metro import metro_slice

ROW = {
    "ai_postings": 59, "ai_postings_low": 40.1, "ai_postings_high": 77.6, "all_postings": 294, "ai_share_pct": 20.07,
    "ai_postings_per_100k": 3.03, "ai_postings_per_100k_low": 2.06, "ai_postings_per_100k_high": 3.99, "rank": 1,
    "rank_low": 1, "rank_high": 4, "ai_postings_called": 126, "employers": 78, "employers_read": 103,
    "largest_employer_pct": 3.11, "sectors": 4, "largest_sector": "Information", "largest_sector_pct": 61.2,
    "few_employers": False, "ai_open_at_end": 41, "median_days_open": 61.0,
}  # fmt: skip


@dataclass
class NoTables:
    tables: dict = field(default_factory=dict)

    def rows_by(self, name: str, column: str) -> dict:  # noqa: ARG002
        return {}


def test_the_rate_has_its_interval_and_who_is_behind_it_is_told():
    told = metro_slice(ROW, NoTables())
    assert (told.value, told.unit) == ("3.0", "AI postings per 100,000 residents")
    lines = "\n".join(told.lines)
    assert "1 to 4 with any one employer left out" in lines
    assert "Between 2.06 and 3.99 per 100,000" in lines
    assert "Between 40.1 and 77.6 AI postings" in lines
    assert "103 employers read, one of them with 3 % of AI postings; 61 % are in information" in lines


def test_an_edition_of_before_has_no_such_columns_and_says_what_it_has():
    older = {
        name: value for name, value in ROW.items() if not name.endswith(("_low", "_high", "_read", "sector"))
    }
    lines = "\n".join(metro_slice(older, NoTables()).lines)
    assert "59 AI postings, called so at 78 employers" in lines
    assert "Between" not in lines
    assert "employers read" not in lines
