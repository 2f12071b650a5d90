"""The loopback OpenAlex keeps the real one's rules, and its shapes where real answers are at hand."""

import json
import re

import pytest
import requests

from where_is_ai_tests.layers.research.made_world import made_world
from where_is_ai_tests.layers.research.openalex_server import HOST, KEYED_USD, OpenAlex
from where_is_ai_tests.shared_folder import SHARED, needs_shared

GROUPED = {"filter": "primary_topic.subfield.id:1702", "group_by": "authorships.institutions.id"}


@pytest.fixture(scope="module")
def service():
    with OpenAlex(made_world(institutions=400, metros=8, works=9_000), key="k", rate=1e9) as running:
        yield running


def ask(service: OpenAlex, path: str, **parameters: object) -> requests.Response:
    return requests.get(f"{service.mirror}/{HOST}{path}", parameters, allow_redirects=False, timeout=10)


def test_a_cursor_walks_all_groups_in_the_order_of_their_keys_and_outlives_the_last_full_page(service):
    cursor, keys, pages = "*", [], []
    while cursor:
        answer = ask(service, "/works", cursor=cursor, per_page=100, **GROUPED).json()
        pages.append(len(answer["group_by"]))
        assert answer["meta"]["groups_count"] == pages[-1]
        keys += [group["key"] for group in answer["group_by"]]
        cursor = answer["meta"]["next_cursor"]
    assert pages == [100, 100, 100, 100, 0]
    assert keys == sorted(set(keys))


def test_without_a_cursor_the_top_groups_come_and_a_second_page_is_refused(service):
    counts = [group["count"] for group in ask(service, "/works", **GROUPED).json()["group_by"]]
    assert len(counts) == 200
    assert counts == sorted(counts, reverse=True)
    assert ask(service, "/works", page=2, **GROUPED).status_code == 400


@pytest.mark.parametrize(
    "parameters",
    [
        {"filter": "authorships.institutions.id:" + "|".join(f"I{n}" for n in range(101))},
        {"filter": "DOESNTEXIST:1"},
        {**GROUPED, "per_page": 101},
        {**GROUPED, "select": "id"},
        {"filter": "type:article", "corpus": "everything"},
    ],
)
def test_what_breaks_a_rule_is_refused_and_free(service, parameters):
    answer = ask(service, "/works", **parameters)
    assert answer.status_code == 400
    assert answer.json()["error"] == "Invalid query parameters error."
    assert answer.headers["x-ratelimit-cost-usd"] == "0"


def test_a_request_line_over_8190_bytes_is_refused(service):
    assert ask(service, "/works", filter="type:article", mailto="x" * 8190).status_code == 400


def test_lists_cost_and_single_entities_do_not(service):
    before = service.remaining_usd
    listed = ask(service, "/works", filter="type:article", per_page=1)
    assert (listed.headers["x-ratelimit-cost-usd"], listed.json()["meta"]["cost_usd"]) == ("0.0001", 0.0001)
    single = ask(service, f"/institutions/{service.world.institutions[0].id}")
    assert single.headers["x-ratelimit-cost-usd"] == "0"
    assert service.remaining_usd == pytest.approx(before - 0.0001)
    assert service.remaining_usd < KEYED_USD


def test_more_calls_in_a_second_than_the_rate_are_refused_with_retry_after():
    with OpenAlex(made_world(institutions=10, metros=2, works=100), rate=3) as hasty:
        answers = [ask(hasty, "/works", filter="type:article") for _ in range(5)]
    assert [answer.status_code for answer in answers][:4] == [200, 200, 200, 429]
    assert answers[3].headers["retry-after"] == "1"


@needs_shared
def test_bodies_have_the_keys_of_recorded_ones(service):
    recorded = SHARED / "openalex"
    grouped = json.loads((recorded / "groupby" / "openalexPro_works_by_type.json").read_text())
    ours = ask(service, "/works", cursor="*", per_page=100, **GROUPED).json()
    assert ours.keys() == grouped.keys()
    assert ours["meta"].keys() == grouped["meta"].keys()
    assert ours["group_by"][0].keys() == grouped["group_by"][0].keys()
    real = json.loads((recorded / "objects" / "institution.json").read_text())
    one = ask(service, f"/institutions/{service.world.institutions[0].id}").json()
    assert one.keys() <= real.keys()
    assert one["geo"].keys() <= real["geo"].keys()
    unauthorized = (recorded / "recorded" / "pro_rate_limit_status_401.yml").read_text()
    body = json.loads(re.search(r"string: '(\{.*\})'", unauthorized)[1])
    assert ask(service, "/works", filter="type:article", api_key="wrong").json() == body
