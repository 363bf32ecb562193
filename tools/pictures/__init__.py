"""The sample edition's own drawings, one module for each kind of subject."""
