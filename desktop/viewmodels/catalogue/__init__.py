"""A catalogue in the window: what a file holds, the screening beside the window, and what was found."""
