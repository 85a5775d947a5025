# SPDX-License-Identifier: MIT
# shellcheck shell=sh
#
# After lib.sh: a book that readers had, and what they send.
#
#	handbook book && cd book	round 1, then a round 2 of other words
#	patch_by 'Ann Reader' round/1 glossary.md 's/still/quiet/' >a.mbox
#
# What the author did before round 2: the second paragraph of the foreword is
# wrapped anew, and a sentence of the third ("An instruction") is written anew;
# "Nobody works it." of the gates is cut, and "The cure is" has gone there from
# the pond. After round 2, dressing.md got another name.

# shellcheck disable=SC2154
made=$directory/handbook

# made_handbook: what handbook copies
made_handbook() (
	set -e
	git init -q "$made"
	cd "$made"
	cp -R "$samples"/handbook/. .
	git add .
	git commit -qm 'Everything'
	galley-round open --no-drafts >/dev/null
	perl -0pi -e '
		s{(Everything else.*?first\.)}{
			my $p = $1;
			$p =~ tr/\n/ /;
			$p =~ s/(.{1,60}) /$1\n/g;
			$p
		}se;
		s/An instruction\n.*?at night\./A rule whose reason nobody
knows is soon a rule that nobody keeps./s;
	' foreword.md
	perl -0pi -e '
		s/ Nobody works it\.//;
		s/in an hour\.\[\^padlock\]\n/$&\nThe cure is as old as the
trouble. Once a fortnight, on a big spring tide, let the pond go *all at
once*.\n/;
	' 01-water/gates.md
	perl -0pi -e 's/The cure is as old.*?:\n\n//s' 01-water/pond.md
	git commit -qam 'Other words'
	GIT_COMMITTER_DATE=2026-02-02T03:04:05Z \
		galley-round open --no-drafts >/dev/null
	git mv 02-stones/dressing.md 02-stones/dress.md
	perl -pi -e 's/dressing\.md/dress.md/' SUMMARY.md ./*.md ./*/*.md
	git commit -qam 'Another name'
	git clone -q --bare . "$made.git"
)

# handbook FOLDER: the book of an author, who is on the branch main
handbook() {
	[ -d "$made" ] || made_handbook || return
	cp -R "$made" "$1"
}

# patch_by NAME REVISION FILE SED [FILE SED]...: the mail of a reader who
# changed the files of the book in the current folder, as git writes it
#	when=DATE, message=WORDS, number=1/2: of the mail
patch_by() (
	set -e
	name=$1 revision=$2 number=${number:-}
	email=$(echo "$name" | LC_ALL=C tr -cd 'A-Za-z ' |
		tr 'A-Z ' 'a-z.')@example.net
	shift 2
	git worktree add -q --detach "$directory/reader" "$revision"
	repository=$PWD
	cd "$directory/reader"
	while [ $# -gt 0 ]; do
		[ -f "$1" ]
		perl -0pi -e "$2" "$1"
		shift 2
	done
	GIT_AUTHOR_DATE=${when:-2026-02-14T09:00:00+0100} \
		git -c user.name="$name" -c user.email="$email" \
		commit -qam "${message:-I read it so}" \
		--author="$name <$email>"
	git format-patch -1 --stdout --subject-prefix="PATCH${number:+ $number}" |
		awk -v id="$(git rev-parse --short=12 HEAD)@example.net" '
			{ print }
			/^Date: / && !n++ { print "Message-ID: <" id ">" }'
	cd "$repository"
	git worktree remove --force "$directory/reader"
)
