"""The commands of ``wallet-api`` by subject: thin signatures; the work is imported inside."""
