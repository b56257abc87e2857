"""The ladder's order, its end, and its closer looks at what seems to be a code."""

from itertools import count

import pytest

from payment_codes.emv.crc import crc16
from payment_codes.scan.decoder import Corners, Found, GreyPicture, Sight
from payment_codes.scan.ladder import Deadline, Ladder
from tests.payment_codes.decoders import Seeing, sight

PICTURE = GreyPicture(400, 300, bytes(400 * 300))
SUSPECT: Corners = ((200, 100), (260, 100), (260, 160), (200, 160))
SUMMED = "0002010102116304AD0A"
FOREVER = Deadline(1, clock=lambda: 0)


def climb(*decoders: Seeing, deadline: Deadline = FOREVER) -> list[str]:
    eyes = [(decoder, decoder.opened().__enter__()) for decoder in decoders]
    return [code.text for code in Ladder(eyes, deadline).climb(PICTURE, tuple)]


def sizes(decoder: Seeing) -> list[tuple[int, int]]:
    return [(picture.width, picture.height) for picture in decoder.looked_at]


def test_the_first_look_that_shows_a_code_is_the_last() -> None:
    first, second = Seeing(sight("A"), rounds=[("half",)]), Seeing(rounds=[("plain",)])
    assert climb(first, second) == ["A"]
    assert (len(first.looked_at), len(second.looked_at)) == (1, 0)


def test_the_decoders_take_turns_with_a_round_of_repairs_each() -> None:
    first = Seeing(rounds=[("half", "third"), ("double",)])
    second = Seeing(Sight(), Sight(), sight("B"), rounds=[("plain", "half"), ("third", "bordered")])
    assert climb(first, second) == ["B"]
    assert sizes(first) == [(400, 300), (200, 150), (134, 100), (800, 600)]
    assert sizes(second) == [(400, 300), (200, 150), (134, 100)]


@pytest.mark.parametrize(("steps", "looks"), [(0, 1), (2, 1), (3, 2), (5, 4), (99, 6)])
def test_no_step_is_begun_after_the_deadline(steps: int, looks: int) -> None:
    # The clock goes on by one with every question: one when it begins, one before every step, and
    # one before other colours.
    clock = count()
    decoder = Seeing(rounds=[("half", "third", "double"), ("soft", "median")])
    assert climb(decoder, deadline=Deadline(steps, clock=lambda: next(clock))) == []
    assert len(decoder.looked_at) == looks


def test_other_colours_are_looked_at_where_the_grey_shows_nothing() -> None:
    decoder = Seeing(Sight(), Sight(), sight("A"))
    red, green, blue = (GreyPicture(1, 1, bytes([grey])) for grey in range(3))
    ladder = Ladder([(decoder, decoder.opened().__enter__())], FOREVER)
    assert [code.text for code in ladder.climb(PICTURE, lambda: (red, green, blue))] == ["A"]
    assert decoder.looked_at == [PICTURE, red, green]


def test_the_place_of_a_code_in_a_repaired_picture_is_told_for_the_one_that_was_given() -> None:
    decoder = Seeing(Sight(), sight("A"), rounds=[("half",)])
    (found,) = Ladder([(decoder, decoder.opened().__enter__())], FOREVER).climb(PICTURE, tuple)
    assert found.position == ((20, 20), (180, 20), (180, 180), (20, 180))


def test_where_another_code_seems_to_be_it_looks_more_closely() -> None:
    near: Corners = ((18, 18), (78, 18), (78, 78), (18, 78))
    decoder = Seeing(
        Sight(sight("A").found, [SUSPECT]),
        Sight(),
        Sight([Found("B", "qr", "seeing", near)]),
        rounds=[("soft", "median")],
    )
    eyes = [(decoder, decoder.opened().__enter__())]
    found = Ladder(eyes, FOREVER).climb(PICTURE, tuple)
    assert [code.text for code in found] == ["A", "B"]
    # The cut is 60 pixels wide, with a margin of 18, so B lies where it seemed to be.
    assert sizes(decoder)[1:] == [(96, 96), (96, 96)]
    assert found[1].position == SUSPECT


@pytest.mark.parametrize(
    "suspects",
    [
        pytest.param([((20, 20), (80, 20), (80, 80), (20, 80))], id="a part of the code"),
        pytest.param(
            [((0, 0),) * 4, ((200, 100), (205, 100), (205, 105), (200, 105))], id="specks"
        ),
        pytest.param([((0, 110), (399, 110), (399, 299), (0, 299))], id="most of the picture"),
    ],
)
def test_it_does_not_look_more_closely_at(suspects: list[Corners]) -> None:
    decoder = Seeing(Sight(sight("A").found, suspects), rounds=[("soft",)])
    assert climb(decoder) == ["A"]
    assert len(decoder.looked_at) == 1


def test_decoders_that_disagree_are_not_believed_unless_the_code_itself_decides() -> None:
    assert crc16(SUMMED[:-4]) == SUMMED[-4:]
    assert climb(Seeing(sight("A", "B"))) == []
    assert climb(Seeing(sight(SUMMED, "B"))) == [SUMMED]
    disagreeing = Seeing(sight("A", "B")), Seeing(sight("A"), sight("B"), rounds=[("plain",)])
    assert climb(*disagreeing) == []
