#!/bin/sh
# Puts Tagdrop into this person's home, with its entry in the menu; no other rights are needed.
#
#   ./install.sh            install, or bring an older one up to date
#   ./install.sh --remove   take it away again; settings and labels stay
set -eu
data=${XDG_DATA_HOME:-$HOME/.local/share}
program=$data/tagdrop-program
bin=$HOME/.local/bin

remove() {
    rm -rf "$program"
    rm -f "$bin/tagdrop" "$data/applications/tagdrop.desktop"
    rm -f "$data"/icons/hicolor/*/apps/tagdrop.png
}

here=$(cd "$(dirname "$0")" && pwd)
if [ "${1:-}" = --remove ]; then
    remove
    echo "Tagdrop is gone. Its settings and labels are still in $data/Tagdrop."
    exit
fi
[ "$here" != "$program" ] || { echo "It is installed here already."; exit; }
remove
mkdir -p "$program" "$bin" "$data/applications"
cp -R "$here/." "$program"
ln -s "$program/tagdrop" "$bin/tagdrop"
cp -R "$here/share/icons" "$data"
sed "s|^Exec=tagdrop|Exec=\"$program/tagdrop\"|" \
    "$here/share/applications/tagdrop.desktop" >"$data/applications/tagdrop.desktop"
echo "Tagdrop is installed. Start it from the menu, or type: $bin/tagdrop"
echo "To take it away: $program/install.sh --remove"
