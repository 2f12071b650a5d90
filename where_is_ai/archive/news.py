"""Is there something new at a source? Asked with the marks of what was archived, and without reading the answer."""

from where_is_ai.archive.download import Downloader
from where_is_ai.archive.entry import Entry, Request
from where_is_ai.archive.store import Archive
from where_is_ai.errors import UsageError
from where_is_ai.settings import Settings


def changed(request: Request, settings: Settings) -> str | None:
    """The mark of the source's answer where it is other than the newest archived one; None where it is the same.

    Raises Absent where the source has no such thing, BadUpstream where it refuses, UsageError without a contact.
    """
    if not settings.contact:
        raise UsageError(
            "Asking a source needs WHERE_IS_AI_CONTACT: it refuses clients that do not say who asks.",
            "Set it to an e-mail address that is read; it goes into the User-Agent.",
        )
    latest = next(reversed(Archive(settings.archive).versions(request.url)), None)
    marks = Downloader(settings, lambda message: None).ask_marks(request, latest)
    return None if marks is None or _is_same(marks, latest) else " ".join(filter(None, marks))


def _is_same(marks: tuple[str, str, str], latest: Entry | None) -> bool:
    """For sources that answer a conditional question in full: by the first mark that both sides have."""
    if latest is None:
        return False
    kept = (latest.etag, latest.last_modified, str(latest.bytes))
    return next((mine == theirs for mine, theirs in zip(kept, marks, strict=True) if mine and theirs), False)
