"""Five foreign department systems. They import nothing of the platform and know nothing of it."""
