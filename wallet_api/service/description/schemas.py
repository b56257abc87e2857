"""JSON schemas (draft 2020-12) of the contract's types, and examples made of them."""

from __future__ import annotations

import inspect
from typing import TYPE_CHECKING, Any

import msgspec

from wallet_api.contract.wire import Problem

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from wallet_api.contract.error_base import WalletError

Schema = dict[str, Any]

COMPONENTS = "#/components/schemas/"


def schemas_of(types: Sequence[Any]) -> tuple[list[Schema], dict[str, Schema]]:
    """Give a reference to each type's schema, and all schemas by name."""
    references, components = msgspec.json.schema_components(
        types, ref_template=COMPONENTS + "{name}"
    )
    for schema in components.values():
        if "description" in schema:
            schema["description"] = inspect.cleandoc(schema["description"])
    return list(references), dict(components)


def problem_schema() -> Schema:
    """Give the schema of a problem document as the service writes it: nothing is left out."""
    schema = msgspec.json.schema_components([Problem])[1]["Problem"]
    properties = {
        name: {key: value for key, value in field.items() if key != "default"}
        for name, field in schema["properties"].items()
    }
    return {
        "title": "Problem",
        "description": "Why a request was refused (RFC 9457).",
        "type": "object",
        "properties": properties,
        "required": sorted(properties),
    }


def refusal_schema(refusals: Sequence[type[WalletError]]) -> Schema:
    """Give the schema of a problem document with one of some codes."""
    codes = [refusal.code for refusal in refusals]
    return {
        "allOf": [{"$ref": COMPONENTS + "Problem"}],
        "properties": {"code": {"enum": codes}},
    }


def example_of(schema: Schema, components: Mapping[str, Schema]) -> Any:  # noqa: ANN401 - JSON
    """Make a value that fits a schema: of an object what is required and what has an example."""
    schema = _resolved(schema, components)
    if "examples" in schema:
        return schema["examples"][0]
    if "enum" in schema or "const" in schema:
        return schema["enum"][0] if "enum" in schema else schema["const"]
    if "anyOf" in schema:
        return example_of(schema["anyOf"][0], components)
    if schema.get("type") == "array":
        least = schema.get("minItems", 1)
        return [example_of(schema["items"], components)] * least
    if schema.get("type") == "object":
        fields = schema.get("properties", {})
        required = schema.get("required", ())
        return {name: example_of(fields[name], components) for name in fields if name in required}
    return {"integer": schema.get("minimum", 1), "boolean": True}.get(
        schema.get("type", ""), "text"
    )


def _resolved(schema: Schema, components: Mapping[str, Schema]) -> Schema:
    if "$ref" not in schema:
        return schema
    named = components[schema["$ref"].removeprefix(COMPONENTS)]
    merged = named | {key: value for key, value in schema.items() if key != "$ref"}
    if "properties" in schema:
        merged["properties"] = {
            name: field | schema["properties"].get(name, {})
            for name, field in named["properties"].items()
        }
    return merged
