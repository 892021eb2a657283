#!/bin/sh
# Makes dist/tagdrop-VERSION-macos-MACHINE.dmg of the bundle that PyInstaller has made.
#
#   packaging/macos/make_dmg.sh VERSION
#
# SIGN_AS names a Developer ID; without it the bundle is signed for this computer only, and others
# have to allow it at its first start. Notarising is left to whoever has the account.
set -eu
cd "$(dirname "$0")/../.."
version=$1
app=build/package/Tagdrop.app
image=dist/tagdrop-$version-macos-$(uname -m).dmg

# The licences were gathered after PyInstaller had made the bundle.
rm -rf "$app/Contents/Resources/licences"
cp -R dist/tagdrop/_internal/licences "$app/Contents/Resources/licences"
ln -sfn ../Resources/licences "$app/Contents/Frameworks/licences"
codesign --force --deep --options runtime --sign "${SIGN_AS:--}" \
    --entitlements packaging/macos/entitlements.plist "$app"
codesign --verify --deep --strict "$app"
staging=$(mktemp -d)
trap 'rm -rf "$staging"' EXIT
cp -R "$app" "$staging"
ln -s /Applications "$staging/Applications"
mkdir -p dist
rm -f "$image"
hdiutil create -quiet -volname Tagdrop -srcfolder "$staging" -format ULMO "$image"
echo "$image"
