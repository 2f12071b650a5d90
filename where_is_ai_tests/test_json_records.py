"""JSON from a source: read whatever it holds, and a field of another kind than asked for is nothing, and said."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from where_is_ai.characters import is_writable, writable
from where_is_ai.errors import BadUpstream
from where_is_ai.json_records import Record, read_json

DEPTH = 200_000
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=8,
)


@pytest.mark.parametrize(("opening", "closing"), [("[", "]"), ('{"a":', "}"), ('[{"]":', "}]")])
def test_what_is_nested_too_deeply_is_said_and_the_rest_is_read(opening, closing):
    deep = opening * DEPTH + "1" + closing * DEPTH
    content = f'{{"jobs": [{{"id": 1, "x": {deep}}}, {{"id": 2, "title": "a \\" ] }}"}}]}}'.encode()
    jobs = read_json(content, "the answer")["jobs"]
    assert [job["id"] for job in jobs] == [1, 2]
    assert jobs[1]["title"] == 'a " ] }'
    record = Record(jobs[0])
    assert (record.part("x").text("a"), record.parts("x")) == ("", [])
    assert record.wrong


@pytest.mark.parametrize(
    "content", [b"", b"{", b"[" * DEPTH, b"<html>", b'{"a": "\xff"}', b"[1, 2", b'{"a": 1} {"b": 2}']
)
def test_what_is_no_json_is_one_error_that_names_the_answer(content):
    with pytest.raises(BadUpstream, match=r"the answer was kept as malformed JSON.*Fetch it again"):
        read_json(content, "the answer")


def test_a_number_of_thousands_of_digits_is_no_reason_to_lose_the_others():
    assert read_json(b'[{"id": 7, "x": ' + b"1" * 5_000 + b"}]", "the answer")[0]["id"] == 7


@settings(deadline=None)
@given(st.dictionaries(st.sampled_from(["a", "b"]), VALUES))
def test_a_field_is_of_the_kind_asked_for_or_nothing(fields):
    record = Record(json.loads(json.dumps(fields)))
    assert isinstance(record.text("a"), str)
    assert record.flag("a") in (None, True, False)
    assert isinstance(record.identifier("a"), str)
    assert all(isinstance(each, str) for each in record.texts("a"))
    assert isinstance(record.part("a").part("b").text("c"), str)
    assert all(isinstance(each, Record) for each in record.parts("b"))
    given_ = fields.get("a")
    assert ("a is no text" in record.wrong) == (given_ is not None and not isinstance(given_, str))


@settings(max_examples=300, deadline=None)
@given(st.text(st.characters(codec=None)))
def test_text_that_was_made_writable_can_be_written_and_nothing_else_of_it_changes(text):
    kept = writable(text)
    kept.encode()
    assert len(kept) == len(text)
    assert is_writable(kept)
    assert writable(kept) == kept
    assert all(mine in (theirs, " ", "�") for mine, theirs in zip(kept, text, strict=True))
    assert is_writable(text) == (kept == text)


def test_line_breaks_tabs_and_every_script_stay():
    assert writable("Zürich\t東京\r\n🚀") == "Zürich\t東京\r\n🚀"
    assert writable("a\ud800b\x00c\x1bd\x9be") == "a�b c d e"
