"""The bad pictures of ``scripts/bench scanning``: one of each kind, and wrong texts of none."""

import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageFilter

sys.path.insert(0, str(Path(__file__).parents[2] / "scripts"))

from benchmarks.distortions import effects
from benchmarks.distortions.originals import Chance, bars, original
from benchmarks.distortions.table import KINDS, LATER, names, sample

from payment_codes.scan.picture import load_picture
from payment_codes.scan.scanner import scan, scan_picture
from payment_codes.scan.straight import straightened
from payment_codes.scan.view import View
from payment_codes.scan.zxing import ZxingDecoder
from tests.payment_codes.pictures import grey_picture, needs_zbar

SEED = 1


@pytest.mark.parametrize("kind", [*names("tuned"), *names("held"), *names("later")])
@needs_zbar[0]
@needs_zbar[1]
def test_a_picture_of_each_kind_is_read(kind: str) -> None:
    one = sample(SEED, kind, 0)
    assert {code.text for code in scan(one.picture)} == one.texts


def test_a_grid_that_began_in_a_wrong_row_is_followed_again_from_the_rest() -> None:
    one = sample(SEED, "curved", 8)
    straight = straightened(0, View(load_picture(one.picture)))
    assert straight is not None
    assert {code.text for code in ZxingDecoder().decode(straight.picture).found} == one.texts


def test_a_picture_follows_from_its_seed_kind_and_number() -> None:
    assert sample(5, "gloss", 3) == sample(5, "gloss", 3)
    assert sample(5, "gloss", 3).picture != sample(5, "gloss", 4).picture
    assert sample(5, "gloss", 3).picture != sample(6, "gloss", 3).picture


def test_a_third_of_the_kinds_was_held_out_and_none_belongs_to_two_parts() -> None:
    tuned, held, later = names("tuned"), names("held"), names("later")
    assert sorted(tuned + held) == sorted(KINDS)
    assert len(held) == len(KINDS) // 3
    assert sorted(later) == sorted(LATER)
    assert not set(KINDS) & set(LATER)


@settings(max_examples=25)
@given(st.integers(0, 10_000), st.floats(0, 60), st.floats(0, 0.3), st.floats(0, 4), st.booleans())
def test_a_damaged_picture_gives_the_right_text_or_none(
    seed: int, grain: float, share: float, blur: float, lines: bool
) -> None:
    chance = Chance(str(seed))
    image = bars(chance, 2, 30) if lines else original(chance, (2, 4)).image()
    image = image.filter(ImageFilter.GaussianBlur(blur))
    image = effects.specks(chance, effects.noise(chance, image, grain + 0.1), share)
    image.paste(chance.randrange(256), (chance.randrange(image.width), 0, image.width, 20))
    found = scan_picture(grey_picture(image), patience=0.1)
    assert {code.text for code in found} <= chance.shown


@pytest.mark.parametrize("colours", [1, 2, 5])
def test_chance_is_no_code(colours: int) -> None:
    chance = Chance(str(colours))
    noise = effects.noise(chance, Image.new("L", (200, 200), 128), 90)
    blocks = noise.quantize(colours + 1).convert("L").resize((800, 800), Image.Resampling.NEAREST)
    assert scan_picture(grey_picture(blocks), patience=0.5) == []
