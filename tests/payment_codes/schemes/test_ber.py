import pytest
from hypothesis import given
from hypothesis import strategies as st

from payment_codes.errors import CodeInvalid
from payment_codes.fields import DataObject
from payment_codes.schemes.ber import DEEPEST, Fault, Found, read, write

PRIMITIVES = st.sampled_from(["4F", "50", "5A", "82", "9F26", "5F2D", "DF8101"])
TEMPLATES = st.sampled_from(["61", "62", "63", "BF0C"])
VALUES = st.binary(max_size=300).map(lambda data: data.hex().upper())
OBJECTS = st.recursive(
    st.builds(DataObject, PRIMITIVES, VALUES),
    lambda inner: st.builds(
        DataObject, TEMPLATES, st.lists(inner, min_size=1, max_size=3).map(tuple)
    ),
    max_leaves=6,
)


@given(st.lists(OBJECTS, max_size=4).map(tuple))
def test_what_is_written_reads_back(objects: tuple[DataObject, ...]) -> None:
    assert read(write(objects)) == (objects, [])


@given(st.binary(max_size=200))
def test_any_bytes_are_read_and_right_ones_written_back(data: bytes) -> None:
    objects, faults = read(data)
    if not faults:
        assert write(objects) == data


@pytest.mark.parametrize(
    ("data", "found"),
    [
        ("", []),
        ("5001AA", []),
        ("50", [Found(Fault.CUT, "50")]),
        ("5002AA", [Found(Fault.CUT, "50")]),
        ("5080AA0000", [Found(Fault.LENGTH, "50")]),
        ("508FAA", [Found(Fault.LENGTH, "50")]),
        ("508101AA", [Found(Fault.LONG_FORM, "50")]),
        ("50820001AA", [Found(Fault.LONG_FORM, "50")]),
        ("5082", [Found(Fault.CUT, "50")]),
        ("00", [Found(Fault.TAG, "")]),
        ("9F", [Found(Fault.TAG, "")]),
        ("9F8080", [Found(Fault.TAG, "")]),
        ("61045002AA01", []),
        ("61025002", [Found(Fault.CUT, "61.50")]),
        ("610200AA", [Found(Fault.TAG, "61")]),
    ],
)
def test_faults_have_a_place(data: str, found: list[Found]) -> None:
    if data == "61045002AA01":
        assert read(bytes.fromhex(data))[0] == (DataObject("61", (DataObject("50", "AA01"),)),)
    assert read(bytes.fromhex(data))[1] == found


@pytest.mark.parametrize("length", [0, 1, 127, 128, 255, 256, 65535])
def test_lengths_are_as_short_as_can_be(length: int) -> None:
    objects = (DataObject("50", "AB" * length),)
    assert read(write(objects)) == (objects, [])


def test_templates_inside_of_templates_end_somewhere() -> None:
    data = b"\x50\x00"
    for _ in range(60):
        data = write((DataObject("61", data.hex()),))
    objects, faults = read(data)
    assert not faults
    assert write(objects) == data
    depth = 0
    while not isinstance(objects[0].value, str):
        objects, depth = objects[0].value, depth + 1
    assert depth == DEEPEST


@pytest.mark.parametrize(
    ("tag", "value"), [("50", "A"), ("50", "xy"), ("5", "AA"), ("", ""), ("50", "AA" * 65536)]
)
def test_what_is_no_byte_is_not_written(tag: str, value: str) -> None:
    with pytest.raises(CodeInvalid):
        write((DataObject(tag, value),))
