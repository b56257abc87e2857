"""What customers present: our codes are taken, others are named and nothing of them is repeated."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PIL import Image

from payment_codes.draw.picture import save_code
from payment_codes.errors import CodeForeign, CodeUnreadable, NoCodeFound
from pos.presented import payer_code, payer_code_at
from terminal_kit.reading import Source
from wallet_api.contract.errors import Usage

if TYPE_CHECKING:
    from pathlib import Path

OURS = "781234567890123456"


@pytest.mark.parametrize("text", [OURS, " 7812 3456 7890 1234 56\n", "7812-3456-7890-1234-56"])
def test_our_digits_are_taken(text: str) -> None:
    assert payer_code(text) == OURS


@pytest.mark.parametrize(
    ("text", "scheme"),
    [
        ("281234567890123456", "Alipay"),
        ("134567890123456789", "WeChat Pay"),
        ("6212345678901234567", "UnionPay"),
        ("https://qr.alipay.com/bax00", "Alipay"),
        ("00020126TERMWALLET", "a code that a wallet scans"),
    ],
)
def test_another_wallets_code_is_named_and_not_repeated(text: str, scheme: str) -> None:
    with pytest.raises(CodeForeign) as caught:
        payer_code(text)
    assert caught.value.details == {"scheme": scheme}
    assert text not in str(caught.value)


@pytest.mark.parametrize("text", ["", "12.50", "6901234567892", "990000000000000001"])
def test_what_is_no_payer_code_is_said_to_be(text: str) -> None:
    with pytest.raises(CodeUnreadable):
        payer_code(text)


def test_a_picture_of_our_code_is_read(tmp_path: Path) -> None:
    save_code(OURS, tmp_path / "code.png")
    assert payer_code_at(Source(image=str(tmp_path / "code.png"))) == OURS


def test_a_picture_of_something_else_says_what_it_is(tmp_path: Path) -> None:
    save_code("https://qr.alipay.com/bax00", tmp_path / "code.png")
    with pytest.raises(CodeForeign):
        payer_code_at(Source(image=str(tmp_path / "code.png")))


def test_one_code_drawn_twice_is_one_and_two_are_too_many(tmp_path: Path) -> None:
    def side_by_side(*texts: str) -> Source:
        pictures = []
        for number, text in enumerate(texts):
            save_code(text, tmp_path / f"{number}.png")
            pictures.append(Image.open(tmp_path / f"{number}.png"))
        both = Image.new("1", (sum(one.width for one in pictures), pictures[0].height), 1)
        left = 0
        for one in pictures:
            both.paste(one, (left, 0))
            left += one.width
        both.save(tmp_path / "both.png")
        return Source(image=str(tmp_path / "both.png"))

    assert payer_code_at(side_by_side(OURS, OURS)) == OURS
    assert payer_code_at(side_by_side("https://qr.alipay.com/bax00", OURS)) == OURS
    with pytest.raises(Usage) as caught:
        payer_code_at(side_by_side(OURS, "789999999999999999"))
    assert OURS not in str(caught.value)


def test_a_picture_without_a_code_says_so(tmp_path: Path) -> None:
    Image.new("1", (80, 80), 1).save(tmp_path / "empty.png")
    with pytest.raises(NoCodeFound):
        payer_code_at(Source(image=str(tmp_path / "empty.png")))
