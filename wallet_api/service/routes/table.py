"""What a route is: a row of a table that the application runs and the API's description lists."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, TypeVar

from wallet_api.contract.errors import BadRequest, NotFound
from wallet_api.contract.ids import is_id
from wallet_api.contract.rules import LARGEST_PAGE

if TYPE_CHECKING:
    from wallet_api.contract import wire
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
#: Who may call: a customer's device, a merchant's till, either of them, or the bank's admin.
Role = Literal["wallet", "till", "device", "admin"]
Refusals = tuple[type["WalletError"], ...]

DEFAULT_PAGE = 20


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

    path: str
    summary: str
    body: type[wire.OpenWallet | wire.OpenMerchant]
    answer: Any
    command: Callable[[Service, Key, Any], Command]
    refusals: Refusals = ()


@dataclass(frozen=True, slots=True)
class Write:
    """A POST that changes something: its body, its answer, and the command it becomes.

    ``refusals`` are its own; those that any request may meet are not repeated.
    """

    path: str
    summary: str
    role: Role
    body: type[wire.Body]
    answer: Any
    command: Callable[[Service, Call, Any], Command]
    status: int = 200
    refusals: Refusals = ()


@dataclass(frozen=True, slots=True)
class Read:
    """A GET: its answer, the query it becomes, and the names in its query string."""

    path: str
    summary: str
    role: Role
    answer: Any
    query: Callable[[Call], Query]
    parameters: tuple[str, ...] = ()
    refusals: Refusals = ()


PAGING = ("limit", "cursor")


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
