"""What each asset of the graph is given besides what its own module says: code, tags, licences, lineage, its key."""

import hashlib
import inspect
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path

import dagster as dg

from where_is_ai import geography, publication
from where_is_ai.defs.groups import GEOGRAPHY, LICENCE_TAG, METHOD_TAG
from where_is_ai.defs.lineage import Origins
from where_is_ai.defs.partitions import KEY_MEANS, QUARTERS
from where_is_ai.layers.layer import Layer
from where_is_ai.settings import given_values

REPOSITORY = Path(__file__).resolve().parents[2]
LAYER_TAG, CODE = "layer", "dagster/code_references"
# Where the code of an asset that no layer has lies, besides its own module.
SHARED_FOLDER = Path(publication.__file__).parent
SOURCES = ("*.py", "*.csv", "*.toml")


def described(
    layers: Sequence[Layer], assets: Iterable[dg.AssetsDefinition | dg.AssetSpec]
) -> list[dg.AssetsDefinition | dg.AssetSpec]:
    """``assets`` with what the UI needs to tell them apart and to lead to their code."""
    every = list(assets)
    origins, licences = Origins(layers), _licences(every)
    version_of = cache(code_version)
    folders = {GEOGRAPHY: geography.FOLDER, **{layer.name: layer.folder for layer in layers}}

    def complete(spec: dg.AssetSpec, made_by: dg.AssetsDefinition | None) -> dg.AssetSpec:
        group = spec.group_name or ""
        spec = origins.added(spec).merge_attributes(
            tags=dict.fromkeys(licences[spec.key], "") | ({LAYER_TAG: group} if group in folders else {})
        )
        if METHOD_TAG in spec.tags:
            spec = spec.merge_attributes(kinds={spec.tags[METHOD_TAG]})
        if spec.partitions_def == QUARTERS:
            spec = spec.replace_attributes(description=f"{spec.description}\n\n{KEY_MEANS}")
        if made_by is None:
            return spec
        module = _code_of(made_by)[0]
        version = version_of(module, folders.get(group, SHARED_FOLDER))
        return spec.replace_attributes(code_version=version).merge_attributes(metadata=_references(made_by))

    return [
        one
        for each in every
        for one in dg.map_asset_specs(
            lambda spec, each=each: complete(spec, each if isinstance(each, dg.AssetsDefinition) else None),
            [each],
        )
    ]


def _licences(assets: Iterable[dg.AssetsDefinition | dg.AssetSpec]) -> Mapping[dg.AssetKey, set[str]]:
    """The tags of the licences that each asset rests on: its own, and those of all that it is made from."""
    specs = {
        spec.key: spec
        for each in assets
        for spec in ([each] if isinstance(each, dg.AssetSpec) else each.specs)
    }

    @cache
    def of(key: dg.AssetKey) -> frozenset[str]:
        spec = specs.get(key)
        if spec is None:
            return frozenset()
        own = {tag for tag in spec.tags if tag.startswith(f"{LICENCE_TAG}/")}
        return frozenset(own.union(*(of(dep.asset_key) for dep in spec.deps)))

    return {key: set(of(key)) for key in specs}


def _code_of(made_by: dg.AssetsDefinition) -> tuple[Path, int]:
    """The file and line of the function that makes the assets, not of what is wrapped around it."""
    body = inspect.unwrap(made_by.op.compute_fn.decorated_fn)
    return Path(inspect.getsourcefile(body) or ""), body.__code__.co_firstlineno


def code_version(module: Path, folder: Path) -> str:
    """A digest of the module and of the folder with the steps: an asset is stale where either has changed."""
    content = hashlib.sha256(module.read_bytes())
    for path in sorted(path for kind in SOURCES for path in folder.rglob(kind)):
        content.update(path.read_bytes())
    return content.hexdigest()[:12]


def _references(made_by: dg.AssetsDefinition) -> dict[str, dg.CodeReferencesMetadataValue]:
    """Where the code is: in WHERE_IS_AI_CODE where that is set, else in the local file."""
    path, line = _code_of(made_by)
    if not path.is_relative_to(REPOSITORY):
        return {}
    if code := given_values().get("WHERE_IS_AI_CODE"):
        where = dg.UrlCodeReference(
            url=f"{code.rstrip('/')}/{path.relative_to(REPOSITORY).as_posix()}#L{line}"
        )
    else:
        where = dg.LocalFileCodeReference(file_path=str(path), line_number=line)
    return {CODE: dg.CodeReferencesMetadataValue(code_references=[where])}
