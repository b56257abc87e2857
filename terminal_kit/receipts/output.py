"""Where a paper goes: the screen, a file, or a receipt printer."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from terminal_kit.console import plain, style, write_json, write_lines
from terminal_kit.diagnostics import say
from terminal_kit.language import _
from terminal_kit.receipts.plain import WIDTHS, text_lines, text_rows
from terminal_kit.words import system_reason
from wallet_api.contract.errors import PrinterUnavailable, Usage
from wallet_api.contract.ids import short_code

if TYPE_CHECKING:
    from collections.abc import Sequence

    from terminal_kit.receipts.paper import Paper
    from terminal_kit.receipts.purchase import Item
    from terminal_kit.session import Chosen
    from wallet_api.contract.statement import Receipt

SUFFIXES = (".txt", ".pdf", ".bin")


@dataclass(frozen=True, slots=True)
class Output:
    """What the options chose: columns, a file by its suffix, a printer, and its drawer."""

    width: int
    save: str | None
    printer: str | None
    drawer: bool = False

    @property
    def prints(self) -> bool:
        """Say whether this makes a copy to hand out."""
        return self.save is not None or self.printer is not None

    def check(self) -> None:
        """Raise Usage for what cannot be done, before anything is asked."""
        if self.width not in WIDTHS:
            raise Usage(reason=_("--width is 32 or 42 columns."))
        if self.drawer and self.printer is None:
            raise Usage(reason=_("The drawer hangs at the printer: give --printer PATH too."))
        if self.save is not None:
            require_writable(self.save, SUFFIXES)


def require_writable(name: str, suffixes: tuple[str, ...]) -> None:
    """Raise Usage for a file of another kind, or in a folder that cannot be written to."""
    path = Path(name)
    if path.suffix.lower() not in suffixes:
        kinds = _(", ").join(suffixes)
        raise Usage(reason=_("{name} is none of {kinds}.").format(name=path.name, kinds=kinds))
    if not os.access(path.parent, os.W_OK | os.X_OK):
        raise Usage(reason=_("{name} cannot be written.").format(name=name))


def write_file(name: str, content: bytes) -> None:
    """Write a file that `require_writable` let pass. Raises Usage."""
    try:
        Path(name).write_bytes(content)
    except OSError:
        raise Usage(reason=_("{name} cannot be written.").format(name=name)) from None


def say_saved(name: str | None) -> None:
    """Tell the person where something was saved, if it was."""
    if name is not None:
        say(_("Saved in {name}.").format(name=name))


def put_receipt(
    chosen: Chosen, receipt: Receipt, output: Output, *, json: bool, items: Sequence[Item] = ()
) -> None:
    """Save, print or show a receipt. Raises Usage, PrinterUnavailable."""
    reprint = hand_out(chosen, receipt, output, quiet=json, items=items)
    say_saved(output.save)
    if json:
        write_json({**plain(receipt), "reprint": reprint, "saved": output.save})


def hand_out(
    chosen: Chosen,
    receipt: Receipt,
    output: Output,
    *,
    quiet: bool = False,
    items: Sequence[Item] = (),
) -> bool:
    """Save, print or show a receipt; the second copy that a profile hands out says so.

    ``items`` are what was bought, where that is known. Gives whether this was a second one.
    Raises Usage, PrinterUnavailable.
    """
    from terminal_kit.profiles import profile_folder
    from terminal_kit.receipts.printed import PrintedReceipts
    from terminal_kit.receipts.purchase import receipt_paper

    printed = PrintedReceipts(profile_folder(chosen.program, chosen.profile))
    reprint = output.prints and printed.has(receipt.charge)
    paper = receipt_paper(receipt, reprint=reprint, items=items)
    put_paper(paper, f"{receipt.merchant} {short_code(receipt.charge)}", output, quiet=quiet)
    if output.prints:
        printed.add(receipt.charge)
    return reprint


def put_paper(paper: Paper, title: str, output: Output, *, quiet: bool = False) -> None:
    """Save and print a paper as chosen; show it where neither was, unless ``quiet``.

    Raises Usage, PrinterUnavailable.
    """
    if output.save is not None:
        write_file(output.save, _content(paper, title, output))
    if output.printer is not None:
        _print(paper, output.printer, output.width, drawer=output.drawer)
    if not output.prints and not quiet:
        rows = text_rows(paper, output.width)
        write_lines(style(text, "bold") if bold else text for text, bold in rows)


def _content(paper: Paper, title: str, output: Output) -> bytes:
    assert output.save is not None, "there is a file to write"
    match Path(output.save).suffix.lower():
        case ".pdf":
            from terminal_kit.receipts.slip import slip_pdf

            return slip_pdf(paper, title)
        case ".bin":
            from terminal_kit.receipts.escpos import escpos

            return escpos(paper, output.width, drawer=output.drawer)
        case _:
            return "".join(f"{line}\n" for line in text_lines(paper, output.width)).encode()


def _print(paper: Paper, printer: str, width: int, *, drawer: bool) -> None:
    """Send a paper to a device; a file takes one after the other, as a roll does."""
    from terminal_kit.receipts.escpos import escpos

    try:
        with Path(printer).open("ab", buffering=0) as device:
            device.write(escpos(paper, width, drawer=drawer))
    except OSError as error:
        raise PrinterUnavailable(path=printer, reason=system_reason(error)) from None
