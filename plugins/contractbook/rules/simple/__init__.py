"""Make services simple for their consumers: little to learn, nothing to guess."""
