"""Noise by rule, on a made world whose truth is known, and corrections with their guards."""

import random
from datetime import date

import pandas as pd
import pytest

from where_is_ai.errors import WhereIsAIError
from where_is_ai.layers.research.methods import STANDARD
from where_is_ai.layers.research.metro import assign
from where_is_ai.layers.research.noise import NoiseRules, mended_corrections, read_corrections, why_not
from where_is_ai.layers.research.schema import AiWorks
from where_is_ai.quarters import Quarter
from where_is_ai.tables import as_table
from where_is_ai_tests.layers.research.made_world import Institution, Work, World, grid_of_metros
from where_is_ai_tests.layers.research.openalex_server import OpenAlex
from where_is_ai_tests.layers.research.standard_run import KEY, live, measure, squares

METROS = grid_of_metros(30)
# Below these the rules would mislead on the made world that the next lines describe.
PRECISION_AT_LEAST, RECALL_AT_LEAST = 0.95, 0.85


def rows_of(*rows: dict) -> pd.DataFrame:
    usual = {
        "institution": "Somewhere",
        "type": "education",
        "ai_works": 500,
        "city": "Ulm",
        "country_code": "DE",
    }
    usual |= {
        "lat": 48.4,
        "lon": 9.99,
        "works_count": 50_000,
        "any_type_works": 520,
        "year_before_works": 450,
    }
    made = [{"institution_id": f"I{number}"} | usual | row for number, row in enumerate(rows, start=1)]
    return as_table(pd.DataFrame(made).reindex(columns=list(AiWorks.to_schema().columns)), AiWorks)


def reasons(*rows: dict) -> list[str]:
    table = rows_of(*rows)
    metro_id = [row.get("metro_id", "DE/Ulm") for row in rows]
    found = why_not(table.assign(metro_id=metro_id), NoiseRules(), read_corrections())
    assert (found["why_not"].isna() == found["evidence"].isna()).all()
    return found["why_not"].fillna("").to_list()


def test_an_ordinary_institution_counts():
    assert reasons({}) == [""]


@pytest.mark.parametrize(
    ("figures", "reason"),
    [
        ({"any_type_works": 203_700}, "fewer than 50% of its AI works are papers"),
        ({"works_count": 700}, "a year's AI papers are over 50% of all its works"),
        ({"year_before_works": 80}, "over 5 times the AI papers of the year before"),
        ({"lat": pd.NA, "lon": pd.NA}, "no coordinates in OpenAlex"),
        ({"institution_id": "I4210164339"}, "corrected by hand: the text"),
    ],
)
def test_each_rule_gives_its_reason(figures, reason):
    assert reasons(figures)[0].startswith(reason)


@pytest.mark.parametrize(
    "figures",
    [
        {"ai_works": 30, "any_type_works": 90},
        {"ai_works": 90, "any_type_works": 90, "works_count": 100},
        {"ai_works": 90, "any_type_works": 90, "year_before_works": 0},
        {"works_count": pd.NA, "any_type_works": pd.NA, "year_before_works": pd.NA},
        {"ai_works": 150, "any_type_works": 150, "works_count": 0, "year_before_works": 0},
        {"ai_works": 380, "any_type_works": 400, "works_count": 4_000, "year_before_works": 3},
    ],
)
def test_small_or_unknown_figures_condemn_nobody(figures):
    assert reasons(figures) == [""]


def test_a_body_whose_children_lie_in_many_metros_is_multi_site_but_a_company_or_a_university_is_not():
    children = [{"parents": "I1|I2|I3", "metro_id": f"DE/{city}"} for city in "ABCDEF"]
    at_home = [{"parents": "I3", "metro_id": "DE/Ulm", "ai_works": 50_000, "works_count": 900_000} | NO_RULE]
    body, company, university = {"type": "government"}, {"type": "company"}, {"type": "education"}
    found = reasons(body, company, university, *children, *at_home)
    assert found[0].startswith("multi-site")
    assert found[1:] == [""] * 9


NO_RULE = {"any_type_works": 50_000, "year_before_works": 50_000}


def test_the_evidence_gives_the_figures():
    table = rows_of({"any_type_works": 203_700}).assign(metro_id="JP/Toki")
    found = why_not(table, NoiseRules(), read_corrections())
    assert found.loc[0, "evidence"] == "500 papers of 203,700 AI works of all types"


def test_every_correction_says_why_and_is_guarded():
    corrections = read_corrections()
    assert set(corrections["institution"]) == {
        "Oldham Council",
        "Prompt (Canada)",
        "Renewable Energy Systems (United States)",
        "Artificial Intelligence in Medicine (Canada)",
        "University of Puerto Rico at Carolina",
    }
    assert corrections.notna().all(axis=None)
    assert pd.to_datetime(corrections["date"]).notna().all()


def test_a_correction_that_the_source_has_mended_is_told():
    corrections = read_corrections()
    names = corrections["institution_id"].to_list()
    still = rows_of(*({"institution_id": name, "ai_works": 900} for name in names))
    assert mended_corrections(still, corrections).empty
    mended = still[still["institution_id"] != names[0]].assign(ai_works=[900] * 3 + [2])
    assert mended_corrections(mended, corrections)["institution_id"].to_list() == [names[0], names[-1]]


def test_an_expectation_that_is_not_understood_is_an_error():
    corrections = read_corrections().assign(expect="ai_works is large")
    with pytest.raises(
        WhereIsAIError, match=r"'ai_works is large' of I\d+ in corrections.csv is not understood"
    ):
        mended_corrections(rows_of({"institution_id": corrections.loc[0, "institution_id"]}), corrections)


def noisy_world() -> tuple[World, dict[str, str]]:
    """An honest world of all sizes, with ids that are new or took over another's works, and the kinds of noise that
    OpenAlex is known to have, by id."""
    draw = random.Random(7)
    institutions, works, noise = [], [], {}
    to = STANDARD.window(Quarter(2026, 2))[1]

    def add(number: int, papers: int, *, before: int, datasets: int = 0, of_all: int, **more: object) -> str:
        metro = METROS[number % len(METROS)]
        name = f"I{number}"
        place = {"city": metro.name, "country_code": "AX", "lat": metro.lat, "lon": metro.lon}
        institutions.append(Institution(name, f"Institute {number}", works_count=of_all, **(place | more)))
        works.extend([Work((name,), date(2026, 3, 1))] * papers)
        works.extend([Work((name,), date(2025, 3, 1))] * before)
        works.extend([Work((name,), to, type="dataset")] * datasets)
        return name

    for number in range(1, 251):
        papers = int(draw.paretovariate(0.8) * 3) % 900 + 1
        grown = draw.uniform(0.5, 2.5)
        add(
            number,
            papers,
            before=int(papers / grown) + 1,
            datasets=papers // 20,
            of_all=papers * draw.randrange(5, 80),
        )
    for number in range(300, 310):
        noise[add(number, 120, before=110, datasets=draw.randrange(300, 3000), of_all=40_000)] = "fewer than"
        papers = draw.randrange(150, 900)
        of_all = int(papers * draw.uniform(1.0, 1.9))
        noise[add(number + 10, papers, before=draw.randrange(100, 160), of_all=of_all)] = "a year's AI"
        noise[add(number + 20, draw.randrange(600, 900), before=draw.randrange(10, 90), of_all=40_000)] = (
            "over 5 times"
        )
        noise[add(number + 30, 30, before=30, of_all=900, city=None, lat=None, lon=None)] = "no coordinates"
    for number in range(340, 346):
        noise[add(number, draw.randrange(200, 600), before=draw.randrange(0, 9), of_all=40_000)] = "not found"
    body = add(400, 300, before=290, of_all=90_000, type="government")
    noise[body] = "multi-site"
    for number in range(401, 421):
        add(number, 60, before=55, of_all=4_000, parents=(body,))
    # A young institute of AI that doubled: it must not be mistaken for noise; one that grew sixfold will be.
    add(430, 400, before=200, of_all=1_000)
    add(431, 660, before=110, of_all=2_000)
    for number in range(440, 450):
        add(number, draw.randrange(100, 300), before=0, of_all=0)
        add(
            number + 10,
            draw.randrange(100, 500),
            before=draw.randrange(0, 5),
            of_all=draw.randrange(1_000, 9_000),
        )
    # An id that took over another's works: the old one goes down as the new one comes up.
    add(460, 380, before=0, of_all=6_000)
    add(461, 47, before=400, of_all=9_000)
    return World(institutions, works), noise


@pytest.mark.usefixtures("no_patience")
def test_the_rules_find_the_noise_of_a_made_world_and_little_else(tmp_path):
    world, noise = noisy_world()
    with OpenAlex(world, key=KEY, rate=1e9) as service:
        found = measure(live(tmp_path, service.mirror, KEY), squares(METROS)).institutions
    excluded = found[~found["included"]].set_index("institution_id")["why_not"]
    right = [name for name, reason in noise.items() if excluded.get(name, "").startswith(reason)]
    precision, recall = len(right) / len(excluded), len(right) / len(noise)
    print(f"precision {precision:.3f}, recall {recall:.3f}, {len(noise)} noisy of {len(found)} institutions")
    assert precision >= PRECISION_AT_LEAST
    assert recall >= RECALL_AT_LEAST
    assert "I430" not in excluded.index
    assert not {f"I{number}" for number in (*range(440, 462),)} & set(excluded.index)


@pytest.mark.usefixtures("no_patience")
def test_a_multi_site_body_does_not_carry_its_headquarters_city(tmp_path):
    world, _ = noisy_world()
    with OpenAlex(world, key=KEY, rate=1e9) as service:
        found = measure(live(tmp_path, service.mirror, KEY), squares(METROS))
    rows = found.institutions.set_index("institution_id")
    assert rows.loc["I400", "metro"] == METROS[10].name
    assert not rows.loc["I400", "included"]
    assert rows.loc["I400", "evidence"] == "20 children in 20 metros, 100% of their works elsewhere"
    headquarters = found.metros.set_index("metro").loc[METROS[10].name]
    assert headquarters["top_institution"] != "Institute 400"


def test_an_institution_outside_every_area_and_without_a_city_is_explained():
    rows = assign(
        rows_of({"city": pd.NA}),
        STANDARD,
        pd.DataFrame({"area_id": [pd.NA], "area": [pd.NA], "away_km": [pd.NA]}),
    )
    assert rows.loc[0, "why_not"] == "in no area, and without a city in OpenAlex"
