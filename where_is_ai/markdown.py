"""Text that came from data, written so that Markdown shows it and nothing in it acts: no HTML, link, picture or cell.

Rows of people's own making (a company's name, an institution's) reach findings and Dagster's metadata, and whoever
renders those follows what they say.
"""

import re

import pandas as pd

# An entity would be shown as the letter that it stands for.
_ENTITY = re.compile(r"&(?=#?\w+;)")
_MARKS = re.compile(r"[\\`*_\[\]|~!]")
# What begins a heading, a list or a rule where the text begins its line.
_BEGINNING = re.compile(r"\A(?:[#+=-]|\d+(?=[.)](?:\s|\Z)))")
# GitHub's Markdown makes a link of a bare address.
_ADDRESS = re.compile(r"(https?|ftp|mailto|xmpp):|(www)\.", re.IGNORECASE)


def inert(text: object) -> str:
    """``text`` on one line, as Markdown that shows just that; empty for unknown."""
    if text is None or text is pd.NA or text != text:
        return ""
    plain = " ".join(str(text).split())
    plain = _MARKS.sub(r"\\\g<0>", plain)
    plain = _ENTITY.sub("&amp;", plain).replace("<", "&lt;").replace(">", "&gt;")
    plain = _ADDRESS.sub(lambda told: f"{told[1]}\\:" if told[1] else f"{told[2]}\\.", plain)
    return _BEGINNING.sub(_escaped_beginning, plain)


def plain(line: str) -> str:
    """One line of our findings as a reader sees it: no marks or addresses, and what ``inert`` escaped as it was."""
    unlinked = re.sub(r"(?<!\\)\[([^]]*)\]\([^)]*\)", r"\1", line)
    unmarked = re.sub(r"\*\*|(?<!\\)`", "", unlinked)
    unescaped = re.sub(r"\\([^\w\s]|_)", r"\1", unmarked)
    return unescaped.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&").strip()


def table(rows: pd.DataFrame) -> str:
    """``rows`` as a Markdown table without their index, every text inert."""
    texts = rows.select_dtypes(exclude=["number", "bool", "boolean"]).columns
    shown = rows.assign(**{name: rows[name].astype("object").map(inert) for name in texts})
    return shown.rename(columns=inert).to_markdown(index=False)


def _escaped_beginning(beginning: re.Match[str]) -> str:
    # A digit can't be escaped; the point or bracket after it can.
    return f"{beginning[0]}\\" if beginning[0].isdigit() else f"\\{beginning[0]}"
