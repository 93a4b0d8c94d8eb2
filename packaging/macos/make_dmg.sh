#!/bin/sh
# Makes dist/LeukoViewer-VERSION.dmg of dist/LeukoViewer.app: a disk with the program and a link to drop it on.
# usage: make_dmg.sh VERSION [SIGNING IDENTITY]; without an identity the program is signed for this machine alone.
set -eu
cd "$(dirname "$0")/../.."

version=$1
identity=${2:--}
app=dist/LeukoViewer.app
disk=build/dmg
image=dist/LeukoViewer-$version.dmg

# The inner libraries are signed by --deep; a real identity also wants the hardened runtime to be notarized.
if [ "$identity" = - ]; then
    codesign --force --deep --sign - "$app"
else
    codesign --force --deep --options runtime --timestamp --sign "$identity" "$app"
fi
codesign --verify --deep --strict "$app"

rm -rf "$disk" "$image"
mkdir -p "$disk"
cp -R "$app" "$disk/"
ln -s /Applications "$disk/Applications"
cp LICENSE "$disk/LICENSE.txt"
hdiutil create -volname "LeukoViewer $version" -srcfolder "$disk" -fs HFS+ -format UDZO -imagekey zlib-level=9 "$image"
hdiutil verify "$image"
rm -rf "$disk"
echo "$image"
