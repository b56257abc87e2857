"""The entry point of ``wallet-api``; the version is answered before anything else is imported."""

from terminal_kit.version import answered


def main() -> None:
    """Run ``wallet-api`` and exit with its code."""
    if answered("wallet-api"):
        return
    import signal

    # Ctrl+C ends the imports without a traceback; `run` then takes it over.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    from terminal_kit.program import start
    from wallet_api.commands.app import app

    start("wallet-api", app)


if __name__ == "__main__":
    main()
