"""Raising a tier over HTTP: check the evidence's form, ask the verifier, write down the tier.

The evidence goes to the verifier and nowhere else. What is kept of it, here and in the fingerprint
of the request, is a digest under a key outside the database.
"""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import re
from typing import TYPE_CHECKING

import msgspec

from wallet_api.contract.errors import EvidenceInvalid, EvidenceMissing, VerifierSilent
from wallet_api.contract.limits import EVIDENCE, RaiseTier
from wallet_api.contract.personal_numbers import is_card_number, is_identity_number
from wallet_api.contract.text import clean_text
from wallet_api.contract.wire import Body
from wallet_api.limits import tiers
from wallet_api.limits.refusals import in_words
from wallet_api.service.authentication import authenticate
from wallet_api.service.edge import answer, decode, read_message
from wallet_api.service.routes.table import bind
from wallet_api.service.telling import from_device
from wallet_api.service.verifier import PATIENCE, Verdict, VerifierSilentError

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from wallet_api.identity.keys import Keys
    from wallet_api.service.state import Service


class _Asked(Body, frozen=True, kw_only=True):
    """What the fingerprint of the request covers."""

    tier: str
    digest: str


async def raise_tier(service: Service, request: Request) -> Response:
    """Raise the calling wallet's tier.

    Raises EvidenceMissing, EvidenceInvalid, VerifierSilent, TierNotAbove, EvidenceDeclined.
    """
    message = await read_message(service, request)
    call = await authenticate(service, request, message)
    call.require("wallet")
    evidence = _required(decode(message.body, RaiseTier))
    digest = _digest(service.keys, evidence)
    key = call.key(_Asked(tier=evidence.tier, digest=digest.hex()))
    verdict = await _verdict(service, evidence)
    command = tiers.RaiseTier(
        key, call.customer, evidence.tier, digest, verdict.verified, verdict.simulated
    )
    answered = await service.write(from_device(bind(tiers.raise_tier, command), call.device.id))
    return answer(service, answered.value, replayed=answered.replayed)


def _required(given: RaiseTier) -> RaiseTier:
    """Give the evidence that the wanted tier needs, well formed, and nothing else."""
    fields = EVIDENCE.get(given.tier, ())
    missing = [field for field in fields if not getattr(given, field)]
    if missing:
        raise EvidenceMissing(tier=given.tier, needs=in_words(missing))
    evidence = RaiseTier(tier=given.tier, **{field: getattr(given, field) for field in fields})
    if evidence.name is not None:
        evidence = msgspec.structs.replace(evidence, name=clean_text(evidence.name, "name"))
    for field, number, is_valid in (
        ("identity_number", evidence.identity_number, is_identity_number),
        ("bank_card", evidence.bank_card, is_card_number),
        ("branch_document", evidence.branch_document, re.compile("[0-9A-Z]{8,20}").fullmatch),
    ):
        if number is not None and not is_valid(number):
            raise EvidenceInvalid(field=in_words([field]))
    return evidence


def _digest(keys: Keys, evidence: RaiseTier) -> bytes:
    return hmac.digest(keys.evidence, msgspec.json.encode(evidence), hashlib.sha256)


async def _verdict(service: Service, evidence: RaiseTier) -> Verdict:
    try:
        async with asyncio.timeout(PATIENCE):
            return await service.verifier.verify(evidence)
    except (TimeoutError, VerifierSilentError):
        raise VerifierSilent from None
