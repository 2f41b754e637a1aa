"""migration: in which of three ways a breaking change is brought out, and what is missing of it."""
