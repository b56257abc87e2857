"""What is printed: receipts and reports as lines of text, ESC/POS bytes and PDF pages."""
