"""Ways to change an answer of OpenAlex: one record, the whole of it, or its bytes; each tells whom it touched."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from random import Random

HOME = "https://openalex.org/"
Changed = tuple[bytes, set[str]]


@dataclass(frozen=True)
class Kind:
    """A kind of fault: which answers it may be in, and how it changes one's bytes; gives the institutions touched.

    ``plausible`` faults stay within what could be true, so that nothing can tell them.
    """

    name: str
    where: Callable[[], list[str]]
    change: Callable[[Random, bytes], Changed]
    plausible: bool = False


Change = Callable[[Random, dict], None]


def id_in(record: dict) -> str:
    return str(record.get("key") or record.get("id")).removeprefix(HOME)


def in_a_record(part: str, change: Change) -> Callable[[Random, bytes], Changed]:
    """Changes one record of the list ``part``."""

    def changed(random: Random, content: bytes) -> Changed:
        answer = json.loads(content)
        record = random.choice(answer[part])
        touched = {id_in(record)}
        change(random, record)
        return json.dumps(answer).encode(), touched

    return changed


def in_the_answer(change: Change, part: str = "group_by") -> Callable[[Random, bytes], Changed]:
    def changed(random: Random, content: bytes) -> Changed:
        answer = json.loads(content)
        records = answer.get(part) or []
        before = {id_in(record) for record in records}
        change(random, answer)
        return json.dumps(answer).encode(), before

    return changed


def in_bytes(change: Callable[[Random, bytes], bytes]) -> Callable[[Random, bytes], Changed]:
    return lambda random, content: (change(random, content), set())
