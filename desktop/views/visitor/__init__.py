"""The visitor view: one window in large type for the person in front of you, made when it is first asked for."""
