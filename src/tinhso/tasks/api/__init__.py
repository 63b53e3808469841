"""Tasks and obstacles as partner systems carry them out."""
