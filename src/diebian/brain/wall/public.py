"""The wall offers pages only."""
