"""Hide the implementation: a consumer must not see what the provider may want to change."""
