"""改版: a running case goes on under another version, where it has a place to stand."""
