"""JSON from a source: read whatever it holds, and taken apart field by field without trusting any of them."""

import json
import math
import re
from collections.abc import Iterator

from where_is_ai.characters import is_writable
from where_is_ai.errors import BadUpstream

# No field that is read lies deeper; TOO_DEEP stands for a value beyond.
DEEPEST = 64
TOO_DEEP = "\x00nested too deeply"
LONGEST_IDENTIFIER = 200
_TOKEN = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*"|[\[\]{}]', re.DOTALL)


def read_json(content: bytes, whence: str) -> object:
    """What a kept JSON answer holds; values nested deeper than DEEPEST may be TOO_DEEP.

    Raises BadUpstream, which names ``whence``, where it is no JSON.
    """
    try:
        try:
            return json.loads(content)
        except RecursionError:
            return json.loads(_shallow(content.decode(json.detect_encoding(content))))
        except json.JSONDecodeError:
            raise
        except ValueError:
            # A number of more digits than Python makes whole: too large for anything that is read.
            return json.loads(content, parse_int=float)
    except (ValueError, RecursionError) as error:
        raise BadUpstream(
            f"{whence} was kept as malformed JSON: {error}.", "Fetch it again with a live run."
        ) from None


def _shallow(text: str) -> str:
    """``text`` with TOO_DEEP in the place of what is nested deeper than DEEPEST."""
    return "".join(_kept(text))


def _kept(text: str) -> Iterator[str]:
    depth, start = 0, 0
    for token in _TOKEN.finditer(text):
        if token[0] in ("[", "{"):
            depth += 1
            if depth == DEEPEST + 1:
                yield text[start : token.start()]
        elif token[0] in ("]", "}"):
            depth -= 1
            if depth == DEEPEST:
                yield json.dumps(TOO_DEEP)
                start = token.end()
    if depth <= DEEPEST:
        yield text[start:]


class Record:
    """An object of a source's JSON. Each reading gives a field as the kind that is asked for, or nothing.

    ``wrong`` says which fields had another kind: ``secondaryLocations is no list``. A field that is missing or null
    is not wrong.
    """

    def __init__(self, fields: object, path: str = "", wrong: list[str] | None = None):
        self.wrong: list[str] = [] if wrong is None else wrong
        self._path = path
        self._fields = fields if isinstance(fields, dict) else {}

    def text(self, name: str) -> str:
        return self._as(name, str, "text") or ""

    def flag(self, name: str) -> bool | None:
        return self._as(name, bool, "yes or no")

    def number(self, name: str) -> float | None:
        """Finite; true and false are none."""
        value = self._fields.get(name)
        if value is None or is_number(value):
            return value
        return self._note(name, "number")

    def identifier(self, name: str) -> str:
        """A text or a whole number as text; empty where it is neither, longer than any id is, or can't be written."""
        value = self._fields.get(name)
        if isinstance(value, int) and not isinstance(value, bool):
            value = str(value) if abs(value) < 10**LONGEST_IDENTIFIER else ""
        is_id = isinstance(value, str) and 0 < len(value.strip()) <= LONGEST_IDENTIFIER and is_writable(value)
        return value.strip() if is_id else ""

    def given(self, name: str) -> object:
        """The field as it is, for a reader that judges it; None where nothing is given."""
        value = self._fields.get(name)
        return None if value == "" else value

    def says_null(self, name: str) -> bool:
        """Whether the field is there and null, where that says something else than its absence."""
        return name in self._fields and self._fields[name] is None

    def part(self, name: str) -> "Record":
        return Record(self._as(name, dict, "object"), f"{self._path}{name}.", self.wrong)

    def parts(self, name: str) -> list["Record"]:
        """The objects of a list."""
        values = self._as(name, list, "list") or []
        if any(not isinstance(value, dict) for value in values):
            self._note(name, "list of objects")
        path = f"{self._path}{name}."
        return [Record(value, path, self.wrong) for value in values if isinstance(value, dict)]

    def texts(self, name: str) -> list[str]:
        """The texts of a list that are not empty."""
        values = self._as(name, list, "list") or []
        if any(not isinstance(value, str) for value in values if value is not None):
            self._note(name, "list of texts")
        return [value for value in values if isinstance(value, str) and value]

    def _as(self, name: str, kind: type, called: str):
        value = self._fields.get(name)
        if value is None or (isinstance(value, kind) and not _holds_too_deep(value)):
            return value
        return self._note(name, called)

    def _note(self, name: str, called: str) -> None:
        said = f"{self._path}{name} is no {called}"
        if said not in self.wrong:
            self.wrong.append(said)


def _holds_too_deep(value: object) -> bool:
    if isinstance(value, dict):
        return any(map(_holds_too_deep, value.values()))
    if isinstance(value, list):
        return any(map(_holds_too_deep, value))
    return value == TOO_DEEP


def is_number(value: object) -> bool:
    """Whether a JSON value is a finite number."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    return isinstance(value, int) or math.isfinite(value)


def is_count(value: object, most: int) -> bool:
    """Whether a JSON value is a whole number from 0 to ``most``."""
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= most
