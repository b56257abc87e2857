"""A few questions, one at a time: Enter goes on, Esc goes back, and what was given is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Generic, TypeVar, cast

from textual import on
from textual.binding import Binding
from textual.containers import HorizontalGroup, VerticalGroup, VerticalScroll
from textual.widgets import Button, Input, OptionList, Static

from terminal_kit.language import N_, _
from terminal_kit.screens.screen import LOWEST, KitScreen
from terminal_kit.screens.widgets.choices import Choices
from terminal_kit.words import told
from wallet_api.contract.error_base import WalletError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult

Answers = TypeVar("Answers")
DONE, TO_DO = "●", "○"


class Step(VerticalGroup, Generic[Answers]):
    """One question of a wizard, or one thing that it does.

    A subclass gives its ``TITLE`` and ``GO_ON``, marked by `N_`, its ``content`` and ``accept``.
    ``answers`` is what all steps of the wizard fill in; a step shows what it already holds, for it
    is made anew whenever one comes back to it. A step with ``IS_WORK`` accepts by itself as soon as
    it is seen, and Enter tries again after an error. From one with ``IS_LAST`` no way leads back.
    """

    TITLE: ClassVar[str] = ""
    GO_ON: ClassVar[str] = N_("Next")
    IS_WORK: ClassVar[bool] = False
    IS_LAST: ClassVar[bool] = False

    def __init__(self, answers: Answers) -> None:
        super().__init__(classes="step")
        self.answers = answers

    @property
    def wizard(self) -> Wizard[Answers]:
        """The screen that goes through the steps."""
        return cast("Wizard[Answers]", self.screen)

    def compose(self) -> ComposeResult:
        """Give the title, the question, and the row that says what is wrong with an answer."""
        yield Static(_(self.TITLE), classes="card-title", markup=False)
        yield from self.content()
        yield Static(classes="wrong bad", markup=False)

    def content(self) -> ComposeResult:
        """Give the question and its fields."""
        yield from ()

    async def accept(self) -> bool:
        """Take the answer over, or say by `complain` what is wrong with it and give False.

        Raises WalletError, which the wizard says in place.
        """
        return True

    def complain(self, text: str, field: str = "") -> bool:
        """Say in place what is wrong, go to its ``field`` (a selector), and give False."""
        self.query_one(".wrong", Static).update(f"✗ {text}" if text else "")
        if field:
            self.query_one(field).focus()
        return False

    def reload(self) -> None:
        """Look again at what the answer depends on."""

    def begin(self) -> None:
        """Put the focus where one types or chooses first."""
        for widget in self.query("Input, OptionList"):
            if widget.focusable:
                self.screen.set_focus(widget)
                return


class Wizard(KitScreen[None], Generic[Answers]):
    """Goes through its ``plan``, which may depend on what was answered so far.

    A subclass gives the ``plan``, and ``finish`` for what follows the last step.
    """

    CSS_PATH = "wizard.tcss"
    RESPEAKS = True
    BINDINGS: ClassVar = [Binding("enter", "next", N_("Next"), id="next")]

    def __init__(self, answers: Answers) -> None:
        super().__init__()
        self.answers = answers
        self._at = 0
        self._busy = False

    def plan(self) -> Sequence[type[Step[Answers]]]:
        """Give the steps, in order, for what was answered so far."""
        raise NotImplementedError

    async def finish(self) -> None:
        """Do what follows the last step. Raises WalletError."""

    def body(self) -> ComposeResult:
        """Give the line that says where one is, the step, and the buttons."""
        with VerticalScroll(id="wizard", can_focus=False), VerticalGroup(classes="card"):
            yield Static(id="position", classes="muted", markup=False)
            yield VerticalGroup(id="stage")
            with HorizontalGroup(classes="buttons"):
                yield Button(_("Next"), variant="primary", id="next")
                yield Button(_("Back"), id="back")
            yield Static(id="hint", classes="muted", markup=False)

    async def on_mount(self) -> None:
        """Show the first step."""
        await self._show()

    async def recompose(self) -> None:
        """Make everything anew, the step that is seen too, such as in another language."""
        await super().recompose()
        await self._show()

    @property
    def step(self) -> Step[Answers]:
        """The step that is seen."""
        return cast("Step[Answers]", self.query_one("#stage Step"))

    def action_reload(self) -> None:
        """Have the step look again."""
        self.step.reload()

    def go_to(self, kind: type[Step[Answers]]) -> None:
        """Show a step of the plan out of turn."""
        self._at = self.plan().index(kind)
        self.run_worker(self._show(), group="wizard")

    async def _show(self) -> None:
        """Show the step where one is now, ready to be typed into as soon as it is seen."""
        stage, plan = self.query_one("#stage"), self.plan()
        step = plan[self._at](self.answers)
        with self.kit.typing.held(), self.app.batch_update():
            await stage.remove_children()
            await stage.mount(step)
            marks = DONE * (self._at + 1) + TO_DO * (len(plan) - self._at - 1)
            said = _("Step {number} of {count}").format(number=self._at + 1, count=len(plan))
            self.query_one("#position", Static).update(f"{marks}  {said}")
            self._offer(step)
            self._begin(step)

    def _begin(self, step: Step[Answers]) -> None:
        """Let Enter do what is meant, or do it where nothing is asked."""
        if step.IS_WORK:
            self.action_next()
        elif step.query("Input, OptionList"):
            step.begin()
        else:
            self.set_focus(self.query_one("Button#next"))

    def _offer(self, step: Step[Answers]) -> None:
        """Offer the keys and buttons that do something now."""
        can_leave = self._may_return()
        go_on = self.query_one("Button#next", Button)
        go_on.label = _(step.GO_ON)
        go_on.display = not (step.IS_WORK and self._busy)
        self.query_one("Button#back").display = can_leave
        keys = _("Enter goes on, Esc goes back.") if can_leave else _("Enter goes on.")
        self.query_one("#hint", Static).update("" if step.IS_WORK and self._busy else keys)
        self.refresh_bindings()

    def _may_return(self) -> bool:
        below = self._at > 0 or len(self.app.screen_stack) > LOWEST
        return below and not self._busy and not self.plan()[self._at].IS_LAST

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer no way back from the first step, the last, or one that works."""
        if action == "back":
            return self._may_return()
        return not self._busy if action == "next" else super().check_action(action, parameters)

    @on(Button.Pressed, "#next")
    @on(OptionList.OptionSelected)
    @on(Choices.Picked)
    def action_next(self) -> None:
        """Take the answer and go on, unless that is under way."""
        if not self._busy:
            self._busy = True
            # The last step takes this screen away, and its own workers with it.
            self.app.run_worker(self._next(), group="wizard")

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        """Go to the next field of the step, and from its last one on."""
        fields = [field for field in self.step.query(Input) if field.focusable]
        after = fields[fields.index(event.input) + 1 :] if event.input in fields else []
        if after:
            after[0].focus()
        else:
            self.action_next()

    @on(Button.Pressed, "#back")
    def action_back(self) -> None:
        """Go back a step, or leave before the first."""
        if not self._may_return():
            return
        if self._at == 0:
            self.dismiss()
            return
        self._at -= 1
        # What was done once is done again only by going on.
        while self._at and self.plan()[self._at].IS_WORK:
            self._at -= 1
        self.run_worker(self._show(), group="wizard")

    async def _next(self) -> None:
        step = self.step
        if step.IS_WORK or step.IS_LAST:
            await self._go_on(step)
            return
        # Whoever types fast is at the next step already.
        with self.kit.typing.held():
            await self._go_on(step)

    async def _go_on(self, step: Step[Answers]) -> None:
        step.complain("")
        self._offer(step)
        accepted = ends = False
        try:
            accepted = await step.accept()
            ends = accepted and self._at + 1 == len(self.plan())
            if ends:
                await self.finish()
        except WalletError as error:
            accepted = step.complain(told(error))
        finally:
            self._busy = False
        if ends or not self.is_attached:
            return
        if accepted:
            self._at += 1
            await self._show()
        elif step.is_attached:
            self._offer(step)
