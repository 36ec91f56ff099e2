"""Adapters: each kind of source behind one small protocol."""
