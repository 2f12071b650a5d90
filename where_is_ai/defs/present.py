"""The present state of what results rest on, as digests by the names that ``reading`` gives them."""

import json
import secrets
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path

from where_is_ai import reading
from where_is_ai.digests import digest, of_code, of_contents, stamp
from where_is_ai.settings import SETTINGS, Secrecy, Settings, given_values, without_credentials
from where_is_ai.shelf import Shelf
from where_is_ai.site.own_files import is_own

CODE, CHOICES = "code", "choices"
# What these are set to changes no result.
_WITHOUT_EFFECT = {"WHERE_IS_AI_DATA", "WHERE_IS_AI_DATABASE", "WHERE_IS_AI_DAGSTER", "WHERE_IS_AI_CODE"}
# A run's own choices say what these come to.
_CHOSEN = {"WHERE_IS_AI_SOURCE", "WHERE_IS_AI_MIRROR", "WHERE_IS_AI_WIDE_DEFINITION"}


class Present:
    """Digests of what there is now, for a run with ``settings`` and the other ``choices`` of a run."""

    def __init__(self, settings: Settings, choices: Mapping[str, str]):
        self._settings = settings
        self._shelf = Shelf(settings.tables)
        self._choices = choices
        self._seen: dict[str, str] = {}

    def of(self, name: str) -> str:
        """The digest of what ``name`` names, looked at once; of what is not there it is that of nothing."""
        if name not in self._seen:
            self._seen[name] = self._looked_at(name)
        return self._seen[name]

    def _looked_at(self, name: str) -> str:
        kind, _, which = name.partition(" ")
        if kind == "result":
            asset, _, quarter = which.rpartition(" ")
            return of_contents(self._shelf.kept(asset, quarter))
        if kind == "edition":
            folder = self._settings.published / which
            return self._of_published(path for path in _files(folder) if not is_own(path))
        if kind == "file":
            return of_contents([Path(which)])
        if kind == "day":
            return str(datetime.now(UTC).date())
        return {
            CODE: of_code,
            CHOICES: self._of_choices,
            reading.ARCHIVE: self._of_archive,
            reading.PUBLISHED: lambda: self._of_published(_files(self._settings.published)),
            reading.UNSEEN: secrets.token_hex,
        }[name]()

    def look_again(self) -> None:
        """Take nothing for as it was: a run may have changed it."""
        self._seen.clear()

    def _of_choices(self) -> str:
        settable = {
            each.name
            for each in SETTINGS
            if each.secrecy in (Secrecy.OPEN, Secrecy.ADDRESS) and each.name not in _WITHOUT_EFFECT | _CHOSEN
        }
        given = {
            name: without_credentials(value) for name, value in given_values().items() if name in settable
        }
        return digest([json.dumps([dict(self._choices), given], sort_keys=True).encode()])

    def _of_archive(self) -> str:
        folder = self._settings.archive
        return of_contents([folder / "index.jsonl", folder / "set-aside.jsonl"])

    def _of_published(self, files: Iterable[Path]) -> str:
        """By size and time of writing: thirty editions are a gigabyte."""
        return digest(stamp(path) for path in files)


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file() and not path.name.startswith("."))
