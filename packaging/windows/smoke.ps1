# Installs the panel, starts it, removes it: smoke.ps1 INSTALLER. Leaves its logs in build.
# Unverified: never run.
param([Parameter(Mandatory)] [string] $Installer)
$ErrorActionPreference = "Stop"

$installer = (Resolve-Path $Installer).Path
$program = "$env:ProgramFiles\NBA Desktop\nba-desktop.exe"
$policy = "HKLM:\Software\Policies\NBA Desktop\backend"
$server = "https://nba.example.com"

function Assert([bool] $Holds, [string] $What) {
    if (-not $Holds) { throw "not so: $What" }
}

function Invoke-Installer([string] $Verb, [string[]] $More) {
    $log = Join-Path (Resolve-Path build).Path "msiexec$($Verb.Replace('/', '-')).log"
    $arguments = @($Verb, "`"$installer`"", "/qn", "/l*v", "`"$log`"") + $More
    $done = Start-Process msiexec.exe -ArgumentList $arguments -Wait -PassThru
    Assert ($done.ExitCode -eq 0) "msiexec $Verb ends with 0, not $($done.ExitCode); see $log"
}

Invoke-Installer "/i" @("SERVERURL=$server", "AUTOSTART=0")
Assert (Test-Path $program) "the program is there"
Assert ((Get-ItemProperty $policy).url -eq $server) "the policy names the server"

$version = Start-Process $program -ArgumentList "--version" -Wait -PassThru
Assert ($version.ExitCode -eq 0) "the program tells its version"

# Without a screen, with data of its own and a server that does not answer: it has to come up and stay.
$env:QT_QPA_PLATFORM = "offscreen"
$data = Join-Path $env:RUNNER_TEMP "nba-data"
Set-Content build\token.txt "smoke"
$panel = Start-Process $program -ArgumentList "panel", "--token-stdin", "--data", "`"$data`"" -PassThru `
    -RedirectStandardInput build\token.txt -RedirectStandardError build\panel.log
Start-Sleep -Seconds 15
Assert (-not $panel.HasExited) "the panel goes on"
$call = Start-Process $program -ArgumentList "call", "nba-desktop:call?number=%2B493512805504&id=smoke-1" -Wait -PassThru
Assert ($call.ExitCode -eq 0) "the running panel takes a call"
Stop-Process $panel
$panel.WaitForExit()

Invoke-Installer "/x" @()
Assert (-not (Test-Path $program)) "the program is removed"
Assert (-not (Test-Path $policy)) "the policy is removed"
Assert (Test-Path $data) "what the user made stays"
