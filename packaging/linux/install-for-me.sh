#!/bin/sh
# Puts this folder's program into the menu of the user who runs it; with --remove takes it away. Nothing else is touched.
set -eu
here=$(CDPATH= cd -- "$(dirname -- "$0")" && pwd)
share=${XDG_DATA_HOME:-$HOME/.local/share}
entry=$share/applications/lanewise.desktop
types=$share/mime/packages/lanewise.xml
if [ "${1:-}" = "--remove" ]; then
    rm -f "$entry" "$types"
    find "$share/icons/hicolor" -path '*/apps/lanewise.*' -delete 2>/dev/null || true
elif [ $# -eq 0 ]; then
    mkdir -p "$share/applications" "$share/mime/packages" "$share/icons"
    # a path with spaces is quoted; % begins a field code
    quoted=$(printf '"%s/lanewise-window"' "$here" | sed 's/%/%%/g; s/[&|\\]/\\&/g')
    sed "s|^Exec=lanewise-window|Exec=$quoted|" "$here/share/lanewise.desktop" > "$entry"
    cp "$here/share/lanewise.xml" "$types"
    cp -R "$here/share/icons/hicolor" "$share/icons/"
else
    echo "the form is: install-for-me.sh [--remove]" >&2
    exit 2
fi
if command -v update-mime-database > /dev/null; then update-mime-database "$share/mime"; fi
if command -v update-desktop-database > /dev/null; then update-desktop-database -q "$share/applications"; fi
