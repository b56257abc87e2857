"""Sealed files: what is saved comes back, to the holder of the key and to nobody else."""

from __future__ import annotations

import stat
from typing import TYPE_CHECKING

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from terminal_kit.sealed import SealedFile
from wallet_api.contract.errors import StateDamaged

if TYPE_CHECKING:
    from pathlib import Path

KEY = bytes(range(32))


class Note(msgspec.Struct, frozen=True):
    payee: str
    minor: int


NOTES = [Note("咖啡店", 1250), Note("Bakery", 300)]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "state" / "notes"
    SealedFile(path, KEY).save(NOTES)
    return path


def test_what_is_saved_comes_back(path: Path) -> None:
    assert SealedFile(path, KEY).load(list[Note]) == NOTES


def test_nothing_saved_is_nothing(tmp_path: Path) -> None:
    assert SealedFile(tmp_path / "notes", KEY).load(list[Note]) is None


def test_it_is_private_and_holds_nothing_readable(path: Path) -> None:
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    for readable in ("Bakery", "咖啡店", "payee", "1250"):
        assert readable.encode() not in path.read_bytes()


def test_the_same_value_never_looks_the_same(path: Path) -> None:
    before = path.read_bytes()
    SealedFile(path, KEY).save(NOTES)
    after = path.read_bytes()
    assert before[8:20] != after[8:20]
    assert before[20:] != after[20:]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_no_altered_byte_goes_unseen(path: Path, data: st.DataObject) -> None:
    SealedFile(path, KEY).save(NOTES)
    altered = bytearray(path.read_bytes())
    altered[data.draw(st.integers(0, len(altered) - 1))] ^= data.draw(st.integers(1, 255))
    path.write_bytes(altered)
    with pytest.raises(StateDamaged):
        SealedFile(path, KEY).load(list[Note])


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(foreign=st.binary(max_size=60), headed=st.booleans())
def test_foreign_bytes_are_damage(path: Path, foreign: bytes, headed: bool) -> None:
    path.write_bytes(b"TWSEAL\x00\x01" + foreign if headed else foreign)
    with pytest.raises(StateDamaged):
        SealedFile(path, KEY).load(list[Note])


def test_another_key_does_not_open_it(path: Path) -> None:
    with pytest.raises(StateDamaged) as raised:
        SealedFile(path, bytes(32)).load(list[Note])
    assert str(path) in str(raised.value)
    assert raised.value.exit_code == 4


def test_one_file_cannot_be_put_in_the_place_of_another(path: Path) -> None:
    other = path.with_name("other")
    other.write_bytes(path.read_bytes())
    with pytest.raises(StateDamaged):
        SealedFile(other, KEY).load(list[Note])


def test_a_value_of_another_shape_is_damage(path: Path) -> None:
    with pytest.raises(StateDamaged):
        SealedFile(path, KEY).load(dict[str, int])


def test_a_key_of_the_wrong_length_is_refused(path: Path) -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        SealedFile(path, b"short")
