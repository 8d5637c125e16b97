"""Reports as text for people and as JSON for machines: pure functions of the result."""
