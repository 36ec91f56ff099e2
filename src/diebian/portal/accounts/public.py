"""Accounts offers pages only."""
