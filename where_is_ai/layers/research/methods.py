"""The methods of the research layer: named sets of choices, recorded with every output."""

from dataclasses import dataclass, field
from datetime import date

from where_is_ai.errors import UsageError
from where_is_ai.layers.research.noise import NoiseRules
from where_is_ai.quarters import Quarter

# Of OpenAlex's types of works those that report research. Chapters are papers too: proceedings come as books.
# Left out: dataset, software, paratext, peer-review, erratum, retraction, supplementary-materials, editorial,
# book, book-review, dissertation, report, standard, conference-abstract, reference-entry, libguides, other.
PAPER_TYPES = ("article", "book-chapter", "conference-paper", "data-paper", "letter", "preprint", "review")


@dataclass(frozen=True)
class Merge:
    """Cities of one country that a method counts as one metro."""

    metro: str
    country_code: str
    cities: tuple[str, ...]


@dataclass(frozen=True)
class ArticleMethod:
    """The way the project's founding analysis counted, kept so that its figures can be reproduced.

    Works carrying one concept tag; the institutions with most of them, from one grouped call; city tags; merges and
    noise by hand; a work counts once per institution, so several times per city.
    """

    name: str = "article"
    concept: str = "C154945302"
    institutions: int = 200
    count_basis: str = "summed"
    merges: tuple[Merge, ...] = (
        Merge(
            "SF-San Jose Bay Area",
            "US",
            (
                "Stanford",
                "Mountain View",
                "Berkeley",
                "San Francisco",
                "San Jose",
                "Palo Alto",
                "Sunnyvale",
                "Cupertino",
                "Menlo Park",
                "Oakland",
            ),
        ),
        Merge("Boston Metro", "US", ("Cambridge", "Boston", "Needham", "Waltham")),
        Merge("Hong Kong", "HK", ("Hong Kong", "Pok Fu Lam")),
    )
    noisy_cities: tuple[tuple[str, str], ...] = (("Toki", "JP"), ("Braunschweig", "DE"), ("Nagoya", "JP"))
    least_institutions: int = 2
    least_works: int = 1500

    def window(self, quarter: Quarter) -> tuple[date, date]:
        """The twelve months to the 6th of the quarter's middle month, as the analysis of 6 May 2026 took them."""
        middle = date(quarter.year, quarter.first_day.month + 1, 6)
        return middle.replace(year=middle.year - 1), middle

    @property
    def definition(self) -> str:
        return f"concepts.id:{self.concept}"

    @property
    def description(self) -> str:
        return (
            f"method article: works tagged with OpenAlex concept {self.concept}, the {self.institutions} institutions "
            "with the most of them, grouped by city tag, a work counted once per institution"
        )

    @property
    def limits(self) -> tuple[str, ...]:
        """What a count by this method does not mean, a sentence each."""
        return (
            "A paper by authors of several institutions counts once for each of them, so several times in a city "
            "that has them all.",
            f"Only the {self.institutions} institutions with the most works count: many small ones don't show.",
            "OpenAlex no longer tags new works with concepts, so the tag misses ever more of them.",
            "National bodies (CNRS, Chinese Academy of Sciences) put a whole country's work on one city.",
        )


@dataclass(frozen=True)
class StandardMethod:
    """Every institution, each paper once per metro, metros by geography, noise by rule.

    Works of the paper ``types`` in the core corpus whose primary topic lies in one of the ``subfields``, in the
    twelve months that end with the quarter. A paper counts fully in each metro that an author's institution lies in.
    A point outside every area goes to the nearest that is at most ``nearest_within_km`` away. ``compared`` is the
    number of leading areas that are counted under each of the other geographies, ``followed`` of those that are
    counted by year and definition and whose earlier windows are asked again.

    ``revision`` 2 leaves retracted papers out, counts citations to all institutions of their years, and asks for
    pages of the documented size. Answers that were archived for revision 1 replay as they were asked.
    """

    name: str = "standard"
    revision: int = 2
    subfields: tuple[str, ...] = ("1702",)
    types: tuple[str, ...] = PAPER_TYPES
    corpus: str = "core"
    count_basis: str = "distinct"
    nearest_within_km: float = 10.0
    compared: int = 100
    followed: int = 50
    noise: NoiseRules = field(default_factory=NoiseRules)
    on_twins: str = (
        "A preprint and the paper it became are one work where OpenAlex joined them, and two where it did not: the "
        "number of preprints, published beside, is the most that there can be of such twins."
    )
    on_shares: str = (
        "Every metro of a paper has the whole of it: counting by shares (1/authors, 1/institutions) needs the authors "
        "of each work, which the snapshot has and counts do not."
    )

    def window(self, quarter: Quarter) -> tuple[date, date]:
        """The twelve months that end with the quarter."""
        return quarter.trailing_12_months

    def year_before(self, quarter: Quarter) -> tuple[date, date]:
        return tuple(day.replace(year=day.year - 1) for day in self.window(quarter))

    def mature_window(self, quarter: Quarter) -> tuple[date, date]:
        """Works two to five years old at the quarter's end: long enough out to have been cited."""
        first, last = self.window(quarter)
        return first.replace(year=first.year - 4), last.replace(year=last.year - 2)

    @property
    def topics(self) -> str:
        return f"primary_topic.subfield.id:{'|'.join(self.subfields)}"

    @property
    def papers(self) -> str:
        """The filter that says what counts as an AI paper."""
        papers = f"{self.topics},type:{'|'.join(self.types)}"
        return f"{papers},is_retracted:false" if self.revision > 1 else papers

    @property
    def definition(self) -> str:
        """What counts as an AI paper, as OpenAlex reads it."""
        return f"{self.papers},corpus={self.corpus}"

    @property
    def description(self) -> str:
        return (
            f"method {self.name}: papers ({', '.join(self.types)}) of OpenAlex's {self.corpus} corpus whose primary "
            f"topic is in subfield {' or '.join(self.subfields)}, all institutions, each paper once per metro; a paper "
            "of several metros counts in each, so metros do not add up to the world"
        )

    @property
    def limits(self) -> tuple[str, ...]:
        """What a count by this method does not mean, a sentence each."""
        return (
            "A paper by authors in several metros counts fully in each of them: metros do not add up to the world.",
            "Papers without any institution are in no metro; how many there are is published beside.",
            "The last months of a window fill up for a year and more, so that the newest counts fewest; how complete "
            "earlier windows were is published, and only windows that were asked about at one age are compared.",
            "Retracted papers are left out; how many there are is published beside.",
            self.on_twins,
            self.on_shares,
            "OpenAlex replaced the topics of all works on 6 October 2026: counts retrieved before and after that day "
            "are not comparable.",
            "Institutions that the noise rules suspect and national bodies with several sites are counted apart.",
        )


@dataclass(frozen=True)
class SnapshotMethod(StandardMethod):
    """The standard method over OpenAlex's whole data, downloaded: each work is looked at, so nothing is bounded.

    What the API can't be asked is counted too: parts of papers, sectors, venues, years and links between metros, with
    intervals over resampled papers.
    """

    name: str = "snapshot"
    on_twins: str = (
        "A preprint that is there a second time, as a published paper or another version, by its DOI or by title, "
        "institution and year, is left out; others that nothing tells are counted twice."
    )
    on_shares: str = (
        "Every metro has the whole of a paper; counts by shares (1/authors, 1/institutions) stand beside it."
    )

    @property
    def definition(self) -> str:
        return f"{super().definition}, without preprints that are there a second time"

    @property
    def description(self) -> str:
        return f"{super().description}; counted work by work from OpenAlex's whole snapshot"


Method = ArticleMethod | StandardMethod
STANDARD = StandardMethod()
WITH_VISION = StandardMethod(name="standard_with_vision", subfields=("1702", "1707"))
METHODS: dict[str, Method] = {
    method.name: method for method in (ArticleMethod(), STANDARD, WITH_VISION, SnapshotMethod())
}


def default_method(source: str) -> str:
    """What a run takes where nobody chose: the sample archive answers the article's method alone, and OpenAlex gives
    new works none of the tags that it rests on."""
    return "article" if source == "sample" else "standard"


def method_named(name: str) -> Method:
    """Raises UsageError for a name that is not in METHODS."""
    if name not in METHODS:
        raise UsageError(f"The method {name!r} is unknown.", f"Choose one of {', '.join(METHODS)}.")
    return METHODS[name]
