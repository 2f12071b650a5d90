"""Tables made to tempt each layer into a superlative that they don't bear: its words fall back to published figures."""

import pandas as pd
import pytest

from where_is_ai.geography.names import short_us_names
from where_is_ai.layers import LAYERS
from where_is_ai.layers.adoption import superlatives as adoption
from where_is_ai.layers.adoption import words as adoption_words
from where_is_ai.layers.compute import superlatives as compute
from where_is_ai.layers.compute import words as compute_words
from where_is_ai.layers.compute.scopes import THE_WORLD
from where_is_ai.layers.employment import superlatives as employment
from where_is_ai.layers.employment import words as employment_words
from where_is_ai.layers.funding import superlatives as funding
from where_is_ai.layers.layer import Material
from where_is_ai.layers.postings import superlatives as postings
from where_is_ai.layers.postings import words as postings_words
from where_is_ai.layers.research import superlatives as research
from where_is_ai.layers.research import words as research_words
from where_is_ai.layers.visas import superlatives as visas
from where_is_ai.quarters import Quarter
from where_is_ai.statements import judge, worded
from where_is_ai_tests.superlatives import unjudged

NAMES = ("Austin, TX", "Boise, ID", "Canton, OH", "Dover, DE", "Easton, PA")


def metros(**columns: list) -> pd.DataFrame:
    """As many metros as the columns have values, ranked as they stand."""
    number = len(next(iter(columns.values())))
    frame = pd.DataFrame(columns).convert_dtypes()
    frame["area_code"] = [f"1000{place}" for place in range(number)]
    frame["metro_id"] = frame["area_code"]
    frame["metro"] = NAMES[:number]
    frame["rank"] = pd.array(range(1, number + 1), dtype="Int64")
    return frame


def jobs(
    workers: list, high: list, sizes: list, per_1000: list | None = None, dense_high: list | None = None
) -> pd.DataFrame:
    per_1000 = per_1000 or workers
    frame = metros(
        ai_workers=workers,
        ai_workers_low=workers,
        ai_workers_high=high,
        ai_per_1000=per_1000,
        ai_per_1000_low=per_1000,
        ai_per_1000_high=dense_high or per_1000,
        total_employment=sizes,
    )
    frame["rank_workers"] = frame["ai_workers"].rank(ascending=False, method="min").astype("Int64")
    frame["rank_concentration"] = frame["ai_per_1000"].rank(ascending=False, method="min").astype("Int64")
    return frame


SURE = jobs([900, 300], [900, 300], [400_000, 300_000], [9.0, 3.0])


def test_jobs_that_the_bounds_bear_are_said_plainly():
    assert (
        employment_words.map_title(SURE)
        == "Austin has the most AI workers, Austin, Texas, the highest share of jobs"
    )
    assert worded(employment.count_lead(SURE)) == "Austin, TX has the most AI workers, 900"


@pytest.mark.parametrize(
    ("tempting", "why"),
    [
        (jobs([900, 300], [900, pd.NA], [400_000, 300_000]), "1 of 1 others have no upper bound"),
        (jobs([900, 300], [900, 950], [400_000, 300_000]), "another's upper bound reaches its lower bound"),
        (jobs([900, 300], [900, 300], [40_000, 300_000]), "the place is not known to reach 100,000 jobs"),
        (jobs([900, 300], [900, 300], [pd.NA, 300_000]), "the place is not known to reach 100,000 jobs"),
    ],
)
def test_an_unbounded_rival_or_a_tiny_metro_leaves_the_count_to_published_figures(tempting, why):
    assert judge(employment.count_title(tempting)).reason == why
    assert employment_words.map_title(tempting).startswith(
        "Austin has the most AI workers in BLS's published figures"
    )
    assert worded(employment.count_lead(tempting)).startswith(
        "In BLS's published figures Austin, TX has the most"
    )


def test_a_tiny_metro_with_a_jump_leads_no_share_of_jobs():
    tempting = jobs([700, 300, 100], [700, 300, 100], [70_000, 300_000, 200_000], [9.99, 7.29, 1.0])
    assert "share" not in employment_words.map_title(tempting)
    assert worded(employment.share_lead(tempting)) == (
        "of metros with at least 100,000 jobs Boise, ID has the most per 1,000 jobs, 7.29"
    )


def test_a_share_with_an_unbounded_rival_is_one_of_published_figures():
    tempting = jobs([900, 300], [900, 300], [400_000, 300_000], [9.0, 3.0], [9.0, pd.NA])
    assert "share" not in employment_words.map_title(tempting)
    assert "has the highest published figure per 1,000 jobs" in worded(employment.share_lead(tempting))


def changes(change: list, low: list, high: list, holds: list, comparable: list) -> pd.DataFrame:
    return metros(
        like_for_like_change=change,
        like_for_like_pct=[10.0] * len(change),
        change_low=low,
        change_high=high,
        exceeds_noise_fdr10=holds,
        comparable=comparable,
    )


def test_a_gain_above_all_others_bounds_is_the_largest():
    table = changes([4000, 2000], [3500, 1500], [4500, 2500], [True, True], [True, True])
    assert worded(employment.largest_gain(table)) == (
        "The largest gain that holds among all these comparisons is that of Austin, TX: +4,000 (+10.0 %)"
    )


def test_a_larger_gain_within_noise_neither_leads_nor_is_forgotten():
    table = changes([4020, 2360], [-725, 904], [8765, 3816], [False, True], [True, True])
    assert worded(employment.largest_gain(table)) == (
        "The largest gain in BLS's published figures that holds among all these comparisons is that of Boise, ID: "
        "+2,360 (+10.0 %)"
    )


def test_where_every_gain_is_within_noise_none_is_named():
    table = changes([4020, 2360], [3000, 904], [8765, 2900], [False, False], [True, True])
    assert judge(employment.largest_gain(table)).reason == "the change is within noise"
    assert (
        worded(employment.largest_gain(table)) == "No single metro's gain holds among all these comparisons"
    )


def test_a_row_that_comes_and_goes_does_not_lead_what_changed():
    table = changes([9000, 2000], [8500, 1500], [9500, 2500], [True, True], [False, True])
    assert employment.largest_gain(table).places == ("10001",)
    assert employment.largest_gain(table[~table["comparable"]]) is None


def test_the_map_of_changes_counts_what_holds_among_all():
    table = changes([900, 500, -300, 100], [0] * 4, [0] * 4, [True, False, True, False], [True] * 4)
    assert employment_words.change_title(table.assign(exceeds_noise=True)) == (
        "Of 4 comparable metros, 1 gained and 1 lost AI workers by changes that hold among all comparisons"
    )


def papers(low: list, high: list) -> pd.DataFrame:
    return metros(
        ai_works=[5000, 2000],
        ai_works_low=low,
        ai_works_high=high,
        institutions=[3, 1],
        country_code=["CN", "US"],
        mature_works=[4000, 1000],
        top_10_works=[900, 100],
    )


def test_papers_counted_apart_lead_the_world():
    table = papers([5000, 2000], [5100, 2100])
    assert research_words.map_title(table) == "Austin, TX leads the world in AI papers"
    assert research_words.card_title(table).endswith("Austin, TX has 2.5 times as many papers as the next")
    assert worded(research.papers_lead(table)) == "Austin, TX leads with 5,000 AI papers from 3 institutions"


@pytest.mark.parametrize(
    "tempting",
    [
        papers([pd.NA, pd.NA], [pd.NA, pd.NA]),
        papers([5000, 2000], [5100, pd.NA]),
        papers([5000, 2000], [5100, 5000]),
        papers([5000, 2000], [5100, 2100]).assign(ai_works=[99, 50]),
    ],
    ids=["summed", "unbounded rival", "overlap", "tiny"],
)
def test_papers_that_are_sums_unbounded_or_few_lead_in_published_figures_alone(tempting):
    for said in (
        research_words.map_title(tempting),
        research_words.card_title(tempting),
        worded(research.papers_lead(tempting)),
    ):
        assert "OpenAlex's published figures" in said


def test_cited_papers_have_no_bounds_so_their_title_speaks_of_published_figures():
    assert research_words.citations_title(papers([5000, 2000], [5100, 2100])) == (
        "Austin, TX leads the world in the most cited AI papers in OpenAlex's published figures"
    )


def rates(low: list, high: list, employers: list | None = None) -> pd.DataFrame:
    """Five metros of a million residents each, of which the last has fifty postings and the others more.

    ``low`` and ``high`` bound the postings of the first four; no rank hangs on one employer.
    """
    rows = metros(
        ai_postings=[400, 300, 200, 100, 50],
        ai_postings_low=[*low, 40],
        ai_postings_high=[*high, 60],
        ai_postings_per_100k=[40.0, 30.0, 20.0, 10.0, 5.0],
        employers=[*(employers or [90, 80, 70, 60]), 50],
        basis=["flow"] * 5,
        rank_high=[1, 2, 3, 4, 5],
    )
    return rows.assign(
        ai_postings_per_100k_low=rows["ai_postings_low"] / 10,
        ai_postings_per_100k_high=rows["ai_postings_high"] / 10,
    )


def test_postings_whose_intervals_lie_apart_are_said_plainly():
    table = rates([380, 280, 180, 90], [420, 320, 220, 110])
    assert postings_words.title(table) == "Austin, Boise and Canton have the most new AI jobs per resident"
    assert (
        worded(postings.rate_lead(table))
        == "Austin, TX leads with 40.0 new AI postings per 100,000 residents"
    )


@pytest.mark.parametrize(
    "tempting",
    [
        rates([380, 280, 180, 90], [420, 390, 220, 190]),
        rates([380, 280, 180, 90], [420, pd.NA, 220, pd.NA]),
        rates([380, 280, 180, 90], [420, 320, 220, 110], employers=[1, 80, 70, 60]),
    ],
    ids=["overlap", "unbounded rival", "one employer"],
)
def test_postings_that_may_be_misjudged_or_of_one_employer_are_published_figures(tempting):
    for said in (postings_words.title(tempting), worded(postings.rate_lead(tempting))):
        assert "the published figures of the boards read" in said


def use(low: list, high: list, ranks: list) -> pd.DataFrame:
    frame = metros(
        ai_use_pct=[20.0 if rank == 1 else 12.0 for rank in ranks],
        ai_use_low_pct=low,
        ai_use_high_pct=high,
        source=["Census BTOS"] * len(ranks),
    )
    return frame.assign(rank=pd.array(ranks, dtype="Int64"))


def test_use_whose_interval_lies_above_all_is_said_plainly():
    table = use([19.0, 11.0, 9.0], [21.0, 13.0, 11.0], [1, 2, 3])
    assert adoption_words.leads(table, table["metro"], "metro") == (
        "Businesses in Austin, TX use AI most: 20.0 % ± 1.0"
    )


@pytest.mark.parametrize(
    "high", [[21.0, 19.5, 11.0], [21.0, 13.0, pd.NA]], ids=["overlap", "unbounded rival"]
)
def test_use_that_another_may_reach_is_one_of_published_figures(high):
    table = use([19.0, 11.0, 9.0], high, [1, 2, 3])
    for said in (
        adoption_words.leads(table, table["metro"], "metro"),
        worded(adoption.use_lead(table, table["metro"])),
    ):
        assert "the survey's published figures" in said


def test_a_tie_of_three_is_listed_as_english_does():
    table = use([19.0] * 3 + [11.0], [21.0] * 3 + [13.0], [1, 1, 1, 4])
    names = pd.Series(["Utah", "Nevada", "Idaho", "Maine"])
    assert (
        adoption_words.leads(table, names, "state")
        == "Businesses in Utah, Nevada and Idaho use AI most: 20.0 % ± 1.0"
    )
    assert worded(adoption.use_lead(table, names)).startswith("Utah, Nevada and Idaho have the highest share")


def test_a_list_of_the_largest_sites_says_nothing_of_who_has_the_most():
    table = metros(h100e=[900_000.0, 100.0], h100e_projected=[0.0, 0.0])
    assert not judge(compute.power_title(table.head(1))).stands, "with no other place there is nobody to lead"
    tempting = compute.power_title(table.assign(rank=pd.array([1, pd.NA], dtype="Int64")))
    assert judge(tempting).reason == "1 of 1 others have no upper bound"
    assert compute_words.title(table.assign(rank=pd.array([1, pd.NA], dtype="Int64"))) == (
        "Austin has the most AI computing power in Epoch AI's published figures"
    )
    assert worded(compute.power_lead(table)).startswith(
        "In Epoch AI's published figures Austin, TX has the most"
    )
    world = compute.power_lead(table.assign(country_code="US"), THE_WORLD)
    assert world.table == "world_ai_compute_by_metro"
    assert worded(world).startswith(
        "In Epoch AI's published figures Austin, TX has the world's most computing power"
    )


def test_every_superlative_of_every_title_is_among_the_layer_s_statements():
    jobs_table, gains = SURE, changes([9, 2], [8, 1], [10, 3], [True, True], [True, True])
    papers_table = papers([5000, 2000], [5100, pd.NA])
    postings_table = rates([380, 280, 180, 90], [420, 390, 220, 190])
    use_table = use([19.0, 11.0, 9.0], [21.0, 13.0, 11.0], [1, 2, 3])
    power_table = metros(h100e=[900_000.0, 100.0], h100e_projected=[0.0, 0.0])
    tables = {
        "usa_ai_employment_by_msa": jobs_table,
        "usa_ai_employment_yoy": gains,
        "world_ai_research_by_metro": papers_table,
        "usa_ai_postings_by_metro": postings_table,
        "usa_ai_adoption_by_metro": use_table,
        "usa_ai_compute_by_metro": power_table,
    }
    material = Material(Quarter(2026, 2), tables)
    said = [worded(each) for layer in LAYERS for each in layer.statements(material)]
    titles = [
        employment_words.map_title(jobs_table),
        employment_words.card_title(jobs_table),
        research_words.map_title(papers_table),
        research_words.card_title(papers_table),
        research_words.citations_title(papers_table),
        postings_words.title(postings_table),
        adoption_words.leads(use_table, short_us_names(use_table["metro"]), "metro"),
        compute_words.title(power_table),
    ]
    assert unjudged(titles, said) == []
    assert unjudged(titles, []) == [
        each for each in titles if each != employment_words.card_title(jobs_table)
    ]
    assert unjudged(["at most 10 % are false"], []) == []


@pytest.mark.parametrize(
    ("said", "table", "made_up"),
    [
        (
            funding.sold_title,
            metros(ai_amount_sold_usd=[9.0, 1.0], source=["made-up filings"] * 2),
            "filings",
        ),
        (funding.sold_lead, metros(ai_amount_sold_usd=[9.0, 1.0], source=["made-up filings"] * 2), "filings"),
        (visas.cases_title, metros(ai_lca_cases=[90, 10], sources=["made-up cases"] * 2), "cases"),
        (visas.cases_lead, metros(ai_lca_cases=[90, 10], sources=["made-up cases"] * 2), "cases"),
        (
            postings.rate_lead,
            rates([380, 280, 180, 90], [420, 390, 220, 190]).assign(sources="made-up postings"),
            "postings",
        ),
    ],
)
def test_made_up_figures_are_not_said_to_be_published_by_their_source(said, table, made_up):
    assert f"made-up {made_up}" in worded(said(table))
    assert "published figures" not in worded(said(table))
