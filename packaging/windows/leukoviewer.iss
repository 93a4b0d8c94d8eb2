; Inno Setup 6 script: installs for one user, without an administrator.
;   iscc /DAppVersion=1.2.3 packaging\windows\leukoviewer.iss
; The version comes from pyproject.toml through packaging\make_package.py and is written nowhere here.
#ifndef AppVersion
  #error Give the version: iscc /DAppVersion=... (packaging\make_package.py does)
#endif
#define AppName "LeukoViewer"
#define Program "leukoviewer.exe"

[Setup]
; Never change this id: Windows knows by it that a new version replaces the old one.
AppId={{6B0C5C5E-8D0B-4C0F-9B0E-5F6E0B6E1A57}
AppName={#AppName}
AppVersion={#AppVersion}
AppVerName={#AppName} {#AppVersion}
AppPublisher=The LeukoViewer authors
AppComments=Research use, not for diagnosis.
VersionInfoVersion={#AppVersion}
SourceDir=..\..
OutputDir=dist
OutputBaseFilename=LeukoViewer-{#AppVersion}-setup
SetupIconFile=build\icons\leukoviewer.ico
LicenseFile=LICENSE
DefaultDirName={autopf}\{#AppName}
DefaultGroupName={#AppName}
DisableProgramGroupPage=yes
PrivilegesRequired=lowest
PrivilegesRequiredOverridesAllowed=dialog
ArchitecturesAllowed=x64compatible
ArchitecturesInstallIn64BitMode=x64compatible
MinVersion=10.0.17763
Compression=lzma2/max
SolidCompression=yes
ChangesAssociations=yes
CloseApplications=yes
UninstallDisplayIcon={app}\{#Program}
UninstallDisplayName={#AppName}
WizardStyle=modern

[Languages]
Name: "english"; MessagesFile: "compiler:Default.isl"

[Tasks]
Name: "desktopicon"; Description: "{cm:CreateDesktopIcon}"; GroupDescription: "{cm:AdditionalIcons}"; Flags: unchecked
Name: "associate"; Description: "Offer {#AppName} for DICOM files and in the menu of folders"

[InstallDelete]
; Files of an older version must not lie between the new ones.
Type: filesandordirs; Name: "{app}\_internal"

[Files]
Source: "dist\leukoviewer\*"; DestDir: "{app}"; Flags: ignoreversion recursesubdirs createallsubdirs
Source: "LICENSE"; DestDir: "{app}"; DestName: "LICENSE.txt"; Flags: ignoreversion

[Icons]
Name: "{autoprograms}\{#AppName}"; Filename: "{app}\{#Program}"
Name: "{autodesktop}\{#AppName}"; Filename: "{app}\{#Program}"; Tasks: desktopicon

[Registry]
; HKA is the user's part of the registry in an installation for one user, the machine's in one for all.
Root: HKA; Subkey: "Software\Classes\LeukoViewer.Dicom"; ValueType: string; ValueData: "DICOM image"; Flags: uninsdeletekey; Tasks: associate
Root: HKA; Subkey: "Software\Classes\LeukoViewer.Dicom\DefaultIcon"; ValueType: string; ValueData: "{app}\{#Program},0"; Tasks: associate
Root: HKA; Subkey: "Software\Classes\LeukoViewer.Dicom\shell\open\command"; ValueType: string; ValueData: """{app}\{#Program}"" ""%1"""; Tasks: associate
Root: HKA; Subkey: "Software\Classes\.dcm"; ValueType: string; ValueName: "Content Type"; ValueData: "application/dicom"; Flags: createvalueifdoesntexist; Tasks: associate
Root: HKA; Subkey: "Software\Classes\.dcm\OpenWithProgids"; ValueType: string; ValueName: "LeukoViewer.Dicom"; ValueData: ""; Flags: uninsdeletevalue; Tasks: associate
Root: HKA; Subkey: "Software\Classes\.dicom\OpenWithProgids"; ValueType: string; ValueName: "LeukoViewer.Dicom"; ValueData: ""; Flags: uninsdeletevalue; Tasks: associate
Root: HKA; Subkey: "Software\Classes\Directory\shell\LeukoViewer"; ValueType: string; ValueData: "Open with {#AppName}"; Flags: uninsdeletekey; Tasks: associate
Root: HKA; Subkey: "Software\Classes\Directory\shell\LeukoViewer"; ValueType: string; ValueName: "Icon"; ValueData: "{app}\{#Program},0"; Tasks: associate
Root: HKA; Subkey: "Software\Classes\Directory\shell\LeukoViewer\command"; ValueType: string; ValueData: """{app}\{#Program}"" ""%1"""; Tasks: associate

[Run]
Filename: "{app}\{#Program}"; Description: "{cm:LaunchProgram,{#AppName}}"; Flags: nowait postinstall skipifsilent
