"""The public suite of DMN (dmn-tck) against these rooms: right, refused or wrong, by level."""
