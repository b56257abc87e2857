"""Ringing up in plain words: items, discount, tip; then a code, the customer's code, or aside."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING

from payment_codes.amount import amount_text, decimal_text, parse_amount
from pos.held import HeldSales
from pos.products import Products
from pos.sale import MOST_QUANTITY, Sale, parse_part
from terminal_kit.common_questions import PLACES
from terminal_kit.diagnostics import as_wallet_error, say
from terminal_kit.language import N_, _
from terminal_kit.plain import currency_of
from terminal_kit.questions import Back, Choice, Question, asked, choose, line
from terminal_kit.session import Session
from terminal_kit.words import told
from wallet_api.contract.error_base import Exit, WalletError
from wallet_api.contract.errors import Usage
from wallet_api.contract.instants import system_ms

if TYPE_CHECKING:
    from collections.abc import Callable

    from pos.sale import Part
    from terminal_kit.plain import Run
    from terminal_kit.session import Chosen
    from wallet_api.contract.wire import ChargeRequest

#: How many, at what price, and what: "3*32.00 Flat white".
_ITEM = re.compile(
    r"(?:(?P<quantity>[0-9]{1,3}) ?[*x×] ?)?(?:(?P<price>[0-9.]+)(?: |$))?(?P<name>.*)"
)
TAKE_AWAY = "-"
#: How a charge may end whose outcome comes later: a second one could be paid too.
MAY_BE_PAID = frozenset({Exit.UNKNOWN, Exit.INTERRUPTED})
#: Seconds that a shown code is waited for.
WAIT_SECONDS = 300
CUSTOMERS_CODE = Choice(
    N_("Where is the customer's code?"),
    (
        (N_("I type or scan its 18 digits"), (), (Question(N_("The digits: "), "--code"),)),
        *PLACES,
    ),
)
SHOW, TAKE, MORE, ASIDE, DROP = (
    N_("Show a code for the customer to scan"),
    N_("Take the code that the customer shows"),
    N_("Ring up more"),
    N_("Put the sale aside"),
    N_("Give the sale up"),
)
WAYS = (SHOW, TAKE, MORE, ASIDE, DROP)


def new_sale(chosen: Chosen, run: Run) -> None:
    """Ring up a sale and charge it. Raises Back, EOFError, and what `HeldSales` raises."""
    empty = Sale(currency=currency_of(chosen))
    _settle(ring_up(empty, _products(chosen)), chosen, run)


def resume_sale(chosen: Chosen, run: Run) -> None:
    """Take up a sale that was put aside. Raises Back, EOFError, NotFound, StateDamaged."""
    with Session(chosen) as session:
        held = HeldSales.of(session)
        items = held.items()
        if not items:
            say(_("No sale is put aside."))
            return
        number = choose(_("Which one?"), [_summary(one.sale) for one in items])
        sale = held.resume(items[number].id)
    _settle(sale, chosen, run)


def _products(chosen: Chosen) -> Products:
    return Products.load(chosen.profile, currency_of(chosen))


def ring_up(sale: Sale, products: Products) -> Sale:
    """Ask for items until there are no more, then for what is off and what is added."""
    for product in products.items:
        say(f"{product.name}  {decimal_text(product.price)}")
    say(_("Type a price, 3*32.00 Tea, or a product's name; - takes the last one away."))
    while True:
        answer = line(N_("Item (Enter when all are there): "))
        if answer:
            sale = _tried(partial(_with_item, sale, answer, products)) or sale
            say(_summary(sale))
        elif sale.is_empty:
            say(_("Something must be typed here; q goes back."))
        else:
            break
    sale = _part(sale, N_("Discount, such as 5.00 or 10% (Enter for none): "), sale.discounted)
    sale = _part(sale, N_("Tip, such as 5.00 or 10% (Enter for none): "), sale.tipped)
    sale = _text(sale, N_("A note (Enter for none): "), sale.noted)
    return _text(sale, N_("A reference of your own (Enter for none): "), sale.referring)


def _with_item(sale: Sale, answer: str, products: Products) -> Sale:
    """Add what was typed. Raises Usage, AmountInvalid, TextInvalid."""
    if answer == TAKE_AWAY:
        return sale if sale.is_empty else sale.with_quantity(len(sale.lines) - 1, 0)
    match = _ITEM.fullmatch(answer)
    assert match is not None, "the pattern takes any line"
    quantity, price, name = int(match["quantity"] or 1), match["price"], match["name"].strip()
    if not 0 < quantity <= MOST_QUANTITY:
        raise Usage(reason=_("A quantity is 1 to {most}.").format(most=MOST_QUANTITY))
    if price is not None:
        return sale.add(name or _("Item"), parse_amount(price, sale.currency), quantity)
    known = next((one for one in products.items if one.name.lower() == name.lower()), None)
    if known is None:
        raise Usage(reason=_("There is no product {name}.").format(name=name))
    return sale.add(known.name, known.price, quantity)


def _part(sale: Sale, question: str, change: Callable[[Part], Sale]) -> Sale:
    """Ask for a discount or a tip until it fits."""
    return _text(sale, question, lambda answer: change(parse_part(answer, sale.currency)))


def _text(sale: Sale, question: str, change: Callable[[str], Sale]) -> Sale:
    """Ask for something that may be left out, until it fits."""
    while True:
        answer = line(question)
        changed = _tried(partial(change, answer)) if answer else sale
        if changed is not None:
            return changed


def _tried(change: Callable[[], Sale]) -> Sale | None:
    """Make a change, or say why it does not fit."""
    try:
        return change()
    except WalletError as error:
        say(told(error))
    except ValueError as error:
        say(told(as_wallet_error(error)))
    return None


def _summary(sale: Sale) -> str:
    """Say what is rung up, in one line."""
    lines = [f"{one.quantity} × {one.name} {decimal_text(one.total)}" for one in sale.lines]
    total = _("Total {amount}").format(amount=amount_text(sale.total))
    return "; ".join([*lines, total])


def _settle(sale: Sale, chosen: Chosen, run: Run) -> None:
    """Charge a sale, or do something else with it; one that nobody decides on is put aside."""
    while True:
        say(_summary(sale))
        try:
            way = WAYS[choose(_("What next?"), list(WAYS))]
            if way == MORE:
                sale = ring_up(sale, _products(chosen))
            elif way == ASIDE:
                _put_aside(sale, chosen)
            if way in {ASIDE, DROP} or (way in {SHOW, TAKE} and _charge(sale, way, run)):
                return
        except (Back, EOFError):
            _put_aside(sale, chosen)
            raise


def _put_aside(sale: Sale, chosen: Chosen) -> None:
    with Session(chosen) as session:
        HeldSales.of(session).hold(sale, system_ms())
    say(_("✓ The sale is put aside."))


def _charge(sale: Sale, way: str, run: Run) -> bool:
    """Run the charge and say whether the sale is done with."""
    request = sale.request()
    words = ["charge", *_options(request)]
    if way == SHOW:
        words.append(f"--wait={WAIT_SECONDS}")
    else:
        words += asked((CUSTOMERS_CODE,), sale.currency).options
    code = run([*words, "--", decimal_text(request.amount)])
    if code in MAY_BE_PAID:
        say(_("It may still be paid. Sales shows it, and gives it up."))
    elif code != Exit.DONE:
        say(_("The sale is still rung up."))
    return code in {Exit.DONE, *MAY_BE_PAID}


def _options(request: ChargeRequest) -> list[str]:
    named = {
        "--tip": request.tip and decimal_text(request.tip),
        "--discount": request.discount and decimal_text(request.discount),
        "--note": request.note,
        "--reference": request.reference,
    }
    return [f"{name}={value}" for name, value in named.items() if value]
