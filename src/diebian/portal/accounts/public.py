"""Accounts offers pages only: signing in and out, and what is known of oneself."""
