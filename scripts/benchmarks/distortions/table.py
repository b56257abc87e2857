"""Every kind of bad picture by its name, and the pictures of each by their numbers."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Literal

from benchmarks.distortions import cameras, later, screens, surfaces, unseen
from benchmarks.distortions.originals import Chance

if TYPE_CHECKING:
    from collections.abc import Callable

    from PIL import Image

Part = Literal["tuned", "held", "later", "unseen", "all"]


@dataclass(frozen=True)
class Sample:
    """A bad picture as the bytes of a file, and the texts that are in it."""

    kind: str
    number: int
    picture: bytes
    texts: frozenset[str]


KINDS: dict[str, Callable[[Chance], Image.Image]] = {
    kind.__name__: kind
    for kind in (
        *(surfaces.dirt, surfaces.dithered, surfaces.fax, surfaces.newsprint, surfaces.logo),
        *(surfaces.curved, surfaces.barrel, surfaces.transparent, surfaces.colours),
        *(cameras.rotation, cameras.gaussian_blur, cameras.motion_blur, cameras.defocus),
        *(cameras.gaussian_noise, cameras.salt_and_pepper, cameras.low_contrast),
        *(cameras.uneven_light, cameras.gloss, cameras.shadow, cameras.perspective, cameras.jpeg),
        *(cameras.screen_photograph, cameras.webcam, cameras.mirrored, cameras.inverted),
        *(screens.terminal_dark, screens.terminal_light, screens.terminal_gaps),
        *(screens.terminal_fraction, screens.terminal_wide, screens.white_ground),
        *(screens.grey_ground, screens.black_ground, screens.cropped, screens.tiny),
        *(screens.tiny_fraction, screens.clutter, screens.bars_rotated, screens.bars_blurred),
        *(screens.bars_short, screens.several),
    )
}


LATER: dict[str, Callable[[Chance], Image.Image]] = {
    kind.__name__: kind
    for kind in (
        *(later.wavy, later.ghost, later.flicker, later.posterised, later.dots, later.scratched),
        *(later.interlaced, later.distant, later.bars_tilted, later.squeezed),
    )
}


UNSEEN: dict[str, Callable[[Chance], Image.Image]] = {
    kind.__name__: kind
    for kind in (
        *(unseen.folded, unseen.torn, unseen.watermark, unseen.misregistered, unseen.thumbnail),
        *(unseen.snapshot, unseen.huge, unseen.bars_worn),
    )
}


def names(part: Part) -> list[str]:
    """Give the kinds of a part.

    Every third of `KINDS` by name was held out while the scanner was tuned; `LATER` was added when
    it could read those. `UNSEEN` was made for the finished scanner, which was left as it was.
    """
    ordered = sorted(KINDS)
    held, fresh, new = ordered[2::3], sorted(LATER), sorted(UNSEEN)
    tuned = [kind for kind in ordered if kind not in held]
    parts = {"tuned": tuned, "held": held, "later": fresh, "unseen": new}
    return parts[part] if part in parts else ordered + fresh + new


def sample(seed: int, kind: str, number: int) -> Sample:
    """Make one picture; the same seed, kind and number always give the same one."""
    chance = Chance(f"{seed}/{kind}/{number}")
    image = (KINDS | LATER | UNSEEN)[kind](chance)
    output = BytesIO()
    image.save(output, "PNG", compress_level=1)
    return Sample(kind, number, output.getvalue(), frozenset(chance.shown))
