"""Draw codes: QR and Code 128, on a terminal or as a picture."""
