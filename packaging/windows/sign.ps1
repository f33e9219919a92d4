# Signs a file with the certificate that CERTIFICATE holds as base64, protected by PASSWORD: sign.ps1 FILE
# Unverified: never run.
param([Parameter(Mandatory)] [string] $File)
$ErrorActionPreference = "Stop"

$certificate = Join-Path $env:RUNNER_TEMP "certificate.pfx"
[IO.File]::WriteAllBytes($certificate, [Convert]::FromBase64String($env:CERTIFICATE))
try {
    $signtool = Get-ChildItem "${env:ProgramFiles(x86)}\Windows Kits\10\bin\*\x64\signtool.exe" |
        Sort-Object FullName | Select-Object -Last 1
    # The time stamp keeps the signature good when the certificate has run out.
    & $signtool.FullName sign /fd SHA256 /td SHA256 /tr "http://timestamp.digicert.com" /f $certificate /p $env:PASSWORD $File
    if ($LASTEXITCODE -ne 0) { throw "$File was not signed" }
}
finally {
    Remove-Item $certificate
}
