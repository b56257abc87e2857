"""What comes back from the service: values of the contract, or problem documents."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

import msgspec

from wallet_api.contract.error_base import TABLE, WalletError
from wallet_api.contract.wire import Problem

if TYPE_CHECKING:
    from collections.abc import Mapping

T = TypeVar("T")

PROBLEM_MEDIA_TYPE = "application/problem+json"


@dataclass(frozen=True, slots=True)
class Reply(Generic[T]):
    """An answer. ``replayed`` says that it was stored when the same key came before.

    ``business_ms`` is the service's business time when it answered, in milliseconds, if it said so.
    """

    value: T
    replayed: bool
    business_ms: int | None


def decoded(body: bytes, answer: type[T]) -> T | None:
    """Read JSON as the type that is expected, or give nothing when it is anything else."""
    try:
        return msgspec.json.decode(body, type=answer)
    except (ValueError, RecursionError):
        return None


def problem_error(status: int, headers: Mapping[str, str], body: bytes) -> WalletError | None:
    """Read a problem document (RFC 9457) as the error it stands for, or give nothing.

    A code that this client does not know yet becomes an error with the service's own sentence.
    """
    if status < 400 or not headers.get("content-type", "").startswith(PROBLEM_MEDIA_TYPE):
        return None
    problem = decoded(body, Problem)
    if problem is None:
        return None
    known = TABLE.get(problem.code) or _unlisted(status, problem)
    # Rows without a status are a client's own words: a service that sends one makes no sense.
    if not known.status:
        return None
    error = known(**problem.details)
    error.replayed = is_replay(headers)
    return error


def is_replay(headers: Mapping[str, str]) -> bool:
    """Say whether an answer is the stored one of an earlier attempt with the same key."""
    return headers.get("idempotent-replay") == "true"


def _unlisted(status: int, problem: Problem) -> type[WalletError]:
    sentence = problem.detail.replace("{", "{{").replace("}", "}}") or problem.title
    return type(
        "UnlistedProblem",
        (WalletError,),
        {
            "code": problem.code,
            "status": status,
            "english": sentence,
            "chinese": sentence,
            "money_moved": problem.money_moved,
        },
    )
