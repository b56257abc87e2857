"""Codes that are URIs: their parts as data objects, in order, and written back as they were."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Self
from urllib.parse import quote, unquote

from payment_codes.errors import CodeInvalid
from payment_codes.fields import DataObject
from payment_codes.schemes.works import SchemeWorks

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from payment_codes.schemes.scheme import Scheme

_SAFE: Final = "@:/,"
# A part that is not spelled otherwise must not look like two.
_SAFE_IN_PART: Final = ":,"


@dataclass(frozen=True, slots=True)
class Part(DataObject):
    """A part of what stands before the query: `before` is what separates it from the part before.

    It remembers how its value was spelled; a copy with another value forgets it.
    """

    value: str
    before: str = ""
    spelling: str | None = field(default=None, init=False, repr=False, compare=False)

    @classmethod
    def read(cls, id_: str, spelling: str, before: str = "") -> Self:
        """Return a part as a code spells it, decoded."""
        return cls.spelled(id_, decoded(spelling), spelling, before)

    @classmethod
    def spelled(cls, id_: str, value: str, spelling: str, before: str = "") -> Self:
        """Return a part whose value was spelled so."""
        part = cls(id_, value, before)
        object.__setattr__(part, "spelling", spelling)
        return part

    def written(self) -> str:
        """Return the part with what stands before it."""
        spelling = encoded(self.value, _SAFE_IN_PART) if self.spelling is None else self.spelling
        return self.before + spelling


@dataclass(frozen=True, slots=True)
class Parameter(DataObject):
    """A parameter of the query; like a part, it remembers how it was spelled."""

    value: str
    spelling: str | None = field(default=None, init=False, repr=False, compare=False)

    @classmethod
    def read(cls, spelling: str, *, lower: bool = False) -> Self:
        """Return a parameter as a code spells it; only the first "=" divides it.

        A bare key has an empty value. `lower` takes keys of any case for their small letters.
        """
        key, _, value = spelling.partition("=")
        id_ = decoded(key)
        parameter = cls(id_.lower() if lower else id_, decoded(value))
        object.__setattr__(parameter, "spelling", spelling)
        return parameter

    def written(self) -> str:
        """Return "key=value", encoded."""
        if self.spelling is not None:
            return self.spelling
        return f"{encoded(self.id)}={encoded(self.value)}"


def decoded(text: str) -> str:
    """Return a text with its percent-encoding undone; "+" is a plus sign, as no scheme is a form.

    Bytes that are no UTF-8 become U+FFFD.
    """
    return unquote(text) if "%" in text else text


def encoded(text: str, safe: str = _SAFE) -> str:
    """Return a text with what needs it percent-encoded as UTF-8 (RFC 3986 §2.1).

    Raises CodeInvalid for half of a surrogate pair, which has no UTF-8.
    """
    try:
        return quote(text, safe=safe)
    except UnicodeEncodeError as error:
        raise CodeInvalid(
            "A text has a character that cannot be written.", section="RFC 3986 §2.1"
        ) from error


NOTHING: Final = Parameter.read("")
"""What stands between two "&" that follow each other."""


def split_query(text: str, *, lower: bool = False) -> tuple[str, tuple[Parameter, ...]]:
    """Return what stands before the first "?", and the parameters behind it."""
    head, found, query = text.partition("?")
    parts = query.split("&") if found else ()
    return head, tuple(Parameter.read(part, lower=lower) if part else NOTHING for part in parts)


def parameters(values: Mapping[str, str]) -> tuple[Parameter, ...]:
    """Return new parameters by their names, those with a value."""
    return tuple(Parameter(key, value) for key, value in values.items() if value)


def uri_text(objects: Iterable[DataObject]) -> str:
    """Write parts and parameters; raises CodeInvalid for a text that has no UTF-8."""
    head, query = "", []
    for item in objects:
        if isinstance(item, Part):
            head += item.written()
        elif isinstance(item, Parameter):
            query.append(item.written())
        elif isinstance(item.value, str):
            query.append(Parameter(item.id, item.value).written())
    return head + ("?" + "&".join(query) if query else "")


def texts(objects: Iterable[DataObject]) -> dict[str, str]:
    """Return the first value of every name, empty ones left out."""
    found: dict[str, str] = {}
    for item in objects:
        if isinstance(item.value, str) and item.value:
            found.setdefault(item.id, item.value)
    return found


def repeated(objects: Iterable[DataObject]) -> tuple[str, ...]:
    """Return the names that are there more than once, each once."""
    seen: set[str] = set()
    found: dict[str, None] = {}
    for item in objects:
        if item.id in seen and item.id:
            found[item.id] = None
        seen.add(item.id)
    return tuple(found)


class UriWorks(SchemeWorks):
    """A scheme whose codes are URIs of parts and parameters."""

    def write(self, objects: tuple[DataObject, ...], scheme: Scheme) -> str:
        """Write a URI; raises CodeInvalid for a text that has no UTF-8."""
        return uri_text(objects)
