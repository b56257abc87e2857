"""How a QR code's level, quiet zone, version and character set are chosen."""

from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from payment_codes.draw.demands import DEMANDS
from payment_codes.draw.levels import Level
from payment_codes.draw.matrix import Matrix, qr_matrix
from payment_codes.draw.picture import png_bytes
from payment_codes.schemes.table import SCHEMES
from tests.payment_codes.pictures import PAYER_CODE, WORST_CASE
from tests.payment_codes.readers import READERS, Reader, read_zxing


def read(matrix: Matrix, reader: Reader = read_zxing) -> list[str]:
    return reader(Image.open(BytesIO(png_bytes(matrix, scale=4))))


def quiet_zone(matrix: Matrix) -> int:
    return next(y for y, row in enumerate(matrix.rows) if any(row))


def level(matrix: Matrix) -> Level:
    """Return the level that the first two bits of the format information tell (table 25)."""
    zone = quiet_zone(matrix)
    bits = [matrix.rows[zone + 8][zone + x] for x in (0, 1)]
    # The mask of the format information begins with 10 (annex C).
    return {(0, 1): Level.L, (0, 0): Level.M, (1, 1): Level.Q, (1, 0): Level.H}[
        (int(bits[0]) ^ 1, int(bits[1]))
    ]


@pytest.mark.parametrize("asked", list(Level))
def test_a_level_that_is_asked_for_is_drawn(asked: Level) -> None:
    matrix = qr_matrix(WORST_CASE, level=asked)
    assert level(matrix) is asked
    assert read(matrix) == [WORST_CASE]


@pytest.mark.parametrize(
    ("columns", "rows", "expected"),
    [(45, 23, Level.L), (49, 25, Level.M), (80, 28, Level.M), (57, 29, Level.Q), (80, 40, Level.H)],
)
def test_the_highest_level_that_fits_is_taken(columns: int, rows: int, expected: Level) -> None:
    matrix = qr_matrix(WORST_CASE, columns=columns, rows=rows)
    assert (level(matrix), quiet_zone(matrix)) == (expected, 4)
    assert matrix.size <= columns
    assert -(-matrix.size // 2) <= rows


def test_one_side_alone_can_be_what_there_is() -> None:
    assert level(qr_matrix(PAYER_CODE, rows=200)) is Level.H
    assert qr_matrix(WORST_CASE, columns=45).size == 45


def test_where_rows_are_short_the_quiet_zone_is_narrow_and_read_all_the_same() -> None:
    matrix = qr_matrix(WORST_CASE, columns=80, rows=21)
    assert (matrix.size, quiet_zone(matrix), level(matrix)) == (41, 2, Level.L)
    assert read(matrix) == [WORST_CASE]
    assert qr_matrix(WORST_CASE, columns=10, rows=5) == matrix


def test_without_space_or_level_it_is_the_weakest() -> None:
    assert level(qr_matrix(PAYER_CODE)) is Level.L


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize(
    "text",
    [
        "北京",
        "Müller & Søn, Česká",
        "₹ 1,250.00",
        "Привет, мир",
        "00020101021153031565802CN5908最佳运输6304ABCD",
        "A" * 40 + "ß" + "0123456789" * 4,
        "码" * 300,
    ],
)
def test_other_scripts_read_back_right(reader: Reader, text: str) -> None:
    assert read(qr_matrix(text), reader) == [text]


@settings(deadline=None, max_examples=60)
@given(
    st.lists(
        st.text("0123456789", max_size=20) | st.text("ABC $%", max_size=20) | st.text(max_size=30),
        max_size=5,
    )
    .map("".join)
    .filter(bool)
)
def test_any_text_reads_back(text: str) -> None:
    assert read(qr_matrix(text)) == [text]


@settings(deadline=None, max_examples=20)
@given(st.integers(200, 2900), st.sampled_from(Level))
def test_long_texts_read_back_at_every_level_or_are_refused(length: int, asked: Level) -> None:
    text = ("Qr! 0123456789 ABCDEF " * 140)[:length]
    try:
        matrix = qr_matrix(text, level=asked)
    except ValueError:
        assert length > 1200
        return
    assert read(matrix) == [text]


UPN = "UPNQR\nŽiga Čuk\nŠentjur"


@pytest.mark.parametrize("reader", READERS)
def test_a_slovene_order_is_version_15_in_latin_2(reader: Reader) -> None:
    matrix = qr_matrix(UPN, scheme="upnqr", level=Level.H)
    assert (matrix.size, level(matrix)) == (85, Level.M)
    assert read(matrix, reader) == [UPN]
    with pytest.raises(UnicodeEncodeError):
        qr_matrix("UPNQR\n北京", scheme="upnqr")


@pytest.mark.parametrize("reader", READERS)
def test_a_sepa_transfer_is_in_the_character_set_it_names(reader: Reader) -> None:
    text = "BCD\n002\n{}\nSCT\n\nMüller\nDE71110220330123456789\nEUR1.00"
    utf_8, latin_1 = text.format(1), text.format(2)
    assert level(qr_matrix(utf_8, scheme="epc", columns=200, rows=100)) is Level.M
    assert read(qr_matrix(utf_8, scheme="epc"), reader) == [utf_8]
    assert read(qr_matrix(latin_1, scheme="epc"), reader) == [latin_1]


@pytest.mark.parametrize(("scheme", "most"), [("epc", 331), ("swiss-qr", 997)])
def test_the_largest_version_of_a_scheme_is_the_end(scheme: str, most: int) -> None:
    assert level(qr_matrix("a" * most, scheme=scheme)) is Level.M
    with pytest.raises(ValueError, match="too long"):
        qr_matrix("a" * (most + 1), scheme=scheme)


def test_a_russian_order_is_in_its_own_character_set() -> None:
    assert read(qr_matrix("ST00011|Name=Ромашка", scheme="gost-st00011")) == [
        "ST00011|Name=Ромашка"
    ]


def announced(matrix: Matrix) -> bool:
    """Say whether a code names its character set: the first four bits are then 0111.

    They stand in the corner at the lower right, under mask 0 (ISO/IEC 18004, 7.7.3 and 7.8.2).
    """
    last = matrix.size - quiet_zone(matrix) - 1
    places = [(last, last), (last, last - 1), (last - 1, last), (last - 1, last - 1)]
    bits = [matrix.rows[y][x] ^ ((y + x) % 2 == 0) for y, x in places]
    return bits == [False, True, True, True]


def test_a_character_set_is_named_where_it_must_be_and_nowhere_else() -> None:
    assert not announced(qr_matrix(WORST_CASE))
    assert announced(qr_matrix("Müller"))
    assert announced(qr_matrix("UPNQR", scheme="upnqr"))
    assert not announced(qr_matrix("ST00013|Name=Ромашка", scheme="gost-st00013"))


def test_only_known_schemes_demand_anything() -> None:
    assert set(DEMANDS) <= {scheme.id for scheme in SCHEMES}
