"""A file of postings in, a file of verdicts out."""

import io
import json

import pytest

from where_is_ai.classifier import classify_file
from where_is_ai.classifier.jsonl import BadPostingLine, _line_out
from where_is_ai.classifier.protocol import Verdict
from where_is_ai.errors import UsageError
from where_is_ai_tests.classifier.made_up_postings import ALL, FILE

GOOD = '{"id": "a", "company": "X", "title": "ML Engineer", "text": "You train models."}'


def test_each_posting_gets_a_line_in_order():
    out = io.StringIO()
    done = classify_file(FILE, out, "keywords")
    lines = [json.loads(line) for line in out.getvalue().splitlines()]
    assert [line["id"] for line in lines] == [one["id"] for one in ALL]
    assert all(list(line) == ["id", "ai_job", "probability", "classifier"] for line in lines)
    assert {line["classifier"] for line in lines} == {"keywords 1"}
    assert (done.postings, done.ai_jobs) == (len(ALL), sum(line["ai_job"] for line in lines))


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ("", "is blank"),
        ("   ", "is blank"),
        ("{", "is not JSON"),
        ('{"id": "a"', "is not JSON"),
        ("\ud800", "is not JSON"),
        ("[1, 2]", "is not a JSON object"),
        ("[" * 100_000, "is n"),
        ('{"id": "a", "title": "T", "company": "C"}', "lacks text"),
        ('{"id": null, "title": "T", "company": "C", "text": ""}', "has an id"),
        ('{"id": 1.5, "title": "T", "company": "C", "text": ""}', "has an id"),
        ('{"id": 1, "title": ["T"], "company": "C", "text": ""}', "has a title"),
        ('{"id": 1, "title": "T", "company": 3, "text": ""}', "has a company"),
    ],
)
def test_a_bad_line_is_named_and_nothing_is_written(tmp_path, line, what):
    path, out = tmp_path / "postings.jsonl", io.StringIO()
    path.write_bytes(f"{GOOD}\n{line}\n{GOOD}\n".encode(errors="surrogatepass"))
    with pytest.raises(BadPostingLine, match=rf"postings\.jsonl, line 2 {what}"):
        classify_file(path, out, "keywords")
    assert out.getvalue() == ""


def test_the_last_line_needs_no_end_and_missing_values_may_be_null(tmp_path):
    path, out = tmp_path / "postings.jsonl", io.StringIO()
    path.write_text(GOOD + '\n{"id": 2, "company": null, "title": null, "text": null}')
    done = classify_file(path, out, "keywords")
    assert json.loads(out.getvalue().splitlines()[1]) == {
        "id": 2,
        "ai_job": None,
        "probability": None,
        "classifier": "keywords 1",
    }
    assert (done.postings, done.unknown) == (2, 1)


def test_a_probability_that_is_no_number_is_never_written():
    with pytest.raises(ValueError, match="not JSON compliant"):
        _line_out("a", Verdict(True, float("nan")), "made up")


def test_an_empty_file_gives_no_verdicts(tmp_path):
    (tmp_path / "postings.jsonl").touch()
    assert classify_file(tmp_path / "postings.jsonl", io.StringIO(), "keywords").postings == 0


def test_a_file_that_is_not_there_is_an_error_of_usage(tmp_path):
    with pytest.raises(UsageError, match="no file"):
        classify_file(tmp_path / "postings.jsonl", io.StringIO(), "keywords")
