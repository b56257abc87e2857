"""Merchant-presented codes: read, check, build (EMV QRCPS MPM v1.1).

Strict: a code that breaks the letter of EMVCo is refused, national habits included. The one habit
tolerated is a CRC in lower case.
"""

from dataclasses import dataclass
from typing import Final

from payment_codes.emv import tlv
from payment_codes.emv.crc import crc16
from payment_codes.emv.rules import issues_of
from payment_codes.emv.table import ROOT, SPECIFICATION, Table
from payment_codes.errors import CodeDamaged, CodeInvalid, CodeUnreadable
from payment_codes.fields import DataObject, Tree, text_of, tree_of

LONGEST_CODE: Final = 512
"""Characters of the longest code (§4.1)."""

BEGINNING: Final = "0002"
"""What every code begins with: the header of the Payload Format Indicator."""

_CRC_HEADER: Final = "6304"


@dataclass(frozen=True, slots=True)
class MerchantPresented:
    """A code: its data objects in their order, without the CRC, and the known ones by name.

    Data objects of unknown meaning are kept, and written back as they were.
    Optional fields that are absent read as None, absent templates as empty mappings.
    """

    objects: tuple[DataObject, ...]

    @property
    def tree(self) -> Tree:
        """All data objects by ID."""
        return tree_of(self.objects)

    @property
    def point_of_initiation(self) -> str | None:
        """Tag 01: "11" a static code, "12" a dynamic one."""
        return self._text("01")

    @property
    def accounts(self) -> Tree:
        """Tags 02 to 51: text of a card network (02-25), mapping of a template (26-51)."""
        return self._between("02", "51")

    @property
    def category(self) -> str:
        """Tag 52: merchant category code of ISO 18245, four digits."""
        return self._text("52") or ""

    @property
    def currency(self) -> str:
        """Tag 53: ISO 4217 numeric code, three digits; whether it is in use is not checked."""
        return self._text("53") or ""

    @property
    def amount(self) -> str | None:
        """Tag 54: decimal text such as "98.73", "98" or "98."; None when the payer enters it."""
        return self._text("54")

    @property
    def tip_indicator(self) -> str | None:
        """Tag 55: "01" ask the payer, "02" fixed fee, "03" percentage."""
        return self._text("55")

    @property
    def fixed_fee(self) -> str | None:
        """Tag 56: decimal text, present exactly when `tip_indicator` is "02"."""
        return self._text("56")

    @property
    def percentage_fee(self) -> str | None:
        """Tag 57: decimal text of 00.01 to 99.99, present exactly when `tip_indicator` is "03"."""
        return self._text("57")

    @property
    def country(self) -> str:
        """Tag 58: ISO 3166-1 alpha-2."""
        return self._text("58") or ""

    @property
    def name(self) -> str:
        """Tag 59: merchant name, ASCII."""
        return self._text("59") or ""

    @property
    def city(self) -> str:
        """Tag 60: merchant city, ASCII."""
        return self._text("60") or ""

    @property
    def postal_code(self) -> str | None:
        """Tag 61."""
        return self._text("61")

    @property
    def additional_data(self) -> Tree:
        """Tag 62 by sub-tag: "05" reference label, "07" terminal label; "50" to "99" mappings."""
        return self._template("62")

    @property
    def language(self) -> Tree:
        """Tag 64 by sub-tag: "00" language, "01" name and "02" city in it."""
        return self._template("64")

    @property
    def unreserved(self) -> Tree:
        """Tags 80 to 99: templates of other parties."""
        return self._between("80", "99")

    def _text(self, tag: str) -> str | None:
        return text_of(self.objects, tag)

    def _template(self, tag: str) -> Tree:
        found = self._between(tag, tag).get(tag)
        return found if isinstance(found, dict) else {}

    def _between(self, first: str, last: str) -> Tree:
        return tree_of(item for item in self.objects if first <= item.id <= last)


def parse(text: str) -> MerchantPresented:
    """Read a code and hold it to the whole of the EMVCo tables.

    Raises CodeUnreadable for text that is no EMVCo code, CodeDamaged when a length or the CRC does
    not add up, and CodeInvalid, with `field` and `section`, when a rule is broken.
    """
    return interpret(read_frame(text))


def build(code: MerchantPresented) -> str:
    """Write a code with its CRC in upper case; raises CodeInvalid for what `parse` would refuse."""
    payload = tlv.write(code.objects) + _CRC_HEADER
    _check(code.objects)
    if len(payload) + 4 > LONGEST_CODE:
        raise _too_long()
    return payload + crc16(payload)


def read_frame(text: str) -> tuple[DataObject, ...]:
    """Return the root's data objects, templates still unread and the CRC left out once it holds.

    For any EMVCo code, also one of a national profile that breaks the tables. Raises as `parse`
    does, but CodeInvalid only for a code longer than 512 characters.
    """
    if len(text) > LONGEST_CODE:
        raise _too_long()
    crc_holds = text[-8:-4] == _CRC_HEADER and text[-4:].upper() == crc16(text[:-4])
    if not crc_holds and not text.startswith(BEGINNING):
        raise CodeUnreadable("This is not an EMVCo merchant code.")
    objects = tlv.parse(text)
    # A value whose length is wrong can swallow the CRC, and the CRC of the text still hold.
    if not crc_holds or objects[-1].id != "63":
        raise CodeDamaged("The check sum (CRC) is missing or wrong.")
    return objects[:-1]


def interpret(frame: tuple[DataObject, ...]) -> MerchantPresented:
    """Read the templates of `read_frame`'s data objects and check all; raises CodeInvalid."""
    objects = _nested(frame, ROOT, "")
    _check(objects)
    return MerchantPresented(objects)


def _check(objects: tuple[DataObject, ...]) -> None:
    """Raise the first issue of a code's data objects, the CRC left out."""
    issue = next(issues_of(objects), None)
    if issue:
        section = _section(issue.rule)
        raise CodeInvalid(issue.template, **issue.details, field=issue.where, section=section)


def _section(rule: str) -> str:
    return rule.removeprefix(f"{SPECIFICATION} ")


def account_identifiers(objects: tuple[DataObject, ...]) -> list[str]:
    """Return the GUIDs (sub-tag 00) of the templates 26 to 51 among `read_frame`'s data objects.

    Templates that do not divide into data objects have none.
    """
    found: list[str] = []
    for item in objects:
        if "26" <= item.id <= "51" and isinstance(item.value, str):
            try:
                content = tlv.parse(item.value)
            except CodeDamaged:
                continue
            found += [sub.value for sub in content if sub.id == "00" and isinstance(sub.value, str)]
    return found


def _nested(objects: tuple[DataObject, ...], table: Table, path: str) -> tuple[DataObject, ...]:
    """Read the values that the table calls templates as data objects of their own."""
    return tuple(_read(item, table, path) for item in objects)


def _read(item: DataObject, table: Table, path: str) -> DataObject:
    field = table.fields[item.id]
    if field.content is None or not isinstance(item.value, str):
        return item
    try:
        content = tlv.parse(item.value)
    except CodeDamaged as error:
        raise CodeInvalid(
            "{name} ({field}) does not divide into data objects.",
            name=field.name,
            field=path + item.id,
            section=_section(table.section),
        ) from error
    return DataObject(item.id, _nested(content, field.content, f"{path}{item.id}."))


def _too_long() -> CodeInvalid:
    return CodeInvalid("A code has at most {most} characters.", section="§4.1", most=LONGEST_CODE)
