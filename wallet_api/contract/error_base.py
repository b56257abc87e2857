"""What every error of the product is: a named class with a code, an exit code and a sentence."""

from __future__ import annotations

import enum
import string
from typing import Any, ClassVar

PROBLEM_TYPE = "urn:terminal-wallet:problem:"
#: Statuses that are decided before the key is looked up, and so tell nothing of earlier attempts.
BEFORE_THE_KEY = frozenset({401, 408, 421, 429})


class Exit(enum.IntEnum):
    """Exit codes of the three programs."""

    DONE = 0
    REFUSED = 1
    USAGE = 2
    UNREACHABLE = 3
    NOT_ENROLLED = 4
    UNKNOWN = 5
    BAD_CODE = 6
    INTERRUPTED = 130


class _Known(string.Formatter):
    """A formatter that leaves a placeholder without a value empty."""

    def get_value(self, key: int | str, args: Any, kwargs: Any) -> Any:  # noqa: ANN401 - signature of the base class
        return (
            kwargs.get(str(key), "")
            if isinstance(key, str)
            else super().get_value(key, args, kwargs)
        )


def _in_language(value: Any, language: str) -> Any:  # noqa: ANN401 - any JSON value
    """Give a detail in a language: some are an object with one text for each."""
    return value.get(language, value) if isinstance(value, dict) else value


class WalletError(Exception):
    """An outcome that a person or a script must know about.

    ``details`` are JSON values that fill the sentence and travel with the problem document.
    ``money_moved`` says whether this very attempt moved money; ``None`` means nobody knows yet.
    """

    code: ClassVar[str] = "internal_error"
    status: ClassVar[int] = 500
    exit_code: ClassVar[Exit] = Exit.REFUSED
    english: ClassVar[str] = "Something failed inside. Look up what you sent before trying again."
    chinese: ClassVar[str] = "内部出错。重试前请先查询已发送的请求。"
    money_moved: ClassVar[bool | None] = None
    #: Whether the refusal is kept as the answer of its idempotency key.
    stored: ClassVar[bool] = False

    def __init__(self, /, **details: Any) -> None:  # noqa: ANN401 - any JSON value
        super().__init__(self.code)
        self.details = details
        #: Whether this is the stored answer of an earlier attempt with the same key.
        self.replayed = False

    @property
    def decides(self) -> bool:
        """Whether it tells what became of every attempt under the key, and not of this one only."""
        return 400 <= self.status < 500 and self.status not in BEFORE_THE_KEY

    def __str__(self) -> str:
        """Give the English sentence with its details filled in."""
        return self.sentence("en")

    def sentence(self, language: str) -> str:
        """Say what happened, whether money moved and what to do, in ``en`` or ``zh``."""
        text = self.chinese if language == "zh" else self.english
        words = {name: _in_language(value, language) for name, value in self.details.items()}
        return " ".join(_Known().format(text, **words).split())

    def problem(self) -> dict[str, Any]:
        """Give the RFC 9457 problem document as a plain dictionary."""
        return {
            "type": PROBLEM_TYPE + self.code,
            "title": self.code.replace("_", " "),
            "status": self.status,
            "detail": self.sentence("en"),
            "code": self.code,
            "money_moved": self.money_moved,
            "details": self.details,
        }


TABLE: dict[str, type[WalletError]] = {WalletError.code: WalletError}


def row(
    code: str,
    status: int,
    exit_code: Exit,
    english: str,
    chinese: str,
    *,
    money_moved: bool | None = False,
    stored: bool = False,
) -> type[WalletError]:
    """Add one row to the table and give its class, named after its code."""
    assert code not in TABLE, f"{code} stands in the table twice"
    name = "".join(word.capitalize() for word in code.split("_"))
    made = type(
        name,
        (WalletError,),
        {
            "__doc__": english,
            "__module__": "wallet_api.contract.errors",
            "code": code,
            "status": status,
            "exit_code": exit_code,
            "english": english,
            "chinese": chinese,
            "money_moved": money_moved,
            "stored": stored,
        },
    )
    TABLE[code] = made
    return made
