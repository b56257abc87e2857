"""The till's first run: the shop, where secrets are kept, a few products to begin with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual import on
from textual.widgets import Button, Input, Static

from pos.opening import (
    CATEGORIES,
    DEFAULT_CATEGORY,
    DEFAULT_CITY,
    Shop,
    join_shop,
    open_shop,
    require_category,
)
from pos.products import Products
from terminal_kit.language import N_, _
from terminal_kit.screens.first_run import (
    Enrolment,
    EnrolStep,
    FirstRunWizard,
    InviteStep,
    PassphraseStep,
    StoreStep,
    aside,
)
from terminal_kit.screens.widgets.choices import Choices
from terminal_kit.screens.wizard import Step
from wallet_api.contract.text import clean_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult

    from terminal_kit.session import Chosen
    from wallet_api.contract.wire import MerchantCard

EXAMPLES, NONE = "examples", "none"
#: What else stands on the screen beside the list of categories.
OTHER_ROWS = 18


@dataclass
class TillAnswers(Enrolment):
    """What the till's first run is told. ``joins`` says that the shop exists."""

    name: str = ""
    city: str = DEFAULT_CITY
    category: str = DEFAULT_CATEGORY
    joins: bool = False
    card: MerchantCard | None = None


class ShopStep(Step[TillAnswers]):
    """Welcome, and what the shop is called."""

    TITLE = N_("A till in your terminal")

    def content(self) -> ComposeResult:
        """Give the welcome, the names, and the way in for a shop that is open already."""
        said = _("Ring up, show a code, be paid. All money here is play money.")
        yield Static(said, markup=False)
        name = _("The shop's name, as customers see it")
        yield Input(self.answers.name, placeholder=name, id="name")
        yield Input(self.answers.city, placeholder=_("City"), id="city")
        yield Button(_("Another till of a shop that is open"), id="join", compact=True)

    @on(Button.Pressed, "#join")
    def _join(self, event: Button.Pressed) -> None:
        event.stop()
        self.answers.joins = True
        self.wizard.go_to(InvitationStep)

    async def accept(self) -> bool:
        """Take names that the service takes too. Raises TextInvalid."""
        name, city = (self.query_one(f"#{field}", Input).value for field in ("name", "city"))
        if not name.strip():
            return self.complain(_("Type the shop's name."), "#name")
        self.answers.name = clean_text(name, "name")
        self.answers.city = clean_text(city or DEFAULT_CITY, "city")
        self.answers.joins = False
        return True


class InvitationStep(InviteStep[TillAnswers]):
    """The invitation of the shop that this till is for."""

    def content(self) -> ComposeResult:
        """Give where it comes from, and the field."""
        said = _("On the till that is open, F8 invites another one, and so does `pos invite`.")
        yield Static(said, markup=False)
        yield from super().content()


class CategoryStep(Step[TillAnswers]):
    """What kind of shop it is: from a short list, or typed."""

    TITLE = N_("What kind of shop is it?")
    DEFAULT_CSS = "CategoryStep #category { max-width: 40; }"

    def content(self) -> ComposeResult:
        """Give the list and the field for what is not in it."""
        names = {code: f"{code}  {_(name)}" for code, name in CATEGORIES.items()}
        choices = Choices(names, self.answers.category, id="categories")
        choices.styles.height = min(len(names), max(self.app.size.height - OTHER_ROWS, 3))
        yield choices
        typed = "" if self.answers.category in CATEGORIES else self.answers.category
        other = _("or four digits of ISO 18245")
        yield Input(typed, placeholder=other, max_length=4, restrict=r"[0-9]*", id="category")

    async def accept(self) -> bool:
        """Take what was typed, else where the cursor stands. Raises Usage."""
        typed = self.query_one("#category", Input).value
        option = self.query_one(Choices).highlighted_option
        chosen = DEFAULT_CATEGORY if option is None else option.id or DEFAULT_CATEGORY
        self.answers.category = require_category(typed) if typed else chosen
        return True


class OpenStep(EnrolStep[TillAnswers]):
    """Opens the shop, or one more till of it."""

    TITLE = N_("Opening your till")

    def open(self, chosen: Chosen) -> None:
        """Open it, on a thread."""
        answers = self.answers
        assert answers.store is not None, "a store was chosen"
        if answers.joins:
            answers.card = join_shop(chosen, answers.store, answers.invite, answers.ask)
            return
        shop = Shop(name=answers.name, city=answers.city, category=answers.category)
        invite = answers.invite or None
        answers.card = open_shop(chosen, answers.store, shop, invite, answers.ask)


class ProductsStep(Step[TillAnswers]):
    """Done; a few products to begin with, or none."""

    TITLE = N_("✓ Your till is open")
    GO_ON = N_("Go to the till")
    IS_LAST = True

    def content(self) -> ComposeResult:
        """Give the shop as it is, and the offer."""
        card = self.answers.card
        assert card is not None, "the till is open"
        said = _("{name}, {store}, {city}. Quick keys ring up what you sell most.")
        said = said.format(name=card.name, store=card.store, city=card.city)
        yield Static(said, markup=False)
        names = {
            EXAMPLES: _("Begin with a café's products as examples"),
            NONE: _("Begin with none; F10 has the list"),
        }
        yield Choices(names, EXAMPLES, id="offer")

    async def accept(self) -> bool:
        """Write the products where they are wanted. Raises Usage."""
        option = self.query_one("#offer", Choices).highlighted_option
        card = self.answers.card
        assert card is not None, "the till is open"
        if option is not None and option.id == EXAMPLES:
            products = Products(self.wizard.kit.chosen.profile, card.balance.currency)
            await aside(lambda: products.save(products.examples()))
        return True


class FirstRun(FirstRunWizard[TillAnswers]):
    """Opens a shop with its first till, or one more till of a shop."""

    def __init__(self) -> None:
        super().__init__(TillAnswers())

    def plan(self) -> Sequence[type[Step[TillAnswers]]]:
        """Give the steps of a new shop, or of one more till."""
        answers = self.answers
        secrets = (StoreStep, PassphraseStep) if answers.wants_passphrase else (StoreStep,)
        if answers.joins:
            # What the bank said of an invitation is shown where it is typed again.
            invitation = InviteStep if answers.refused else InvitationStep
            return (ShopStep, invitation, *secrets, OpenStep, ProductsStep)
        invite = (InviteStep,) if answers.refused else ()
        return (ShopStep, CategoryStep, *secrets, *invite, OpenStep, ProductsStep)
