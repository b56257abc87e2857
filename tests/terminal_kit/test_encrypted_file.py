"""The encrypted file: who can open it, what an altered one does, and two writers at once."""

from __future__ import annotations

import fcntl
import stat
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from terminal_kit.credentials.encrypted_file import EncryptedFile
from terminal_kit.folders import exclusive_lock
from tests.terminal_kit.secret_service import REPOSITORY
from wallet_api.contract.errors import SecretMissing, StoreLocked, StoreUnavailable

if TYPE_CHECKING:
    from pathlib import Path

SECRET = b"thirty-two bytes of a device key"
PASSPHRASE = "correct horse"


class Person:
    """Types the given answers, one a prompt, and remembers the prompts."""

    def __init__(self, *answers: str) -> None:
        self.answers = list(answers)
        self.prompts: list[str] = []

    def __call__(self, prompt: str) -> str:
        self.prompts.append(prompt)
        return self.answers.pop(0)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Give the path of a credential file that holds SECRET under PASSPHRASE."""
    path = tmp_path / "profile" / "credentials"
    EncryptedFile(path, ask=Person(PASSPHRASE, PASSPHRASE)).write("device-key", SECRET)
    return path


def opened(path: Path) -> EncryptedFile:
    return EncryptedFile(path, ask=lambda _prompt: PASSPHRASE)


def test_another_process_reads_it_with_the_passphrase(path: Path) -> None:
    assert opened(path).read("device-key") == SECRET


def test_the_passphrase_is_asked_for_once(path: Path) -> None:
    person = Person(PASSPHRASE)
    store = EncryptedFile(path, ask=person)
    store.read("device-key")
    store.write("state-key", b"two")
    store.remove("state-key")
    store.read("device-key")
    assert person.prompts == [f"Passphrase for {path}: "]


def test_the_last_secret_takes_the_file_and_its_passphrase_away(path: Path) -> None:
    opened(path).remove("device-key")
    assert not path.exists()
    person = Person("another", "another")
    EncryptedFile(path, ask=person).write("device-key", SECRET)
    assert EncryptedFile(path, ask=lambda _prompt: "another").read("device-key") == SECRET


def test_what_another_process_wrote_is_seen(path: Path) -> None:
    reader, writer = opened(path), opened(path)
    reader.read("device-key")
    writer.write("device-key", b"newer")
    assert reader.read("device-key") == b"newer"


def test_a_new_file_asks_twice_and_refuses_two_answers(tmp_path: Path) -> None:
    person = Person(PASSPHRASE, "something else")
    with pytest.raises(StoreLocked, match="differ"):
        EncryptedFile(tmp_path / "credentials", ask=person).write("device-key", SECRET)
    assert len(person.prompts) == 2
    assert list(tmp_path.iterdir()) == []


def test_reading_a_file_not_made_yet_asks_nobody(tmp_path: Path) -> None:
    store = EncryptedFile(tmp_path / "credentials", ask=Person())
    with pytest.raises(SecretMissing):
        store.read("device-key")
    assert store.describe().state == "absent"


def test_a_wrong_passphrase_can_be_put_right(path: Path) -> None:
    store = EncryptedFile(path, ask=Person("wrong", "wrong too", PASSPHRASE))
    with pytest.raises(StoreLocked, match=r"passphrase is wrong or it was altered"):
        store.read("device-key")
    with pytest.raises(StoreLocked):
        store.write("device-key", b"replaced")
    assert store.read("device-key") == SECRET


def test_a_description_asks_nobody(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = EncryptedFile(path, ask=Person())
    assert store.describe().state == "locked"
    passphrase = path.with_name("passphrase")
    passphrase.write_text(PASSPHRASE + "\n")
    monkeypatch.setenv("WALLET_PASSPHRASE_FILE", str(passphrase))
    assert store.describe().state == "ready"


def test_it_is_private_and_holds_nothing_readable(path: Path) -> None:
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    raw = path.read_bytes()
    for readable in (SECRET, SECRET[:8], b"device-key", PASSPHRASE.encode()):
        assert readable not in raw
    assert {file.name for file in path.parent.iterdir()} == {"credentials", "credentials.lock"}


def test_each_write_has_a_fresh_nonce(path: Path) -> None:
    store = opened(path)
    nonces = set()
    for _ in range(4):
        store.write("device-key", SECRET)
        nonces.add(path.read_bytes()[36:48])
    assert len(nonces) == 4


REGIONS = {
    "magic": 0,
    "version": 7,
    "memory": 11,
    "passes": 15,
    "lanes": 19,
    "salt": 20,
    "nonce": 36,
    "ciphertext": 48,
    "tag": -1,
}


@pytest.mark.parametrize("region", REGIONS)
def test_an_altered_byte_locks_it(path: Path, region: str) -> None:
    raw = bytearray(path.read_bytes())
    raw[REGIONS[region]] ^= 0x01
    path.write_bytes(raw)
    with pytest.raises(StoreLocked, match=r"altered|version") as raised:
        opened(path).read("device-key")
    assert str(path) in str(raised.value)
    assert raised.value.exit_code == 4


@pytest.mark.parametrize(
    ("offset", "value"),
    [(8, 19 * 1024 - 1), (12, 1), (16, 0), (8, 2**32 - 1), (12, 17), (16, 9)],
)
def test_parameters_out_of_range_are_refused_before_any_work(
    path: Path, offset: int, value: int
) -> None:
    raw = bytearray(path.read_bytes())
    raw[offset : offset + 4] = value.to_bytes(4, "big")
    path.write_bytes(raw)
    person = Person()
    with pytest.raises(StoreLocked, match="out of range"):
        EncryptedFile(path, ask=person).read("device-key")
    assert person.prompts == []


@pytest.mark.parametrize("length", [0, 7, 47, 48, 63, -17, -1])
def test_a_file_cut_short_is_locked(path: Path, length: int) -> None:
    path.write_bytes(path.read_bytes()[:length])
    with pytest.raises(StoreLocked):
        opened(path).read("device-key")


def test_a_file_too_large_is_not_even_read_whole(path: Path) -> None:
    with path.open("ab") as file:
        file.truncate(2**30)
    with pytest.raises(StoreLocked, match="too large"):
        opened(path).read("device-key")


def test_a_damaged_file_is_not_written_over(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-1])
    damaged = path.read_bytes()
    with pytest.raises(StoreLocked):
        opened(path).write("device-key", b"replaced")
    assert path.read_bytes() == damaged


def test_a_path_that_cannot_be_read_or_written_is_unavailable(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    below_a_file = opened(tmp_path / "file" / "credentials")
    a_folder = opened(tmp_path)
    for store in (below_a_file, a_folder):
        with pytest.raises(StoreUnavailable, match="cannot be"):
            store.write("device-key", SECRET)
        assert store.describe().state == "absent"


def test_a_lock_that_cannot_be_made_is_unavailable(path: Path) -> None:
    lock = path.with_name("credentials.lock")
    lock.unlink()
    lock.mkdir()
    with pytest.raises(StoreUnavailable, match="cannot be written"):
        opened(path).write("device-key", b"newer")


def test_a_writer_waits_for_another_no_longer_than_its_limit(path: Path) -> None:
    store = EncryptedFile(path, ask=Person(PASSPHRASE), limit_seconds=0.05)
    with path.with_name("credentials.lock").open("rb") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        with pytest.raises(StoreUnavailable, match=r"0\.05 s"):
            store.write("device-key", b"newer")
        assert store.read("device-key") == SECRET
    store.write("device-key", b"newer")
    assert store.read("device-key") == b"newer"


@pytest.mark.parametrize("made", [True, False])
def test_others_need_not_wait_while_a_person_types(path: Path, made: bool) -> None:
    if not made:
        path.unlink()

    def types_while_another_writes(_prompt: str) -> str:
        with exclusive_lock(path.with_name("credentials.lock"), limit_seconds=0):
            return PASSPHRASE

    EncryptedFile(path, ask=types_while_another_writes).write("state-key", b"two")
    assert opened(path).read("state-key") == b"two"


WRITER = """
import sys
from pathlib import Path
from terminal_kit.credentials.encrypted_file import EncryptedFile
store = EncryptedFile(Path(sys.argv[1]), limit_seconds=30)
print("ready", flush=True)
sys.stdin.readline()
for number in range(20):
    store.write(f"{sys.argv[2]}-{number}", b"secret")
"""


@pytest.mark.parametrize("made", [True, False])
def test_two_processes_lose_no_write_of_each_other(
    path: Path, made: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not made:
        path.unlink()
    passphrase = path.with_name("passphrase")
    passphrase.write_text(PASSPHRASE)
    monkeypatch.setenv("WALLET_PASSPHRASE_FILE", str(passphrase))
    writers = [
        subprocess.Popen(
            [sys.executable, "-c", WRITER, str(path), name],
            cwd=REPOSITORY,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        for name in ("left", "right")
    ]
    for writer in writers:
        assert writer.stdout
        assert writer.stdout.readline() == b"ready\n"
    for writer in writers:
        assert writer.stdin
        writer.stdin.write(b"go\n")
        writer.stdin.flush()
    for writer in writers:
        writer.communicate(timeout=60)
    assert [writer.returncode for writer in writers] == [0, 0]
    store = opened(path)
    for name in ("left", "right"):
        for number in range(20):
            assert store.read(f"{name}-{number}") == b"secret"
