; Makes dist\tagdrop-VERSION-windows.exe of dist\tagdrop: iscc /DVersion=0.1.0 packaging\windows\tagdrop.iss
; Into the person's own folder: no rights of an administrator are needed.

[Setup]
AppId={{6C0B7F6E-6E0B-4F5C-9A55-2F0F2A4B7D11}
AppName=Tagdrop
AppVersion={#Version}
AppPublisher=The Tagdrop founders
ArchitecturesAllowed=x64compatible
ArchitecturesInstallIn64BitMode=x64compatible
DefaultDirName={autopf}\Tagdrop
DisableProgramGroupPage=yes
LicenseFile=..\..\LICENSE
OutputBaseFilename=tagdrop-{#Version}-windows
OutputDir=..\..\dist
PrivilegesRequired=lowest
SetupIconFile=..\..\build\package\parts\tagdrop.ico
SolidCompression=yes
SourceDir=.
UninstallDisplayIcon={app}\tagdrop.exe
WizardStyle=modern

[Languages]
Name: "en"; MessagesFile: "compiler:Default.isl"
Name: "de"; MessagesFile: "compiler:Languages\German.isl"

[InstallDelete]
; Files of an older version that this one has no longer.
Type: filesandordirs; Name: "{app}\_internal"

[Files]
Source: "..\..\dist\tagdrop\*"; DestDir: "{app}"; Flags: recursesubdirs ignoreversion

[Icons]
Name: "{autoprograms}\Tagdrop"; Filename: "{app}\tagdrop.exe"

[Run]
Filename: "{app}\tagdrop.exe"; Description: "{cm:LaunchProgram,Tagdrop}"; Flags: nowait postinstall skipifsilent
