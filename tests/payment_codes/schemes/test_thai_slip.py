import pytest

from payment_codes.building import build
from payment_codes.code import Order
from payment_codes.errors import CodeInvalid
from payment_codes.parsing import parse
from payment_codes.schemes.table import by_id
from tests.payment_codes.emv.profiles.editing import LENIENT, STRICT, Found, issues_of
from tests.payment_codes.fields import Fields, code, with_crc

SLIP = by_id("thai-slip-verify")
TRANSFER = {"00": "000001", "01": "002", "02": "0002123123121200011"}


def slip(fields: Fields) -> str:
    """Return a slip's code whose check sum in 91 holds."""
    return with_crc(code(fields)[:-8] + "9104")


@pytest.mark.parametrize(
    ("fields", "found"),
    [
        ({"00": TRANSFER, "51": "TH"}, []),
        ({"00": TRANSFER, "51": "TH", "77": "kept"}, []),
        ({"00": TRANSFER}, [("missing", "51", STRICT)]),
        ({"00": TRANSFER, "51": "US"}, [("country_wrong", "51", STRICT)]),
        ({"00": TRANSFER | {"00": "000002"}, "51": "TH"}, [("value", "00.00", STRICT)]),
        ({"00": TRANSFER | {"01": "02X"}, "51": "TH"}, [("value", "00.01", LENIENT)]),
        (
            {"00": TRANSFER | {"01": "0020"}, "51": "TH"},
            [("length", "00.01", LENIENT), ("value", "00.01", LENIENT)],
        ),
        ({"00": TRANSFER | {"02": ""}, "51": "TH"}, [("empty", "00.02", STRICT)]),
        (
            {"00": {"00": "000001", "01": "002", "07": "0" * 20}, "51": "TH"},
            [("missing", "00.02", LENIENT)],
        ),
    ],
)
def test_a_slip_that_breaks_one_rule(fields: Fields, found: list[Found]) -> None:
    assert issues_of(slip(fields)) == found


def test_the_check_sum_is_in_91() -> None:
    right = slip({"00": TRANSFER, "51": "TH"})
    assert right == "004000060000010103002021900021231231212000115102TH91049C30"
    assert issues_of(right[:-1] + "1") == [("crc_wrong", "91", LENIENT)]
    assert issues_of(right[:-4] + "9c30") == [("value", "91", STRICT)]
    assert issues_of(right[:-8]) == [("crc_missing", "91", LENIENT)]
    assert issues_of(right + "9901X") == [("order", "91", LENIENT)]


def test_nobody_pays_by_a_slip() -> None:
    read = parse(slip({"00": TRANSFER, "51": "TH"}))
    assert (read.account, read.amount, read.payer_enters_amount) == (None, None, False)
    assert read.reference == TRANSFER["02"]
    with pytest.raises(CodeInvalid) as caught:
        build(SLIP, Order(account="1", reference="2"))
    assert caught.value.details["field"] == "account"
