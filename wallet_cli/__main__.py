"""The entry point of ``wallet``; the version is answered before anything else is imported."""

from terminal_kit.version import answered


def main() -> None:
    """Run ``wallet`` and exit with its code."""
    if answered("wallet"):
        return
    import signal

    # Ctrl+C ends the imports without a traceback; `run` then takes it over.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    from terminal_kit.program import start
    from wallet_cli.app import app

    start("wallet", app)


if __name__ == "__main__":
    main()
