"""The casebook in the window: `desk` works beside it, `keeper` keeps the open case, `visitors` lists them all."""
