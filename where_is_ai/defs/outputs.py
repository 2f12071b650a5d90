"""What an asset gives to Dagster besides its value: rows, columns, previews, where the bytes came from."""

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import suppress

import dagster as dg
import pandas as pd

from where_is_ai import markdown
from where_is_ai.archive.entry import Entry, Request
from where_is_ai.archive.fetch import Library
from where_is_ai.columns import columns_of
from where_is_ai.defs.nothing import LEFT_OUT, NONE_BECAUSE, NOT_NEEDED
from where_is_ai.errors import Absent, BadUpstream, NotArchived
from where_is_ai.markdown import inert
from where_is_ai.quarters import Quarter
from where_is_ai.tables import Table

PREVIEW_ROWS = 10
LONGEST_URL = 100
MODEL = "model"
# What a reader of the published file would call a kind of column.
TYPES = {"string": "text", "boolean": "true or false"}


def kept(library: Library, requests: Sequence[Request], quarter: Quarter) -> dg.Output[list[Entry]]:
    """The archive entries of ``requests``; none where the archive has nothing for this quarter.

    Only where the first is missing is the layer left out: a gap further on is an error, since half a download
    must not pass for a whole one.
    """
    entries = []
    for request in requests:
        try:
            entries.append(library.get(request, quarter))
        except NotArchived as missing:
            if entries:
                raise
            return dg.Output([], metadata={LEFT_OUT: f"{missing} What rests on it is left out of {quarter}."})
    return _entries(entries)


def kept_as_far_as_there(
    library: Library, requests: Sequence[Request], quarter: Quarter
) -> dg.Output[list[Entry]]:
    """The archive entries of those ``requests`` that can be answered; the others are named in ``missing``."""
    entries, refusals = [], []
    for request in requests:
        try:
            entries.append(library.get(request, quarter))
        except (NotArchived, BadUpstream) as refusal:
            refusals.append(refusal)
    missing = dg.MetadataValue.md("\n".join(f"- {inert(refusal.problem)}" for refusal in refusals))
    none = {NONE_BECAUSE: dg.MetadataValue.text(str(refusals[0]))} if refusals and not entries else {}
    return _entries(entries, missing=missing, **none)


def kept_first_there(
    library: Library, requests: Sequence[Request], quarter: Quarter
) -> dg.Output[list[Entry]]:
    """The archive entry of the first of ``requests`` that is there; none where none is, as with ``kept``."""
    for request in requests[:-1]:
        with suppress(NotArchived, Absent):
            return _entries([library.get(request, quarter)])
    return kept(library, requests[-1:], quarter)


def kept_entries(entries: list[Entry], why_none: str) -> dg.Output[list[Entry]]:
    """``entries`` that were found otherwise than by one address each, or none and why."""
    return _entries(entries) if entries else dg.Output([], metadata={LEFT_OUT: why_none})


def _entries(entries: list[Entry], **more: dg.MetadataValue) -> dg.Output[list[Entry]]:
    return dg.Output(
        entries,
        data_version=dg.DataVersion(_digest("".join(entry.sha256 for entry in entries).encode())),
        metadata={
            "answers": len(entries),
            "dagster/size_bytes": sum(entry.bytes for entry in entries),
            **(_of_first(entries[0]) if entries else {}),
            **({"archived": dg.MetadataValue.md(_describe(entries))} if len(entries) > 1 else {}),
            **more,
        },
    )


def _of_first(entry: Entry) -> dict[str, dg.MetadataValue]:
    """What there is to say of the one answer that most raw assets are, or of the first of several."""
    return {
        "dagster/uri": dg.MetadataValue.text(entry.url),
        "url": dg.MetadataValue.url(entry.url),
        "sha256": dg.MetadataValue.text(entry.sha256),
        "source": dg.MetadataValue.text(entry.source),
        "licence": dg.MetadataValue.text(entry.licence),
        "retrieved_at": dg.MetadataValue.timestamp(entry.retrieved),
        "reconstructed": dg.MetadataValue.bool(entry.reconstructed),
    }


def left_out(model: type[Table], why: str) -> dg.Output[pd.DataFrame]:
    """An empty table of ``model``, and why it is empty."""
    return dg.Output(model.empty(), metadata={LEFT_OUT: why, "dagster/row_count": 0})


def not_needed(nothing: pd.DataFrame | list[Entry], why: str) -> dg.Output:
    """``nothing``, where the run's method has no use for the asset: no layer is left out by that."""
    return dg.Output(nothing, metadata={NOT_NEEDED: why, "dagster/row_count": 0})


def table(frames: pd.DataFrame | Sequence[pd.DataFrame], model: type[Table]) -> dg.Output[pd.DataFrame]:
    """A table of ``model`` with its row count, a preview and a version from its content; empty for no frames."""
    if not isinstance(frames, pd.DataFrame):
        frames = pd.concat(frames, ignore_index=True) if frames else model.empty()
    return dg.Output(
        frames,
        data_version=dg.DataVersion(_digest(frames.to_csv(index=False).encode())),
        metadata={
            "dagster/row_count": len(frames),
            "preview": dg.MetadataValue.md(markdown.table(frames.head(PREVIEW_ROWS))),
        },
    )


def tables(**made: tuple[pd.DataFrame, type[Table]]) -> Iterator[dg.Output[pd.DataFrame]]:
    """The same for each table of a step that makes several, by the name of its asset."""
    for name, (frame, model) in made.items():
        one = table(frame, model)
        yield dg.Output(one.value, name, metadata=one.metadata, data_version=one.data_version)


def described_by(model: type[Table]) -> dict[str, object]:
    """Metadata of a table's asset from its pandera model: the model itself, whose check follows, and its columns."""
    columns = [
        dg.TableColumn(
            name,
            type=TYPES.get(column.kind, column.kind),
            description=column.description,
            constraints=dg.TableColumnConstraints(nullable=column.nullable, unique=column.unique),
        )
        for name, column in columns_of(model).items()
    ]
    return {"dagster/column_schema": dg.TableSchema(columns), MODEL: dg.MetadataValue.python_artifact(model)}


def _describe(entries: Sequence[Entry]) -> str:
    """Every answer with the address it came from, as a table."""
    lines = [
        f"| {inert(_shortened(entry.url))} | {entry.retrieved_at} | {entry.bytes:,} | `{entry.sha256[:12]}…` |"
        for entry in entries
    ]
    head = ["| address | retrieved | bytes | sha256 |", "| - | - | -: | - |"]
    return "\n".join([*head, *lines])


def _shortened(url: str) -> str:
    """An address that names a hundred institutions would fill the page."""
    return url if len(url) <= LONGEST_URL else f"{url[:LONGEST_URL]}…"


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:16]
