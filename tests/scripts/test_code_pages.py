"""The pages of payment codes: current, complete, and with pictures that are read."""

from __future__ import annotations

import re
from io import BytesIO
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest
from PIL import Image

from payment_codes.draw.picture import rows_png
from payment_codes.parsing import parse
from payment_codes.schemes.table import SCHEMES, by_id
from tests.payment_codes.readers import read_zxing
from tests.scripts.programs import script

if TYPE_CHECKING:
    from pathlib import Path
    from types import ModuleType

IDS = list(dict.fromkeys(scheme.id for scheme in SCHEMES))


@pytest.fixture(scope="module")
def pages() -> ModuleType:
    return script("code_pages")


@pytest.fixture(scope="module")
def written(pages: ModuleType) -> dict[str, str]:
    files = pages.files()
    assert isinstance(files, dict)
    return files


def test_the_files_are_current(pages: ModuleType, written: dict[str, str]) -> None:
    assert list(pages.faults(written)) == []


def test_every_scheme_has_its_page_in_the_index(written: dict[str, str]) -> None:
    assert {f"{id_}.md" for id_ in IDS} < written.keys()
    linked = re.findall(r"\]\(([\w-]+)\.md\)", written["README.md"])
    assert sorted(linked) == sorted(IDS)


def test_a_page_names_every_field_and_rule_of_its_scheme_or_of_all_emvco_codes(
    written: dict[str, str],
) -> None:
    shared = written["emv-mpm.md"]
    for scheme in SCHEMES:
        page = written[f"{scheme.id}.md"]
        for field in scheme.works.fields(scheme):
            assert f"| `{field.id}` | {field.name} |" in page or field.name in shared, scheme.id
        for rule in scheme.works.rules(scheme):
            row = f"| `{rule.code}` | {rule.severity.value} |"
            assert row in page or row in shared, scheme.id
            assert rule.section in page or rule.section in shared, scheme.id


def test_tables_are_whole_and_links_lead_somewhere(written: dict[str, str]) -> None:
    for name, text in written.items():
        if not name.endswith(".md"):
            continue
        columns = 0
        for line in text.splitlines():
            count = line.count("|") if line.startswith("|") else 0
            assert columns in (0, count) or count == 0, f"{name}: {line}"
            columns = count
        for target in re.findall(r'\]\(([^)]+)\)|src="([^"]+)"', text):
            assert "".join(target) in written, f"{name}: {target}"


def test_every_example_passes_and_its_picture_says_it(
    pages: ModuleType, written: dict[str, str]
) -> None:
    for id_ in IDS:
        text = pages.example(id_)
        code = parse(text)
        assert (code.scheme.id, code.issues) == (id_, ()), id_
        for name, _symbology in pages.pictures(id_):
            assert read_zxing(image_of_svg(written[f"pictures/{name}"])) == [as_read(id_, text)]


def as_read(id_: str, text: str) -> str:
    """Return what readers make of a text: KOI8-R has no designator, so they take it for Latin-1."""
    return text.encode("koi8-r").decode("latin-1") if id_ == "gost-st00013" else text


def image_of_svg(svg: str) -> Image.Image:
    """Return the runs of a path as pixels."""
    root = ET.fromstring(svg)
    width, height = (int(side) for side in root.attrib["viewBox"].split()[2:])
    rows = [[False] * width for _row in range(height)]
    for x, y, run in re.findall(r"M(\d+) (\d+)h(\d+)", root[1].attrib["d"]):
        rows[int(y)][int(x) : int(x) + int(run)] = [True] * int(run)
    return Image.open(BytesIO(rows_png(rows, 4, 4)))


def test_the_python_of_the_index_runs(
    written: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    program = written["README.md"].split("```python")[1].split("```")[0]
    exec(program, {})
    assert "▀" in capsys.readouterr().out


def test_no_live_digits_stand_in_what_is_read(written: dict[str, str]) -> None:
    for id_ in ("wechat-cpm", "alipay-cpm", "unionpay-cpm", "terminal-wallet-payer"):
        said = written[f"{id_}.md"].split("What is read")[1].split("## ")[0]
        assert not re.search(r"\d{10}", said)
        assert by_id(id_).source in written[f"{id_}.md"]


def test_what_is_wrong_with_the_folder_is_found(
    pages: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pages, "ROOT", tmp_path)
    monkeypatch.setattr(pages, "FOLDER", tmp_path)
    made = {"README.md": "# Index\n", "pictures/pix.svg": "<svg/>\n"}
    (tmp_path / "old.md").write_text("gone")
    pages.write(made)
    assert not (tmp_path / "old.md").exists()
    assert list(pages.faults(made)) == []
    (tmp_path / "README.md").write_text("changed")
    (tmp_path / "pictures" / "more.svg").write_text("")
    (tmp_path / "pictures" / "pix.svg").unlink()
    assert list(pages.faults(made)) == [
        "docs/codes/pictures/more.svg belongs to no scheme.",
        "docs/codes/README.md is not current: run scripts/code_pages.",
        "docs/codes/pictures/pix.svg is not current: run scripts/code_pages.",
    ]
