"""What a picture says about where its numbers come from."""

from dataclasses import dataclass

PROJECT = "where-is-ai"


@dataclass(frozen=True)
class EditionNotes:
    """The edition a picture belongs to, in words ready for print.

    ``quarter``: "2026-Q2". ``source``: "BLS OEWS". ``period``: the time the numbers speak of, "May 2025" or
    "6 May 2025 to 6 May 2026". ``method``: how they were made, in a few words. ``licence``: of the data.
    ``reconstructed``: made from published figures instead of received files. ``remark``: anything else a reader
    must know, such as "repeats May 2025". ``basis``: what editions must share to be comparable, such as the metro
    areas' delineation or a method; a trend is broken where it changes. ``warning``: what every page of a site with such
    an edition must say at its head, as of figures that are ``made_up``.
    """

    quarter: str
    source: str
    period: str
    method: str
    licence: str = "public domain"
    reconstructed: bool = False
    remark: str = ""
    basis: str = ""
    warning: str = ""
    made_up: bool = False

    def footer(self) -> str:
        """The line at the foot of every picture."""
        parts = [
            f"Source: {', '.join(filter(None, (self.source, self.period)))} ({self.licence})",
            "Sample edition, rebuilt from published figures" if self.reconstructed else "",
            self.remark,
            f"Edition {self.quarter}" if self.quarter else "",
            f"Picture: {PROJECT}, CC BY 4.0",
        ]
        return "\u00a0· ".join(part for part in parts if part)
