"""What a route is: a row of a table that the application runs and the API's description lists."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Literal, TypeVar

import msgspec

from wallet_api.contract.errors import BadRequest, NotFound
from wallet_api.contract.ids import is_id
from wallet_api.contract.rules import LARGEST_PAGE

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from wallet_api.contract import wire
    from wallet_api.contract.administration import Enrolling
    from wallet_api.contract.error_base import WalletError
    from wallet_api.service.authentication import Call
    from wallet_api.service.state import Service
    from wallet_api.store.answers import Answered, Key
    from wallet_api.store.clock import Now
    from wallet_api.store.database import Transaction

C = TypeVar("C")
T = TypeVar("T")

Command = Callable[["Transaction", "Now"], "Answered[Any]"]
Query = Callable[["Transaction", "Now"], Any]
Handler = Callable[["Service", "Request"], Awaitable["Response"]]
#: Who may call: a customer's device, a merchant's till, either of them, or the bank's admin.
Role = Literal["wallet", "till", "device", "admin"]
Refusals = tuple[type["WalletError"], ...]

DEFAULT_PAGE = 20
JSON = "application/json"


def bind(
    use_case: Callable[[Transaction, C, Now], T], command: C
) -> Callable[[Transaction, Now], T]:
    """Give a use case its command."""

    def bound(transaction: Transaction, now: Now) -> T:
        return use_case(transaction, command, now)

    return bound


@dataclass(frozen=True, slots=True)
class Enrolment:
    """A route that a new device calls: its body and the command it becomes."""

    method: ClassVar = "POST"
    status: ClassVar = 201
    parameters: ClassVar[tuple[str, ...]] = ()
    media: ClassVar = JSON

    path: str
    summary: str
    body: type[Enrolling]
    answer: Any
    command: Callable[[Service, Key, Any], Command]
    refusals: Refusals = ()


@dataclass(frozen=True, slots=True)
class Write:
    """A POST that changes something: its body, its answer, and the command it becomes.

    ``refusals`` are its own; those that any request may meet are not repeated. ``then`` goes on
    after COMMIT, before the answer: it gives the answer as it is by then.
    """

    method: ClassVar = "POST"
    parameters: ClassVar[tuple[str, ...]] = ()
    media: ClassVar = JSON

    path: str
    summary: str
    role: Role
    body: type[wire.Body]
    answer: Any
    command: Callable[[Service, Call, Any], Command]
    status: int = 200
    refusals: Refusals = ()
    then: Callable[[Service, Call, Any], Awaitable[Any]] | None = None


@dataclass(frozen=True, slots=True)
class Read:
    """A GET: its answer, the query it becomes, and the names in its query string."""

    method: ClassVar = "GET"
    status: ClassVar = 200
    body: ClassVar[None] = None
    media: ClassVar = JSON

    path: str
    summary: str
    role: Role
    answer: Any
    query: Callable[[Call], Query]
    parameters: tuple[str, ...] = ()
    refusals: Refusals = ()


@dataclass(frozen=True, slots=True)
class Special:
    """A route that is no plain command or query: its handler does all of the work.

    Without a ``role`` it is not signed. ``answer`` is a type of the contract for JSON, and no type
    for any other ``media``. With ``lab`` it exists under --lab only.
    """

    method: Literal["GET", "POST"]
    path: str
    summary: str
    subject: str
    handler: Handler
    answer: Any = None
    role: Role | None = None
    body: type[wire.Body] | None = None
    status: int = 200
    parameters: tuple[str, ...] = ()
    refusals: Refusals = ()
    media: str = JSON
    lab: bool = False


Operation = Enrolment | Write | Read | Special


PAGING = ("limit", "cursor")


def terms_of(body: wire.Body) -> bytes:
    """Give what of a body is kept as evidence: its terms as JSON, without a person's note."""
    terms = msgspec.to_builtins(body)
    terms.pop("note", None)
    return msgspec.json.encode(terms)


def path_id(call: Call) -> str:
    """Give the id in the path. Raises NotFound for what cannot be one."""
    if not is_id(call.path["id"]):
        raise NotFound(what="record")
    return call.path["id"]


def page_limit(call: Call) -> int:
    """Give how many items a page may hold. Raises BadRequest."""
    text = call.query.get("limit", str(DEFAULT_PAGE))
    if not (re.fullmatch("[0-9]{1,3}", text) and 1 <= int(text) <= LARGEST_PAGE):
        raise BadRequest(reason=f"limit is 1 to {LARGEST_PAGE}")
    return int(text)
