"""Whatever a library raises over a file becomes one error that names the file."""

import json
import zipfile
from io import BytesIO

import pytest

from where_is_ai.borders import reading
from where_is_ai.errors import Absent, BadUpstream


@pytest.mark.parametrize(
    ("read", "reason"),
    [
        (lambda: zipfile.ZipFile(BytesIO(b"<html>")), "BadZipFile: File is not a zip file"),
        (lambda: json.loads("[" * 200_000), "RecursionError"),
        (lambda: b"\xf1".decode(), "UnicodeDecodeError"),
        (lambda: {}["meta"], "KeyError: 'meta'"),
    ],
)
def test_a_foreign_exception_becomes_one_of_ours(read, reason):
    with (
        pytest.raises(BadUpstream, match=rf"^https://a\.b/c can't be read: {reason}") as raised,
        reading("https://a.b/c"),
    ):
        read()
    assert raised.value.remedy


def test_errors_of_ours_pass_as_they_are():
    with pytest.raises(Absent, match=r"^gone$"), reading("x"):
        raise Absent("gone")


def test_a_reason_is_short_and_can_be_printed():
    with pytest.raises(BadUpstream) as raised, reading("x"):
        raise ValueError("\ud800" + "y" * 100_000 + "\nmore")
    assert len(raised.value.problem) < 400
    raised.value.problem.encode()
