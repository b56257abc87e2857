"""The options of ``wallet-api serve`` that make up the bank's policy."""

from __future__ import annotations

from pathlib import Path

from terminal_kit.language import _
from terminal_kit.words import system_reason
from wallet_api.contract.errors import Usage
from wallet_api.risk.rules import RULES, Rule, read_rules
from wallet_api.service.policy import Policy
from wallet_api.store.calendar import zone_named


def read_policy(business_zone: str | None, rules: str | None) -> Policy:
    """Read ``--business-zone`` and ``--rules``. Raises Usage."""
    if business_zone is not None:
        try:
            zone_named(business_zone)
        except ValueError:
            raise Usage(
                reason=_("--business-zone is a name such as Asia/Shanghai or Europe/Berlin.")
            ) from None
    return Policy(business_zone, RULES if rules is None else _read_rules(rules))


def _read_rules(name: str) -> tuple[Rule, ...]:
    try:
        return read_rules(Path(name).read_bytes())
    except OSError as error:
        reason = _("The rules in {name} cannot be read: {reason}.")
        raise Usage(reason=reason.format(name=name, reason=system_reason(error))) from None
    except ValueError as error:  # It says what is wrong and where, in English.
        reason = _("The rules in {name} are wrong: {reason}. The service did not start.")
        raise Usage(reason=reason.format(name=name, reason=error)) from None
