"""What came from data is shown in Markdown and never acts there."""

import re
from html import unescape
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import where_is_ai
from where_is_ai.markdown import inert, plain, table

MARKUP = ["<script>", "</", ">", "[", "](", ")", "javascript:", "![", "|", "`", "*", "_", "\\", "&lt;", "&"]
OTHERS = ["https://e.example", "www.", "\n", "\r", " ", "# ", "1.", "- ", "Acme", "é"]
texts = st.lists(st.sampled_from([*MARKUP, *OTHERS]), max_size=9).map("".join)
# A punctuation mark that no odd number of backslashes stands before.
ACTIVE = re.compile(r"(?<!\\)(?:\\\\)*[`*_\[\]|~!<>]")


@given(texts)
def test_nothing_in_a_text_is_markup(text):
    shown = inert(text)
    assert not ACTIVE.search(shown)
    assert not re.search(r"https?://|www\.", shown)
    assert len(shown.splitlines()) <= 1
    assert not re.match(r"[#+=-]|\d+[.)](?:\s|\Z)", shown)


@given(texts)
def test_the_reader_sees_the_text_itself(text):
    assert unescape(re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", inert(text))) == " ".join(text.split())


@given(texts)
def test_a_text_is_read_out_of_findings_as_it_was(text):
    assert plain(inert(text)) == " ".join(text.split())


def test_marks_and_addresses_of_findings_are_not_read_out():
    assert plain("**BLS `warns`** [here](https://e.example).") == "BLS warns here."


@pytest.mark.parametrize(
    "text", ["New York-Newark-Jersey City, NY-NJ", "AT&T", "Zürich (CH)", "O'Fallon", "3.5 %"]
)
def test_usual_names_are_left_alone(text):
    assert inert(text) == text


@pytest.mark.parametrize("unknown", [None, float("nan"), pd.NA])
def test_unknown_is_empty(unknown):
    assert inert(unknown) == ""


def test_a_table_has_as_many_cells_as_columns_whatever_is_in_them():
    rows = pd.DataFrame(
        {"na|me": ["a|b", "<img src=x onerror=y>", None], "list": [["|"], 2, "x"], "works": [1, 2, 3]}
    )
    lines = table(rows).splitlines()
    assert all(len(re.findall(r"(?<!\\)\|", line)) == 4 for line in lines)
    assert "<img" not in table(rows)


def test_every_text_of_a_metro_or_an_institution_in_findings_is_inert():
    templates = sorted(Path(where_is_ai.__file__).parent.rglob("*.md.j2"))
    assert len(templates) >= 5
    from_data = re.compile(
        r"{{ [\w\[\].]*\b(?:metro|institution|employer|company|statement|why|why_not|trouble|sources) }}"
    )
    for template in templates:
        assert not from_data.search(template.read_text()), template
