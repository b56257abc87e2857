"""What a person typed to choose movements of the history, read and checked."""

from __future__ import annotations

from dataclasses import dataclass

from payment_codes.amount import parse_amount
from terminal_kit.language import _
from wallet_api.contract.errors import Usage
from wallet_api.contract.statement import KINDS
from wallet_cli.statement import Wanted


@dataclass(frozen=True, slots=True)
class Asked:
    """What the person typed to choose movements."""

    since: str | None = None
    until: str | None = None
    kind: str | None = None
    direction: str | None = None
    search: str | None = None
    least: str | None = None
    most: str | None = None

    def wanted(self, currency: str) -> Wanted:
        """Read it. Raises Usage, AmountInvalid."""
        if self.direction not in {None, "in", "out"}:
            raise Usage(reason=_("--direction is in or out."))
        if self.kind is not None and self.kind not in KINDS:
            raise Usage(reason=_("--kind is one of {kinds}.").format(kinds=", ".join(KINDS)))
        return Wanted(
            since=_moment(self.since),
            until=_moment(self.until),
            kind=self.kind,
            direction=self.direction,
            least=None if self.least is None else parse_amount(self.least, currency),
            most=None if self.most is None else parse_amount(self.most, currency),
            text=self.search,
        )


def _moment(text: str | None) -> str | None:
    """Check a day or a moment. Raises Usage."""
    from datetime import datetime

    if text is not None:
        try:
            datetime.fromisoformat(text)
        except ValueError:
            reason = _("{text} is no day, such as 2026-01-31.").format(text=text)
            raise Usage(reason=reason) from None
    return text
