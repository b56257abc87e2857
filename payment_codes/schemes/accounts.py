"""Accounts, banks and references of transfers: rules that a scheme takes over with its section."""

from __future__ import annotations

from typing import TYPE_CHECKING

from payment_codes.checks import bic, creditor_reference, iban
from payment_codes.issues import Issue, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator


class AccountRules:
    """What an IBAN (ISO 13616-1), a BIC (ISO 9362) and a creditor reference (ISO 11649) keep to."""

    def __init__(self, section: str) -> None:
        self.spelling = Rule(
            "characters",
            section,
            "The account or reference ({field}) has spaces or small letters.",
            Severity.STRICT,
        )
        self.accounts = {
            "characters": Rule(
                "characters", section, "The account ({field}) is not written as an IBAN."
            ),
            "length": Rule(
                "length", section, "The account ({field}) is not as long as its country's are."
            ),
            "checksum_wrong": Rule(
                "checksum_wrong", section, "The check digits of the account ({field}) do not fit."
            ),
            "value": Rule(
                "value", section, "The account's country ({field}) has no IBANs.", Severity.STRICT
            ),
        }
        self.bank = Rule("value", section, "The bank ({field}) is no BIC of 8 or 11 characters.")
        self.references = {
            "value": Rule(
                "value",
                section,
                "The reference ({field}) is no creditor reference.",
                Severity.STRICT,
            ),
            "checksum_wrong": Rule(
                "checksum_wrong", section, "The check digits of the reference ({field}) do not fit."
            ),
        }
        self.account_rules = (self.spelling, *self.accounts.values())
        self.reference_rules = (self.spelling, *self.references.values())

    def iban(self, text: str, where: str) -> Iterator[Issue]:
        """Give what is wrong with an IBAN."""
        compact = iban.compact(text)
        if compact != text:
            yield self.spelling.broken(where)
        code = iban.fault(compact)
        if code:
            yield self.accounts[code].broken(where)

    def bic(self, text: str, where: str) -> Iterator[Issue]:
        """Give what is wrong with a BIC."""
        if not bic.is_bic(text):
            yield self.bank.broken(where)

    def creditor_reference(self, text: str, where: str) -> Iterator[Issue]:
        """Give what is wrong with a creditor reference."""
        compact = iban.compact(text)
        code = creditor_reference.fault(compact)
        if compact != text and code != "value":
            yield self.spelling.broken(where)
        if code:
            yield self.references[code].broken(where)
