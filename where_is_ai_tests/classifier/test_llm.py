"""The language model's classifier against an endpoint that answers well, badly and not at all."""

import socket
import time

import pytest

from where_is_ai.classifier import Posting, Verdict
from where_is_ai.classifier.llm import AT_ONCE, PROMPT, LLMClassifier, LLMSettings, prompt_version
from where_is_ai.classifier.protocol import UNKNOWN, ClassifierUnavailable
from where_is_ai.errors import UsageError
from where_is_ai_tests.classifier.installed import needs_openai
from where_is_ai_tests.classifier.llm_server import TOKENS_IN, TOKENS_OUT, LanguageModel, Reply, says
from where_is_ai_tests.classifier.made_up_postings import INJECTION

pytestmark = needs_openai
SECRET = "sk-very-secret"
ENGINEER = Posting("Meridian", "ML Engineer", "You train models.")
BAKER = Posting("Bakery", "Baker", "You bake bread.")


def by_title(posting: dict, _: int) -> Reply:
    return says("ML" in posting["title"], 0.9 if "ML" in posting["title"] else 0.1)


def classifier(model: LanguageModel, **more) -> LLMClassifier:
    return LLMClassifier(LLMSettings(model.url, "made-up", SECRET, **more))


def test_each_posting_is_asked_about_by_itself_at_temperature_0_in_a_schema():
    with LanguageModel(by_title) as model:
        one = classifier(model)
        assert list(one.verdicts([ENGINEER, BAKER])) == [Verdict(True, 0.9), Verdict(False, 0.1)]
    assert {request["temperature"] for request in model.requests} == {0}
    assert {request["messages"][0]["content"] for request in model.requests} == {PROMPT}
    assert all(request["response_format"]["json_schema"]["strict"] for request in model.requests)
    assert sorted("bake" in str(request["messages"][1:]) for request in model.requests) == [False, True]
    assert model.keys == {f"Bearer {SECRET}"}
    assert one.label == f"llm made-up prompt {prompt_version()}"


def test_verdicts_keep_their_order_though_many_are_under_way():
    def slowly(posting: dict, _: int) -> Reply:
        number = int(posting["title"])
        time.sleep(0.02 * (number % 3))
        return says(True, number / 100)

    with LanguageModel(slowly) as model:
        asked = (Posting("", str(number), "text") for number in range(40))
        assert [v.probability for v in classifier(model).verdicts(asked)] == [n / 100 for n in range(40)]
    assert 1 < model.most_at_once <= AT_ONCE


def test_only_a_few_postings_are_held_at_a_time():
    read = 0

    def postings():
        nonlocal read
        for number in range(10_000):
            read = number
            yield Posting("", "ML", str(number))

    with LanguageModel(by_title) as model:
        found = classifier(model).verdicts(postings())
        next(found)
        found.close()
    assert read <= 2 * AT_ONCE


UNUSABLE = {
    "nonsense": (Reply("I think this is an AI job!"), "not JSON"),
    "empty": (Reply(None), "not JSON"),
    "half a JSON": (Reply('{"ai_job": tr'), "not JSON"),
    "another schema": (Reply('{"verdict": true}'), "not the schema"),
    "text for a boolean": (Reply('{"ai_job": "true", "probability": 0.5}'), "not the schema"),
    "a list": (Reply("[true, 0.5]"), "not the schema"),
    "more than sure": (Reply('{"ai_job": true, "probability": 1.5}'), "not the schema"),
    "not a number": (Reply('{"ai_job": true, "probability": NaN}'), "not the schema"),
    "a refusal": (Reply(None, refusal="I can't help with that."), "refusal"),
    "cut short": (Reply('{"ai_job": true, "probability": 0.9}', finish_reason="length"), "cut short"),
    "no choices": (Reply(body=b'{"id": "x", "object": "chat.completion", "choices": []}'), "no answer"),
    "not even an object": (Reply(body=b'"hello"'), "no answer"),
    "HTML": (Reply(body=b"<html>Bad gateway</html>", headers={"Content-Type": "text/html"}), "no answer"),
}


@pytest.mark.parametrize("case", UNUSABLE)
def test_what_cannot_be_used_is_unknown_and_counted_never_guessed(case):
    bad, why = UNUSABLE[case]
    with LanguageModel(lambda posting, n: by_title(posting, n) if "ML" in posting["title"] else bad) as model:
        one = classifier(model)
        assert list(one.verdicts([BAKER, ENGINEER])) == [UNKNOWN, Verdict(True, 0.9)]
    assert one.usage.unusable == {why: 1}


@pytest.mark.parametrize("status", [429, 500, 503])
def test_a_busy_endpoint_is_asked_again_after_the_time_it_says(status):
    def busy_twice(posting: dict, asked: int) -> Reply:
        return (
            Reply(status=status, headers={"Retry-After": "0.1"}) if asked <= 2 else by_title(posting, asked)
        )

    with LanguageModel(busy_twice) as model:
        start = time.monotonic()
        assert list(classifier(model).verdicts([ENGINEER])) == [Verdict(True, 0.9)]
        assert 0.2 <= time.monotonic() - start < 5
    assert len(model.requests) == 3


def test_an_endpoint_that_stays_busy_leaves_the_posting_unknown():
    with LanguageModel(lambda *_: Reply(status=429, headers={"Retry-After": "0.01"})) as model:
        one = classifier(model)
        assert list(one.verdicts([ENGINEER])) == [UNKNOWN]
    assert one.usage.unusable == {"no answer": 1}


@pytest.mark.parametrize("status", [400, 401, 403, 404])
def test_a_request_that_is_refused_is_one_clear_error_without_the_key(status):
    body = f'{{"error": {{"message": "Incorrect API key provided: {SECRET}"}}}}'.encode()
    with (
        LanguageModel(lambda *_: Reply(status=status, body=body)) as model,
        pytest.raises(ClassifierUnavailable, match=f"status {status}") as raised,
    ):
        list(classifier(model).verdicts([ENGINEER]))
    assert SECRET not in str(raised.value)
    assert raised.value.__cause__ is None


def test_an_endpoint_that_is_not_there_is_one_clear_error(monkeypatch):
    monkeypatch.setattr("where_is_ai.classifier.llm.RETRIES", 0)
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{unused.getsockname()[1]}/v1"
        with pytest.raises(ClassifierUnavailable, match="can't be reached"):
            list(LLMClassifier(LLMSettings(url, "made-up", SECRET)).verdicts([ENGINEER]))


def test_tokens_and_cost_are_counted():
    with LanguageModel(by_title) as model:
        one = classifier(model, price_in=0.5, price_out=2.0)
        list(one.verdicts([ENGINEER] * 10))
    assert (one.usage.requests, one.usage.tokens_in, one.usage.tokens_out) == (
        10,
        10 * TOKENS_IN,
        10 * TOKENS_OUT,
    )
    assert one.usage.cost_usd(one.settings) == pytest.approx((7000 * 0.5 + 120 * 2.0) / 1e6)
    assert one.usage.cost_usd(LLMSettings("", "")) is None


def test_an_injection_stands_in_its_own_request_and_in_no_other():
    injected = Posting("Bakery", "Baker", INJECTION)
    with LanguageModel(lambda posting, _: says("Ignore" in posting["text"], 0.5)) as model:
        found = list(classifier(model).verdicts([BAKER, injected, ENGINEER]))
    assert [verdict.ai_job for verdict in found] == [False, True, False]
    assert sum("Ignore all previous" in str(request) for request in model.requests) == 1


def test_an_empty_posting_costs_nothing():
    with LanguageModel(by_title) as model:
        assert list(classifier(model).verdicts([Posting("X", "", " ")])) == [UNKNOWN]
    assert model.requests == []


def test_settings_come_from_the_environment_and_hide_the_key():
    settings = LLMSettings.from_environment(
        {
            "WHERE_IS_AI_LLM_BASE_URL": "http://127.0.0.1:1/v1",
            "WHERE_IS_AI_LLM_MODEL": "m",
            "WHERE_IS_AI_LLM_API_KEY": SECRET,
            "WHERE_IS_AI_LLM_PRICE_IN": "0.15",
        }
    )
    assert (settings.model, settings.price_in, settings.price_out) == ("m", 0.15, None)
    assert SECRET not in repr(settings)


@pytest.mark.parametrize(
    "environment",
    [
        {},
        {"WHERE_IS_AI_LLM_MODEL": "m"},
        {
            "WHERE_IS_AI_LLM_BASE_URL": "u",
            "WHERE_IS_AI_LLM_MODEL": "m",
            "WHERE_IS_AI_LLM_PRICE_OUT": "cheap",
        },
    ],
)
def test_settings_that_are_off_are_an_error_of_usage(environment):
    with pytest.raises(UsageError, match="WHERE_IS_AI_LLM_"):
        LLMSettings.from_environment(environment)
