"""What is run by hand: how fast, against whom."""
