"""After a full session nothing that is anybody's business lies open on disk or in a process."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import apsw
import pytest

from terminal_kit.credentials.choose import open_store
from terminal_kit.device_keys import SECRET_NAME, DeviceKeys
from terminal_kit.profiles import load_profile, profile_folder
from tests.crash.haystack import files, found, key, text
from tests.crash.programs import run, told
from wallet_api.contract.error_base import Exit
from wallet_api.contract.payer_code import shared_key
from wallet_api.contract.signatures import decode_bytes
from wallet_api.identity.keys import Keys

if TYPE_CHECKING:
    from collections.abc import Iterator

DATABASE, ROOT_KEY, LOG = "data/wallet-api.db", "data/wallet-api.db.key", "state/wallet-api.log"

#: What the people of this session say, and what only they may know.
IN_THE_BOOKS = {
    "customer": "Xanthippe Quillfeather 王小明",
    "merchant": "Zephyrine's Tea House",
    "city": "Xylopolis",
    "store name": "By the Old Well",
    "charge's note": "Jasmine for 李雷",
    "refund's reason": "It went cold",
    "amount": "765432",
    "refunded": "234567",
}
PIN, WRONG_PIN, PASSPHRASE = "294751", "846213", "correct horse battery staple"
IDENTITY_NUMBER, BANK_CARD = "440524188001010014", "6222020000001234566"


@pytest.fixture
def wallet_home(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The folder of all state; the service is the embedded one, started by the first command."""
    for name, secret in (
        ("passphrase", PASSPHRASE),
        ("pin", PIN),
        ("wrong-pin", WRONG_PIN),
        ("number", IDENTITY_NUMBER),
        ("card", BANK_CARD),
    ):
        (tmp_path / name).write_text(secret)
    monkeypatch.setenv("WALLET_PASSPHRASE_FILE", str(tmp_path / "passphrase"))
    yield home / "wallet"
    run("wallet-api", "stop")


def refused(*words: str) -> None:
    assert run(*words).returncode == Exit.REFUSED


@pytest.fixture
def codes(wallet_home: Path, tmp_path: Path) -> dict[str, str]:
    """Have a full session, with all that goes wrong in one, and give the codes that were shown."""
    said, pin, wrong = IN_THE_BOOKS, str(tmp_path / "pin"), str(tmp_path / "wrong-pin")
    told("wallet", "open", "--name", said["customer"], "--store", "file", "--pin-file", pin)
    place = ("--city", said["city"], "--store-name", said["store name"])
    told("pos", "open", "--name", said["merchant"], *place, "--store", "file")
    charge = told("pos", "charge", "7654.32", "--note", said["charge's note"])
    payload = charge["payload"]
    refused("wallet", "pay", payload, "--yes", "--pin-file", pin)  # There is no money yet.
    evidence = ("--name", said["customer"], "--identity-number-file", str(tmp_path / "number"))
    told("wallet", "raise-tier", "II", *evidence, "--bank-card-file", str(tmp_path / "card"))
    told("wallet", "top-up", "9999.99")
    refused("wallet", "pay", payload, "--yes")
    refused("wallet", "pay", payload, "--yes", "--pin-file", wrong)
    told("wallet", "pay", payload, "--yes", "--pin-file", pin)
    refund = ("refund", charge["id"], "--amount", "2345.67", "--reason", said["refund's reason"])
    told("pos", *refund)
    refused("pos", "refund", charge["id"], "--amount", "7654.32")
    used = told("wallet", "code")["code"]
    told("pos", "charge", "12", "--code", used)
    refused("pos", "charge", "12", "--code", used)
    told("wallet", "history")
    assert run("wallet", "show", "ffffffff").returncode
    assert run("wallet", "pay", "no code", "--yes").returncode == Exit.BAD_CODE
    return {
        "merchant's code": payload,
        "used code": used,
        "live code": told("wallet", "code")["code"],
    }


def secrets_of(program: str) -> dict[str, list[bytes]]:
    """Give the secret of a profile and the keys that come from it."""
    folder, profile = profile_folder(program, "default"), load_profile(program, "default")
    store = open_store("file", program=program, profile="default", folder=folder)
    secret = store.read(SECRET_NAME)
    keys = DeviceKeys(secret)
    service = decode_bytes(profile.service_code_key)
    return {
        f"{program}'s secret": key(secret),
        f"{program}'s signing key": key(keys.signing.private_bytes_raw()),
        f"{program}'s code key": key(keys.code.private_bytes_raw()),
        f"{program}'s payer codes": key(shared_key(keys.code, service, profile.device)),
        f"{program}'s state key": key(keys.state),
    }


def secrets_of_service(root: bytes) -> dict[str, list[bytes]]:
    keys = Keys(root)
    return {
        "root key": key(root),
        "database key": key(keys.database),
        "PIN key": key(keys.pin),
        "service's signing key": key(keys.signing.private_bytes_raw()),
        "service's code key": key(keys.code.private_bytes_raw()),
    }


def service_process() -> dict[str, bytes]:
    """Give what `ps` would show of the running service."""
    process = Path("/proc") / str(told("wallet-api", "status")["pid"])
    return {name: (process / name).read_bytes() for name in ("cmdline", "environ")}


def opened_copy(database: Path, root: bytes, folder: Path) -> bytes:
    """Give the file of a copy of the books without encryption."""
    copy = Path(shutil.copy(database, folder / "open.db"))
    connection = apsw.Connection(str(copy))
    connection.pragma("key", f"raw:{Keys(root).database.hex()}")
    connection.pragma("journal_mode", "delete")
    connection.pragma("rekey", "")
    connection.close()
    return copy.read_bytes()


def test_nothing_lies_open(wallet_home: Path, tmp_path: Path, codes: dict[str, str]) -> None:
    root = (wallet_home / ROOT_KEY).read_bytes()
    plain = IN_THE_BOOKS | codes | {"PIN": PIN, "wrong PIN": WRONG_PIN, "passphrase": PASSPHRASE}
    plain |= {"identity number": IDENTITY_NUMBER, "bank card": BANK_CARD}
    needles = {name: text(secret) for name, secret in plain.items()}
    needles |= secrets_of("wallet") | secrets_of("pos") | secrets_of_service(root)

    while_running = files(wallet_home) | service_process()
    assert found(needles, {"key": while_running.pop(ROOT_KEY)}) == {"root key in key"}
    assert len(while_running[DATABASE + "-wal"]) > 100_000
    assert b"POST /v1/payments/{id}/confirm 403" in while_running[LOG]
    assert b"WALLET_HOME" in while_running["environ"]
    assert found(needles, while_running) == set()

    told("wallet-api", "stop")
    after_the_end = files(wallet_home)
    del after_the_end[ROOT_KEY]
    assert found(needles, after_the_end) == set()

    # The same search finds what the books hold in a copy without encryption.
    books = {"books": opened_copy(wallet_home / DATABASE, root, tmp_path)}
    in_the_books = {*IN_THE_BOOKS, "merchant's code", "used code"}
    assert found(needles, books) == {f"{name} in books" for name in in_the_books}
