import time

import pytest

from payment_codes.emv import tlv
from payment_codes.emv.frame import divided, in_reading_order, read_outside
from payment_codes.emv.rules import issues_of
from payment_codes.emv.table import ROOT
from payment_codes.fields import DataObject
from payment_codes.parsing import parse
from tests.payment_codes.fields import Fields, code, with_crc

GOOD: Fields = {
    "00": "01",
    "01": "12",
    "26": {"00": "ORG.EXAMPLE", "01": "A1"},
    "52": "5411",
    "53": "156",
    "58": "CN",
    "59": "SHOP",
    "60": "BEIJING",
}
TEXT = code(GOOD)
BODY = TEXT[:-8]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (TEXT, []),
        (BODY, [("crc_missing", "63")]),
        (BODY + "6304", [("truncated", "63")]),
        (BODY + "630", [("truncated", "")]),
        (BODY + "x", [("structure", "")]),
        (TEXT + "x", [("trailing", "63")]),
        (TEXT[:-1] + "x", [("crc_wrong", "63")]),
        (TEXT[:-4] + TEXT[-4:].lower(), [("value", "63")]),
        (with_crc(TEXT[:-4].replace("2621", "2699")), [("truncated", "26")]),
        (code(GOOD | dict.fromkeys(("65", "66", "67", "68", "69"), "x" * 90)), [("too_long", "")]),
    ],
)
def test_the_fault_of_the_outside_is_named(text: str, found: list[tuple[str, str]]) -> None:
    _, issues = read_outside(text)
    assert [(issue.code, issue.where) for issue in issues] == found


def test_lengths_in_bytes_are_told_from_a_cut_code() -> None:
    name = "咖啡店"
    field = f"59{len(name.encode()):02}{name}"
    text = with_crc(BODY.replace("5904SHOP", field) + "6304")
    assert "encoding" in {issue.code for issue in parse(text).issues}
    assert "encoding" not in {issue.code for issue in parse(text[:-1]).issues}


def test_the_check_sum_may_stand_in_another_field() -> None:
    text = "000201" + "9104"
    assert not read_outside(with_crc(text), "91")[1]
    assert [issue.code for issue in read_outside(with_crc(text))[1]] == ["crc_missing"]


def test_issues_stand_in_the_order_of_reading() -> None:
    fields = GOOD | {"01": "13", "26": {"01": "A1"}, "52": "food", "54": "1,5", "62": {"09": "X"}}
    del fields["60"]
    text = code(fields)
    found = [issue.where for issue in parse(text[:-1] + "x").issues]
    assert found == ["01", "26.00", "52", "54", "62.09", "63", "60"]


def test_an_issue_is_told_once() -> None:
    objects = (DataObject("54", "x"),)
    issues = list(issues_of(objects))
    assert in_reading_order(issues * 2, objects) == in_reading_order(issues, objects)


def test_of_a_cut_code_nobody_says_what_is_missing() -> None:
    assert [issue.code for issue in parse(TEXT[:60]).issues] == ["truncated"]


@pytest.mark.parametrize("value", ["no data", "0104ab", "0199x", "01"])
def test_a_template_that_does_not_divide_is_kept(value: str) -> None:
    objects = divided((DataObject("62", value),), ROOT)
    assert objects == (DataObject("62", value),)
    assert tlv.write(objects) == f"62{len(value):02}{value}"


@pytest.mark.parametrize(
    "piece",
    ["6500", "2604", "5400", "0002", "2608000001AB", "62040500", "59022€", "000201", "5201x",
     "64990002ZH", "269900", "9999", "6304", "00020163041D3D", "é", "0"],
)  # fmt: skip
def test_no_text_takes_long(piece: str) -> None:
    text = ("000201" + piece * 4096)[:4096]
    best = min(_seconds(text) for _ in range(5))
    # Five times what is promised: other programs run beside the tests.
    assert best < 0.025


def _seconds(text: str) -> float:
    begun = time.perf_counter()
    parse(text)
    return time.perf_counter() - begun
