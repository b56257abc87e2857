"""Opening a profile: a new device secret in the store, enrolment at the service, then the file.

The store is written first and the profile's file last, so a profile that exists is one that works.
A failure in between takes the secret away again, so opening again starts anew.
"""

from __future__ import annotations

from contextlib import ExitStack, suppress
from typing import TYPE_CHECKING, TypeVar

from terminal_kit.credentials.choose import StoreKind, open_store
from terminal_kit.device_keys import SECRET_NAME, DeviceKeys, new_secret
from terminal_kit.device_state import DeviceState
from terminal_kit.folders import exclusive_lock, private_folder
from terminal_kit.language import _
from terminal_kit.profiles import Profile, profile_folder, require_new, save_profile
from terminal_kit.prompts import read_text
from terminal_kit.session import Chosen, service_url
from wallet_api.contract.administration import JoinCard
from wallet_api.contract.error_base import WalletError
from wallet_api.contract.errors import StoreUnavailable, Usage
from wallet_api.contract.ids import new_id
from wallet_api.contract.payer_code import WINDOW
from wallet_api.contract.signatures import decode_bytes, encode_bytes
from wallet_api.contract.wire import DeviceKeys as PublicKeys
from wallet_api.contract.wire import MerchantCard, ServiceCard, WalletCard

if TYPE_CHECKING:
    from collections.abc import Callable

    from terminal_kit.credentials.passphrase import Ask
    from terminal_kit.credentials.store import CredentialStore
    from wallet_api.contract.administration import Enrolling

LOCK_NAME = "open.lock"
#: Longer than a start of the embedded service and an enrolment together.
LOCK_SECONDS = 60.0
#: How long a person waits to hear that there is no service.
LOOK_SECONDS = 2.0

Card = TypeVar("Card", WalletCard, MerchantCard, JoinCard)


def open_profile(
    chosen: Chosen,
    store: StoreKind,
    request: Callable[[PublicKeys], Enrolling],
    path: str,
    answer: type[Card],
    ask: Ask | None = None,
) -> Card:
    """Enrol a new device and write its profile.

    ``request`` makes the body from the device's public keys; ``ask`` asks for the passphrase of a
    new encrypted file, in place of what was chosen. Raises ProfileExists, ServiceChanged, what the
    store raises, and what the service refuses with.
    """
    folder = private_folder(profile_folder(chosen.program, chosen.profile))
    try:
        # Two that open the same profile must not mix one's secret with the other's device.
        with exclusive_lock(folder / LOCK_NAME, LOCK_SECONDS), ExitStack() as undo:
            require_new(chosen.program, chosen.profile)
            credentials = open_store(
                store,
                program=chosen.program,
                profile=chosen.profile,
                folder=folder,
                ask=ask or chosen.ask,
            )
            secret = new_secret()
            credentials.write(SECRET_NAME, secret)
            undo.callback(_forget, credentials)
            keys = DeviceKeys(secret)
            profile, card, offset = _enrol(keys, store, request, path, answer)
            with DeviceState(folder, keys.state).change() as remembered:
                remembered.offset_ms = offset
                # The service recognises a first device's codes at once: no network needed.
                remembered.horizon = 0 if isinstance(card, JoinCard) else WINDOW
            save_profile(chosen.program, chosen.profile, profile)
            undo.pop_all()  # The profile needs it from now on.
    except TimeoutError:
        raise StoreUnavailable(reason=_("Another command opens this profile.")) from None
    return card


def look_up_service() -> tuple[str, ServiceCard]:
    """Find the service, starting a local one if needed, and give its URL and what it says.

    Raises ServiceNotStarted, ServiceUnreachable, AnswerInvalid and their like.
    """
    from wallet_api.client.sync import Client

    url = service_url()
    with Client(url, patience=LOOK_SECONDS) as client:
        return client.url, client.get("/v1/service", answer=ServiceCard).value


def _forget(credentials: CredentialStore) -> None:
    """Take the secret of a profile away that came to nothing."""
    with suppress(WalletError):
        credentials.remove(SECRET_NAME)


def _enrol(
    keys: DeviceKeys,
    store: StoreKind,
    request: Callable[[PublicKeys], Enrolling],
    path: str,
    answer: type[Card],
) -> tuple[Profile, Card, int]:
    """Enrol at the service; give the profile, the card, and the clock's offset in milliseconds."""
    from wallet_api.client.sync import Client

    url, device = service_url(), new_id()
    public = PublicKeys(
        id=device,
        signing_key=encode_bytes(keys.signing.public_key().public_bytes_raw()),
        code_key=encode_bytes(keys.code.public_key().public_bytes_raw()),
    )
    with Client(url, device, keys.signing) as client:
        service = client.get("/v1/service", answer=ServiceCard).value
        # The request may hold a PIN, which goes only to who has the key that is pinned now.
        client.prove_service(decode_bytes(service.signing_key))
        card = client.send("POST", path, body=request(public), key=new_id(), answer=answer).value
        offset = client.business_offset_ms
    owner, currency = _account(card)
    profile = Profile(
        store=store,
        owner=owner,
        device=device,
        currency=currency,
        url=url,
        service_key=service.signing_key,
        service_code_key=service.code_key,
    )
    return profile, card, offset


def _account(card: WalletCard | MerchantCard | JoinCard) -> tuple[str, str]:
    """Give whose profile it is, and in which currency."""
    if isinstance(card, JoinCard):
        return card.wallet, card.currency
    owner = card.wallet if isinstance(card, WalletCard) else card.merchant
    return owner, card.balance.currency


def read_invite(invite: str | None) -> str | None:
    """Give an invitation as it was named; ``-`` reads it from stdin. Raises Usage."""
    return read_text("-", _("invitation")) if invite == "-" else invite


def store_kind(text: str) -> StoreKind:
    """Read the value of ``--store``. Raises Usage."""
    if text == "os":
        return "os"
    if text == "file":
        return "file"
    reason = _("--store is os (the system's password store) or file (an encrypted one).")
    raise Usage(reason=reason)
