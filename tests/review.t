#!/bin/sh
# SPDX-License-Identifier: MIT
# What readers said, decided one after the other at the terminal.
. "${0%/*}/lib.sh"

# book NAME: a manuscript with a round, and what two readers said
book() {
	git init -q "$1" && cd "$1" || return
	printf '[book]\n\ttitle = The Fog\n' >galley.conf
	printf -- '- [Fog](fog.md)\n- [Ice](ice.md)\n' >SUMMARY.md
	cat >fog.md <<-'END'
	# Fog

	The fog was grey. The gulls walked, and nobody
	beleived old Pell.

	She rang the bell until her arms were tired.
	END
	printf '# Ice\n\nThe ice was long in coming.\n' >ice.md
	git add . && git commit -qm one && galley-round open --no-drafts
	cat >"../$1.mbox" <<-'END'
	From ann@example.org Fri Jan  2 10:00:00 2026
	From: Ann Reader <ann@example.org>
	Date: Fri, 2 Jan 2026 10:00:00 +0000
	Subject: Re: The Fog, round 1
	Message-Id: <1@example.org>

	1.1 s/grey/gray/
	as elsewhere

	1.1: "beleived" -> "believed"

	> She rang the bell until her arms were tired.

	Lovely!

	From ben@example.org Fri Jan  2 11:00:00 2026
	From: Ben Writer <ben@example.org>
	Date: Fri, 2 Jan 2026 11:00:00 +0000
	Subject: Re: The Fog, round 1
	Message-Id: <2@example.org>

	1.1: "beleived" -> "believed"

	2.1: "in coming" -> "to come"

	END
	galley-collect "../$1.mbox"
}
# answers LINE...: galley-review with these lines as input
answers() {
	printf '%s\n' "$@" | galley-review
}
# states: of all comments, in reading order
states() {
	galley-list -a --json | perl -MJSON::PP -0777 -ne '
		print join " ", map { $_->{state} } @{decode_json($_)}'
}
# editor SCRIPT: an editor that does this with the file "$1"
editor() {
	printf '#!/bin/sh\n%s\n' "$1" >"$directory/editor"
	chmod +x "$directory/editor"
	GIT_EDITOR=$directory/editor
}

check 'each is decided by a letter, in reading order' '
	book letters
	exits 1 answers a d "no, it is not" k "" n >out
	states | grep -x "applied declined declined noted open"
	tail -n 1 out | grep -x "1 applied, 1 noted, 1 declined, 1 left"
	git log -1 --format="%an <%ae> %cn" |
		grep -x "Ann Reader <ann@example.org> Ada Author"
	grep "The fog was gray" fog.md && [ -z "$(git status --porcelain -uno)" ]
	galley-list -a | grep "declined: no, it is not"
	answers a >out && tail -n 1 out | grep -x "1 applied, 0 left"
	answers a >out && grep -x "nothing is open" out && git fsck --strict'
check 'it shows who says what, where, and what is asked' '
	book shown
	exits 1 answers n q >out
	id=$(galley-list -q | head -n 1 | cut -c 1-8)
	cat >expect <<-END
	$id 1.1 fog.md:3  Ann Reader

	    The fog was [-grey.-]{+gray.+}

	    | as elsewhere

	(1/4) Put this into the text [a,d,l,e,m,n,q,?]? 
	END
	head -n 7 out | diff expect -
	sed -n "s/^[0-9a-f]* //; 8p" out |
		grep -x "1.1 fog.md:4  Ann Reader, Ben Writer"
	tail -n 1 out | grep "4 left$"'
check 'what two readers said is decided for both' '
	book both
	exits 1 answers n a q >out
	states | grep -x "open applied applied open open"
	git log -1 --format=%B >message
	grep -x "Suggested-by: Ben Writer <ben@example.org>" message
	grep -c "^Comment: " message | grep -x 2'
check 'the end of the input is quit, and nothing is lost' '
	book end
	printf "a" | exits 1 galley-review >out
	states | grep -x "applied open open open open"
	printf "d\nbecau" | exits 1 galley-review >out
	states | grep -x "applied declined declined open open"
	printf "d\n" | exits 1 galley-review >out
	exits 1 galley-review </dev/null >out && tail -n 1 out | grep -x "2 left"
	states | grep -x "applied declined declined open open"'
check 'to decline needs a reason, to put off does not' '
	book reasons
	exits 1 answers d "" l "" d "" n l "in spring" q >out
	states | grep -x "deferred open open deferred open"
	galley-list | grep "deferred: in spring"
	tail -n 1 out | grep "2 put off, 2 left$"'
check 'other letters, and ?, explain those that are offered' '
	book help
	exits 1 answers "?" z apply "" q >out
	grep -c "a - apply" out | grep -x 4
	exits 1 grep "[ks] - " out && states | grep -x "open open open open open"
	exits 1 answers n n a q >out && grep "k - done" out
	exits 1 grep "a - " out'
check 'words of the author are the commit of the reader, who is told' '
	book reworded
	editor "cp \"\$1\" ../seen; sed -i \"1s/gray/as grey as slate/\" \"\$1\""
	exits 1 answers e q >out
	cat >expect <<-"END"
	The fog was gray.

	# What Ann Reader suggests, for you to change.
	#
	# The reader saw:
	#     The fog was grey.
	#
	# and suggests:
	#     The fog was gray.
	#
	# because:
	#     as elsewhere
	#
	# Lines that start with '\''#'\'' are left out. If nothing else is left, nothing is done.
	END
	diff expect ../seen
	git show --format="%an" --unified=0 | grep -E "^[-+A]" >diff
	printf "%s\n" "Ann Reader" "--- a/fog.md" "+++ b/fog.md" \
		"-The fog was grey. The gulls walked, and nobody" \
		"+The fog was as grey as slate. The gulls walked, and nobody" |
		diff - diff
	git log -1 --format=%B | sed -n "1,/^Round:/p" >message
	printf "%s\n" "1.1: \"grey\" -> \"gray\"" "" \
		"as elsewhere" "" \
		"[Ada Author: reworded]" "" "Round: 1" | diff - message
	states | grep -x "applied open open open open"'
check 'an edit without a change applies, an empty one does nothing' '
	book unchanged
	editor : && exits 1 answers e q >out
	states | grep -x "applied open open open open"
	exits 1 git log -1 --format=%B | exits 1 grep reworded
	head=$(git rev-parse HEAD)
	editor ": >\"\$1\"" && exits 1 answers e q >out
	grep "No words, nothing done" out
	editor "sed -i \"/^[^#]/d\" \"\$1\"" && exits 1 answers e q >out
	grep "No words, nothing done" out
	editor "printf \"\\\\377\" >\"\$1\"" && exits 1 answers e q >out
	grep "no text in UTF-8" out
	editor "exit 3" && exits 1 answers e q >out 2>err
	grep "^error: there was trouble with the editor" err
	[ $head = $(git rev-parse HEAD) ]'
check 'what does not fit is shown with the text as it is now' '
	book misfit
	sed -i "s/was grey/lay dark and low/" fog.md && git commit -qam later
	editor "cp \"\$1\" ../seen; sed -i \"s/low\./low and gray./\" \"\$1\""
	exits 1 answers a e q >out
	grep "^It does not fit: the words at this place have been changed" out
	grep -A 1 "^There is now:" out | grep -x "    The fog lay dark and low."
	grep "^(1/4) What becomes of it \[d,l,e,m,n,q,?\]?" out
	grep "^# It does not fit: the words" ../seen
	head -n 1 ../seen | grep -x "The fog lay dark and low."
	grep "^The fog lay dark and low and gray. The gulls" fog.md
	git log -1 --format=%an | grep -x "Ann Reader"
	states | grep -x "applied open open open open"'
check 'a remark is mended by the author, whose commit that is' '
	book mended
	editor "cp \"\$1\" ../seen; sed -i \"1s/until/till/\" \"\$1\""
	exits 1 answers n n e q >out
	head -n 4 ../seen >top
	printf "%s\n" "She rang the bell until her arms were tired." "" \
		"# What Ann Reader says of this paragraph:" "#     Lovely!" |
		diff - top
	git log -1 --format="%an%n%B" >message
	id=$(galley-list --state=applied -q)
	printf "%s\n" "Ada Author" "1.2: as Ann Reader remarked" "" "> Lovely!" \
		"" "Suggested-by: Ann Reader <ann@example.org>" \
		"Comment: $id" "" | diff - message
	grep "^She rang the bell till her" fog.md
	states | grep -x "open open open applied open"'
check 'a remark is shown in its sentence' '
	book remark
	exits 1 answers n n q >out
	grep -x "    {==She rang the bell until her arms were tired.==}" out
	grep -x "    | Lovely!" out
	grep "^(3/4) What becomes of this remark \[k,d,l,e,m,n,q,?\]?" out'
check 'what fits, and what does not, can be marked to be settled later' '
	book marked
	exits 1 answers m n m q >out
	tail -n 1 out | grep "2 marked, 2 left$"
	grep "^The fog was {~~grey~>gray~~}{>>Ann Reader" fog.md
	grep "^{==She rang.*==}{>>Lovely!<<}" fog.md
	states | grep -x "marked open open marked open"'
check 'a heading can be reworded, too' '
	book heading
	cat >../heading.eml <<-"END"
	From: Cy Third <cy@example.org>
	Date: Fri, 2 Jan 2026 12:00:00 +0000
	Subject: Re: The Fog, round 1
	Message-Id: <3@example.org>

	> Fog

	Is that all?
	END
	galley-collect ../heading.eml
	editor "cp \"\$1\" ../seen; sed -i \"1s/Fog/The Fog/\" \"\$1\""
	id=$(galley-list --from=cy -q)
	printf "e\n" | galley-review $id
	grep "^; Lines that start with .;. are left out" ../seen
	head -n 1 fog.md | grep -x "# The Fog"'
check 'passages are decided one by one' '
	book passages
	git checkout -q -b cy round/1
	sed -i "s/grey/white/; s/bell/gong/" fog.md
	git commit -qam "Colours and sounds" --author="Cy Third <cy@example.org>"
	git format-patch -q -1 -o .. && git checkout -q main
	galley-collect ../0001-*.patch
	id=$(galley-list --from=cy -q)
	printf "s\na\nd\nno gongs\n" | galley-review $id >out
	grep "^(1/1) Put this into the text \[a,d,l,m,s,n,q,?\]?" out
	grep "(1/1, passage 1 of 2) Put this into the text" out
	grep "(1/1, passage 2 of 2) Put this into the text" out
	grep -c "| Colours and sounds" out | grep -x 1
	tail -n 1 out | grep -x "1 applied, 0 left"
	grep "was white" fog.md && grep bell fog.md
	git log -1 --format=%B | grep -x "Comment: $id.1/2"'
check 'a half decided comment goes on where it was left' '
	book half
	git checkout -q -b cy round/1
	sed -i "s/grey/white/; s/bell/gong/" fog.md
	git commit -qam "Colours and sounds" --author="Cy Third <cy@example.org>"
	git format-patch -q -1 -o .. && git checkout -q main
	galley-collect ../0001-*.patch
	id=$(galley-list --from=cy -q)
	printf "s\nn\na\n" | exits 1 galley-review $id >out
	tail -n 1 out | grep -x "1 left" && grep gong fog.md
	printf "a\n" | galley-review --from=cy >out
	grep "^(1/1, passage 1 of 2)" out && exits 1 grep "passage 2 of 2" out
	grep "was white" fog.md
	printf "a\n" | galley-review $id.2 >out
	grep "^${id%"${id#????????}"} applied by commit" out'
check 'changes that are not committed are left alone, and so is the comment' '
	book dirty
	echo mine >>fog.md
	exits 1 answers a e m a >out
	grep -c "Not now: .fog.md. has changes that are not committed" out |
		grep -x 3
	tail -n 1 fog.md | grep -x mine
	states | grep -x "open open open open applied"'
check 'those of a reader, a chunk, a round; and those that are named' '
	book some
	exits 1 answers q >out && grep "^(1/4)" out
	: | exits 1 galley-review --from=BEN >out && grep "^(1/2)" out
	: | exits 1 galley-review --chunk=ice.md >out && grep "^(1/1)" out
	: | exits 1 galley-review -r 1 >out && grep "^(1/4)" out
	: | galley-review -r 2 >out && grep "nothing is open" out
	galley-defer $(galley-list -q)
	: | galley-review >out && grep "nothing is open" out
	printf "a\n" | galley-review $(galley-list -q --chunk=ice.md)
	grep "long to come" ice.md
	exits 129 galley-review -r 1 abcd && exits 128 galley-review 0000'
check 'what the text says already is only noted' '
	book already
	sed -i "s/grey/gray/" fog.md && git commit -qam mine
	head=$(git rev-parse HEAD)
	exits 1 answers a q >out
	grep "^The text says so already" out
	grep "^(1/4) Note that it is there \[a,d,l,n,q,?\]?" out
	states | grep -x "already open open open open"
	[ $head = $(git rev-parse HEAD) ]'
check 'the author can commit while the question waits' '
	book meanwhile
	mkfifo ../keys
	galley-review <../keys >out & exec 3>../keys
	printf "n\n" >&3
	for i in 1 2 3 4 5 6 7 8 9 10; do
		grep -q "(2/4)" out && break
		sleep 0.2
	done
	sed -i "s/tired/lame/" fog.md && git commit -qam mine
	printf "a\n" >&3 && exec 3>&-
	exits 1 wait $!
	grep lame fog.md && grep believed fog.md
	git log -3 --format=%s | sed -n 2p | grep -x mine'
check 'controls of readers never reach the terminal' '
	book controls
	printf "From: E <e@example.org>\nDate: Fri, 2 Jan 2026 12:00:00 +0000\nSubject: Re: round 1\nMessage-Id: <9@example.org>\n\n1.1: red\033[31m \342\200\256 alert\n" >../e.eml
	galley-collect ../e.eml
	id=$(galley-list --from=e@example -q)
	printf "n\n" | exits 1 galley-review $id >out
	exits 1 grep "$(printf "\033")" out && grep "red.*\[31m .u202e" out'

if script -qec true /dev/null </dev/null >/dev/null 2>&1; then
check 'a terminal has colours, and lines of its width' '
	book terminal
	printf "%s\n" "# Fog" "" "The fog was grey, and so were the water, the sky and the long low land behind it, on which nobody had ever seen a light at night." >fog.md
	git commit -qam two && galley-round open --no-drafts
	cat >../wide.eml <<-"END"
	From: Cy Third <cy@example.org>
	Date: Fri, 2 Jan 2026 12:00:00 +0000
	Subject: Re: The Fog, round 2
	Message-Id: <3@example.org>

	1.1 s/grey/gray/
	END
	galley-collect ../wide.eml
	id=$(galley-list --from=cy -q)
	unset COLUMNS
	printf "a\n" | TERM=xterm script -qec \
		"stty cols 60; galley-review $id" /dev/null >raw
	grep "$(printf "\033\\[31mgrey")" raw
	perl -pe "s/\\e\\[[0-9;]*m//g; s/\\r//g" raw >out
	grep "^(1/1) Put this into the text" out
	exits 1 grep -E "^.{61}" out
	grep -x "    The fog was grey,gray, and so were the water, the sky" out
	grep "was gray" fog.md'
else
skip 'a terminal has colours, and lines of its width' 'no script(1)'
fi
finished
