"""Where the packaged program begins: PyInstaller starts a script, not a package."""

from desktop.__main__ import main

main()
