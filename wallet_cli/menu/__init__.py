"""The commands of ``wallet`` by subject: thin signatures; the work is imported inside."""
