"""Checks of every raw asset: that an answer is there, fresh, about as large as the one before, under the known licence.

They are for whoever runs a quarter: an edition doesn't list them.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

import dagster as dg
import pandas as pd

from where_is_ai.archive.entry import Entry
from where_is_ai.defs.checks import FOR_OPERATORS, result
from where_is_ai.defs.groups import LICENCE_OF, STANDS, is_raw
from where_is_ai.defs.nothing import NOT_NEEDED, gap, nothing_checked, says
from where_is_ai.defs.partitions import QUARTERS, quarter_of
from where_is_ai.defs.resources import Choices
from where_is_ai.defs.steps import explained, with_quarter
from where_is_ai.quarters import FIRST_QUARTER, Quarter
from where_is_ai.shelf import Shelf

ANSWERED, FRESH, SIZE, LICENCE = "answer_is_there", "answer_is_fresh", "size_like_before", "licence_as_known"
WARN = dg.AssetCheckSeverity.WARN
NOTHING_WRONG = pd.DataFrame()
# Every source here publishes once a year or more often; a month is for those that are late.
FRESH_FOR = timedelta(days=396)
LEAST_SIZE, MOST_SIZE = 0.5, 2.0
MEANINGS = {
    ANSWERED: "The source's answer is archived for the quarter; else it says what is missing and what to do.",
    FRESH: f"The newest answer came at most {FRESH_FOR.days} days before the quarter's end: every source here "
    "publishes once a year or more often.",
    SIZE: f"The answers have {LEAST_SIZE:g} to {MOST_SIZE:g} times the bytes of those before them.",
    LICENCE: "The answers are under the licence that the source is known for.",
}


@dataclass(frozen=True)
class Answers:
    """What a raw asset holds of a quarter, and ``before``: the entries of the last quarter that had others."""

    spec: dg.AssetSpec
    quarter: Quarter
    entries: Sequence[Entry]
    before: Sequence[Entry]

    @classmethod
    def of(cls, spec: dg.AssetSpec, quarter: Quarter, shelf: Shelf) -> "Answers":
        name = spec.key.path[-1]
        entries = shelf.entries(name, quarter)
        return cls(spec, quarter, entries, _vintage_before(name, entries, quarter, shelf))


def raw_checks(specs: Iterable[dg.AssetSpec]) -> list[dg.AssetChecksDefinition]:
    """The checks of each raw asset among ``specs``."""
    return [_checks(spec) for spec in specs if is_raw(spec.key.path[-1])]


def _checks(spec: dg.AssetSpec) -> dg.AssetChecksDefinition:
    @dg.multi_asset_check(
        name=f"{spec.key.path[-1]}_is_as_expected",
        description="Whether the answer is there, fresh, of the usual size and under the known licence.",
        specs=[
            dg.AssetCheckSpec(
                check,
                asset=spec.key,
                description=meaning,
                partitions_def=QUARTERS,
                metadata=FOR_OPERATORS,
            )
            for check, meaning in MEANINGS.items()
        ],
        can_subset=True,
    )
    @explained
    def checks(context: dg.AssetCheckExecutionContext, choices: Choices) -> Iterator[dg.AssetCheckResult]:
        quarter = quarter_of(context)
        answers = Answers.of(spec, quarter, choices.shelf)
        for key in sorted(context.selected_asset_check_keys):
            found = with_quarter(_found(context, answers, LOOKS[key.name]), quarter)
            yield found._replace(asset_key=key.asset_key, check_name=key.name)

    return checks


def _found(
    context: dg.AssetCheckExecutionContext, answers: Answers, look: Callable[[Answers], dg.AssetCheckResult]
) -> dg.AssetCheckResult:
    if answers.entries:
        return look(answers)
    own = (context.instance, answers.spec.key, context.partition_key)
    if why := says(*own, NOT_NEEDED):
        return dg.AssetCheckResult(passed=True, description=f"Not needed: {why}")
    why = gap(*own) or f"No answer is at hand for {answers.quarter}."
    return nothing_checked(dg.AssetCheckResult(passed=False), why)


def _answered(answers: Answers) -> dg.AssetCheckResult:
    rebuilt = sum(entry.reconstructed for entry in answers.entries)
    found = f"{len(answers.entries):,}" + f", {rebuilt:,} of them rebuilt from published figures" * bool(
        rebuilt
    )
    return result(f"an archived answer for {answers.quarter}", NOTHING_WRONG, WARN, found)


def _fresh(answers: Answers) -> dg.AssetCheckResult:
    newest = max(entry.retrieved for entry in answers.entries)
    earliest = datetime.combine(answers.quarter.last_day, time.max, UTC) - FRESH_FOR
    found = f"the newest is of {newest.date()}"
    if STANDS in answers.spec.metadata:
        return result(
            "an answer of any age: its source replaces it once in years", NOTHING_WRONG, WARN, found
        )
    old = pd.DataFrame({"newest_answer": [str(newest.date())]} if newest < earliest else {})
    return result(f"an answer that came after {earliest.date()}", old, WARN, found)


def _size(answers: Answers) -> dg.AssetCheckResult:
    size, before = _bytes(answers.entries), _bytes(answers.before)
    if not before:
        expected = "about the size of the answers before (none are at hand)"
        return result(expected, NOTHING_WRONG, WARN, f"{size:,} bytes")
    off = pd.DataFrame({"bytes": [size], "bytes_before": [before], "times": [size / before]})
    off = off[~off["times"].between(LEAST_SIZE, MOST_SIZE)]
    expected = f"{LEAST_SIZE:g} to {MOST_SIZE:g} times the {before:,} bytes before"
    return result(expected, off, WARN, f"{size:,} bytes, {size / before:.2f} times")


def _licence(answers: Answers) -> dg.AssetCheckResult:
    stated = {value for name, value in answers.spec.metadata.items() if name.startswith(LICENCE_OF)}
    known = stated or {entry.licence for entry in answers.before}
    found = {(entry.source, entry.licence) for entry in answers.entries}
    other = sorted(pair for pair in found if known and pair[1] not in known)
    expected = " or ".join(sorted(known)) or "whatever comes with it"
    return result(f"the licence {expected}", pd.DataFrame(other, columns=["source", "licence"]), WARN)


LOOKS = {ANSWERED: _answered, FRESH: _fresh, SIZE: _size, LICENCE: _licence}


def _bytes(entries: Sequence[Entry]) -> int:
    return sum(entry.bytes for entry in entries)


def _vintage_before(name: str, entries: Sequence[Entry], quarter: Quarter, shelf: Shelf) -> list[Entry]:
    """The answers of the last quarter before that had others than ``entries``; none where none is at hand."""
    own, each = {entry.sha256 for entry in entries}, quarter.previous
    while each >= Quarter.parse(FIRST_QUARTER):
        kept = shelf.entries(name, each)
        if kept and {entry.sha256 for entry in kept} != own:
            return kept
        each = each.previous
    return []
