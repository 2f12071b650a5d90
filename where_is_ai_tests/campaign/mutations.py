"""What goes wrong with JSON from a source: one value in the place of another, and bytes that are no JSON."""

import json
from random import Random

SURROGATE = "\ud800"
# In the place of a text, a number, a list and so on: values of every other kind.
VALUES = {
    "text": ("", "x", "true", "12", "NaN", "unknown"),
    "number": (0, 3, -5, 12.5, 10**30, float("nan"), float("inf")),
    "flag": (True, False),
    "list": ([], [1], [[]], ["x"], [None]),
    "object": ({}, {"a": 1}, {"name": None}),
}
UNWRITABLE = (SURROGATE, "\x00", "\x01", "\x1b[31m", "\x7f", "\x9b", f"{SURROGATE}\x00")


def other_than(random: Random, *kinds: str) -> object:
    """A value of none of ``kinds`` of VALUES; null is none of them either and is left to kinds of its own."""
    others = [value for kind, values in VALUES.items() if kind not in kinds for value in values]
    return random.choice(others)


def unwritable(random: Random, text: str) -> str:
    """``text`` with a character in it that no table can hold."""
    at = random.randrange(len(text) + 1)
    return text[:at] + random.choice(UNWRITABLE) + text[at:]


def deep(random: Random) -> str:
    """JSON of some 200,000 lists or objects within each other, as text."""
    levels = random.randrange(150_000, 250_000)
    opening, closing = random.choice((("[", "]"), ('{"a":', "}")))
    return opening * levels + "1" + closing * levels


def no_json(random: Random, content: bytes) -> bytes:
    """Bytes that are no JSON, as a source or a broken line gives them."""
    cut = random.randrange(1, len(content) - 1)
    return random.choice(
        (
            content[:cut],
            content[:cut] + b"\xff\xfe" + content[cut:],
            content + content,
            b"",
            b"<!DOCTYPE html><html><head><title>Sorry</title></head></html>",
            b"upstream connect error",
            content.replace(b'"', b"'"),
        )
    )


def of_another_shape(random: Random, content: bytes) -> bytes:
    """JSON that is not what was asked for."""
    return random.choice(
        (
            b'{"error": "Internal error", "message": "try later"}',
            b'{"status": 404, "error": "Not found"}',
            b"null",
            b"[]",
            b"{}",
            b"7",
            b'"gone"',
            b"true",
            b"[[]]",
            json.dumps([json.loads(content)]).encode(),
            json.dumps({"data": {"answer": json.loads(content)}}).encode(),
        )
    )
