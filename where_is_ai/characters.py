"""What a table can hold of a source's text: no halves of characters, no NULs, no other control characters."""

import re

# Line breaks and tabs stay. The class reads the same in Python and in DuckDB.
CONTROL = r"[\x00-\x08\x0B\x0C\x0E-\x1F\x7F-\x{9F}]"
_CONTROL = re.compile(CONTROL.replace(r"\x{9F}", r"\x9F"))
_SURROGATE = re.compile("[\ud800-\udfff]")
REPLACEMENT = "\N{REPLACEMENT CHARACTER}"


def writable(text: str) -> str:
    """``text`` as UTF-8 can hold it: a blank for each control character, � for each lone surrogate."""
    return _SURROGATE.sub(REPLACEMENT, _CONTROL.sub(" ", text))


def is_writable(text: str) -> bool:
    return writable(text) == text
