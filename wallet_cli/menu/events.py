"""What happens in a wallet, as it happens."""

from __future__ import annotations

from terminal_kit.program import Follow, Json, Since, new_menu
from wallet_cli.menu.options import Context

app = new_menu()


@app.command()
def events(
    context: Context, *, since: Since = None, follow: Follow = True, json: Json = False
) -> None:
    """Follow what happens in the wallet, one event a line, from now on or from --since.

    Under --json each line is one object. Ctrl+C ends it.

    Example: wallet events --since 0 --no-follow
    """
    from terminal_kit.following import show_events

    show_events(context, since, follow=follow, json=json)
