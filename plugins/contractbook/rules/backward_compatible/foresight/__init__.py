"""What one version says of the next: room to grow, announced ends, where versions are told."""
