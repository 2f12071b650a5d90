"""What each layer gives to the edition, handed over in one asset: one edge where there were a dozen."""

import hashlib
from collections.abc import Iterable, Sequence

import dagster as dg

from where_is_ai.defs.checks import FOR_OPERATORS
from where_is_ai.defs.groups import is_raw, quarterly
from where_is_ai.defs.nothing import LEFT_OUT, NONE_BECAUSE, says
from where_is_ai.defs.partitions import QUARTERS, quarter_of
from where_is_ai.defs.resources import Choices
from where_is_ai.defs.steps import asset
from where_is_ai.layers.layer import Layer
from where_is_ai.quarters import Quarter
from where_is_ai.settings import SAMPLE_QUARTER
from where_is_ai.shelf import Shelf

IS_MEASURED = "is_measured"


def publication_of(layer: Layer) -> str:
    """The name of the asset in which the layer hands over what the edition publishes of it."""
    return f"{layer.name}_publication"


def layer_publication(layer: Layer, group: Sequence[dg.AssetSpec]) -> dg.AssetsDefinition:
    """The asset in which ``layer`` hands over its tables, findings and pictures; ``group`` are all of its group."""
    name, assets = publication_of(layer), [spec.key for spec in group]
    raw = [key for key in assets if is_raw(key.path[-1])]
    tables = [each.name for each in layer.tables]
    files = [each.asset for each in (*layer.findings, *layer.pictures)]

    @asset(
        name=name,
        **quarterly(layer.name),
        kinds={"csv", "png", "markdown"},
        description=f"What the layer {layer.name} gives to the quarter's edition: its tables that have rows, its "
        "findings and pictures, and the answers they rest on. Edition, profiles of metros and statements take it from "
        "here. Where nothing was measured its check says what is missing and what to do.",
        check_specs=[
            dg.AssetCheckSpec(
                IS_MEASURED,
                asset=name,
                description="Something was measured in this quarter; else it says what is missing and what to do.",
                partitions_def=QUARTERS,
                metadata=FOR_OPERATORS,
            )
        ],
        deps=_ends(group, {*tables, *files, *(key.path[-1] for key in raw)}),
    )
    def publication(context: dg.AssetExecutionContext, choices: Choices) -> dg.MaterializeResult:
        quarter, shelf = quarter_of(context), choices.shelf
        rows = {
            name: len(kept)
            for name in tables
            if (kept := shelf.table(name, quarter)) is not None and len(kept)
        }
        made = [path for name in files for path in (shelf.files(name, quarter) or ())]
        gaps = _gaps(context, assets)
        return dg.MaterializeResult(
            data_version=dg.DataVersion(_digest(shelf, quarter, raw, tables, files)),
            metadata={
                "dagster/row_count": sum(rows.values()),
                "tables": dg.MetadataValue.md(
                    _listed(f"{name}: {count:,} rows" for name, count in rows.items())
                ),
                "files": dg.MetadataValue.md(_listed(made)),
                "missing": dg.MetadataValue.md(_listed(gaps)),
            },
            check_results=[
                _is_measured(layer, quarter, layer.is_measured_in(rows), gaps, choices.source.value)
            ],
        )

    return publication


def _ends(group: Sequence[dg.AssetSpec], handed_over: set[str]) -> list[str]:
    """Those of ``handed_over`` that no other of them is made from: edges to the others would say nothing more."""
    upstream = {spec.key.path[-1]: {dep.asset_key.path[-1] for dep in spec.deps} for spec in group}
    beneath: set[str] = set()
    rest = [name for each in handed_over for name in upstream[each]]
    while rest:
        name = rest.pop()
        if name not in beneath:
            beneath.add(name)
            rest.extend(upstream.get(name, ()))
    return sorted(handed_over - beneath)


def _gaps(context: dg.AssetExecutionContext, assets: Sequence[dg.AssetKey]) -> list[str]:
    """What is missing of the layer in this quarter, each gap once, that of raw answers first."""
    raw_first = sorted(assets, key=lambda key: (not is_raw(key.path[-1]), key))
    said = (says(context.instance, key, context.partition_key, LEFT_OUT, NONE_BECAUSE) for key in raw_first)
    return list(dict.fromkeys(filter(None, said)))


def _is_measured(
    layer: Layer, quarter: Quarter, measured: bool, gaps: Sequence[str], source: str
) -> dg.AssetCheckResult:
    expected, found = (
        f"{layer.title} of {quarter}",
        "as expected" if measured else " ".join(["nothing.", *gaps[:1]]),
    )
    remedy = "" if measured else _remedy(quarter, source)
    return dg.AssetCheckResult(
        check_name=IS_MEASURED,
        passed=measured,
        severity=dg.AssetCheckSeverity.WARN,
        description=f"Expected: {expected}. Found: {found} {remedy}".strip(),
        metadata={
            "quarter": str(quarter),
            "expected": expected,
            "found": found,
            **({} if measured else {LEFT_OUT: gaps[0] if gaps else "nothing", "what_to_do": remedy}),
            **({"missing": dg.MetadataValue.md(_listed(gaps))} if gaps else {}),
        },
    )


def _remedy(quarter: Quarter, source: str) -> str:
    if source == "live":
        return "Run the layer again when its source has it."
    newest = Quarter.parse(SAMPLE_QUARTER)
    fetch = "Fetch it: set WHERE_IS_AI_CONTACT and choose the source live in the launchpad."
    if source == "archive" or quarter == newest:
        return fetch
    return f"The sample answers best for {newest}, whose key is {newest.partition_key}: choose that. {fetch}"


def _digest(
    shelf: Shelf, quarter: Quarter, raw: Sequence[dg.AssetKey], tables: Sequence[str], files: Sequence[str]
) -> str:
    """Of all that is handed over, so that the edition is stale where any of it changed, and nowhere else."""
    content = hashlib.sha256()
    paths = [shelf.path(name, quarter) for name in tables]
    paths += [path for name in files for path in (shelf.files(name, quarter) or {}).values()]
    for path in filter(lambda each: each.exists(), paths):
        content.update(path.read_bytes())
    for key in raw:
        content.update("".join(entry.sha256 for entry in shelf.entries(key.path[-1], quarter)).encode())
    return content.hexdigest()[:16]


def _listed(lines: Iterable[str]) -> str:
    return "\n".join(f"- {line}" for line in lines) or "none"
