"""Rewrites what a machine can mend. Pure: texts and facts in, texts out."""
