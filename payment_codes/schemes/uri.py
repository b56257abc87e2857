"""Codes that are URIs: their query as data objects, in order, and written back as it was."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote, unquote

from payment_codes.fields import DataObject

if TYPE_CHECKING:
    from collections.abc import Iterable


def query_objects(query: str) -> tuple[DataObject, ...]:
    """Split "a=1&b=x%20y" into data objects of decoded values; a bare key has an empty value.

    Only the first "=" of a part divides it. "+" is a plus sign: no payment scheme writes forms.
    """
    parts = (part.partition("=") for part in query.split("&") if part)
    return tuple(DataObject(unquote(key), unquote(value)) for key, _, value in parts)


def query_text(objects: Iterable[DataObject], safe: str = "@:/,") -> str:
    """Write data objects as a query; what needs it is percent-encoded as UTF-8 (RFC 3986 §2.1)."""
    pairs = ((item.id, item.value) for item in objects if isinstance(item.value, str))
    return "&".join(f"{quote(key, safe=safe)}={quote(value, safe=safe)}" for key, value in pairs)
