"""The methods of the research layer: named sets of choices, recorded with every output."""

from dataclasses import dataclass
from datetime import date

from where_is_ai.errors import UsageError
from where_is_ai.quarters import Quarter


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
    def description(self) -> str:
        return (
            f"method article: works tagged with OpenAlex concept {self.concept}, the {self.institutions} institutions "
            "with most of them, grouped by city tag, a work counted once per institution"
        )

    @property
    def limits(self) -> tuple[str, ...]:
        """What a count by this method does not mean, a sentence each."""
        return (
            "A paper by authors of several institutions counts once for each of them, so several times in a city "
            "that has them all.",
            f"Only the {self.institutions} institutions with most works count: many small ones don't show.",
            "OpenAlex no longer tags new works with concepts, so the tag misses ever more of them.",
            "National bodies (CNRS, Chinese Academy of Sciences) put a whole country's work on one city.",
        )


METHODS = {method.name: method for method in (ArticleMethod(),)}
DEFAULT_METHOD = "article"


def method_named(name: str) -> ArticleMethod:
    """Raises UsageError for a name that is not in METHODS."""
    if name not in METHODS:
        raise UsageError(f"The method {name!r} is unknown.", f"Choose one of {', '.join(METHODS)}.")
    return METHODS[name]
