"""Which codes are believed: texts that contradict each other, and bars seen only once."""

import pytest

from payment_codes.emv.crc import crc16
from payment_codes.scan.belief import Belief
from payment_codes.scan.decoder import Corners, Found, Kind

HERE: Corners = ((0, 0), (100, 0), (100, 100), (0, 100))
NEARLY: Corners = ((4, 4), (98, 2), (103, 99), (1, 97))
BESIDE: Corners = ((200, 0), (300, 0), (300, 100), (200, 100))
SUMMED = "000201010211" + "6304"
RIGHT = SUMMED + crc16(SUMMED)
BROKEN = SUMMED + "0000"


def code(
    text: str, place: Corners | None = HERE, kind: Kind = "qr", decoder: str = "zxing-cpp"
) -> Found:
    return Found(text, kind, decoder, place)


def believed(*looks: list[Found], faithful: bool = False) -> list[str]:
    belief = Belief()
    for found in looks:
        belief.see(found, faithful=faithful)
    return [found.text for found in belief.believed()]


def test_a_qr_code_is_believed_at_first_sight() -> None:
    assert believed([code("A")]) == ["A"]


def test_bars_are_believed_at_first_sight_only_in_the_picture_as_it_is() -> None:
    bars = code("12", kind="code128")
    assert believed([bars], faithful=True) == ["12"]
    assert believed([bars]) == []
    assert believed([bars], [bars]) == ["12"]
    assert believed([bars], [code("34", kind="code128")]) == []


@pytest.mark.parametrize("place", [HERE, NEARLY, None])
@pytest.mark.parametrize("texts", [("A", "B"), (BROKEN, "A"), (RIGHT, RIGHT.replace("11", "12"))])
def test_of_two_texts_in_one_place_neither_is_believed_without_a_check_sum(
    texts: tuple[str, str], place: Corners | None
) -> None:
    first, second = texts
    expected = [RIGHT] if RIGHT in texts else []
    assert believed([code(first)], [code(second, place, decoder="zbar")]) == expected
    assert believed([code(second)], [code(first, place, decoder="zbar")]) == expected


def test_two_texts_with_right_check_sums_in_one_place_are_both_doubted() -> None:
    head = "000201010212" + "6304"
    assert believed([code(RIGHT)], [code(head + crc16(head))]) == []


def test_texts_in_different_places_and_of_different_kinds_do_not_contradict() -> None:
    found = [code("A"), code("B", BESIDE), code("12", kind="code128")]
    assert believed(found, faithful=True) == ["A", "B", "12"]


def test_a_lower_case_check_sum_counts() -> None:
    lower = RIGHT[:-4] + RIGHT[-4:].lower()
    assert believed([code(lower)], [code("A")]) == [lower]
