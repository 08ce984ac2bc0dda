#!/usr/bin/env bash
# A browser for the tests of the review page, a font for those of PDF: setup_browser.sh VENV. Where it may not install, it says what is missing and
# the tests are skipped with that reason.
set -uo pipefail
venv=$1
playwright=1.65.1 # drives the browser that the system has; brings none of its own

say() { printf '%s\n' "$*" >&2; }

wanted=()
command -v chromium >/dev/null || wanted+=(chromium)
command -v node >/dev/null || wanted+=(nodejs)
command -v npm >/dev/null || wanted+=(npm)
if [ ${#wanted[@]} -gt 0 ]; then
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    apt-get update -qq && apt-get install -y -qq --no-install-recommends "${wanted[@]}" >/dev/null ||
      say "Không cài được / could not install: ${wanted[*]}"
  else
    say "Để thử trang rà soát / to test the review page: sudo apt-get install ${wanted[*]}"
  fi
fi
# the tests' PDF pages are set in Liberation Serif; its first version has no Vietnamese letters
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null && ! ls /usr/share/fonts/truetype/liberation2 >/dev/null 2>&1; then
  apt-get install -y -qq --no-install-recommends fontconfig fonts-liberation2 >/dev/null 2>&1 ||
    apt-get install -y -qq --no-install-recommends fontconfig fonts-liberation >/dev/null 2>&1 || true
fi
if command -v npm >/dev/null && [ ! -d "$venv/browser/node_modules/playwright-core" ]; then
  npm install --silent --no-audit --no-fund --no-save --prefix "$venv/browser" "playwright-core@$playwright" >/dev/null ||
    say "Không cài được playwright-core; trang rà soát không được thử / the review page is not tested"
fi
exit 0
