"""What the tagged fields of a Lightning invoice say, and what is wrong with them (BOLT #11)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from payment_codes.checks import bech32, bitcoin_address
from payment_codes.issues import Issue, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from payment_codes.code import Detail

Words = tuple[int, ...]
"""Five-bit words."""

_FIELDS: Final = "BOLT #11, tagged fields"
_HASH, _NODE = 52, 53
LAST_SECOND: Final = 253402300799
"""The end of the year 9999, in seconds since 1970."""

#: Fields that are there once at most; routes and fallbacks may repeat.
_ONCE: Final = "psdhnxcm9"
#: What a payer must understand and we know the name of (BOLT #9): even bits.
_FEATURES: Final = frozenset({8, 14, 16, 24, 48})

NO_HASH: Final = Rule("missing", _FIELDS, "The hash of the payment (p) is missing.")
NO_SECRET: Final = Rule(
    "missing", _FIELDS, "The secret of the payment (s) is missing.", Severity.STRICT
)
NO_DESCRIPTION: Final = Rule("missing", _FIELDS, "There is no description (d), nor its hash (h).")
BOTH: Final = Rule("exclusive", _FIELDS, "A description (d) and its hash (h) exclude each other.")
TWICE: Final = Rule("duplicate", _FIELDS, "{field} is there twice.")
UTF8: Final = Rule("encoding", _FIELDS, "The description (d) is no UTF-8.")
FEATURE: Final = Rule("unknown_required", _FIELDS, "Feature {bit} must be understood.")
FALLBACK: Final = Rule("value", _FIELDS, "The fallback (f) is no address.", Severity.STRICT)
RULES: Final = (
    NO_HASH, NO_SECRET, NO_DESCRIPTION, BOTH, TWICE, UTF8, FEATURE, FALLBACK,
)  # fmt: skip
"""The rules of tagged fields."""


def details_of(
    fields: list[tuple[str, Words]], network: str
) -> tuple[dict[str, Detail], list[Issue]]:
    """Return what the fields say, and what is wrong with them; the first of a name counts."""
    first: dict[str, Words] = {}
    twice: dict[str, None] = {}
    for name, words in fields:
        # Hashes and keys of another length are to be passed over.
        if len(words) != _LENGTHS.get(name, len(words)):
            continue
        if name in first and name in _ONCE:
            twice[name] = None
        first.setdefault(name, words)
    details: dict[str, Detail] = {}
    for name, (id_, number) in _NUMBERS.items():
        if id_ in first:
            details[name] = number(first[id_])
    issues = [TWICE.broken(name) for name in twice]
    for found, wrong in (_description(first), _fallback(first, network)):
        details |= found
        issues += wrong
    return details, [*issues, *_issues(first)]


def _description(first: dict[str, Words]) -> tuple[dict[str, Detail], list[Issue]]:
    if "d" not in first:
        return {}, []
    text = _utf8(first["d"])
    return {"description": text or ""}, [UTF8.broken("d")] if text is None else []


def _fallback(first: dict[str, Words], network: str) -> tuple[dict[str, Detail], list[Issue]]:
    if "f" not in first or not network:
        return {}, []
    version, *program = first["f"] or (31,)
    address = bitcoin_address.fallback(network, version, tuple(program))
    return ({"fallback": address}, []) if address else ({}, [FALLBACK.broken("f")])


def _issues(first: dict[str, Words]) -> Iterator[Issue]:
    if "timestamp" not in first:
        return
    if "p" not in first:
        yield NO_HASH.broken("p")
    if "s" not in first:
        yield NO_SECRET.broken("s")
    if "d" not in first and "h" not in first:
        yield NO_DESCRIPTION.broken("d")
    if "d" in first and "h" in first:
        yield BOTH.broken("h")
    bits = f"{bech32.number_of(first.get('9', ())):b}"[::-1]
    asked = (bit for bit in range(0, len(bits), 2) if bits[bit] == "1")
    unknown = next((bit for bit in asked if bit not in _FEATURES), None)
    if unknown is not None:
        yield FEATURE.broken("9", bit=unknown)


def _hex(words: Words) -> Detail:
    """Return bytes in hexadecimal; bits left over do not count."""
    spare = len(words) * 5 % 8
    return (bech32.number_of(words) >> spare).to_bytes(len(words) * 5 // 8).hex()


def _whole(words: Words) -> Detail:
    """Return a number; one beyond any time or height as the largest that is not."""
    return min(bech32.number_of(words), LAST_SECOND)


def _utf8(words: Words) -> str | None:
    data = bech32.octets(words)
    try:
        return None if data is None else data.decode()
    except UnicodeDecodeError:
        return None


_LENGTHS: Final = {"p": _HASH, "s": _HASH, "h": _HASH, "n": _NODE}
_NUMBERS: Final = {
    "timestamp": ("timestamp", _whole), "expiry": ("x", _whole), "min_final_cltv": ("c", _whole),
    "payment_hash": ("p", _hex), "payment_secret": ("s", _hex), "description_hash": ("h", _hex),
    "payee": ("n", _hex), "metadata": ("m", _hex),
}  # fmt: skip
