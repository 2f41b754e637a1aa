"""contractbook reads, lints, compares and publishes the contracts between services."""
