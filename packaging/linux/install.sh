#!/bin/sh
# Puts Tagdrop into this person's home, with its entry in the menu; no other rights are needed.
#
#   ./install.sh            install, or bring an older one up to date
#   ./install.sh --remove   take it away again; settings and labels stay
set -eu
data=${XDG_DATA_HOME:-$HOME/.local/share}
program=$data/tagdrop-program
entry=$data/applications/tagdrop.desktop
icons=$data/icons/hicolor
bin=$HOME/.local/bin
here=$(cd "$(dirname "$0")" && pwd)

remove() {
    rm -rf "$program"
    rm -f "$bin/tagdrop" "$entry" "$icons"/*/apps/tagdrop.png
}

# Desktops keep a list of what opens photos, and one of icons that counts until the folder changes.
tell_the_desktop() {
    [ ! -d "$icons" ] || touch "$icons"
    [ ! -d "${entry%/*}" ] || ! command -v update-desktop-database >/dev/null ||
        update-desktop-database -q "${entry%/*}" || true
}

# The entry with the place of the program, as entries quote what is special to a shell or to them.
write_entry() {
    place=$(printf '%s' "$program/tagdrop" | sed 's/["`$]/\\\\&/g; s/%/%%/g')
    while IFS= read -r line; do
        case $line in
        Exec=tagdrop*) printf 'Exec="%s"%s\n' "$place" "${line#Exec=tagdrop}" ;;
        *) printf '%s\n' "$line" ;;
        esac
    done <"$here/share/applications/tagdrop.desktop" >"$entry"
}

if [ "${1:-}" = --remove ]; then
    remove
    tell_the_desktop
    echo "Tagdrop is gone. Its settings and labels are still in $data/Tagdrop."
    exit
fi
[ "$here" != "$program" ] || { echo "It is installed here already."; exit; }

# Whole before an older one goes: the disk may be full.
trap 'rm -rf "$program.new"' EXIT
trap 'exit 1' HUP INT TERM
rm -rf "$program.new"
mkdir -p "$program.new" "$bin" "${entry%/*}"
cp -R "$here/." "$program.new"
remove
mv "$program.new" "$program"
ln -s "$program/tagdrop" "$bin/tagdrop"
cp -R "$here/share/icons" "$data"
write_entry
tell_the_desktop
echo "Tagdrop is installed. Start it from the menu, or type: $bin/tagdrop"
echo "To take it away: $program/install.sh --remove"
