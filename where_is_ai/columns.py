"""What a column is: heading, unit, decimals, words for its marks and meaning, said once in its pandera field.

Files, pages, dictionary, data package and DuckDB comments read them here.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import pandas as pd
import pandera.pandas as pa

from where_is_ai.tables import Table

UNKNOWN = "—"
_KINDS = {"int": "integer", "float": "number", "bool": "boolean", "str": "string"}
_LIMITS = {"min_value": "minimum", "max_value": "maximum", "pattern": "pattern", "allowed_values": "enum"}
_LENGTHS = {"min_value": "minLength", "max_value": "maxLength"}
Words = Mapping[str, str] | Callable[[str], str]


def column(
    description: str,
    *,
    heading: str = "",
    unit: str = "",
    decimals: int | None = None,
    decimals_read: int | None = None,
    words: Words | None = None,
    unknown: str = UNKNOWN,
    signed: bool = False,
    **checks: Any,
) -> Any:
    """A pandera field of a table's model.

    ``heading`` is what pages call it (by default its name), ``unit`` what its numbers count or are measured in,
    ``decimals`` how many are published, ``decimals_read`` how many of them pages show (by default all), ``words`` what
    its marks mean to a reader, ``unknown`` what stands for unknown on pages, ``signed`` numbers, such as changes, show
    a plus. ``checks`` are pandera's own.
    """
    said = {"heading": heading, "unit": unit, "decimals": decimals, "words": words, "unknown": unknown}
    said |= {"signed": signed, "decimals_read": decimals_read}
    return pa.Field(description=description, metadata=said, **checks)


@dataclass(frozen=True)
class Column:
    """A column of a model. ``kind`` is integer, number, boolean or string; ``constraints`` are those of its checks."""

    name: str
    kind: str
    description: str
    heading: str
    unit: str
    decimals: int
    decimals_read: int
    nullable: bool
    unique: bool
    constraints: Mapping[str, object] = field(default_factory=dict)
    words: Words | None = None
    unknown: str = UNKNOWN
    signed: bool = False

    @property
    def numeric(self) -> bool:
        return self.kind in ("integer", "number")

    def text(self, value: Any) -> str:
        """A value as people read it."""
        if value is None or pd.isna(value):
            return self.unknown
        if self.kind == "boolean":
            return "yes" if value else "no"
        if self.kind == "string":
            return self._in_words(str(value))
        text = f"{value:z,.{self.decimals_read}f}".replace("-", "−")
        return (
            f"+{text}" if self.signed and any(digit in text for digit in "123456789") and value > 0 else text
        )

    def _in_words(self, mark: str) -> str:
        if self.words is None:
            return mark
        return self.words.get(mark, mark) if isinstance(self.words, Mapping) else self.words(mark)


@cache
def columns_of(model: type[Table]) -> dict[str, Column]:
    """The columns of ``model`` by name, in order."""
    return {name: _column(name, given) for name, given in model.to_schema().columns.items()}


def require_described(model: type[Table]) -> None:
    """Raise TypeError unless ``model`` describes each column as what is published must: numbers with their unit."""
    for name, given in model.to_schema().columns.items():
        said, kind, published = given.metadata or {}, _kind(given), f"{model.__name__}.{name} is published"
        if not given.description:
            raise TypeError(f"{published} without a description: say what its column means.")
        if kind == "number" and said.get("decimals") is None:
            raise TypeError(f"{published} without decimals: give its column some.")
        if kind in ("number", "integer") and not said.get("unit"):
            raise TypeError(f"{published} without a unit: give its column one.")


def _column(name: str, given: pa.Column) -> Column:
    said = given.metadata or {}
    words = name.replace("_", " ")
    return Column(
        name=name,
        kind=_kind(given),
        description=given.description or "",
        heading=said.get("heading") or words[:1].upper() + words[1:],
        unit=said.get("unit", ""),
        decimals=(decimals := said.get("decimals") or 0),
        decimals_read=decimals if (read := said.get("decimals_read")) is None else read,
        nullable=given.nullable,
        unique=bool(given.unique),
        constraints=_constraints(given),
        words=said.get("words"),
        unknown=said.get("unknown", UNKNOWN),
        signed=said.get("signed", False),
    )


def _kind(given: pa.Column) -> str:
    dtype = str(given.dtype).lower()
    for start, kind in _KINDS.items():
        if dtype.startswith(start):
            return kind
    raise TypeError(f"{given.name} is of type {dtype}: make its column a text, a number or true and false.")


def _constraints(given: pa.Column) -> dict[str, object]:
    """What the checks of a column ask, as a Table Schema names it."""
    asked = {}
    for check in given.checks:
        names = _LENGTHS if check.name == "str_length" else _LIMITS
        values = check.statistics or {}
        asked |= {ours: values[theirs] for theirs, ours in names.items() if values.get(theirs) is not None}
    return asked
