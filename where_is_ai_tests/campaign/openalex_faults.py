"""The kinds of fault that OpenAlex's answers are tried with."""

import json
from collections.abc import Callable
from random import Random

from where_is_ai_tests.campaign.mutations import deep, no_json, of_another_shape, other_than, unwritable
from where_is_ai_tests.campaign.openalex_changes import (
    HOME,
    Change,
    Changed,
    Kind,
    id_in,
    in_a_record,
    in_bytes,
    in_the_answer,
)
from where_is_ai_tests.campaign.openalex_world import lists, pages, unions_asked


def put(name: str, *values: object) -> Change:
    def change(random: Random, record: dict) -> None:
        record[name] = random.choice(values)

    return change


def put_geo(**choices: tuple) -> Change:
    def change(random: Random, record: dict) -> None:
        for name, values in choices.items():
            record["geo"][name] = random.choice(values)

    return change


def _bad_id(name: str) -> Change:
    def change(random: Random, record: dict) -> None:
        number = record[name].rsplit("I", 1)[-1]
        record[name] = random.choice(
            (
                *(
                    f"{HOME}I-1",
                    "unknown",
                    "I-1",
                    None,
                    "",
                    5,
                    True,
                    [],
                    {},
                    f"{HOME}W{number}",
                    "\x00",
                ),
                *(
                    f"{HOME}i{number}",
                    f"{HOME}I{number}x",
                    f"{HOME}I{number} ",
                    f"{HOME}I{number * 3}",
                ),
                *("\ud800", f"https://example.org/I{number}", f"{HOME}I٣", f"{HOME}"),
            )
        )

    return change


def _not_whole(name: str, *more: object) -> Change:
    def change(random: Random, record: dict) -> None:
        count = record[name] or 0
        record[name] = random.choice(
            (
                str(count),
                count + 0.5,
                -count - 1,
                float("nan"),
                float("inf"),
                True,
                [count],
                {},
                "1,204",
                *more,
            )
        )

    return change


def _larger(random: Random, record: dict) -> None:
    record["count"] = random.choice((10**6, 10**12, 10**30)) + random.randrange(1000)


def _digit(random: Random, record: dict) -> None:
    record["count"] = max(1, record["count"] + random.choice((-1, 1)))


def _twice(part: str) -> Change:
    def change(random: Random, answer: dict) -> None:
        again = dict(random.choice(answer[part]))
        if "count" in again:
            again["count"] += random.randrange(2)
        answer[part].insert(random.randrange(len(answer[part])), again)
        if answer["meta"].get("groups_count"):
            answer["meta"]["groups_count"] += 1
        elif part == "results":
            answer["meta"]["count"] += 1

    return change


def _lost(part: str) -> Change:
    def change(random: Random, answer: dict) -> None:
        del answer[part][random.randrange(len(answer[part])) :]

    return change


def _no_record(part: str) -> Callable[[Random, bytes], Changed]:
    def changed(random: Random, content: bytes) -> Changed:
        answer = json.loads(content)
        at = random.randrange(len(answer[part]))
        touched = {id_in(answer[part][at])}
        answer[part][at] = random.choice((None, 5, "x", True, [], [[]], {}))
        return json.dumps(answer).encode(), touched

    return changed


def _deep_field(part: str) -> Callable[[Random, bytes], Changed]:
    def changed(random: Random, content: bytes) -> Changed:
        answer = json.loads(content)
        record = random.choice(answer[part])
        touched = {id_in(record)}
        record[random.choice((*record, "new field"))] = "DEEP"
        return json.dumps(answer).encode().replace(b'"DEEP"', deep(random).encode()), touched

    return changed


def _meta(random: Random, answer: dict) -> None:
    if random.random() < 0.5:
        answer["meta"] = other_than(random, "object")
    else:
        answer["meta"]["count"] = other_than(random, "number")


def _cursor(random: Random, answer: dict) -> None:
    answer["meta"]["next_cursor"] = other_than(random, "text")


def _unwritable(*names: str) -> Change:
    def change(random: Random, record: dict) -> None:
        name = random.choice(names)
        if name == "city":
            record["geo"]["city"] = unwritable(random, record["geo"]["city"] or "x")
        else:
            record[name] = unwritable(random, record[name] or "x")

    return change


def _no_name(random: Random, record: dict) -> None:
    record["key_display_name"] = random.choice((None, "", " ", 5, [], {}, True))


def _long_city(random: Random, record: dict) -> None:
    record["geo"]["city"] = random.choice("xé東ﷺ ") * random.randrange(1_000, 100_000) + "y" * 300


def _lower_case(random: Random, record: dict) -> None:
    record["geo"]["country_code"] = record["country_code"].lower()
    if random.random() < 0.5:
        record["country_code"] = record["geo"]["country_code"]


def _moved(random: Random, record: dict) -> None:
    record["geo"]["latitude"] = (record["geo"]["latitude"] or 1.0) + random.uniform(-0.01, 0.01)


def ai_works() -> list[str]:
    return pages("ai_works")


def other_walks() -> list[str]:
    measures = ("any_type_works", "year_before_works", "mature_works", "top_10_works", "top_1_works")
    return [url for measure in measures for url in pages(measure)]


def all_walks() -> list[str]:
    return [*ai_works(), *other_walks()]


def cited() -> list[str]:
    return pages("top_10_works")


def everything() -> list[str]:
    return [*all_walks(), *lists(), *unions_asked()]


WRONG_POINTS = ("48.1", 181, -200.5, float("nan"), float("inf"), True, [], {}, 10**30)
KINDS = (
    Kind("id of a group is malformed", all_walks, in_a_record("group_by", _bad_id("key"))),
    Kind("name of a group is none", ai_works, in_a_record("group_by", _no_name)),
    Kind("name can't be written", ai_works, in_a_record("group_by", _unwritable("key_display_name"))),
    Kind("count of papers is not whole", ai_works, in_a_record("group_by", _not_whole("count", None))),
    Kind("count of a measure is not whole", other_walks, in_a_record("group_by", _not_whole("count", None))),
    Kind("count is larger than all", all_walks, in_a_record("group_by", _larger)),
    Kind("count of papers is 0", ai_works, in_a_record("group_by", put("count", 0))),
    Kind("more cited than mature papers", cited, in_a_record("group_by", put("count", 200, 150, 300))),
    Kind("group is no object", all_walks, _no_record("group_by")),
    Kind("group twice", all_walks, in_the_answer(_twice("group_by"))),
    Kind("groups lost", all_walks, in_the_answer(_lost("group_by"))),
    Kind(
        "group_by is no list", all_walks, in_the_answer(lambda r, a: a.update(group_by=other_than(r, "list")))
    ),
    Kind("meta is off", everything, in_the_answer(_meta)),
    Kind("cursor is off", all_walks, in_the_answer(_cursor)),
    Kind("group nested deeply", all_walks, _deep_field("group_by")),
    Kind("answer nested deeply", everything, in_bytes(lambda random, content: deep(random).encode())),
    Kind("no JSON", everything, in_bytes(no_json)),
    Kind("JSON of another shape", everything, in_bytes(of_another_shape)),
    Kind("id of a place is malformed", lists, in_a_record("results", _bad_id("id"))),
    Kind(
        "country in lower case",
        lists,
        in_a_record(
            "results",
            lambda random, record: record["geo"].update(country_code=record["country_code"].lower()),
        ),
    ),
    Kind(
        "country is malformed",
        lists,
        in_a_record("results", put_geo(country_code=("USA", "1", 5, True, [], "A\x00", "\ud800", "É"))),
    ),
    Kind("latitude is off", lists, in_a_record("results", put_geo(latitude=(*WRONG_POINTS, None)))),
    Kind("longitude is off", lists, in_a_record("results", put_geo(longitude=(*WRONG_POINTS, None)))),
    Kind("point at 0, 0", lists, in_a_record("results", put_geo(latitude=(0, 0.0), longitude=(0, -0.0)))),
    Kind("city of 10,000 letters", lists, in_a_record("results", _long_city)),
    Kind("city is no text", lists, in_a_record("results", put_geo(city=(5, True, [], {}, " ", ["Ulm"])))),
    Kind("city can't be written", lists, in_a_record("results", _unwritable("city"))),
    Kind("geo is no object", lists, in_a_record("results", put("geo", 5, "x", True, [], [{}]))),
    Kind(
        "lineage is off",
        lists,
        in_a_record("results", put("lineage", 5, "x", True, [5], ["x", None], {}, [[]])),
    ),
    Kind("works_count is off", lists, in_a_record("results", _not_whole("works_count", 10**30))),
    Kind("place is no object", lists, _no_record("results")),
    Kind("place twice", lists, in_the_answer(_twice("results"), "results")),
    Kind("places lost", lists, in_the_answer(_lost("results"), "results")),
    Kind(
        "results is no list",
        lists,
        in_the_answer(lambda r, a: a.update(results=other_than(r, "list")), "results"),
    ),
    Kind("place nested deeply", lists, _deep_field("results")),
    Kind(
        "distinct count is not whole",
        unions_asked,
        in_the_answer(lambda random, answer: _not_whole("count", None)(random, answer["meta"])),
    ),
    Kind(
        "distinct count is impossible",
        unions_asked,
        in_the_answer(
            lambda random, answer: answer["meta"].update(count=answer["meta"]["count"] * 40 + 2_000)
        ),
    ),
    Kind(
        "distinct count is 0", unions_asked, in_the_answer(lambda r, answer: answer["meta"].update(count=0))
    ),
    Kind("geo not given", lists, in_a_record("results", put("geo", None, {})), plausible=True),
    Kind("city not given", lists, in_a_record("results", put_geo(city=(None, ""))), plausible=True),
    Kind("a digit of a count", all_walks, in_a_record("group_by", _digit), plausible=True),
    Kind("a point a little off", lists, in_a_record("results", _moved), plausible=True),
)
