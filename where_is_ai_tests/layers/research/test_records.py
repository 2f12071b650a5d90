"""Records of OpenAlex that are off: set aside or read without the field, always said, and the others counted."""

import json
from collections.abc import Callable
from datetime import date

import pandas as pd
import pytest

from where_is_ai.characters import writable
from where_is_ai.errors import BadUpstream
from where_is_ai.layers.research import answers
from where_is_ai.layers.research.methods import STANDARD, Method, method_named
from where_is_ai.layers.research.metro import assign
from where_is_ai.layers.research.schema import AiWorks, InstitutionResearch, MetroResearch, ResearchTroubles
from where_is_ai.layers.research.source import institutions, works_by_institution
from where_is_ai_tests.campaign.openalex_world import (
    METROS,
    QUARTER,
    Answering,
    Made,
    institutions_read,
    measured,
)
from where_is_ai_tests.layers.research.made_world import Institution, Work, World

HERE = METROS[0]
ARTICLE = method_named("article")
IDS = ("I1", "I2", "I3")


def world(**more) -> World:
    made = [
        Institution(
            name, f"Institute {name}", "education", HERE.name, "AX", HERE.lat, HERE.lon, works_count=900
        )
        for name in IDS
    ]
    return World(made, [Work((name,), date(2026, 3, 1), percentile=0.95) for name in IDS], **more)


Change = Callable[[str, dict], None]


def answering(change: Change, of: World | None = None) -> Answering:
    """A library whose answers are changed by ``change(url, answer)``."""

    def changed(url: str, content: bytes) -> bytes:
        answer = json.loads(content)
        change(url, answer)
        return json.dumps(answer).encode()

    return Answering(of or world(), changed)


def read(
    change: Change, of: World | None = None, method: Method = STANDARD
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """AiWorks and the troubles of changed answers."""
    _, works, troubles = institutions_read(answering(change, of), method)
    AiWorks.validate(works, lazy=True)
    ResearchTroubles.validate(troubles, lazy=True)
    return works, troubles


def run(change: Change, of: World | None = None) -> Made:
    """A whole run on changed answers; its tables fit their models."""
    made = measured(answering(change, of))
    InstitutionResearch.validate(made.institutions, lazy=True)
    MetroResearch.validate(made.metros, lazy=True)
    return made


def in_group(**fields):
    """Changes the second group of every page of groups."""

    def change(_: str, answer: dict) -> None:
        if len(answer.get("group_by", ())) > 1:
            answer["group_by"][1].update(fields)

    return change


def in_place(**fields):
    def change(url: str, answer: dict) -> None:
        if "/institutions?" in url:
            answer["results"][1].update(fields)

    return change


def said(troubles: pd.DataFrame) -> dict[tuple[str, str], str]:
    """What was done about each trouble, by the record's id and the trouble."""
    return {(row.institution_id, row.trouble): row.consequence for row in troubles.itertuples()}


@pytest.mark.parametrize(
    "key", ["https://openalex.org/I-1", "I-1", "https://openalex.org/i2", "\ud800", 5, [], "I2\x00"]
)
def test_a_malformed_id_is_set_aside_and_said_and_the_others_are_counted(key):
    works, troubles = read(in_group(key=key))
    assert list(works["institution_id"]) == ["I1", "I3"]
    shown = key if isinstance(key, str) else json.dumps(key)
    assert said(troubles)[writable(shown), "id is not of the form I123"] == "set aside"


def test_the_group_of_works_without_an_institution_is_none():
    works, troubles = read(in_group(key="unknown", key_display_name="unknown"))
    assert list(works["institution_id"]) == ["I1", "I3"]
    assert said(troubles)["unknown", "no institution"] == "set aside"


@pytest.mark.parametrize("count", [True, "7", 1.5, -1, None, float("nan"), float("inf"), [1], 10**12, 0])
def test_a_count_that_is_none_is_set_aside_with_the_institution_named(count):
    works, troubles = read(in_group(count=count))
    assert list(works["institution_id"]) == ["I1", "I3"]
    troubles = troubles[troubles["concerns"] == "ai_works"]
    assert troubles["institution"].to_list() == ["Institute I2"]
    assert troubles["consequence"].to_list() == ["set aside"]


def test_a_measure_that_is_no_count_is_unknown_and_so_is_the_metros():
    def change(url: str, answer: dict) -> None:
        if "is_in_top_10_percent" in url and answer["group_by"]:
            answer["group_by"][1]["count"] = "1"

    old = world()
    old.works.extend(Work((name,), date(2023, 3, 1), percentile=0.95) for name in IDS)
    made = run(change, old)
    by_id = made.works.set_index("institution_id")["top_10_works"]
    assert by_id.isna().to_dict() == {"I1": False, "I2": True, "I3": False}
    assert made.metros["ai_works"].to_list() == [3]
    assert made.metros["mature_works"].to_list() == [3]
    assert made.metros["top_10_works"].isna().all()


@pytest.mark.parametrize("name", [None, "", 5, []])
def test_an_institution_without_a_name_is_counted_under_the_one_of_its_object(name):
    works, troubles = read(in_group(key_display_name=name))
    assert list(works["institution"]) == ["Institute I1", "Institute I2", "Institute I3"]
    assert said(troubles)["I2", "no name"] == "called Institute I2"


def test_a_country_in_lower_case_is_read_and_said():
    geo = {"city": HERE.name, "country_code": "ax", "latitude": HERE.lat, "longitude": HERE.lon}
    works, troubles = read(in_place(country_code="ax", geo=geo))
    assert list(works["country_code"]) == ["AX"] * 3
    assert said(troubles)["I2", "country code in lower case"] == "read in capitals"


@pytest.mark.parametrize(
    ("geo", "trouble"),
    [
        ({"latitude": "48.1", "longitude": 2.0}, "coordinates are no place on Earth"),
        ({"latitude": 148.1, "longitude": 2.0}, "coordinates are no place on Earth"),
        ({"latitude": float("nan"), "longitude": 2.0}, "coordinates are no place on Earth"),
        ({"latitude": 48.1, "longitude": None}, "coordinates are no place on Earth"),
        ({"latitude": 0, "longitude": 0.0}, "coordinates are no place on Earth"),
        ({"latitude": True, "longitude": True}, "coordinates are no place on Earth"),
        (5, "geo is no object"),
    ],
)
def test_a_point_that_is_none_is_taken_as_not_given_and_the_institution_kept_with_its_reason(geo, trouble):
    works, troubles = read(in_place(geo=geo))
    assert works["lat"].isna().to_list() == works["lon"].isna().to_list() == [False, True, False]
    assert (
        assign(works, STANDARD, works[[]].assign(area_id=pd.NA, area=pd.NA, away_km=pd.NA))
        .set_index("institution_id")
        .loc["I2", "why_not"]
        == "no coordinates in OpenAlex"
    )
    assert said(troubles)["I2", trouble] == "taken as not given"


@pytest.mark.parametrize(
    ("city", "trouble", "kept"),
    [
        ("x" * 10_000, "city is longer than 200 letters", None),
        (["Ulm"], "city is no text", None),
        ("U\ud800lm\x00", "characters that can't be written", "U�lm"),
    ],
)
def test_a_city_is_a_name_that_can_be_written(city, trouble, kept):
    works, troubles = read(in_place(geo={"city": city, "latitude": HERE.lat, "longitude": HERE.lon}))
    found = works.set_index("institution_id").loc["I2", "city"]
    assert pd.isna(found) if kept is None else found == kept
    assert ("I2", trouble) in said(troubles)
    works.to_csv().encode()


def test_merged_vanished_and_malformed_ids_each_have_a_row_with_its_reason():
    made = run(in_group(key="I-1"), world(merged={"I1": "I2"}, vanished=frozenset({"I3"})))
    rows = made.institutions.set_index("institution_id")
    assert rows["included"].to_dict() == {"I1": True, "I3": False}
    assert rows.loc["I3", "evidence"] == "OpenAlex lists it no longer"
    assert said(made.troubles) == {
        ("I-1", "id is not of the form I123"): "set aside",
        ("I1", "merged into I2"): "counted at its place",
        ("I3", "OpenAlex lists no institution of this id: merged or vanished"): "kept without a place",
    }


def test_an_institution_given_twice_is_counted_once_and_said():
    def twice(url: str, answer: dict) -> None:
        if answer["group_by"]:
            answer["group_by"].append(answer["group_by"][0] | {"count": 1})
            answer["meta"]["groups_count"] += 1
        if "/institutions?" in url:
            answer["results"].append(answer["results"][0])
            answer["meta"]["count"] += 1

    works, troubles = read(twice)
    assert works["ai_works"].to_list() == [1, 1, 1]
    assert said(troubles)["I1", "given twice"] == "first kept"


@pytest.mark.parametrize(
    ("fault", "lacking"),
    [
        (lambda answer: answer["group_by"].pop(), "all of its 3 groups: 2 came"),
        (lambda answer: answer.update(group_by={}), "a list 'group_by'"),
        (lambda answer: answer.update(meta=[]), "an object 'meta'"),
        (lambda answer: answer["meta"].update(count="3"), "a whole number 'meta.count'"),
        (lambda answer: answer["meta"].update(count=True), "a whole number 'meta.count'"),
        (lambda answer: answer["meta"].update(next_cursor=5), "a text 'meta.next_cursor'"),
    ],
)
def test_a_page_of_groups_that_lost_some_or_has_another_shape_is_refused(fault, lacking):
    def change(_: str, answer: dict) -> None:
        if len(answer["group_by"]) == 3:
            fault(answer)

    with pytest.raises(BadUpstream, match=rf"api\.openalex\.org/works.*without {lacking}.*Fetch it again"):
        read(change)


@pytest.mark.parametrize(
    ("fault", "lacking"),
    [
        (lambda answer: answer["results"].pop(), "all of its 3 results: 2 came"),
        (lambda answer: answer.update(results="x"), "a list 'results'"),
    ],
)
def test_a_list_of_institutions_that_lost_some_is_refused(fault, lacking):
    def change(url: str, answer: dict) -> None:
        if "/institutions?" in url:
            fault(answer)

    with pytest.raises(BadUpstream, match=f"without {lacking}"):
        read(change)


@pytest.mark.parametrize("count", [-3, "3", 2.5, None, True])
def test_a_distinct_count_that_is_none_is_refused(count):
    def change(url: str, answer: dict) -> None:
        if "authorships.institutions.id:" in url:
            answer["meta"]["count"] = count

    with pytest.raises(BadUpstream, match=r"meta\.count"):
        run(change)


@pytest.mark.parametrize(("count", "works", "drift"), [(0, 1, 1), (3_000, 3, 2_997)])
def test_a_distinct_count_that_cannot_be_gives_way_to_the_institutions_and_says_by_how_much(
    count, works, drift
):
    def change(url: str, answer: dict) -> None:
        if "authorships.institutions.id:" in url:
            answer["meta"]["count"] = count

    metro = run(change).metros.iloc[0]
    assert metro[["ai_works", "drift_works"]].to_list() == [works, drift]


def test_an_institution_with_more_papers_than_works_is_set_aside():
    def change(url: str, answer: dict) -> None:
        answer["meta"]["count"] = 10_000 if answer["group_by"] else answer["meta"]["count"]
        if (
            "type:article" in url
            and "from_publication_date:2025-07-01" in url
            and len(answer["group_by"]) > 1
        ):
            answer["group_by"][1]["count"] = 500

    works, troubles = read(change)
    assert list(works["institution_id"]) == ["I1", "I3"]
    assert said(troubles)["I2", "more papers than works of all types"] == "set aside"


def test_answers_of_which_most_groups_are_off_are_another_shape():
    many = World(
        [Institution(f"I{number}", f"Institute {number}") for number in range(1, 21)],
        [Work((f"I{number}",), date(2026, 3, 1)) for number in range(1, 21)],
    )

    def change(_: str, answer: dict) -> None:
        for group in answer["group_by"]:
            group["key"] = group["key"].replace("/I", "/institutions/I")

    with pytest.raises(BadUpstream, match=r"20 of 20 groups .* can't be read: id is not of the form I123"):
        read(change, many)


def test_the_articles_method_sets_aside_the_same_way():
    works, troubles = read(in_group(key="I-1", key_display_name="Off"), method=ARTICLE)
    assert sorted(works["institution_id"]) == ["I1", "I3"]
    assert troubles[["institution_id", "institution", "consequence"]].to_numpy().tolist() == [
        ["I-1", "Off", "set aside"]
    ]


def test_every_request_says_what_its_answer_must_be_so_that_no_other_is_kept():
    sound = {"meta": {"count": 2}, "results": [], "group_by": []}
    grouped = works_by_institution(ARTICLE, QUARTER)
    (listed,) = institutions(["I1"])
    counted = answers.first_request(STANDARD, QUARTER)
    for request in (grouped, listed, counted):
        for wrong in ({}, [], {"meta": {}}, {"error": "x"}, None, {"meta": 5, "results": 5, "group_by": 5}):
            assert request.promise(wrong), request.url
    assert grouped.promise(sound | {"meta": {"count": 2, "groups_count": 0}}) == ""
    assert listed.promise(sound) == ""
