"""The commands of ``pos`` by subject: thin signatures; the work is imported inside."""
