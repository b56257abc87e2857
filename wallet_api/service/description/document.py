"""The OpenAPI 3.1 document of the service, made of the rows that the application runs."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, Any

from wallet_api.contract.fields import ID_PATTERN, TOKEN_PATTERN
from wallet_api.service.description.links import links_from, operation_id
from wallet_api.service.description.schemas import (
    example_of,
    problem_schema,
    refusal_schema,
    schemas_of,
)
from wallet_api.service.description.words import (
    ABOUT,
    HEADERS,
    PARAMETERS,
    PATH,
    SECURITY,
    SIGNED_HEADERS,
    SUBJECTS,
)
from wallet_api.service.refusals import is_keyed, is_signed, refusals_of
from wallet_api.service.routes.table import Enrolment, Read, Special, Write

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wallet_api.contract.error_base import WalletError
    from wallet_api.service.routes.table import Operation

    Json = dict[str, Any]

PROBLEM_MEDIA = "application/problem+json"
WAITING = frozenset({429, 503})


def document(rows: Sequence[Operation]) -> Json:
    """Describe operations (OpenAPI Specification 3.1.1)."""
    types = [kind for row in rows for kind in (row.body, row.answer) if kind is not None]
    references, components = schemas_of(types)
    schemas = dict(zip(map(repr, types), references, strict=True))
    components["Problem"] = problem_schema()
    paths: defaultdict[str, Json] = defaultdict(dict)
    for row in rows:
        paths[row.path][row.method.lower()] = _operation(row, rows, schemas, components)
    responses = _shared(paths)
    used = {subject_of(row) for row in rows}
    return {
        "openapi": "3.1.0",
        "info": {"title": "Terminal Wallet", "version": "1", "description": ABOUT},
        "servers": [{"url": "/"}],
        "tags": [
            {"name": name, "description": text} for name, text in SUBJECTS.items() if name in used
        ],
        "paths": dict(paths),
        "components": {
            "schemas": components,
            "responses": responses,
            "securitySchemes": SECURITY,
            "headers": HEADERS,
            "parameters": SIGNED_HEADERS,
        },
    }


def _shared(paths: Json) -> Json:
    """Take refusals that are the same in several places out of them; give them by a name."""
    names: dict[str, str] = {}
    shared: Json = {}
    for methods in paths.values():
        for operation in methods.values():
            for status, response in operation["responses"].items():
                if PROBLEM_MEDIA not in response["content"]:
                    continue
                name = names.setdefault(repr(response), f"Refused{status}-{len(names)}")
                shared[name] = response
                operation["responses"][status] = {"$ref": f"#/components/responses/{name}"}
    return shared


def subject_of(row: Operation) -> str:
    """Give what an operation is about: the name of the module that lists it."""
    if isinstance(row, Special):
        return row.subject
    made_by = row.query if isinstance(row, Read) else row.command
    return made_by.__module__.rpartition(".")[2]


def _operation(row: Operation, rows: Sequence[Operation], schemas: Json, components: Json) -> Json:
    described: Json = {
        "operationId": operation_id(row),
        "summary": row.summary,
        "tags": [subject_of(row)],
        "security": _security(row),
        "parameters": [*_path(row), *_query(row), *_header(row)],
        "responses": _responses(row, rows, schemas),
    }
    if row.body is not None:
        schema = schemas[repr(row.body)]
        content = {"schema": schema, "example": example_of(schema, components)}
        described["requestBody"] = {"required": True, "content": {"application/json": content}}
    return described


def _security(row: Operation) -> list[Json]:
    if isinstance(row, Enrolment):
        return [{"enrolling": []}]
    if row.role is None:
        return []
    roles = ("wallet", "till") if row.role == "device" else (row.role,)
    return [{role: []} for role in roles]


def _path(row: Operation) -> list[Json]:
    names = re.findall(r"\{(\w+)\}", row.path)
    return [{"name": name, "in": "path", "required": True} | _form(name) for name in names]


def _form(name: str) -> Json:
    pattern = TOKEN_PATTERN if name == "token" else ID_PATTERN
    return {
        "description": PATH.get(name, PATH["id"]),
        "schema": {"type": "string", "pattern": pattern},
    }


def _query(row: Operation) -> list[Json]:
    return [{"name": name, "in": "query", **PARAMETERS[name]} for name in row.parameters]


def _header(row: Operation) -> list[Json]:
    names = ["Signature-Input", "Signature"] if is_signed(row) else []
    if is_keyed(row):
        names += ["Content-Digest", "Idempotency-Key"]
    return [{"$ref": f"#/components/parameters/{name}"} for name in names]


def _responses(row: Operation, rows: Sequence[Operation], schemas: Json) -> Json:
    media = (
        {"schema": schemas[repr(row.answer)]}
        if row.answer is not None
        else {"schema": {"type": "string"}}
    )
    answer: Json = {
        "description": row.summary,
        "headers": _headers(row, row.status),
        "content": {row.media: media},
    }
    links = links_from(row, rows)
    if links:
        answer["links"] = links
    responses = {str(row.status): answer}
    by_status: defaultdict[int, list[type[WalletError]]] = defaultdict(list)
    for refusal in sorted(refusals_of(row), key=lambda refusal: refusal.code):
        by_status[refusal.status].append(refusal)
    for status, refusals in sorted(by_status.items()):
        responses[str(status)] = {
            "description": "\n".join(f"`{each.code}`: {each.english}" for each in refusals),
            "headers": _headers(row, status),
            "content": {PROBLEM_MEDIA: {"schema": refusal_schema(refusals)}},
        }
    return responses


def _headers(row: Operation, status: int) -> Json:
    names = ["Wallet-Time"]
    if isinstance(row, Write | Enrolment):
        names.append("Idempotent-Replay")
    if status in WAITING:
        names.append("Retry-After")
    return {name: {"$ref": f"#/components/headers/{name}"} for name in names}
