"""How to cite an edition, or a metro of it: APA, BibTeX and CITATION.cff, by the quarter and where it was published."""

import json
from dataclasses import dataclass

from where_is_ai.site.addresses import slug
from where_is_ai.site.frame import Frame
from where_is_ai.site.read import Published

AUTHOR = "where-is-ai"


@dataclass(frozen=True)
class Cited:
    """What is cited: its title, the year that its newest input was retrieved in, and where it is.

    ``address`` may be empty, ``doi`` too; ``kind`` says whether it is a sample. ``key`` is that of BibTeX.
    """

    title: str
    year: str
    version: str
    key: str
    address: str = ""
    doi: str = ""
    kind: str = "Data set"

    @property
    def where(self) -> str:
        return f"https://doi.org/{self.doi}" if self.doi else self.address

    @property
    def apa(self) -> str:
        said = f"{AUTHOR}. ({self.year}). {self.title} ({self.version}) [{self.kind}]."
        return f"{said} {self.where}".rstrip()

    @property
    def bibtex(self) -> str:
        given = {
            "author": "{" + AUTHOR + "}",
            "title": "{" + _latex(self.title) + "}",
            "year": self.year,
            "version": _latex(self.version),
            "note": self.kind,
            "doi": self.doi,
            "url": self.address,
        }
        lines = [f"  {name} = {{{value}}}," for name, value in given.items() if value]
        return "\n".join([f"@misc{{{self.key},", *lines, "}"])

    @property
    def cff(self) -> str:
        """CITATION.cff of version 1.2.0; a text in JSON is one in YAML."""
        given = {
            "cff-version": "1.2.0",
            "message": "Cite this edition with its quarter and revision.",
            "type": "dataset",
            "title": self.title,
            "version": self.version,
            "license": "CC-BY-4.0",
            "doi": self.doi,
            "url": self.address,
        }
        lines = [f"{name}: {json.dumps(value, ensure_ascii=False)}" for name, value in given.items() if value]
        return "\n".join([*lines, "authors:", f"  - name: {json.dumps(AUTHOR)}", ""])


def cited(frame: Frame, edition: Published, path: str, of: str = "") -> Cited:
    """An edition, or what ``path`` from the site's root shows of it, as it is cited."""
    revision = edition.revisions[-1]["revision"] if edition.revisions else 1
    name = f"Where is AI, {edition.quarter}"
    return Cited(
        title=f"{name}: {of}" if of else name,
        year=edition.newest_input[:4],
        version=f"revision {revision}",
        key=slug(f"where-is-ai {edition.quarter} {of}"),
        address=f"{frame.address}{path}" if frame.address else "",
        doi=frame.doi,
        kind="Data set, sample edition" if edition.is_sample else "Data set",
    )


def _latex(text: str) -> str:
    return "".join(f"\\{character}" if character in "&%$#_{}" else character for character in text)
