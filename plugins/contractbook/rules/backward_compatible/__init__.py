"""Keep changes backward compatible: what a consumer relies on keeps working.

The modules right here compare two versions; those of `foresight` look at one, as all other rules do.
"""
