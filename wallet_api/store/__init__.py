"""The engine under the books: one writer, group commit, readers beside it, two clocks."""
