"""Judging postings in a file: a JSON object a line in, a JSON object a line out, in bounded memory."""

import json
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from where_is_ai.classifier.choice import classifier
from where_is_ai.classifier.protocol import PROBABILITY_DIGITS, Posting, Verdict
from where_is_ai.errors import UsageError, WhereIsAIError

FIELDS = ("id", "company", "title", "text")


class BadPostingLine(WhereIsAIError):
    """A line of a file of postings can't be read."""


@dataclass
class Classified:
    """What classify_file did: how many postings, how many of them AI jobs, how many unknown, by which classifier."""

    classifier: str
    postings: int = 0
    ai_jobs: int = 0
    unknown: int = 0


def classify_file(path: Path, out: TextIO, classifier_name: str | None = None) -> Classified:
    """Judge the postings in ``path`` (id, company, title, text a line) and write to ``out``, in their order.

    Each line out has id, ai_job (null: unknown), probability and classifier. ``ai_job`` is the classifier's own
    verdict (of keywords: whether any was found), ``probability`` the chance that it really is an AI job. All lines
    are read through before the first verdict is written, so a bad line (BadPostingLine names it) leaves ``out``
    empty. UsageError if there is no such file or classifier.
    """
    if not path.is_file():
        raise UsageError(f"There is no file {path}.", "Give a file with a posting per line as JSON.")
    for _ in read_postings(path):
        pass
    chosen = classifier(classifier_name)
    done = Classified(chosen.label)
    ids: deque = deque()

    def postings() -> Iterator[Posting]:
        for posting_id, posting in read_postings(path):
            ids.append(posting_id)
            yield posting

    for verdict in chosen.verdicts(postings()):
        out.write(_line_out(ids.popleft(), verdict, chosen.label))
        done.postings += 1
        done.ai_jobs += verdict.ai_job is True
        done.unknown += verdict.ai_job is None
    return done


def read_postings(path: Path) -> Iterator[tuple[str | int, Posting]]:
    """Give each posting of ``path`` with its id; BadPostingLine names the file and the line that can't be read."""
    with path.open("rb") as lines:
        for number, line in enumerate(lines, start=1):
            yield _posting(line, f"{path}, line {number}")


def _posting(line: bytes, where: str) -> tuple[str | int, Posting]:
    if not line.strip():
        raise _bad(where, "is blank")
    try:
        said = json.loads(line.decode("utf-8-sig"))
    except ValueError as error:
        raise _bad(where, "is not JSON in UTF-8") from error
    except RecursionError as error:
        raise _bad(where, "is nested too deeply") from error
    if not isinstance(said, dict):
        raise _bad(where, "is not a JSON object")
    if missing := [name for name in FIELDS if name not in said]:
        raise _bad(where, f"lacks {', '.join(missing)}")
    if isinstance(said["id"], bool) or not isinstance(said["id"], str | int):
        raise _bad(where, "has an id that is neither text nor a whole number")
    for name in FIELDS[1:]:
        if not isinstance(said[name], str | None):
            raise _bad(where, f"has a {name} that is not text")
    return said["id"], Posting(*(said[name] or "" for name in FIELDS[1:]))


def _bad(where: str, what: str) -> BadPostingLine:
    return BadPostingLine(
        f"{where} {what}.", 'Give each posting on a line: {"id": …, "company": …, "title": …, "text": …}.'
    )


def _line_out(posting_id: str | int, verdict: Verdict, label: str) -> str:
    known = verdict.probability is not None
    said = {
        "id": posting_id,
        "ai_job": verdict.ai_job,
        "probability": round(verdict.probability, PROBABILITY_DIGITS) if known else None,
        "classifier": label,
    }
    return json.dumps(said, ensure_ascii=False, allow_nan=False) + "\n"
