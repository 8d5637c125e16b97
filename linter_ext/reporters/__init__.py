"""Reports in every format: pure functions of the result."""
