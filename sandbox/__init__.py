"""Foreign systems: of departments, and of a node above. They know nothing of the platform."""
