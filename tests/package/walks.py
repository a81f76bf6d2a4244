"""What an officer and a relay's keeper do with the packages, as scripts: `S` the client, `R` the relay's keeper."""

RELAY = "/var/lib/secmsg-relay"

OFFICE = r"""
umask 077
W=~/posts; mkdir -p "$W/editions"
for each in authority hq paris; do echo "a passphrase for $each" > "$W/p.$each"; done
secmsg authority create --home "$W/authority" --passphrase-file "$W/p.authority" --name "Bộ Ngoại giao" \
  --sheet "$W/a.pdf"
secmsg station init --home "$W/hq" --passphrase-file "$W/p.hq" --number 1 --name "Bộ Ngoại giao" --place "Hà Nội" \
  --officer "Trần Văn An" --title "Cán bộ cơ yếu" --role headquarters --request "$W/hq.request" \
  --sheet "$W/hq.txt" > "$W/hq.out"
secmsg station init --home "$W/paris" --passphrase-file "$W/p.paris" --number 45 --place Paris \
  --name "Đại sứ quán tại Pháp" --officer "Lê Thị Bình" --title "Cán bộ cơ yếu" --request "$W/paris.request" \
  --sheet "$W/paris.txt" > "$W/paris.out"
secmsg authority enrol --home "$W/authority" --passphrase-file "$W/p.authority" --number 1 --role headquarters \
  --name-vi "Bộ Ngoại giao" --name-en Ministry --place "Hà Nội" --timezone Asia/Ho_Chi_Minh --symbol "{number}/BNG" \
  --cable-name "HA NOI" --relay "Kênh chính=$W/hq.access" --fingerprint "$(sed -n 's/^fingerprint *//p' "$W/hq.out")" \
  --kit "$W/hq.kit" --code-file "$W/hq.code" "$W/hq.request"
secmsg authority enrol --home "$W/authority" --passphrase-file "$W/p.authority" --number 45 \
  --name-vi "Đại sứ quán tại Pháp" --name-en Embassy --place Paris --timezone Europe/Paris --symbol "{number}/DSQ" \
  --cable-name PARIS --relay "Kênh chính=$W/paris.access" \
  --fingerprint "$(sed -n 's/^fingerprint *//p' "$W/paris.out")" --kit "$W/paris.kit" \
  --code-file "$W/paris.code" "$W/paris.request"
secmsg authority edition --home "$W/authority" --passphrase-file "$W/p.authority" --out "$W/editions"
"""
"""Makes the ministry and a mission; the accesses of both lie in ~/posts already."""

JOIN = r"""
W=~/posts
for post in hq paris; do
  secmsg station join --home "$W/$post" --passphrase-file "$W/p.$post" --code-file "$W/$post.code" "$W/$post.kit"
  if secmsg station sheet --help > /dev/null 2>&1; then  # an older program does not ask for it
    grep -E '^[0-9]{5}( [0-9]{5})*$' "$W/$post.txt" > "$W/$post.typed"
    secmsg station sheet check --home "$W/$post" --passphrase-file "$W/p.$post" --groups-file "$W/$post.typed" \
      --sheet-place "Két số 1"
  fi
  secmsg sync --home "$W/$post" --passphrase-file "$W/p.$post"
done
"""


def cable(number: int, word: str) -> str:
    """Send one cable from the mission, fetch it at headquarters, bring its receipt home; prints its text there."""
    return rf"""
W=~/posts
printf 'Kính gửi Bộ,\n\n{word}.\n' > "$W/text.txt"
head -c 100000 /dev/urandom > "$W/bao-cao-{number}.bin"
sync_() {{ secmsg sync --home "$W/$1" --passphrase-file "$W/p.$1" >/dev/null; }}
secmsg send --home "$W/paris" --passphrase-file "$W/p.paris" --to 1 --degree secret --basis "Điều 1 khoản 2" \
  --urgency priority --topic DOINGOAI --subject "Báo cáo {number}" --body-file "$W/text.txt" \
  --attach "$W/bao-cao-{number}.bin:12" --drafter "Phạm Văn Cường" --drafter-title "Bí thư" >/dev/null
sync_ paris; sync_ hq
YEAR=$(TZ=Europe/Paris date +%y)
secmsg show --home "$W/hq" --passphrase-file "$W/p.hq" "$YEAR PARIS 00{number}"
mkdir "$W/out-{number}"
secmsg export --home "$W/hq" --passphrase-file "$W/p.hq" "$YEAR PARIS 00{number}" "$W/out-{number}" >/dev/null
cmp "$W/bao-cao-{number}.bin" "$W/out-{number}/bao-cao-{number}.bin"
secmsg acknowledge --home "$W/hq" --passphrase-file "$W/p.hq" "$YEAR PARIS 00{number}" >/dev/null
sync_ hq; sync_ paris
secmsg list outbox --home "$W/paris" --passphrase-file "$W/p.paris"
"""


LISTED = "secmsg list inbox --home ~/posts/hq --passphrase-file ~/posts/p.hq"

LIBRARIES = r"""
for folder in /usr/lib/secmsg /usr/lib/secmsg-relay; do
export LD_LIBRARY_PATH=$folder/_internal
find $folder \( -name '*.so*' -o -perm -100 \) -type f | while read -r each; do
  ldd "$each" 2>/dev/null | sed -n "s|\(.*\) => not found|\1 of $each|p"
done
done
"""

LEFT = r"""
find / -xdev -name '*secmsg*' -not -path '/proc/*' -not -path '/home/*' \
  -not -path '/var/lib/dpkg/*' -not -path '/packages*'
"""
