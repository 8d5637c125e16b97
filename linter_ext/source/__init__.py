"""What the code says, without judgement: files, imports, uses, references, bindings."""
