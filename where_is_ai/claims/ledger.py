"""The claims ledger: statements of others about where AI happens, each with the table that answers it."""

import tomllib
from dataclasses import dataclass, fields
from functools import cache
from importlib.resources import files

from where_is_ai.errors import WhereIsAIError

RELATIONS = ("=", ">", "<")


@dataclass(frozen=True)
class Document:
    """Who has stated something."""

    id: str
    title: str


@dataclass(frozen=True)
class Caveat:
    """What makes a true number misleading: any row of ``table`` that fits ``filter``; ``says`` is filled from it."""

    table: str
    filter: str
    says: str


@dataclass(frozen=True)
class Claim:
    """One statement, what was published, and where its answer stands; the fields are explained in ledger.toml."""

    id: str
    documents: tuple[str, ...]
    place: str
    statement: str
    published: float | str | tuple[str, ...]
    quarter: str = ""
    table: str = ""
    requires: str = ""
    filter: str = ""
    column: str = ""
    measure: str = "value"
    relation: str = "="
    tolerance: float = 0.0
    tolerance_pct: float = 0.0
    than: str = ""
    caveat: Caveat | None = None
    remark: str = ""
    leads: str = ""
    missing: str = ""
    checkable: bool = True


@dataclass(frozen=True)
class Ledger:
    documents: tuple[Document, ...]
    claims: tuple[Claim, ...]

    @property
    def tables(self) -> set[str]:
        """The tables that answer the claims, whichever quarter they speak of."""
        caveats = {claim.caveat.table for claim in self.claims if claim.caveat}
        return caveats | {claim.table for claim in self.claims if claim.table}


@cache
def read_ledger() -> Ledger:
    """``ledger.toml`` of this room."""
    return parse(files("where_is_ai.claims").joinpath("ledger.toml").read_text())


def parse(text: str) -> Ledger:
    """A ledger from TOML; raises WhereIsAIError where a claim is malformed or speaks of an unknown document."""
    try:
        found = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise _malformed(f"it is not TOML: {error}") from None
    documents = tuple(Document(**document) for document in found.get("document", []))
    claims = tuple(_claim(entry, found.get("defaults", {})) for entry in found.get("claim", []))
    _require_sound(documents, claims)
    return Ledger(documents, claims)


def _claim(entry: dict, defaults: dict[str, dict]) -> Claim:
    try:
        entry = {**(defaults[entry["use"]] if "use" in entry else {}), **entry}
        entry.pop("use", None)
        caveat = Caveat(**entry.pop("caveat")) if "caveat" in entry else None
        if isinstance(entry["published"], list):
            entry["published"] = tuple(entry["published"])
        return Claim(**{**entry, "documents": tuple(entry["documents"]), "caveat": caveat})
    except (KeyError, TypeError) as error:
        known = ", ".join(field.name for field in fields(Claim))
        raise _malformed(
            f"the claim {entry.get('id', 'without an id')!r} is off ({error}); fields are {known}"
        ) from None


def _require_sound(documents: tuple[Document, ...], claims: tuple[Claim, ...]) -> None:
    known = {document.id for document in documents}
    ids = [claim.id for claim in claims]
    for claim in claims:
        if ids.count(claim.id) > 1:
            raise _malformed(f"the id {claim.id!r} is used twice")
        if not set(claim.documents) <= known or not claim.documents:
            raise _malformed(
                f"the claim {claim.id!r} names the documents {claim.documents}, known are {known}"
            )
        if claim.relation not in RELATIONS:
            raise _malformed(f"the claim {claim.id!r} has the relation {claim.relation!r}")
        if not claim.table and not claim.missing:
            raise _malformed(f"the claim {claim.id!r} names neither a table nor what is missing")


def _malformed(problem: str) -> WhereIsAIError:
    return WhereIsAIError(
        f"The claims ledger can't be used: {problem}.", "Correct where_is_ai/claims/ledger.toml."
    )
