"""The bytes of the encrypted file, whatever they hold."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from terminal_kit.credentials.file_format import (
    CannotOpenError,
    KeyDerivation,
    derivation_of,
    seal,
    unseal,
)

KEY = bytes(range(32))
DERIVATION = KeyDerivation(salt=bytes(16))
SEALED = seal({"device-key": b"secret"}, DERIVATION, KEY)

secret_maps = st.dictionaries(st.text(), st.binary())


@given(secret_maps)
def test_secrets_come_back(secrets: dict[str, bytes]) -> None:
    sealed = seal(secrets, DERIVATION, KEY)
    assert derivation_of(sealed) == DERIVATION
    assert unseal(sealed, KEY) == secrets


@given(st.integers(0, len(SEALED) - 1), st.integers(1, 255))
def test_no_altered_byte_goes_unseen(position: int, change: int) -> None:
    altered = bytearray(SEALED)
    altered[position] ^= change
    with pytest.raises(CannotOpenError):
        unseal(bytes(altered), KEY)


@given(st.binary(max_size=200))
def test_foreign_bytes_are_refused(foreign: bytes) -> None:
    with pytest.raises(CannotOpenError):
        derivation_of(foreign)


def test_the_key_is_argon2id_of_the_parameters_in_the_header() -> None:
    # From the reference implementation (libargon2), as its command line gives it:
    # printf password | argon2 somesaltsomesalt -id -t 2 -k 19456 -p 1 -l 32 -r
    key = KeyDerivation(salt=b"somesaltsomesalt").key(b"password")
    assert key.hex() == "2b5dc4054886ec957ef59c73b661c54dd6fb274590b278f657c6d96aac8fa6d1"
