"""What a repository has, read from its files, and the first configuration that fits it."""
