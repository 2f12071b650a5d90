"""What the webhook is told: one JSON message without secrets; a receiver that is down or refuses is no trouble."""

import json
import logging

import pytest

from where_is_ai import notify
from where_is_ai.notify import Message, send
from where_is_ai.settings import Settings, read_settings
from where_is_ai_tests.loopback import Answer, Loopback

KEY = "k-0123456789-secret"
MESSAGE = Message(
    "run_failed",
    "where-is-ai: 2026-Q2, job quarter: failed",
    "quarter",
    "2026-Q2",
    [f"raw_oews_metro: refused with {KEY}\nby <!channel> of maps@example.org"],
    "Set <it> anew.",
    "http://127.0.0.1:3000/runs/1",
)


@pytest.fixture(autouse=True)
def _no_pause(monkeypatch):
    monkeypatch.setattr(notify, "PAUSE_S", 0)


def settings(webhook: str) -> Settings:
    given = {
        "WHERE_IS_AI_NOTIFY": webhook,
        "OPENALEX_API_KEY": KEY,
        "WHERE_IS_AI_CONTACT": "maps@example.org",
    }
    return read_settings(given)


def test_one_message_says_what_which_quarter_what_to_do_and_where_to_look():
    with Loopback(lambda asked, number: Answer()) as receiver:
        assert send(settings(f"{receiver.url}/hook/T0123456"), MESSAGE) == "Told."
    (asked,) = receiver.asked
    assert asked.path == "/hook/T0123456"
    assert asked.headers["Content-Type"] == "application/json"
    told = json.loads(asked.body)
    assert told == {
        "text": "where-is-ai: 2026-Q2, job quarter: failed\n- raw_oews_metro: refused with … by ‹!channel› of …\n"
        "What to do: Set ‹it› anew.\nhttp://127.0.0.1:3000/runs/1",
        "event": "run_failed",
        "what": "where-is-ai: 2026-Q2, job quarter: failed",
        "job": "quarter",
        "quarter": "2026-Q2",
        "reasons": ["raw_oews_metro: refused with … by ‹!channel› of …"],
        "remedy": "Set ‹it› anew.",
        "run": "http://127.0.0.1:3000/runs/1",
    }


def test_many_reasons_are_told_in_short():
    many = Message("checks_failed", "what", "quarter", "2026-Q2", ["word " * 1000] * 30, "remedy")
    told = many.as_json(Settings())
    assert told["reasons"][-1] == "and 25 more"
    assert len(told["text"]) < 3000


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        (Answer(b"no such hook /hook/T0123456", 404), "status 404"),
        (Answer(status=302, headers={"Location": "http://127.0.0.1:1/elsewhere"}), "status 302"),
    ],
)
def test_a_receiver_that_refuses_is_tried_again_and_told_of_without_its_address(answer, why, caplog):
    with Loopback(lambda asked, number: answer) as receiver, caplog.at_level(logging.DEBUG):
        said = send(settings(f"{receiver.url}/hook/T0123456"), MESSAGE)
    assert said == f"The webhook could not be told: {why}."
    assert len(receiver.asked) == 3
    assert "T0123456" not in said + caplog.text


def test_a_receiver_that_comes_back_is_told_once():
    with Loopback(lambda asked, number: Answer(status=503 if number == 1 else 200)) as receiver:
        assert send(settings(receiver.url), MESSAGE) == "Told."
    assert len(receiver.asked) == 2


@pytest.mark.parametrize(
    "address", ["http://127.0.0.1:1/hook/T0123456", "http://[::1", "hook/T0123456", "ftp://a/b"]
)
def test_a_receiver_that_is_not_there_raises_nothing_and_is_not_named(address, caplog):
    with caplog.at_level(logging.DEBUG):
        said = send(settings(address), MESSAGE)
    assert "Told" not in said
    assert address not in said + caplog.text
    assert "T0123456" not in said + caplog.text


def test_without_a_webhook_nobody_is_told():
    assert "nobody is told" in send(settings(""), MESSAGE)
