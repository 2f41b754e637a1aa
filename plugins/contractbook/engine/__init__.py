"""Shows elements, and pairs of elements, to the rules that look at their kind."""
