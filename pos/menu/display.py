"""The customer's display."""

from __future__ import annotations

from pos.menu.options import Context
from terminal_kit.program import new_menu

app = new_menu()


@app.command()
def display(context: Context) -> None:
    """Show the customer what the till does: the sale, the code in large, paid. Leave with q.

    It follows the till's screens of the same profile, on a terminal of its own.

    Example: pos display
    """
    from pos.commands.display import show_display

    show_display(context)
