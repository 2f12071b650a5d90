"""What every page of a site knows: where the site's root is, its editions, its shared files."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from where_is_ai import layers
from where_is_ai.layers.phrases import listed
from where_is_ai.site.assets import Assets
from where_is_ai.site.pages import is_measured, questions
from where_is_ai.site.previews import Picture
from where_is_ai.site.read import Published
from where_is_ai.templates import fill

TEMPLATES = Path(__file__).with_name("templates")
#: So many editions are named on an edition's pages; a script adds the others.
NEAREST = 5


@dataclass(frozen=True)
class Frame:
    """``address`` is the site's public address with a slash at its end, or empty; ``root`` leads from a page to it.

    ``doi`` is that of what is published and ``reports`` the address where readers report errors, or empty.
    ``metros`` gives by the slug of each area that has a number the slug of the metro's page that it is on; ``picture``
    is what a shared link to a metro shows.
    """

    editions: Sequence[Published]
    assets: Assets
    address: str = ""
    doi: str = ""
    reports: str = ""
    root: str = ""
    metros: Mapping[str, str] = field(default_factory=dict)
    picture: "Shared | None" = None

    @property
    def warnings(self) -> list[str]:
        """What pages that may show any edition must say at their head."""
        return sorted({warning for edition in self.editions for warning in edition.warnings})

    @property
    def of_site(self) -> tuple[str, ...]:
        """What a page has of the site and not of an edition."""
        return self.style, self.script, self.address, self.doi, self.reports

    def before(self, edition: Published) -> list[Published]:
        """The edition and the nearest before it, which its pages lead to without a script: those never change."""
        return [each for each in self.editions if each.quarter <= edition.quarter][:NEAREST]

    def at(self, root: str) -> "Frame":
        return replace(self, root=root)

    @property
    def style(self) -> str:
        return self.assets.style

    @property
    def script(self) -> str:
        return self.assets.script


@dataclass(frozen=True)
class Shared:
    """The picture of a page that a shared link shows; ``path`` from the site's root."""

    path: str
    alt: str
    width: int
    height: int


def shared(quarter: str, picture: Picture | None, alt: str) -> Shared | None:
    return Shared(f"{quarter}/{picture.name}", alt, picture.width, picture.height) if picture else None


def page(
    template: str,
    frame: Frame,
    path: str,
    title: str,
    description: str,
    picture: Shared | None = None,
    edition: Published | None = None,
    **values: object,
) -> str:
    """A page's HTML. ``path`` is from the site's root; what only one kind of page has comes by name."""
    slug = path.rpartition("/")[2].removesuffix(".html")
    about = {
        "title": title,
        "description": description,
        "path": path,
        "picture": picture,
        "slug": slug,
        "linked_data": "",
        "shared_title": title,
        **values.pop("about", {}),
    }
    newest = frame.editions[0] if frame.editions else None
    shown = edition or newest
    asked = questions() if shown else ()
    links = {
        "base": "" if edition else f"{frame.root}{newest.quarter}/" if newest else "",
        "questions": [each for each in asked if is_measured(shown, each)],
        "unmeasured": [each for each in asked if not is_measured(shown, each)],
        "quarter": shown.quarter if shown else "",
    }
    measured = {"titles": _titles(), "sources": listed([layer.measured_from for layer in layers.LAYERS])}
    return fill(
        TEMPLATES / template,
        site=frame,
        page=about,
        edition=edition,
        links=links,
        measured=measured,
        **values,
    )


def _titles() -> str:
    """What the layers measure, as the beginning of a sentence."""
    return listed([layer.title for layer in layers.LAYERS])
