"""What `wallet` and `pos` have in common as programs: options before the command, and the start."""

import sys
from collections.abc import Callable
from itertools import pairwise
from typing import Annotated

import typer

from terminal_kit.diagnostics import run
from terminal_kit.fronts import Fronts, Wish, open_front
from terminal_kit.language import choose, known, language
from terminal_kit.session import Chosen, Session
from terminal_kit.settings import load_settings
from terminal_kit.version import __version__

Json = Annotated[bool, typer.Option("--json", help="Write one JSON object to stdout.")]
Limit = Annotated[int, typer.Option(min=1, max=100, help="How many, at most.")]
Cursor = Annotated[str | None, typer.Option(help="Where the page before ended: its `next`.")]
Save = Annotated[str | None, typer.Option(help="Write the code to a .png, .svg or .txt file.")]
Draw = Annotated[bool, typer.Option("--draw", help="Draw the code even into a pipe.")]
PinFile = Annotated[
    str | None, typer.Option(help="Read the PIN from a file's first line, - for stdin.")
]
Since = Annotated[
    int | None, typer.Option(min=0, help="Begin after the event of this number; 0 is the first.")
]
Follow = Annotated[bool, typer.Option(help="Go on as events come, or end with the last there is.")]


Clipboard = Annotated[bool, typer.Option("--clipboard", help="Read the code in the clipboard.")]
Screen = Annotated[bool, typer.Option("--screen", help="Read the code on the screen.")]
Pick = Annotated[
    int | None, typer.Option(min=1, help="Which of several codes in a picture, from 1.")
]
Watch = Annotated[str | None, typer.Option(help="Wait for the next picture in a folder.")]
Camera = Annotated[
    bool, typer.Option("--camera", help="Read a camera; another than the first: --camera N.")
]
Lang = Annotated[str | None, typer.Option(help="en or zh; by the settings or the locale if unset.")]
Plain = Annotated[
    bool, typer.Option("--plain", help="Ask in words, one line each, without any drawing.")
]
Web = Annotated[bool, typer.Option("--web", help="Serve the screens to a browser on this machine.")]
Port = Annotated[
    int | None, typer.Option(min=0, max=65535, help="The port of --web; a free one if unset.")
]
ReadyLine = Annotated[
    bool, typer.Option("--json", help="With --web: write one JSON object when it is ready.")
]


def new_app(
    program: str,
    summary: str,
    variable: str,
    resume: Callable[[Session], None] | None = None,
    fronts: Fronts | None = None,
) -> typer.Typer:
    """Make a program's Typer application with ``--profile`` and ``--version`` before the command.

    ``variable`` names the environment variable of the profile. ``resume`` is called before a
    command when an earlier one left something without an outcome. ``fronts`` are what the program
    is without a command.
    """
    app = typer.Typer(
        name=program,
        help=summary,
        invoke_without_command=True,
        add_completion=True,
        rich_markup_mode=None,
    )

    def options(
        context: typer.Context,
        *,
        profile: Annotated[
            str, typer.Option(envvar=variable, help="Which of several on this machine.")
        ] = "default",
        lang: Lang = None,
        plain: Plain = False,
        web: Web = False,
        port: Port = None,
        json: ReadyLine = False,
        version: Annotated[
            bool, typer.Option("--version", help="Show the version and exit.")
        ] = False,
    ) -> None:
        if version:
            typer.echo(f"{program} {__version__}")
            raise typer.Exit
        # Plain mode has chosen already when it runs a command.
        context.obj = context.obj or Chosen(program, profile, resume)
        # The language was taken before, so that help and usage errors speak it too.
        wish = Wish(plain, web, port, json, lang)
        wish.check(alone=context.invoked_subcommand is None)
        if context.invoked_subcommand is None and fronts is not None:
            raise typer.Exit(open_front(context, wish, fronts))

    options.__doc__ = summary
    app.callback()(options)
    return app


def new_menu() -> typer.Typer:
    """Make a part of a program's commands, to be added to its application."""
    return typer.Typer(rich_markup_mode=None)


def session_of(context: typer.Context, *, resume: bool = True) -> Session:
    """Open the chosen profile, and finish what earlier commands left, unless ``resume`` says no.

    What the command was answered is forgotten when it ends, after it has written its output.
    """
    chosen = context.obj
    assert isinstance(chosen, Chosen), "the options ran before the command"
    session = Session(chosen)
    context.call_on_close(session.state.forget_answered)
    if resume and chosen.resume is not None and session.state.has_unfinished():
        chosen.resume(session)
    return session


def start(program: str, app: typer.Typer) -> None:
    """Run a program in the person's language and exit with its code."""
    sys.exit(run(lambda: _run(program, app, sys.argv[1:]), sys.argv[1:]))


def _run(program: str, app: typer.Typer, arguments: list[str]) -> object:
    choose_language(arguments)
    command = typer.main.get_command(app)
    if language() != "en":
        choose(language())
        from terminal_kit.help import translate

        translate(command)
    return command(prog_name=program, standalone_mode=False)


def choose_language(arguments: list[str]) -> None:
    """Take the language from ``--lang``, which stands before the command, or from the settings.

    Raises Usage.
    """
    for option, value in pairwise([*arguments, ""]):
        name, _equals, text = option.partition("=")
        if name == "--lang":
            choose(known(text or value))
            return
    kept = load_settings().language
    if kept is not None:
        choose(kept)
