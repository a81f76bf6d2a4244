"""The list of the kits of this post."""
