"""Words for what the service names by codes, and errors said in the person's language.

States, reasons, roles and kinds of records travel as codes such as ``payer_timeout``. In English a
code reads as its own words; the catalogue has the Chinese ones.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from terminal_kit.language import _, language

if TYPE_CHECKING:
    from collections.abc import Iterable

    from payment_codes.issues import Issue
    from wallet_api.contract.error_base import WalletError

STATES = (
    *("active", "awaiting payer", "cancelled", "claimed", "closed", "created", "declined"),
    *("disabled", "done", "expired", "failed", "held", "never arrived", "open", "paid"),
    *("partially refunded", "pending", "pin required", "refunded", "refused", "removed"),
    *("returned", "reversed", "revoked", "succeeded", "unknown"),
)
#: Why something ended as it did; many are the code of a refusal.
REASONS = (
    *("already paid", "currency mismatch", "insufficient funds", "limit exceeded"),
    *("merchant frozen", "merchant funds short", "payer timeout", "pin locked", "pin not set"),
    *("pin wrong", "receiver full", "receiver unavailable", "risk held", "risk refused"),
    *("terms changed", "tombstone", "wallet frozen"),
    # Of a webhook's delivery.
    *("connection lost", "name not found", "not connected", "target refused", "time over"),
)
#: Who may do something, and who has frozen an account.
ROLES = ("admin", "bank", "customer", "device", "merchant", "owner", "till", "wallet")
#: What a request makes or does, and what events tell of it.
SUBJECTS = (
    *("amount", "cancel", "charge", "claim", "close", "confirm", "decline", "fee", "gift", "pay"),
    *("payer code", "payment", "refund", "request", "reverse", "settlement", "shift", "split"),
    *("static payment", "tier", "top up", "transfer", "withdrawal"),
)
#: Texts that may be refused.
FIELDS = ("city", "name", "note", "reason", "store")
A_WALLET_SCANS = "a code that a wallet scans"
#: Whose code it is; most schemes are called the same everywhere.
SCHEMES = (
    *("Alipay", "UnionPay", "WeChat Pay"),
    *("a payer code", "a payto address", "a Russian transfer order", "a SEPA credit transfer"),
    *("a Swiss QR-bill", "a Thai bill", "a Thai transfer slip", "a web address"),
    *("an article number", "an EMVCo consumer code"),
    *("another EMVCo merchant code", A_WALLET_SCANS),
)
#: What the system says of files and addresses (errno), by its English words.
SYSTEM = (
    *("Address already in use", "Cannot assign requested address", "File exists"),
    *("File name too long", "Input/output error", "Is a directory", "No space left on device"),
    *("No such file or directory", "Not a directory", "Permission denied"),
    "Read-only file system",
    # Of certificates, as OpenSSL words it.
    *("certificate has expired", "self-signed certificate"),
    *("self-signed certificate in certificate chain", "unable to get local issuer certificate"),
)
#: All of them, for the catalogue; what stands in the call of an error's class is found there.
WORDS = (*STATES, *REASONS, *ROLES, *SUBJECTS, *FIELDS, *SCHEMES, *SYSTEM)

#: Details of errors that hold codes or phrases; a name or a path is never taken for a word.
CODED = frozenset({"field", "reason", "role", "scheme", "state", "what"})
#: Details of a code's issues that are words; the others are what stands in the code.
ISSUE_WORDS = frozenset({"expected", "form", "name"})


def word(code: str) -> str:
    """Give the words for a code; what the catalogue lacks is shown as it is."""
    return _(code.replace("_", " ") if code.isidentifier() else code)


def words(codes: Iterable[str]) -> str:
    """Give the words for several codes, one after the other."""
    return _(", ").join(map(word, codes))


def system_reason(error: OSError) -> str:
    """Say why the operating system refused."""
    return _(error.strerror or str(error))


def told(error: WalletError) -> str:
    """Say an error in the person's language, the codes in its sentence too."""
    details = {name: _detail(name, value) for name, value in error.details.items()}
    return type(error)(**details).sentence(language())


def _detail(name: str, value: Any) -> Any:  # noqa: ANN401 - any JSON value
    return word(value) if name in CODED and isinstance(value, str) else value


def sentence_of(issue: Issue) -> str:
    """Say what is wrong with a payment code in the person's language."""
    details = {
        name: _(value) if name in ISSUE_WORDS and isinstance(value, str) else value
        for name, value in issue.details.items()
    }
    return _(issue.template).format(**details, field=issue.where)
