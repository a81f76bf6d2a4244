@echo off
rem Untested: see README.md beside this file. Builds out\package\build\desktop from wheelhouse-windows alone.
setlocal
cd /d "%~dp0\..\.."
set PYTHONHASHSEED=0
if not exist .venv-package\Scripts\python.exe py -3.11 -m venv .venv-package || exit /b 1
.venv-package\Scripts\python -m pip install --no-index --find-links wheelhouse-windows --require-hashes -r packaging\locks\package.txt || exit /b 1
.venv-package\Scripts\python -m PyInstaller --noconfirm --distpath out\package\build --workpath out\package\work packaging\desktop\secmsg.spec || exit /b 1
echo out\package\build\desktop
