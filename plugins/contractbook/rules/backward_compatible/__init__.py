"""Keep changes backward compatible: what a consumer relies on keeps working."""
