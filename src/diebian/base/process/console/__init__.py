"""What an operator sees to: drawings and their versions, cases that cannot go on, moving cases."""
