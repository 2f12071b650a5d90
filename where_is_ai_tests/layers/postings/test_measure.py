"""From postings to the measure: once per metro, once in the nation, and what each number rests on."""

from collections.abc import Iterable, Iterator
from datetime import date

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from where_is_ai.archive.fetch import Replay
from where_is_ai.archive.store import Archive
from where_is_ai.classifier import Posting, Verdict
from where_is_ai.classifier.head import load_head
from where_is_ai.errors import UsageError
from where_is_ai.geography.locations import Locator, read_locations
from where_is_ai.layers.postings import growth
from where_is_ai.layers.postings.corrected import by_metro, of_nation
from where_is_ai.layers.postings.counts import Counts, Judged, addresses, boards, count
from where_is_ai.layers.postings.metro import Basis, Rule, nation, roll_up
from where_is_ai.layers.postings.published import implied_residents, published_pairs
from where_is_ai.layers.postings.quarter import Answers, write_postings
from where_is_ai.layers.postings.schema import MetroPostings, NationPostings, PostingVerdicts
from where_is_ai.layers.postings.snapshots import SNAPSHOTS_OF_A_FLOW, basis_of
from where_is_ai.layers.postings.text import plain_text
from where_is_ai.layers.postings.verdicts import write_verdicts
from where_is_ai.quarters import Quarter
from where_is_ai_tests.geography import delineation_sample as sample
from where_is_ai_tests.geography.delineation_sample import BOSTON, NEW_YORK, SAN_FRANCISCO
from where_is_ai_tests.layers.postings.answers import GREENHOUSE, greenhouse_job, keep

QUARTER = Quarter(2026, 2)
LOCATOR = Locator(sample.counties())
EVERY = Rule(0, 1)
RESIDENTS = pd.DataFrame(
    {"population": [340_000_000], "population_year": [2024], "population_vintage": [2024]}
)
BASIS = Basis(13, "flow", "titles 1", "llm", "Greenhouse job boards")


class TitlesClassifier:
    """Goes by the title alone; says nothing where a title says nothing."""

    name, label = "titles", "titles 1"

    def verdicts(self, postings: Iterable[Posting]) -> Iterator[Verdict]:
        for posting in postings:
            known = posting.title != "?"
            ai = "Machine Learning" in posting.title
            yield Verdict(ai, 0.9 if ai else 0.1) if known else Verdict(None, None)


def places() -> pd.DataFrame:
    """CbsaPlaces of the sample's areas, each with a million residents; a metro without an estimate too."""
    areas = sample.counties().drop_duplicates("area_code")
    made = pd.DataFrame(
        {
            "area_code": areas["area_code"], "name": areas["area_name"], "kind": "metro", "lat": 40.0, "lon": -90.0,
            "population": pd.array([1_000_000] * len(areas), "Int64"),
            "population_year": pd.array([2023] * len(areas), "Int64"),
            "population_vintage": pd.array([2023] * len(areas), "Int64"),
        }
    )  # fmt: skip
    made.loc[made["area_code"] == SAN_FRANCISCO, ["population", "population_year", "population_vintage"]] = (
        pd.NA
    )
    return made


def counted(folder, *jobs: dict, basis: str = "flow", of_boards=None) -> Counts:
    archive, postings, verdicts = Archive(folder), folder / "postings.parquet", folder / "verdicts.parquet"
    entry = keep(archive, GREENHOUSE, date(2026, 4, 20), *jobs)
    posts = folder / "posts.parquet"
    write_postings(Replay(archive), Answers({GREENHOUSE: [entry]}), QUARTER, postings, posts)
    write_verdicts(postings, TitlesClassifier(), verdicts)
    PostingVerdicts.validate(pd.read_parquet(verdicts))
    locations = read_locations(addresses(postings, posts), LOCATOR)
    return count(Judged(postings, posts, verdicts, locations), basis, of_boards)


def job(number: int, place: str, **more: object) -> dict:
    return greenhouse_job(number, location={"name": place}, content=f"text {number}", **more)


def measured(counts: Counts, rule: Rule = EVERY, grown: pd.DataFrame | None = None) -> pd.DataFrame:
    none = growth.none(counts.metros["area_code"], "no earlier quarter")
    metros = roll_up(counts, none if grown is None else grown, places(), BASIS, rule)
    MetroPostings.validate(metros)
    NationPostings.validate(nation(counts, BASIS, RESIDENTS))
    return metros.set_index("area_code")


def test_a_posting_with_several_places_counts_once_in_each_metro_and_once_in_the_nation(tmp_path):
    counts = counted(
        tmp_path, job(1, "Boston, MA; Cambridge, MA; New York, NY"), job(2, "Boston, MA", title="Cook")
    )
    metros = measured(counts)
    assert metros.loc[BOSTON, ["ai_postings", "all_postings"]].to_list() == [1, 2]
    assert metros.loc[NEW_YORK, ["ai_postings", "all_postings"]].to_list() == [1, 1]
    assert counts.nation.iloc[0][["ai_postings", "all_postings"]].to_list() == [1, 2]


def test_what_is_in_no_metro_is_told_apart_and_counted(tmp_path):
    texts = [
        "Remote - US",
        "Remote",
        "London, UK",
        "Portland",
        "2 Locations",
        "United States",
        "Dahlgren, VA",
        "Mars base",
    ]
    counts = counted(tmp_path, *(job(number, text) for number, text in enumerate(texts, start=1)))
    row = nation(counts, BASIS, RESIDENTS).iloc[0]
    found = {
        name: row[name]
        for name in ("remote", "abroad", "ambiguous", "unnamed", "usa_only", "rural", "unknown")
    }
    assert found == {
        "remote": 2,
        "abroad": 1,
        "ambiguous": 1,
        "unnamed": 1,
        "usa_only": 1,
        "rural": 1,
        "unknown": 1,
    }
    assert row["all_postings"] == 4
    assert counts.metros.empty


def test_a_posting_without_a_location_is_counted_among_the_unnamed(tmp_path):
    counts = counted(tmp_path, greenhouse_job(1, location=None), job(2, "Boston, MA"))
    assert counts.places.to_dict() == {"unnamed": 1, "metro": 1}


def test_a_flow_counts_new_postings_and_a_stock_all(tmp_path):
    jobs = [job(1, "Boston, MA"), job(2, "Boston, MA", first_published="2025-01-01T00:00:00Z")]
    jobs.append(job(3, "Boston, MA", first_published=None))
    flow, stock = (counted(tmp_path / kind, *jobs, basis=kind) for kind in ("flow", "stock"))
    assert flow.metros["all_postings"].to_list() == [1]
    assert stock.metros["all_postings"].to_list() == [3]
    assert (flow.undated, stock.undated) == (1, 0)


def test_a_new_city_of_an_old_opening_counts_there_and_not_in_the_nation_s_flow(tmp_path):
    old = greenhouse_job(1, first_published="2025-03-01T00:00:00Z")
    new = greenhouse_job(2, location={"name": "Austin, TX"})
    again = greenhouse_job(3, first_published="2026-05-04T00:00:00Z")
    flow, stock = (counted(tmp_path / kind, old, new, again, basis=kind) for kind in ("flow", "stock"))
    assert flow.metros.set_index("area_code")["all_postings"].to_dict() == {"12420": 1}
    assert flow.nation["all_postings"].to_list() == [0]
    assert stock.metros.set_index("area_code")["all_postings"].to_dict() == {"12420": 1, BOSTON: 1}
    assert stock.nation["all_postings"].to_list() == [1]


def test_fewer_than_eight_snapshots_are_a_stock_unless_feeds_alone_are_read():
    assert basis_of(SNAPSHOTS_OF_A_FLOW - 1, 5) == "stock"
    assert basis_of(SNAPSHOTS_OF_A_FLOW, 5) == "flow"
    assert basis_of(0, 0) == "flow"


def test_rates_say_their_denominator_and_unknown_residents_give_none(tmp_path):
    metros = measured(
        counted(
            tmp_path, job(1, "Boston, MA"), job(2, "Boston, MA", title="Cook"), job(3, "San Francisco, CA")
        )
    )
    assert metros.loc[BOSTON, "ai_share_pct"] == 50
    assert metros.loc[BOSTON, "ai_postings_per_100k"] == pytest.approx(0.1)
    assert pd.isna(metros.loc[SAN_FRANCISCO, "ai_postings_per_100k"])
    assert pd.isna(metros.loc[SAN_FRANCISCO, "rank"])


def test_only_what_qualifies_is_ranked_and_equal_rates_share_the_smaller_rank(tmp_path):
    jobs = [
        job(number, place)
        for number, place in enumerate(["Boston, MA", "New York, NY", "Austin, TX", "Austin, TX"])
    ]
    jobs.append(job(9, "Seattle, WA", title="Cook"))
    metros = measured(counted(tmp_path, *jobs))
    assert metros["rank"].dropna().to_dict() == {"12420": 1, BOSTON: 2, NEW_YORK: 2}
    assert metros.index[-1] == "42660"
    assert measured(counted(tmp_path / "strict", *jobs), Rule())["qualifies"].sum() == 0


def test_the_rule_is_the_article_s_and_can_be_set(monkeypatch):
    assert Rule.chosen() == Rule(residents=500_000, ai_postings=25)
    monkeypatch.setenv("WHERE_IS_AI_QUALIFY_RESIDENTS", "100000")
    monkeypatch.setenv("WHERE_IS_AI_QUALIFY_POSTINGS", "5")
    assert Rule.chosen() == Rule(100_000, 5)
    monkeypatch.setenv("WHERE_IS_AI_QUALIFY_POSTINGS", "a few")
    with pytest.raises(UsageError, match="WHERE_IS_AI_QUALIFY_POSTINGS"):
        Rule.chosen()


def test_employers_are_those_behind_the_ai_postings_and_few_are_marked(tmp_path):
    jobs = [job(number, "Boston, MA", company_name=f"Company {number % 5}") for number in range(1, 8)]
    jobs += [job(number, "New York, NY", company_name=f"Company {number % 4}") for number in range(8, 16)]
    jobs.append(job(99, "New York, NY", company_name="A kitchen", title="Cook"))
    metros = measured(counted(tmp_path, *jobs))
    assert metros["employers"].to_dict() == {BOSTON: 5, NEW_YORK: 4}
    assert metros["few_employers"].to_dict() == {BOSTON: False, NEW_YORK: True}


def test_an_unknown_verdict_widens_the_interval_and_is_no_ai_posting(tmp_path):
    known = measured(counted(tmp_path / "known", job(1, "Boston, MA"), job(2, "Boston, MA", title="Cook")))
    unsure = measured(counted(tmp_path / "unsure", job(1, "Boston, MA"), job(2, "Boston, MA", title="?")))
    assert unsure.loc[BOSTON, "ai_postings"] == known.loc[BOSTON, "ai_postings"] == 1
    assert unsure.loc[BOSTON, "ai_postings_high"] > known.loc[BOSTON, "ai_postings_high"]


@pytest.mark.parametrize("name", ["keywords", "title", "embedding", "llm"])
@given(
    st.dictionaries(
        st.integers(0, 100).map(lambda pct: pct / 100), st.integers(1, 40), min_size=1, max_size=9
    ),
    st.integers(0, 3),
)
@settings(max_examples=25)
def test_what_is_published_lies_within_its_interval(name, postings, unknown):
    if name == "keywords":
        # Which has two probabilities: of a posting with a keyword, and of one without.
        with_keyword = load_head().record["keywords"]["ai_share_with"]
        postings = {with_keyword if probability > 0.5 else 0.01: n for probability, n in postings.items()}
    called = sum(n for probability, n in postings.items() if probability >= 0.65)
    one = {"ai_postings": [called], "all_postings": [sum(postings.values()) + unknown], "unknown": [unknown]}
    probabilities = pd.DataFrame({"probability": list(postings), "postings": list(postings.values())})
    counts = Counts(
        metros=pd.DataFrame({"area_code": [BOSTON]} | one),
        probabilities=probabilities.assign(area_code=BOSTON),
        nation=pd.DataFrame(one),
        nation_probabilities=probabilities,
        places=pd.Series(dtype=int),
        undated=0,
        coverage=pd.DataFrame(),
        employers=pd.DataFrame(),
    )
    for row in (by_metro(counts, name).iloc[0], of_nation(counts, name)):
        assert row["ai_postings_low"] - 0.05 <= row["ai_postings"] <= row["ai_postings_high"] + 0.05
        assert row["ai_postings_called"] == called


def test_rate_share_and_rank_go_by_the_corrected_count(tmp_path):
    jobs = [job(number, "Boston, MA", title="Cook") for number in range(30)]
    jobs += [job(30 + number, "New York, NY") for number in range(2)]
    metros = measured(counted(tmp_path, *jobs))
    assert metros.loc[BOSTON, ["ai_postings_called", "ai_postings", "rank"]].to_list() == [0, 3, 1]
    assert metros.loc[BOSTON, "ai_postings_per_100k"] == pytest.approx(0.3)
    assert metros.loc[BOSTON, "ai_share_pct"] == pytest.approx(10)
    bounds = metros.loc[BOSTON, ["ai_postings_per_100k_low", "ai_postings_per_100k_high"]].astype(float)
    assert bounds["ai_postings_per_100k_low"] < 0.3 < bounds["ai_postings_per_100k_high"]


def test_growth_compares_the_boards_read_in_both_quarters(tmp_path):
    jobs = [job(number, "Boston, MA") for number in range(1, 5)]
    before = counted(tmp_path / "before", *jobs[:2], of_boards=["greenhouse/acme"])
    after = counted(tmp_path / "after", *jobs[1:], job(9, "Austin, TX"), of_boards=["greenhouse/acme"])
    elsewhere = counted(tmp_path / "elsewhere", *jobs, of_boards=["lever/bolt"])
    assert boards(tmp_path / "after" / "postings.parquet") == {"greenhouse/acme"}
    assert elsewhere.metros.empty
    grown = growth.compare(before, after, BASIS.classifier_name).set_index("area_code")
    assert grown.loc[BOSTON, ["growth_before", "growth_after", "growth_pct"]].to_list() == [2, 3, 50.0]
    assert pd.isna(grown.loc["12420", "growth_pct"])
    assert "no AI postings before" in grown.loc["12420", "why_no_growth"]
    metros = measured(after, grown=grown.reset_index())
    assert metros.loc[BOSTON, "growth_pct"] == 50


def test_a_metro_without_growth_says_why(tmp_path):
    metros = measured(counted(tmp_path, job(1, "Boston, MA")))
    assert metros["why_no_growth"].to_list() == ["no earlier quarter"]


def test_verdicts_belong_to_their_postings_however_many_are_held_at_a_time(tmp_path, monkeypatch):
    monkeypatch.setattr("where_is_ai.layers.postings.verdicts.ROWS_AT_A_TIME", 2)
    titles = ["Cook" if number % 3 else "Machine Learning" for number in range(11)]
    counts = counted(
        tmp_path, *(job(number, "Boston, MA", title=title) for number, title in enumerate(titles))
    )
    postings = pd.read_parquet(tmp_path / "postings.parquet").set_index("posting_id")["title"]
    verdicts = pd.read_parquet(tmp_path / "verdicts.parquet").set_index("posting_id")["ai_job"]
    assert (verdicts == (postings == "Machine Learning").reindex(verdicts.index)).all()
    assert counts.metros["ai_postings"].to_list() == [4]


def test_published_counts_and_rates_imply_residents_that_an_estimate_may_fit():
    residents = pd.DataFrame(
        [
            ("19780", 2020, 711_200),
            ("19780", 2023, 737_164),
            ("40060", 2020, 1_316_646),
            ("40060", 2023, 1_349_732),
        ],
        columns=["area_code", "year", "population"],
    )
    found = implied_residents(published_pairs(), residents).set_index("area_code")
    assert found.loc["19780", "fitting_years"] == "2020"
    assert found.loc["40060", "fitting_years"] == ""
    assert found.loc["40060", "nearest_year"] == 2020
    assert found.loc["40060", "nearest_off_pct"] == pytest.approx(1.2, abs=0.05)


def test_the_nation_s_rate_is_per_the_residents_that_are_given_and_names_their_vintage(tmp_path):
    row = nation(counted(tmp_path, job(1, "Boston, MA")), BASIS, RESIDENTS).iloc[0]
    assert row["ai_postings_per_100k"] == pytest.approx(row["ai_postings"] / 340_000_000 * 100_000)
    assert row[["population_year", "population_vintage"]].tolist() == [2024, 2024]


def test_without_residents_of_the_metros_vintage_the_nation_has_no_rate(tmp_path):
    row = NationPostings.validate(
        nation(counted(tmp_path, job(1, "Boston, MA")), BASIS, RESIDENTS.iloc[:0])
    ).iloc[0]
    assert row["ai_postings"] > 0
    assert row[["ai_postings_per_100k", "population", "population_year", "population_vintage"]].isna().all()


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("&lt;p&gt;Fit &amp;amp; serve&lt;/p&gt;", "Fit & serve"),
        ("<ul><li>one</li><li>two</li></ul>", "* one\n* two"),
        ("<p>a <b>bold</b> word</p>", "a bold word"),
        ("plain &amp; simple", "plain & simple"),
        ("&amp;lt;p&amp;gt;R&amp;amp;amp;D&amp;lt;/p&amp;gt;", "R&D"),
        ("<p>write &lt;div&gt; tags</p>", "write <div> tags"),
        ("1 < 2", "1 < 2"),
        ("", ""),
        (None, ""),
        ("<!-- nothing -->", ""),
    ],
)
def test_markup_becomes_text(markup, text):
    assert plain_text(markup) == text
