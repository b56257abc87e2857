"""What happens at a merchant's tills, as it happens."""

from __future__ import annotations

from pos.menu.options import Context
from terminal_kit.program import Follow, Json, Since, new_menu

app = new_menu()


@app.command()
def events(
    context: Context, *, since: Since = None, follow: Follow = True, json: Json = False
) -> None:
    """Follow what happens to the merchant, one event a line, from now on or from --since.

    Under --json each line is one object. Ctrl+C ends it.

    Example: pos events --json
    """
    from terminal_kit.following import show_events

    show_events(context, since, follow=follow, json=json)
