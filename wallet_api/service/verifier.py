"""The simulated verifier of identities: a partner behind the interface of a real one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from wallet_api.contract.limits import RaiseTier

#: How long the verifier has for an answer, in seconds.
PATIENCE = 10.0


class VerifierSilentError(Exception):
    """The verifier gave no answer; asking again is safe."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether the evidence belongs to a person; ``simulated`` names a simulator's rule."""

    verified: bool
    simulated: str | None = None


class Verifier(Protocol):
    """Who can say whether a name, an identity number and a bank card belong together."""

    async def verify(self, evidence: RaiseTier) -> Verdict:
        """Check evidence whose numbers are well formed. Raises VerifierSilentError."""
        ...


class SimulatedVerifier:
    """A verifier that knows nobody: it takes whatever is well formed.

    Under ``lab`` it declines test numbers: an identity number with the sequence 000 (its digits 15
    to 17; no register gives it out), a card that begins with 999999, a document that begins with
    DECLINE.
    """

    def __init__(self, *, lab: bool = False) -> None:
        self._lab = lab

    async def verify(self, evidence: RaiseTier) -> Verdict:
        """Say yes to everybody, under --lab but for the test numbers."""
        declined = self._declined_by(evidence) if self._lab else None
        if declined is not None:
            return Verdict(verified=False, simulated=f"verifier:{declined}")
        return Verdict(verified=True, simulated="verifier:well_formed")

    def _declined_by(self, evidence: RaiseTier) -> str | None:
        if evidence.identity_number is not None and evidence.identity_number[14:17] == "000":
            return "sequence_000"
        if evidence.bank_card is not None and evidence.bank_card.startswith("999999"):
            return "card_999999"
        if evidence.branch_document is not None and evidence.branch_document.startswith("DECLINE"):
            return "document_decline"
        return None
