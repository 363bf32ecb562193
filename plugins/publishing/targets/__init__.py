"""The places an edition can be carried to, each by the means of that place."""
