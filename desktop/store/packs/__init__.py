"""Rule packs: made from authored data, signed, checked, installed, gone back from. Never code (docs/decisions/0018).

`file` reads and checks, `keys` signs and verifies, `making` makes, `kept` installs. Asking which pack is in use, at each
start, loads neither YAML nor pydantic nor libsodium.
"""
