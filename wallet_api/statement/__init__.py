"""What moved: history, statements, exports."""
