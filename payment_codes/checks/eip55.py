"""The check sum of an Ethereum address: the case of its letters (EIP-55)."""

from __future__ import annotations

from typing import Final

_ROUNDS: Final = 24
_LANES: Final = 25
_RATE: Final = 136
_MASK: Final = (1 << 64) - 1


def is_right(digits: str) -> bool:
    """Say whether 40 hexadecimal digits fit; those of one case have no check sum."""
    if digits in (digits.lower(), digits.upper()):
        return True
    return digits == cased(digits)


def cased(digits: str) -> str:
    """Return 40 hexadecimal digits with the case that is their check sum."""
    small = digits.lower()
    marks = keccak256(small.encode("ascii")).hex()
    pairs = zip(small, marks, strict=False)
    return "".join(digit.upper() if mark >= "8" else digit for digit, mark in pairs)


def keccak256(data: bytes) -> bytes:
    """Return the hash of data: SHA3-256 but for the padding, which begins with 0x01."""
    return sponge(data, 0x01)


def sponge(data: bytes, padding: int) -> bytes:
    """Return 256 bits of Keccak's sponge (FIPS 202 §4); `padding` is the first byte after data."""
    padded = bytearray(data + bytes([padding]) + bytes(-(len(data) + 1) % _RATE))
    padded[-1] |= 0x80
    lanes = [0] * _LANES
    for start in range(0, len(padded), _RATE):
        for lane in range(_RATE // 8):
            at = start + 8 * lane
            lanes[lane] ^= int.from_bytes(padded[at : at + 8], "little")
        lanes = _permuted(lanes)
    return b"".join(lane.to_bytes(8, "little") for lane in lanes[:4])


def _permuted(lanes: list[int]) -> list[int]:
    for constant in _CONSTANTS:
        columns = [lanes[x] ^ lanes[x + 5] ^ lanes[x + 10] ^ lanes[x + 15] ^ lanes[x + 20]
                   for x in range(5)]  # fmt: skip
        mixed = [columns[x - 1] ^ _turned(columns[(x + 1) % 5], 1) for x in range(5)]
        moved = [0] * _LANES
        for source, target, by in _MOVES:
            moved[target] = _turned(lanes[source] ^ mixed[source % 5], by)
        lanes = [
            moved[at] ^ (~moved[at - at % 5 + (at + 1) % 5] & moved[at - at % 5 + (at + 2) % 5])
            for at in range(_LANES)
        ]
        lanes[0] ^= constant
    return lanes


def _turned(lane: int, by: int) -> int:
    return (lane << by | lane >> 64 - by) & _MASK


def _moves() -> tuple[tuple[int, int, int], ...]:
    """Return from where, to where and by how much each lane moves (steps rho and pi)."""
    turns = {0: 0}
    x, y = 1, 0
    for step in range(_ROUNDS):
        turns[x + 5 * y] = (step + 1) * (step + 2) // 2 % 64
        x, y = y, (2 * x + 3 * y) % 5
    return tuple(
        (x + 5 * y, y + 5 * ((2 * x + 3 * y) % 5), turns[x + 5 * y])
        for x in range(5)
        for y in range(5)
    )


def _constants() -> tuple[int, ...]:
    """Return the round constants from their shift register (step iota)."""
    register, found = 1, []
    for _ in range(_ROUNDS):
        constant = 0
        for power in range(7):
            if register & 1:
                constant |= 1 << (1 << power) - 1
            register <<= 1
            if register & 0x100:
                register ^= 0x171
        found.append(constant)
    return tuple(found)


_MOVES: Final = _moves()
_CONSTANTS: Final = _constants()
