"""The Chinese catalogue: complete, current, with the placeholders of the English sentences."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import read_mo

from tests.scripts.programs import script

if TYPE_CHECKING:
    from types import ModuleType


@pytest.fixture(scope="module")
def catalogue() -> ModuleType:
    return script("catalogue")


@pytest.fixture(scope="module")
def current(catalogue: ModuleType) -> Catalog:
    """Give the catalogue of what stands in the source."""
    made = catalogue.current()
    assert isinstance(made, Catalog)
    return made


def test_every_sentence_is_translated_with_its_placeholders(
    catalogue: ModuleType, current: Catalog
) -> None:
    assert list(catalogue.faults(current)) == []
    assert len(current) > 500


def test_the_files_are_current(catalogue: ModuleType, current: Catalog) -> None:
    text, binary = catalogue.compiled(current)
    assert catalogue.PO.read_bytes() == text
    assert catalogue.PO.with_suffix(".mo").read_bytes() == binary
    compiled = {one.id: one.string for one in read_mo(io.BytesIO(binary)) if one.id}
    assert compiled == {one.id: one.string for one in current if one.id}


def test_what_is_wrong_with_a_translation_is_found(catalogue: ModuleType) -> None:
    wrong = Catalog()
    wrong.add("Paid {amount} to {name}.", "已付 {amount}。")
    wrong.add("Saved in {name}.", "已保存到 {nane}。")
    wrong.add("Stopped.", "")
    wrong.add("{a} of {b}", "{b} 中的 {a}")
    assert list(catalogue.faults(wrong)) == [
        "other placeholders: Paid {amount} to {name}.",
        "other placeholders: Saved in {name}.",
        "not translated: Stopped.",
    ]


def test_sentences_are_found_wherever_they_stand(current: Catalog) -> None:
    for sentence in (
        "Pay this?",
        "Show what is in the wallet.\n\nExample: wallet balance --json",
        "{currency} amounts have at most {decimals} decimals.",
        "waiting payment",
        "top-up or withdrawal",
        "payer timeout",
        "Arguments",
    ):
        assert sentence in current, sentence


def test_an_example_is_the_same_command(current: Catalog) -> None:
    for message in current:
        _text, example, command = str(message.id).partition("\n\nExample: ")
        if example:
            assert f"\n\n示例：{command.split(', and ')[0]}" in str(message.string)
