"""What both terminal programs share: profiles, credentials, output, exit codes."""
