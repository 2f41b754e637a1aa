"""Keep APIs technology-neutral: consumers choose their own languages and tools."""
