"""What assets tell Dagster, whose UI renders Markdown: nothing in it that came from a source acts."""

import re
from datetime import UTC, datetime

import pandas as pd
import pytest

from where_is_ai.archive.entry import Entry, Request, Source
from where_is_ai.defs import outputs
from where_is_ai.errors import BadUpstream
from where_is_ai.quarters import Quarter

QUARTER = Quarter(2026, 2)
HARM = "<script>alert(1)</script> [click](javascript:alert(1)) ![](https://evil.example/x) a | b"
SOURCE = Source("Made", "public domain", "https://made.example")


class Answering:
    """A library that has the first answer, whose source refuses the others with words of its own."""

    def get(self, request: Request, quarter: Quarter) -> Entry:  # noqa: ARG002
        if request.url.endswith("refused"):
            raise BadUpstream(f"{request.url} answered HTTP 500: {HARM}")
        return Entry.of(request, "ab" * 32, 7, datetime(2026, 7, 1, tzinfo=UTC))


def asked(*paths: str) -> list[Request]:
    return [Request(f"https://made.example/{path}", SOURCE, "application/json") for path in paths]


def shown() -> dict[str, str]:
    paths = ("one", f"two?cursor={HARM.replace(' ', '')}")
    several = outputs.kept(Answering(), asked(*paths), QUARTER)
    some = outputs.kept_as_far_as_there(Answering(), asked("one", "refused"), QUARTER)
    rows = outputs.table(pd.DataFrame({"metro": [HARM]}), None)
    return {
        "archived": several.metadata["archived"].value,
        "missing": some.metadata["missing"].value,
        "preview": rows.metadata["preview"].value,
    }


@pytest.mark.parametrize("name", ["archived", "missing", "preview"])
def test_what_a_source_said_is_shown_and_does_not_act(name):
    text = shown()[name]
    assert "&lt;script&gt;" in text
    assert not re.search(r"<\w|(?<!\\)\]\(|(?<!\\)!\[", text)
