"""The client of the wallet API: signs, retries with the same key, and never guesses an outcome."""

import sys

# httpx imports its own command line (click, rich, pygments) whenever click is installed, which
# doubles the cold start; a None here tells the import system that there is no such module.
sys.modules.setdefault("httpx._main", None)  # type: ignore[arg-type]
