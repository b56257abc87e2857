"""EMVCo QR codes in merchant-presented mode (EMV QRCPS MPM v1.1, November 2020)."""
