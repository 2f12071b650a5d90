"""What the standard method asks OpenAlex to count by institution, as filters by the column that they fill."""

from where_is_ai.layers.research.methods import StandardMethod
from where_is_ai.layers.research.openalex import published
from where_is_ai.quarters import Quarter

_CITED = "citation_normalized_percentile.is_in_top_{}_percent:true"


def queries(method: StandardMethod, quarter: Quarter) -> dict[str, str]:
    papers = method.papers
    mature = f"{papers},{published(*method.mature_window(quarter))}"
    return {
        "ai_works": f"{papers},{published(*method.window(quarter))}",
        "any_type_works": f"{method.topics},{published(*method.window(quarter))}",
        "year_before_works": f"{papers},{published(*method.year_before(quarter))}",
        "mature_works": mature,
        "top_10_works": f"{mature},{_CITED.format(10)}",
        "top_1_works": f"{mature},{_CITED.format(1)}",
    }


def without_institution(method: StandardMethod, quarter: Quarter) -> str:
    """The filter for AI works whose authors OpenAlex places at no institution."""
    return f"{queries(method, quarter)['ai_works']},institutions_distinct_count:0"


def retracted(method: StandardMethod, quarter: Quarter) -> str:
    """The filter for the papers of the window that were retracted since."""
    papers = f"{method.topics},type:{'|'.join(method.types)}"
    return f"{papers},{published(*method.window(quarter))},is_retracted:true"


def preprints(method: StandardMethod, quarter: Quarter) -> str:
    """The filter for the papers of the window that are preprints."""
    return f"{method.topics},type:preprint,is_retracted:false,{published(*method.window(quarter))}"


def counted_apart(method: StandardMethod, quarter: Quarter) -> list[str]:
    """The filters of the works that no institution's walk counts."""
    apart = [without_institution(method, quarter)]
    return [*apart, retracted(method, quarter), preprints(method, quarter)] if method.revision > 1 else apart
