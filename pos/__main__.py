"""The entry point of ``pos``; the version is answered before anything else is imported."""

from terminal_kit.version import answered


def main() -> None:
    """Run ``pos`` and exit with its code."""
    if answered("pos"):
        return
    import signal

    # Ctrl+C ends the imports without a traceback; `run` then takes it over.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    from pos.app import app
    from terminal_kit.program import start

    start("pos", app)


if __name__ == "__main__":
    main()
