#!/bin/sh
# On a Debian or Ubuntu, as root: installs a package, does the walk as a user would, removes it, and looks what is left.
#     packaging/linux/installed.sh lanewise_0.1.0_amd64.deb [DIR]
# DIR keeps what the walk wrote (walk.json and the papers). Exit code 0 where nothing is left but the user's own folder.
set -eu
package=$(readlink -f "$1")
keep=${2:-}
home=$(mktemp -d)
lists=$(mktemp -d)
trap 'rm -rf "$home" "$lists"' EXIT
export DEBIAN_FRONTEND=noninteractive

# every file of the system, but for those of the kernel, of apt's and dpkg's own books, and of this script
files() {
    find / -xdev \( -path /proc -o -path /sys -o -path /dev -o -path /run -o -path /tmp -o -path "$home" -o -path "$lists" \
        -o -path /var/lib/apt -o -path /var/lib/dpkg -o -path /var/cache -o -path /var/log \) -prune -o -print | sort
}

packages() { dpkg-query -W -f '${db:Status-Abbrev}${binary:Package}\n' | sed -n 's/^ii *//p' | sort; }

files > "$lists/before"
packages > "$lists/had"
apt-get install -y -q --no-install-recommends "$package" desktop-file-utils shared-mime-info > "$lists/apt" 2>&1 || {
    cat "$lists/apt"; exit 1; }

as_user() { env -i HOME="$home" PATH=/usr/bin:/bin LANG=C.UTF-8 QT_QPA_PLATFORM=offscreen "$@"; }
echo "installed: $(as_user lanewise --version)"
test "$(dpkg-query -W -f '${Status}' lanewise)" = "install ok installed"
grep -q 'application/x-lanewise-case=lanewise.desktop' /usr/share/applications/mimeinfo.cache
grep -q 'lanewise' /usr/share/mime/globs2
desktop-file-validate /usr/share/applications/lanewise.desktop
as_user lanewise-window --smoke "$home/walk" || { cat "$home/walk/walk.json"; exit 1; }
echo "walked: $(ls "$home/walk" | tr '\n' ' ')"
as_user lanewise casebook list > /dev/null
missing=$(find /opt/lanewise -name '*.so*' -type f ! -name 'libqgtk3.so' ! -name 'libcupsprintersupport.so' \
    ! -path '*wayland-graphics-integration-client*' -exec env LD_LIBRARY_PATH=/opt/lanewise/_internal ldd {} + 2> /dev/null | grep 'not found' | sort -u || true)
test -z "$missing" || { echo "libraries that are not there: $missing"; exit 1; }

apt-get purge -y -q lanewise > "$lists/apt" 2>&1 || { cat "$lists/apt"; exit 1; }
# what came for it goes as well, and nothing that was there before
came=$(packages | comm -13 "$lists/had" -)
test -z "$came" || apt-get purge -y -q $came > "$lists/apt" 2>&1 || { cat "$lists/apt"; exit 1; }
files > "$lists/after"
comm -13 "$lists/before" "$lists/after" > "$lists/new"
# what other packages have left is theirs
left=$(while read -r file; do dpkg -S "$file" > /dev/null 2>&1 || echo "$file"; done < "$lists/new" | grep -i lanewise || true)
other=$(while read -r file; do dpkg -S "$file" > /dev/null 2>&1 || echo "$file"; done < "$lists/new" | grep -vi lanewise || true)
# an empty /opt is nobody's, and goes with the last package in it
gone=$(comm -23 "$lists/before" "$lists/after" | grep -vx /opt || true)
echo "in the home of the user: $(cd "$home" && find . -type f -not -path './walk/*' | sort | tr '\n' ' ')"
test -z "$other" || echo "left by the packages that it needs: $other"
test -z "$keep" || cp -R "$home/walk" "$keep"
test -z "$gone" || { echo "gone: $gone"; exit 1; }
test -z "$left" || { echo "left behind: $left"; exit 1; }
if grep -rqs lanewise /usr/share/applications/mimeinfo.cache /usr/share/mime /etc; then echo "a cache still names it"; exit 1; fi
echo "removed: nothing is left but the user's own folder"
