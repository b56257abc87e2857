"""What happened, numbered without gaps per subject, and the webhooks that are told."""
