"""A service whose database is gone ends, instead of answering for books that it has not."""

from __future__ import annotations

import queue
import threading
from typing import TYPE_CHECKING

import pytest

from tests.wallet_api.store.faulty import FaultyDatabase
from wallet_api.client.sync import Client
from wallet_api.contract.errors import OutcomeUnknown
from wallet_api.contract.ids import new_id
from wallet_api.contract.signatures import encode_bytes
from wallet_api.contract.wire import DeviceKeys, MerchantCard, OpenMerchant
from wallet_api.service.server import Settings, serve
from wallet_api.store.database import DatabaseLostError

if TYPE_CHECKING:
    from wallet_api.identity.keys import Keys
    from wallet_api.store.sqlite import SqliteDatabase

PATIENCE = 20


def test_a_service_without_its_database_ends(database: SqliteDatabase, keys: Keys) -> None:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    faulty = FaultyDatabase(database)
    ready: queue.SimpleQueue[str] = queue.SimpleQueue()
    ended: queue.SimpleQueue[BaseException | None] = queue.SimpleQueue()

    def run() -> None:
        try:
            serve(faulty, keys, Settings("127.0.0.1", 0, open_enrolment=True), ready.put)
        except DatabaseLostError as error:
            ended.put(error)
        else:
            ended.put(None)

    thread = threading.Thread(target=run)
    thread.start()
    url = ready.get(timeout=PATIENCE)
    faulty.lost = True
    faulty.fates.append("not done")
    key, device = Ed25519PrivateKey.generate(), new_id()
    till = DeviceKeys(id=device, signing_key=encode_bytes(key.public_key().public_bytes_raw()))
    body = OpenMerchant(
        name="Shop", city="Town", category="5812", currency="CNY", store="Main", till=till
    )
    with Client(url, device, key, patience=0.1) as client, pytest.raises(OutcomeUnknown):
        client.send("POST", "/v1/merchants", body=body, key=new_id(), answer=MerchantCard)
    assert isinstance(ended.get(timeout=PATIENCE), DatabaseLostError)
    thread.join(PATIENCE)
