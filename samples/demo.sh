#!/bin/sh
# SPDX-License-Identifier: MIT
#
# make demo: a novella goes out to its readers, their mails come back into the
# text under their names, and the next round goes out; all in build/demo/.
set -eu
cd "${0%/*}/.."
project=$(pwd -P)
: "${B:=$project/build}"
PATH=$B/bin:$PATH
demo=${B#"$project"/}/demo
name=the-tide-table
rm -rf "$demo"
mkdir -p "$demo/.home"
cp samples/readers.mbox "$demo"

# by its author, in its days, whatever the settings of who tries it
unset GIT_DIR GIT_WORK_TREE GIT_INDEX_FILE GIT_CONFIG_GLOBAL XDG_CONFIG_HOME
HOME=$(cd "$demo/.home" && pwd -P)
GIT_AUTHOR_NAME='Orla Quennell' GIT_AUTHOR_EMAIL=orla@example.org
GIT_COMMITTER_NAME=$GIT_AUTHOR_NAME GIT_COMMITTER_EMAIL=$GIT_AUTHOR_EMAIL
GIT_PAGER=cat GIT_CONFIG_NOSYSTEM=1
export PATH HOME GIT_AUTHOR_NAME GIT_AUTHOR_EMAIL GIT_COMMITTER_NAME
export GIT_COMMITTER_EMAIL GIT_PAGER GIT_CONFIG_NOSYSTEM

# step DAY WORDS: what happens then
step() {
	GIT_AUTHOR_DATE="$1T09:00:00Z" GIT_COMMITTER_DATE=$GIT_AUTHOR_DATE
	export GIT_AUTHOR_DATE GIT_COMMITTER_DATE
	printf '\n# %s\n' "$2"
}

# show STATUS COMMAND...: the command as it is typed, and what it says
show() {
	status=$1 got=0
	shift
	printf '$'
	for word; do
		case $word in
		*[!A-Za-z0-9_./=:+,-]*) printf " '%s'" "$word" ;;
		*) printf ' %s' "$word" ;;
		esac
	done
	echo
	"$@" || got=$?
	[ "$got" = "$status" ] || {
		echo "exit status $got, not $status" >&2
		exit 1
	}
}

# words_to NAME: of the mail that tells the reader what became of their words
words_to() {
	grep -l '^Message-Id: <galley\.t\.' ../outbox/new/* |
		xargs grep -l "^To: .*$1" |
		xargs perl -MMIME::QuotedPrint -0777 -ne '
			s/.*?\n\n//s;
			print map { s/^/    /r } split /^/, decode_qp($_)'
}

# change FILE SCRIPT: as an editor does
change() {
	sed "$2" "$1" >"$1.new" && mv "$1.new" "$1"
}

step 2026-10-01 'A novella in one file becomes a repository of its chapters.'
show 0 galley split "samples/$name.md" "$demo/$name"
cd "$demo/$name"
git config user.name "$GIT_AUTHOR_NAME"
git config user.email "$GIT_AUTHOR_EMAIL"

step 2026-10-02 'It goes out to its readers, as an e-book and as a web site.'
show 0 galley round open -o ../drafts -m 'Please read it down.'
sed -n 's/^From: *//p' ../readers.mbox | LC_ALL=C sort -u |
	perl -CO -MEncode -ne 'print decode("MIME-Header", $_)' >readers
echo readers >>.git/info/exclude
show 0 galley send --outbox=../outbox

step 2026-10-09 'Its author goes on writing, and cuts a chapter in two.'
show 0 galley split --at=scene 06-the-drawer.md
change 01-prologue.md 's/took the carter had lifted it off the cart, carried '\
'it across the Gullet as politely as/took the carter took it too, bore it '\
'over the Gullet like/'
change 11-four-hundred-and-twelve.md 's/Mrs Crake, the bees,/Mrs Crake, of '\
'the bees,/'
show 0 git commit -qam 'The piano goes for a walk'

step 2026-10-14 'A dozen readers have answered, by mail, each in their own way.'
show 1 galley collect ../readers.mbox

step 2026-10-15 'Two of them have found the same misprint. It is meant so.'
show 0 galley list --chunk=03-the-reader.md
sign=$(galley list -q --from=Moss | cut -c 1-8)
show 0 galley decline -m 'Hester will see it too, in a minute.' "$sign"

step 2026-10-16 'All else that fits beyond doubt goes in, under their names.'
show 1 galley apply --clean

step 2026-10-17 'What is left wants a decision, or an answer.'
show 0 galley list

step 2026-10-18 'Each reader hears what became of what they said.'
show 0 galley thanks --outbox=../outbox
echo
words_to Marlowe

step 2026-10-19 'And the next round goes out, with what has changed.'
show 0 galley round open -o ../drafts -m 'With your words in it.'
show 0 galley send --since-last --outbox=../outbox
show 0 git shortlog -sn round/1..round/2

step 2026-10-20 'Who has read the first needs to see no more than this.'
show 0 galley redline --summary 1 2
show 0 galley redline 1 2
show 0 galley redline -t epub --changed -o ../drafts/changes.epub 1 2

cat <<END

The drafts of both rounds are in $demo/drafts: open the e-book, or the
index.html of the site. The mails are $demo/readers.mbox,
and those to readers in $demo/outbox: mutt -f $demo/outbox

Try next: PATH="$B/bin:\$PATH"; cd $demo/$name
  galley review                      what is left, one after the other
  galley list --all                  all that was said, and what became of it
  galley show $(galley list -q --from=Aske | cut -c 1-8)               why this one does not fit; then
  galley apply --mark $(galley list -q --from=Aske | cut -c 1-8)       puts it into the text for you to settle
  git log -p round/1..               what each reader changed
  galley redline 1 2                 what is new in the second round, here
  galley export -t html              the book as one page
Your own book: galley split your-book.md
END
