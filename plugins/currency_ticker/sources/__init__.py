"""Where rates come from: one module for each publisher, with its request and its parser from bytes to quotations."""
