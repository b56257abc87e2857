"""What can be wrong with an amount, a payment code or a picture of one.

One class per cause, each with a stable snake_case `code`. `str(error)` is a sentence for a person;
its `template` is the sentence before the details are filled in, for whoever translates it.
No message repeats the text that was read: it may be somebody's live payment code.
"""

from typing import ClassVar, Self


class PaymentTextError(ValueError):
    """A text or picture about money that cannot be used; `details` is what a program may ask."""

    code: ClassVar[str]

    def __init__(self, template: str, **details: object) -> None:
        super().__init__(template)
        self.template = template
        self.details: dict[str, object] = details

    def __str__(self) -> str:
        """Return the sentence with its details."""
        return self.template.format(**self.details)


class AmountInvalid(PaymentTextError):
    """Not an amount of money we accept.

    `details["reason"]` is "empty", "not_ascii_decimal", "too_precise", "too_large", "not_positive"
    or "unknown_currency".
    """

    code = "amount_invalid"


class CodeError(PaymentTextError):
    """Anything that stops a code from being read; the base of every class below."""


class CodeDamaged(CodeError):
    """The CRC or a length is wrong, or the end is missing: the code was read or typed badly."""

    code = "code_damaged"


class CodeInvalid(CodeError):
    """Read well, but it breaks a rule.

    Details: `field` ("54", "62.09"), where one is at fault, and `section` of the standard.
    """

    code = "code_invalid"


class CodeForeign(CodeError):
    """A code of another scheme; `details["scheme"]` is its readable name."""

    code = "code_foreign"

    @classmethod
    def of(cls, scheme: str) -> Self:
        """Return the error that names `scheme` and nothing else of the code."""
        return cls("This is not a Terminal Wallet code: it is {scheme}.", scheme=scheme)


class CodeUnreadable(CodeError):
    """Text that is no payment code we know of."""

    code = "code_unreadable"


class PictureUnreadable(CodeError):
    """Not a picture, or a truncated one."""

    code = "picture_unreadable"


class PictureTooLarge(CodeError):
    """A picture with more pixels or bytes than we are willing to decode."""

    code = "picture_too_large"


class NoCodeFound(CodeError):
    """A good picture without a code in it."""

    code = "no_code_found"


class SeveralCodes(CodeError):
    """More than one code in the picture; `details["codes"]` lists their texts."""

    code = "several_codes"


class DecoderMissing(CodeError):
    """No library that reads codes from pictures is installed."""

    code = "decoder_missing"
