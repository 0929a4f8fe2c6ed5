; The installer for Windows, for the user who runs it and without rights of an administrator. Compiled by packaging/windows.py,
; which gives Version, Numbers, Program (the packed folder), Icon, Out and Name.
; Inno Setup 6.3 or newer.

#define MyName "Lanewise"
#define CaseType "Lanewise.Case"
#define RulesType "Lanewise.Rules"

[Setup]
; stays the same for ever: by it a newer version finds the older one
AppId={{5E1D3B52-8C2B-4E0E-9E57-6C0A4F2D9B71}
AppName={#MyName}
AppVersion={#Version}
AppVerName={#MyName} {#Version}
AppPublisher=The Lanewise contributors
VersionInfoVersion={#Numbers}
PrivilegesRequired=lowest
DefaultDirName={autopf}\{#MyName}
DisableProgramGroupPage=yes
DisableDirPage=auto
ArchitecturesAllowed=x64compatible
ArchitecturesInstallIn64BitMode=x64compatible
MinVersion=10.0.17763
OutputDir={#Out}
OutputBaseFilename={#Name}
SetupIconFile={#Icon}
UninstallDisplayIcon={app}\lanewise-window.exe
LicenseFile={#Program}\_internal\licences\LICENSE-Lanewise.txt
Compression=lzma2/max
SolidCompression=yes
WizardStyle=modern
ChangesAssociations=yes
CloseApplications=yes
RestartApplications=no

; of the system's language, else asked
ShowLanguageDialog=auto

[Languages]
Name: "en"; MessagesFile: "compiler:Default.isl"
; Inno Setup brings a Chinese file since 2026 only: here is what this installer shows, over the English whole
Name: "zh"; MessagesFile: "compiler:Default.isl,chinese.isl"

[CustomMessages]
en.CaseType=Lanewise case
en.RulesType=Lanewise rule pack
en.OnDesktop=A shortcut on the &desktop

[Tasks]
Name: "desktopicon"; Description: "{cm:OnDesktop}"; Flags: unchecked

[InstallDelete]
; what an older version had and this one has not must not stay beside it
Type: filesandordirs; Name: "{app}\_internal"

[Files]
Source: "{#Program}\*"; DestDir: "{app}"; Flags: ignoreversion recursesubdirs createallsubdirs

[Icons]
Name: "{autoprograms}\{#MyName}"; Filename: "{app}\lanewise-window.exe"
Name: "{autodesktop}\{#MyName}"; Filename: "{app}\lanewise-window.exe"; Tasks: desktopicon

[Registry]
Root: HKA; Subkey: "Software\Classes\.lanewise"; ValueType: string; ValueName: ""; ValueData: "{#CaseType}"; Flags: uninsdeletevalue uninsdeletekeyifempty
Root: HKA; Subkey: "Software\Classes\.lanewise\OpenWithProgids"; ValueType: string; ValueName: "{#CaseType}"; ValueData: ""; Flags: uninsdeletevalue uninsdeletekeyifempty
Root: HKA; Subkey: "Software\Classes\.lanewise"; ValueType: string; ValueName: "Content Type"; ValueData: "application/x-lanewise-case"; Flags: uninsdeletevalue
Root: HKA; Subkey: "Software\Classes\{#CaseType}"; ValueType: string; ValueName: ""; ValueData: "{cm:CaseType}"; Flags: uninsdeletekey
Root: HKA; Subkey: "Software\Classes\{#CaseType}\DefaultIcon"; ValueType: string; ValueName: ""; ValueData: "{app}\lanewise-window.exe,0"
Root: HKA; Subkey: "Software\Classes\{#CaseType}\shell\open\command"; ValueType: string; ValueName: ""; ValueData: """{app}\lanewise-window.exe"" ""%1"""
Root: HKA; Subkey: "Software\Classes\.lwrules"; ValueType: string; ValueName: ""; ValueData: "{#RulesType}"; Flags: uninsdeletevalue uninsdeletekeyifempty
Root: HKA; Subkey: "Software\Classes\.lwrules\OpenWithProgids"; ValueType: string; ValueName: "{#RulesType}"; ValueData: ""; Flags: uninsdeletevalue uninsdeletekeyifempty
Root: HKA; Subkey: "Software\Classes\.lwrules"; ValueType: string; ValueName: "Content Type"; ValueData: "application/x-lanewise-rules"; Flags: uninsdeletevalue
Root: HKA; Subkey: "Software\Classes\{#RulesType}"; ValueType: string; ValueName: ""; ValueData: "{cm:RulesType}"; Flags: uninsdeletekey
Root: HKA; Subkey: "Software\Classes\{#RulesType}\DefaultIcon"; ValueType: string; ValueName: ""; ValueData: "{app}\lanewise-window.exe,0"
Root: HKA; Subkey: "Software\Classes\{#RulesType}\shell\open\command"; ValueType: string; ValueName: ""; ValueData: """{app}\lanewise-window.exe"" ""%1"""

[Run]
Filename: "{app}\lanewise-window.exe"; Description: "{cm:LaunchProgram,{#MyName}}"; Flags: nowait postinstall skipifsilent

[UninstallDelete]
Type: filesandordirs; Name: "{app}\_internal"
