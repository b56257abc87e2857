"""The one truth for the wire: structs, enums, error codes, signatures and payer codes."""
