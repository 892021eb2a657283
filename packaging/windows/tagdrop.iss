; Makes dist\tagdrop-VERSION-windows.exe of dist\tagdrop; tools/package/windows.py calls Inno Setup's
; compiler with /DVersion= (0.1.0), /DMutex= (what says that Tagdrop is open), /DTypes= (a file with the
; endings of photos) and, to sign, /DSigned and /Stagdrop=COMMAND.
;
; Into the person's own folder, without the rights of an administrator; for all users with /ALLUSERS.
; Silent: tagdrop-VERSION-windows.exe /VERYSILENT /SUPPRESSMSGBOXES /NORESTART

[Setup]
AppId={{6C0B7F6E-6E0B-4F5C-9A55-2F0F2A4B7D11}
AppMutex={#Mutex}
AppName=Tagdrop
AppPublisher=The Tagdrop founders
AppVersion={#Version}
ArchitecturesAllowed=x64compatible
ArchitecturesInstallIn64BitMode=x64compatible
ChangesAssociations=yes
ChangesEnvironment=yes
CloseApplications=no
Compression=lzma2/ultra64
DefaultDirName={code:UsualFolder}
DisableDirPage=auto
DisableProgramGroupPage=yes
DisableReadyPage=yes
OutputBaseFilename=tagdrop-{#Version}-windows
OutputDir=..\..\dist
PrivilegesRequired=lowest
PrivilegesRequiredOverridesAllowed=commandline
SetupIconFile=..\..\build\package\parts\tagdrop.ico
#ifdef Signed
SignTool=tagdrop
#endif
SolidCompression=yes
SourceDir=.
UninstallDisplayIcon={app}\tagdrop.exe
UninstallDisplayName=Tagdrop
VersionInfoDescription=Tagdrop installer
VersionInfoProductName=Tagdrop
VersionInfoVersion={#Version}
WizardStyle=modern

[Languages]
Name: "en"; MessagesFile: "compiler:Default.isl"
Name: "de"; MessagesFile: "compiler:Languages\German.isl"

[CustomMessages]
en.OpenWith=Open with Tagdrop
de.OpenWith=Mit Tagdrop öffnen
en.Menu=Offer "Open with Tagdrop" for pictures and folders
de.Menu=„Mit Tagdrop öffnen“ für Bilder und Ordner anbieten
en.Path=Make the command "tagdrop" available in terminals
de.Path=Den Befehl „tagdrop“ in der Eingabeaufforderung bereitstellen
en.IsOpen=Tagdrop is open. It will be closed; labelling resumes when you start it again.
de.IsOpen=Tagdrop ist geöffnet. Es wird jetzt geschlossen; das Verschlagworten geht beim nächsten Start weiter.
en.DeleteLibrary=Do you also want to delete your library: all labels, your corrections, the settings and a key for Amazon?%n%nYour photos are not touched. If you choose No, a later installation continues with this library.
de.DeleteLibrary=Möchten Sie auch Ihre Bibliothek löschen: alle Schlagwörter, Ihre Korrekturen, die Einstellungen und einen Schlüssel für Amazon?%n%nIhre Fotos werden nicht angerührt. Wenn Sie Nein wählen, arbeitet eine spätere Installation mit dieser Bibliothek weiter.

[Tasks]
Name: "desktop"; Description: "{cm:CreateDesktopIcon}"; Flags: unchecked
Name: "menu"; Description: "{cm:Menu}"
Name: "path"; Description: "{cm:Path}"

[InstallDelete]
; Files of an older version that this one has no longer.
Type: filesandordirs; Name: "{app}\_internal"
Type: files; Name: "{app}\tagdrop-console.exe"

[Files]
Source: "..\..\dist\tagdrop\*"; DestDir: "{app}"; Flags: recursesubdirs ignoreversion

[Icons]
; The ID is that of desktop/ui/system/app_id.py: Windows names notifications by the entry that has it.
Name: "{autoprograms}\Tagdrop"; Filename: "{app}\tagdrop.exe"; AppUserModelID: "app.tagdrop.Tagdrop"
Name: "{autodesktop}\Tagdrop"; Filename: "{app}\tagdrop.exe"; AppUserModelID: "app.tagdrop.Tagdrop"; Tasks: desktop

[Registry]
; What these keys stand below goes with them where nobody else uses it.
Root: HKA; Subkey: "Software\Microsoft\Windows\CurrentVersion\App Paths"; Flags: uninsdeletekeyifempty
Root: HKA; Subkey: "Software\Classes\Applications"; Flags: uninsdeletekeyifempty
Root: HKA; Subkey: "Software\Classes\Directory"; Flags: uninsdeletekeyifempty
Root: HKA; Subkey: "Software\Classes\Directory\shell"; Flags: uninsdeletekeyifempty
Root: HKA; Subkey: "Software\Classes\SystemFileAssociations"; Flags: uninsdeletekeyifempty
Root: HKA; Subkey: "Software\Classes\SystemFileAssociations\image"; Flags: uninsdeletekeyifempty
Root: HKA; Subkey: "Software\Classes\SystemFileAssociations\image\shell"; Flags: uninsdeletekeyifempty
Root: HKA; Subkey: "Software\Microsoft\Windows\CurrentVersion\App Paths\tagdrop.exe"; ValueType: string; ValueData: "{app}\tagdrop.exe"; Flags: uninsdeletekey
; In the list of "Open with", for the endings below.
Root: HKA; Subkey: "Software\Classes\Applications\tagdrop.exe"; Flags: uninsdeletekey
Root: HKA; Subkey: "Software\Classes\Applications\tagdrop.exe"; ValueType: string; ValueName: "FriendlyAppName"; ValueData: "Tagdrop"
Root: HKA; Subkey: "Software\Classes\Applications\tagdrop.exe\shell\open\command"; ValueType: string; ValueData: """{app}\tagdrop.exe"" ""%1"""
#include Types
; In the menu of every picture and folder.
Root: HKA; Subkey: "Software\Classes\SystemFileAssociations\image\shell\Tagdrop"; ValueType: string; ValueData: "{cm:OpenWith}"; Flags: uninsdeletekey; Tasks: menu
Root: HKA; Subkey: "Software\Classes\SystemFileAssociations\image\shell\Tagdrop"; ValueType: string; ValueName: "Icon"; ValueData: "{app}\tagdrop.exe"; Tasks: menu
Root: HKA; Subkey: "Software\Classes\SystemFileAssociations\image\shell\Tagdrop\command"; ValueType: string; ValueData: """{app}\tagdrop.exe"" ""%1"""; Tasks: menu
Root: HKA; Subkey: "Software\Classes\Directory\shell\Tagdrop"; ValueType: string; ValueData: "{cm:OpenWith}"; Flags: uninsdeletekey; Tasks: menu
Root: HKA; Subkey: "Software\Classes\Directory\shell\Tagdrop"; ValueType: string; ValueName: "Icon"; ValueData: "{app}\tagdrop.exe"; Tasks: menu
Root: HKA; Subkey: "Software\Classes\Directory\shell\Tagdrop\command"; ValueType: string; ValueData: """{app}\tagdrop.exe"" ""%1"""; Tasks: menu

[Run]
Filename: "{app}\tagdrop.exe"; Description: "{cm:LaunchProgram,Tagdrop}"; Flags: nowait postinstall skipifsilent

[UninstallDelete]
Type: filesandordirs; Name: "{app}\_internal"

[Code]
const
  WM_CLOSE = $0010;
  PATIENCE_MS = 15000;

function UsualFolder(Param: String): String;
begin
  if IsAdminInstallMode then
    Result := ExpandConstant('{commonpf}\Tagdrop')
  else  { what autopf is, but Wine does not know it }
    Result := ExpandConstant('{localappdata}\Programs\Tagdrop');
end;

{ Closes the window that is open, as its person would; whatever it does goes on at the next start.
  What still runs after that is Inno Setup's to tell, by AppMutex. }
function CloseTagdrop(): Boolean;
var
  Window: HWND;
  Waited: Integer;
begin
  Result := True;
  if not CheckForMutexes('{#Mutex}') then
    exit;
  Result := SuppressibleMsgBox(CustomMessage('IsOpen'), mbInformation, MB_OKCANCEL, IDOK) = IDOK;
  if not Result then
    exit;
  Window := FindWindowByWindowName('Tagdrop');
  if Window <> 0 then
    PostMessage(Window, WM_CLOSE, 0, 0);
  Waited := 0;
  while CheckForMutexes('{#Mutex}') and (Waited < PATIENCE_MS) do
  begin
    Sleep(100);
    Waited := Waited + 100;
  end;
end;

function InitializeSetup(): Boolean;
begin
  Result := CloseTagdrop();
end;

function InitializeUninstall(): Boolean;
begin
  Result := CloseTagdrop();
end;

{ The folder that holds this installation's PATH: the person's, or everybody's. }
function PathKey(): String;
begin
  if IsAdminInstallMode then
    Result := 'SYSTEM\CurrentControlSet\Control\Session Manager\Environment'
  else
    Result := 'Environment';
end;

{ PATH with our folder at its end, or without it; nothing else in it changes. }
procedure WritePath(WithApp: Boolean);
var
  Old, Rest, Part, Path: String;
  Place: Integer;
begin
  if not RegQueryStringValue(HKA, PathKey(), 'Path', Old) then
    Old := '';
  Rest := Old;
  Path := '';
  while Rest <> '' do
  begin
    Place := Pos(';', Rest);
    if Place = 0 then
      Place := Length(Rest) + 1;
    Part := Copy(Rest, 1, Place - 1);
    Delete(Rest, 1, Place);
    if (Part <> '') and (CompareText(Part, ExpandConstant('{app}')) <> 0) then
    begin
      if Path <> '' then
        Path := Path + ';';
      Path := Path + Part;
    end;
  end;
  if WithApp then
  begin
    if Path <> '' then
      Path := Path + ';';
    Path := Path + ExpandConstant('{app}');
  end;
  if Path = Old then
    exit;
  if Path = '' then
    RegDeleteValue(HKA, PathKey(), 'Path')
  else
    RegWriteExpandStringValue(HKA, PathKey(), 'Path', Path);
end;

procedure CurStepChanged(CurStep: TSetupStep);
begin
  if CurStep = ssPostInstall then
    WritePath(WizardIsTaskSelected('path'));
end;

{ Takes what desktop/core/credentials.py keeps out of Windows' Credential Manager: the targets are
  Tagdrop, or somebody@Tagdrop once there are several. }
procedure ForgetKeys();
var
  Code: Integer;
begin
  Exec(ExpandConstant('{cmd}'), '/d /c "for /f "tokens=2 delims==" %a in (''cmdkey /list ^| findstr /e'
    + ' /c:"target=Tagdrop" /c:"@Tagdrop"'') do cmdkey /delete:"%a""', '', SW_HIDE,
    ewWaitUntilTerminated, Code);
end;

procedure CurUninstallStepChanged(CurUninstallStep: TUninstallStep);
var
  Data: String;
begin
  if CurUninstallStep = usUninstall then
    WritePath(False);
  if CurUninstallStep = usPostUninstall then
  begin
    Data := ExpandConstant('{localappdata}\Tagdrop');
    if DirExists(Data) and not UninstallSilent() then
      if MsgBox(CustomMessage('DeleteLibrary'), mbConfirmation, MB_YESNO or MB_DEFBUTTON2) = IDYES then
      begin
        DelTree(Data, True, True, True);
        ForgetKeys();
      end;
  end;
end;
