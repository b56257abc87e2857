"""Invitations, enrolment counts, the admin's device and the audit log."""

from __future__ import annotations

SECOND = ""
