"""Taking the site to a store that fsspec knows, such as S3: data first, pages after them, the front page last.

A store can't exchange folders in one step. ``manifest.json`` there, written when all is there, lists every file by its
sha256: only what differs from it is sent, and what an interrupted upload left is sent again.
"""

import hashlib
import json
import os
import re
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from where_is_ai.errors import UsageError, WhereIsAIError
from where_is_ai.publication.edition import PROVENANCE
from where_is_ai.redaction import printable, redacted, shortened
from where_is_ai.settings import credentials_in, without_credentials

MANIFEST = "manifest.json"
FRONT = "index.html"
# Two letters and more: a drive has one.
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]+):")
_KEYS = ("AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN")


def is_address(to: str) -> bool:
    """Whether ``to`` is an address rather than a folder; raises UsageError for what is neither."""
    if "://" in to:
        return True
    if scheme := _SCHEME.match(to):
        raise UsageError(
            f"{to!r} is neither a folder nor an address.",
            f"An address is {scheme[1]}://BUCKET/PATH. A folder of that name is ./{to}.",
        )
    return False


@dataclass(frozen=True)
class Store:
    """A folder ``root`` of the file system ``files``, which ``name`` says the address of without credentials."""

    files: object = field(repr=False)
    root: str
    name: str
    secrets: tuple[str, ...] = field(repr=False, default=())

    @classmethod
    def at(cls, address: str) -> "Store":
        """The store at ``address``; raises UsageError for a scheme that nobody here knows."""
        name, scheme = without_credentials(address), address.partition("://")[0]
        try:
            import fsspec
        except ImportError:
            remedy = "Install it with make cloud, or publish to a folder."
            raise UsageError(f"{name} is not a folder, and fsspec isn't installed.", remedy) from None
        credentials = credentials_in(address)
        secrets = (credentials, credentials.partition(":")[2], *(os.environ.get(key, "") for key in _KEYS))
        try:
            fsspec.get_filesystem_class(scheme.rpartition("::")[2])
        except ValueError:
            known = "s3, gs, abfs, sftp and others that fsspec knows"
            raise UsageError(
                f"{name}: the scheme {scheme!r} is unknown.", f"Choose a folder, or one of {known}."
            ) from None
        except ImportError as missing:
            why = printable(str(missing))
            raise UsageError(f"{name}: what {scheme} needs is not installed.", f"{why}.") from None
        store = cls(None, "", name, secrets)
        with store._explained("opened"):
            files, root = fsspec.core.url_to_fs(address)
        return cls(files, root.rstrip("/"), name, secrets)

    def manifest(self) -> dict[str, str]:
        """The sha256 of each file that was sent, by its path; empty where nothing was sent yet."""
        with self._explained("read"):
            if not self.files.exists(self._path(MANIFEST)):
                return {}
            content = self.files.cat_file(self._path(MANIFEST))
        try:
            return dict(json.loads(content)["files"])
        except (ValueError, KeyError, TypeError):
            remedy = "Move it away, and publish again: all is sent anew."
            raise WhereIsAIError(f"{self.name}/{MANIFEST} is not one of ours.", remedy) from None

    def fetch(self, path: str, to: Path, sha256: str = "") -> None:
        """Fetch a file that was sent; raises WhereIsAIError where it is not what ``sha256``, if given, says."""
        to.parent.mkdir(parents=True, exist_ok=True)
        with self._explained("read"):
            content = self.files.cat_file(self._path(path))
        if sha256 and hashlib.sha256(content).hexdigest() != sha256:
            raise WhereIsAIError(
                f"{self.name}/{path} is not what was published: the upload of its edition was interrupted, or it "
                "was changed.",
                "Publish that edition again from where it was made.",
            )
        to.write_bytes(content)

    def send(self, folder: Path, say: Callable[[str], None] = lambda message: None) -> int:
        """Make the store hold the files of ``folder``, in an order that no reader finds a page before its data.

        What was sent earlier and is gone from ``folder`` is removed last; what others put there is left alone. Gives
        how many files were sent.
        """
        before, now = self.manifest(), manifest_of(folder)
        changed = sorted((path for path in now if before.get(path) != now[path]), key=_order)
        say(f"{len(changed):,} of {len(now):,} files are sent to {self.name}.")
        with self._explained("written"):
            for path in changed:
                self.files.put_file(str(folder / path), self._path(path))
            for path in sorted(before.keys() - now.keys()):
                if self.files.exists(self._path(path)):
                    self.files.rm_file(self._path(path))
            self.files.pipe_file(self._path(MANIFEST), json.dumps({"files": now}, indent=1).encode())
        return len(changed)

    def _path(self, path: str) -> str:
        return f"{self.root}/{path}"

    @contextmanager
    def _explained(self, done: str) -> Iterator[None]:
        """Turn whatever a store's library raises into an error of ours; each has classes of its own."""
        try:
            yield
        except WhereIsAIError:
            raise
        except Exception as error:
            said = shortened(redacted(printable(str(error)), self.secrets))
            raise WhereIsAIError(
                f"{self.name} can't be {done}: {type(error).__name__}: {said or 'no reason is given'}.",
                "See that it is there and that your keys for it are set and may write there, and publish again: what "
                "was sent stays.",
            ) from None


def fetch_editions(store: Store, folder: Path, but: str) -> None:
    """Make ``folder`` hold the store's editions as they are there; of the one that is published, ``but``, its origin.

    What it holds else of editions is removed, since it is not in the store.
    """
    sent = {path: sha256 for path, sha256 in store.manifest().items() if _is_of_an_edition(path)}
    for quarter in {path.name for path in folder.glob("*-Q?")} - {path.partition("/")[0] for path in sent}:
        shutil.rmtree(folder / quarter)
    for path, sha256 in sent.items():
        if path == f"{but}/{PROVENANCE}":
            # Not verified: an interrupted upload of this edition is mended by this one.
            store.fetch(path, folder / path)
        elif not path.startswith(f"{but}/") and not _has(folder / path, sha256):
            store.fetch(path, folder / path, sha256)


def manifest_of(folder: Path) -> Mapping[str, str]:
    """The sha256 of each file of ``folder`` by its path there; what begins with a dot is nobody's to read."""
    paths = (path for path in folder.rglob("*") if path.is_file())
    names = {path.relative_to(folder).as_posix(): path for path in paths}
    return {
        name: _sha256(path)
        for name, path in names.items()
        if name != MANIFEST and not any(part.startswith(".") for part in name.split("/"))
    }


def _order(path: str) -> tuple[bool, bool, bool, str]:
    """Data, then pages and the feed that lead to them, then the front pages of editions, then that of the site."""
    leads_on = path.endswith((".html", ".xml"))
    return (path == FRONT, leads_on and path.endswith(f"/{FRONT}"), leads_on, path)


def _is_of_an_edition(path: str) -> bool:
    return re.match(r"\d{4}-Q[1-4]/", path) is not None


def _has(path: Path, sha256: str) -> bool:
    return path.is_file() and _sha256(path) == sha256


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
