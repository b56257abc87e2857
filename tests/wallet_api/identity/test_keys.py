"""The root key: one label per use, and a wrong one stops the start."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.wallet_api.identity.conftest import PATIENCE
from wallet_api.identity.keys import Keys, WrongRootKeyError, recognise

if TYPE_CHECKING:
    from wallet_api.store.engine import Engine


def derived(keys: Keys) -> list[bytes]:
    return [
        keys.database,
        keys.pin,
        keys.signing.private_bytes_raw(),
        keys.code.private_bytes_raw(),
        keys.signing_public,
        keys.code_public,
        keys.check_value,
    ]


def test_each_use_has_its_own_key(keys: Keys) -> None:
    values = derived(keys)
    assert len(set(values)) == len(values)
    assert {len(value) for value in values} == {32}
    assert bytes(range(32)) not in values


def test_the_same_root_gives_the_same_keys(keys: Keys) -> None:
    assert derived(Keys(bytes(range(32)))) == derived(keys)
    assert not set(derived(Keys(bytes(32)))) & set(derived(keys))


@pytest.mark.parametrize("root", [b"", bytes(31), bytes(33)])
def test_a_root_key_has_32_bytes(root: bytes) -> None:
    with pytest.raises(AssertionError):
        Keys(root)


def test_a_new_database_takes_its_key_and_no_other(engine: Engine, keys: Keys) -> None:
    for _ in range(2):
        engine.submit(lambda tx, _now: recognise(tx, keys)).result(PATIENCE)
    stranger = engine.submit(lambda tx, _now: recognise(tx, Keys(bytes(32))))
    assert isinstance(stranger.exception(PATIENCE), WrongRootKeyError)
    engine.submit(lambda tx, _now: recognise(tx, keys)).result(PATIENCE)
