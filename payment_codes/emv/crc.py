"""The check sum of EMVCo codes: CRC-16/CCITT-FALSE (EMV QRCPS MPM v1.1 §4.7.3).

Polynomial 0x1021, initial value 0xFFFF, nothing reflected or inverted; "123456789" gives 29B1.
"""

from binascii import crc_hqx


def crc16(text: str) -> str:
    """Return the CRC over the UTF-8 bytes of `text` as four upper-case hexadecimal digits.

    A lone surrogate has no UTF-8; it counts three bytes here and is refused with its value.
    """
    return f"{crc_hqx(text.encode('utf-8', 'surrogatepass'), 0xFFFF):04X}"
