"""Links between operations (OpenAPI 3.1 section 4.8.20): where an answer leads to.

Nothing is listed by hand. What a collection lists, or gives by ``GET …/{id}``, lives in that
collection, so any answer of the type leads to the operations on it; and an answer without an id of
its own that holds all that a body asks for leads to the operation which takes that body.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, get_args, get_origin

import msgspec

from wallet_api.contract.wire import Page

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from wallet_api.service.routes.table import Operation

#: A body with fewer fields says too little for an answer to be what it asks for.
FEWEST_FIELDS = 3


def operation_id(row: Operation) -> str:
    """Name an operation after its method and path: ``post_charges_id_close``."""
    words = row.path.removeprefix("/v1").replace("{", "").replace("}", "")
    return row.method.lower() + words.translate(str.maketrans("/-.", "___"))


def links_from(row: Operation, rows: Sequence[Operation]) -> dict[str, Any]:
    """Give the links from an operation's answer by the name of the operation they lead to."""
    item, place = _item(row.answer)
    fields = _fields(item)
    links: dict[str, Any] = {}
    for collection in _collections(item, rows) if "id" in fields else ():
        for other in rows:
            if other is not row and other.path.startswith(f"{collection}/{{id}}"):
                parameters = {"id": f"$response.body#{place}/id"}
                links[operation_id(other)] = _link(other, parameters=parameters)
    for other in () if "id" in fields else rows:
        wanted = _fields(other.body)
        if len(wanted) >= FEWEST_FIELDS and wanted <= fields and "{" not in other.path:
            body = {name: f"$response.body#{place}/{name}" for name in sorted(wanted)}
            links[operation_id(other)] = _link(other, requestBody=body)
    return links


def _link(row: Operation, **content: Any) -> dict[str, Any]:  # noqa: ANN401 - JSON
    return {"operationId": operation_id(row), **content}


def _item(answer: Any) -> tuple[Any, str]:  # noqa: ANN401 - any type of the contract
    """Give what an answer is, or a page is made of, and where it stands in the answer."""
    if get_origin(answer) is Page:
        return get_args(answer)[0], "/items/0"
    return answer, ""


def _collections(item: Any, rows: Sequence[Operation]) -> Iterator[str]:  # noqa: ANN401
    for row in rows:
        if row.method == "GET" and item in (row.answer, _item(row.answer)[0]):
            yield row.path.removesuffix("/{id}")


def _fields(kind: Any) -> set[str]:  # noqa: ANN401 - any type of the contract
    if not (isinstance(kind, type) and issubclass(kind, msgspec.Struct)):
        return set()
    return {field.encode_name for field in msgspec.structs.fields(kind)}
