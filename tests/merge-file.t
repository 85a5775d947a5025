#!/bin/sh
# SPDX-License-Identifier: MIT
# The prose merge at the command line, and as git's merge driver.
. "${0%/*}/lib.sh"

# three OURS BASE THEIRS: the files
three() {
	printf '%s\n' "$1" >ours
	printf '%s\n' "$2" >base
	printf '%s\n' "$3" >theirs
}
# merges RESULT [OPTION...]: without conflict, to this
merges() {
	printf '%s\n' "$1" >expected
	shift
	galley-merge-file -p "$@" ours base theirs >got && diff expected got
}
fog='The fog came in from the harbour at four. Nobody saw it.'

check 'two words of one line, changed by two' '
	three "The thick fog came in from the harbour at four. Nobody saw it." \
		"$fog" "The fog came in from the harbour at five. Nobody saw it." &&
	merges "The thick fog came in from the harbour at five. Nobody saw it."'
check 'a paragraph wrapped anew, and a word in it' '
	three "The fog came in from
the harbour at four. Nobody
saw it." "$fog" "The fog rolled in from the harbour at four. Nobody saw it." &&
	merges "The fog rolled in from
the harbour at four. Nobody
saw it."'
check 'a paragraph moved, and a word in it' '
	three "One bell rang, then two of them.

Rain fell on the quay and the boats.

$fog" "$fog

One bell rang, then two of them.

Rain fell on the quay and the boats." \
		"The fog rolled in from the harbour at four. Nobody saw it.

One bell rang, then two of them.

Rain fell on the quay and the boats." &&
	merges "One bell rang, then two of them.

Rain fell on the quay and the boats.

The fog rolled in from the harbour at four. Nobody saw it."'
check 'the same change on both sides is one' '
	three "A grey fog came in." "A gray fog came in." "A grey fog came in." &&
	merges "A grey fog came in."'

cat >expected <<-'END'
	The fog came in at four.
	<<<<<<< ours
	Nobody on the quay saw it.
	||||||| base
	Nobody on the shore saw it.
	=======
	Nobody on the pier saw it.
	>>>>>>> theirs
	The bell rang twice.
END
conflict() {
	three 'The fog came in at four. Nobody on the quay saw it. The bell rang twice.' \
		'The fog came in at four. Nobody on the shore saw it. The bell rang twice.' \
		'The fog came in at four. Nobody on the pier saw it. The bell rang twice.'
}
check 'a conflict shows the sentence three times, and is counted' '
	conflict && exits 1 galley-merge-file -p ours base theirs >got 2>err &&
	diff "$PWD/expected" got &&
	[ "$(cat err)" = "warning: 1 conflict in '\''ours'\''" ]'
check '--no-diff3 leaves base out, --quiet is quiet' '
	conflict && exits 1 galley-merge-file -pq --no-diff3 ours base theirs >got 2>err &&
	! [ -s err ] && sed "/^|||/,/^Nobody.*shore/d" expected | diff - got'
check 'labels and marker size, as git has them' '
	conflict &&
	exits 1 galley-merge-file -pq -L mine -L old -L yours --marker-size=9 \
		ours base theirs >got &&
	grep -qx "<<<<<<<<< mine" got && grep -qx "||||||||| old" got &&
	grep -qx "=========" got && grep -qx ">>>>>>>>> yours" got'
check '--ours, --theirs, --union: no conflicts' '
	conflict &&
	galley-merge-file -p --ours ours base theirs | grep -q "on the quay saw it. The" &&
	galley-merge-file -p --theirs ours base theirs | grep -q "on the pier saw it. The" &&
	galley-merge-file -p --union ours base theirs |
		grep -q "on the quay saw it. Nobody on the pier saw it. The"'
check 'a sentence that was rewritten takes no correction' '
	three "Not a soul was there to watch as the fog arrived." \
		"Nobody saw how the fog came in from the harbour." \
		"Nobody saw how the fog came in from the harbor." &&
	exits 1 galley-merge-file -pq ours base theirs >got &&
	grep -q "^Not a soul" got'
check 'more than 127 conflicts are 127' '
	awk "BEGIN { for (i = 0; i < 150; i++) print \"The ship\", i, \"sailed away now.\\n\" }" >base
	sed s/sailed/went/ base >ours && sed s/sailed/came/ base >theirs &&
	exits 127 galley-merge-file -q ours base theirs && grep -c "^<<<<<<<" ours | grep -qx 150'
check 'the result goes into ours' '
	three "A b c d e f." "A b c d e f." "A b c d e g." &&
	galley-merge-file ours base theirs && diff ours theirs'
check 'CRLF of ours stays, and that of theirs alone changes nothing' '
	printf "One two three.\r\nFour five six.\r\n" >ours
	printf "One two three.\nFour five six.\n" >base
	printf "One too three.\nFour five six.\n" >theirs
	printf "One too three.\r\nFour five six.\r\n" >expected2
	galley-merge-file -p ours base theirs >got && cmp got expected2'
check 'Japanese and Thai, word by word' '
	three "吾輩は白い猫である。名前はまだ無い。" "吾輩は猫である。名前はまだ無い。" "吾輩は猫である。名前はもう無い。" &&
	merges "吾輩は白い猫である。名前はもう無い。" &&
	three "แมวสีขาวนอนอยู่บนเสื่อ หมาเห่า" "แมวนอนอยู่บนเสื่อ หมาเห่า" "แมวนอนอยู่บนเสื่อ หมาหอน" &&
	merges "แมวสีขาวนอนอยู่บนเสื่อ หมาหอน"'

check 'a file that is not there is an error to git, and named' '
	three a b c && exits 255 galley-merge-file ours gone theirs 2>err &&
	grep -q "^fatal: .*gone" err && [ "$(cat ours)" = a ]'
check 'binary files are an error' '
	printf "a\0b" >binary && three a b c &&
	exits 255 galley-merge-file -p ours base binary 2>err &&
	grep -qx "fatal: cannot merge binary files: .binary." err'
check 'misuse' '
	exits 129 galley-merge-file one two 2>/dev/null &&
	exits 129 galley-merge-file -L a -L b -L c -L d ours base theirs 2>/dev/null &&
	exits 129 galley-merge-file --ours --theirs ours base theirs 2>/dev/null &&
	exits 129 galley-merge-file --marker-size=x ours base theirs 2>/dev/null'

check 'git merges with it, and leaves what conflicts to the author' '
	git init -q -b main book && cd book &&
	git config merge.galley.driver \
		"galley-merge-file -q --marker-size=%L -L ours -L base -L theirs %A %O %B" &&
	echo "*.md merge=galley" >.gitattributes &&
	printf "%s\n" "$fog" >a.md && git add . && git commit -qm one &&
	git checkout -qb reader && sed -i s/four/five/ a.md && git commit -qam two &&
	git checkout -q main && sed -i "s/fog/thick fog/" a.md && git commit -qam three &&
	git merge -q reader -m merged &&
	grep -qx "The thick fog came in from the harbour at five. Nobody saw it." a.md &&
	git checkout -qb other && sed -i s/five/six/ a.md && git commit -qam four &&
	git checkout -q main && sed -i s/five/seven/ a.md && git commit -qam five &&
	exits 1 git merge -q other >/dev/null 2>&1 && grep -q "^|||||||" a.md &&
	git ls-files -u | grep -q a.md'

# driven NAME: a manuscript with the driver, one branch of a reader, and main
driven() {
	galley-init --merge-driver "$1" >/dev/null && cd "$1" &&
	printf "%s\n" "$fog" >01-chapter-one.md && git commit -qam base &&
	git checkout -qb reader && sed -i s/four/five/ 01-chapter-one.md &&
	git commit -qam reader && git checkout -q - &&
	sed -i "s/The fog/The thick fog/" 01-chapter-one.md &&
	git commit -qam author
}
both() {
	grep -qx "The thick fog came in from the harbour at five. Nobody saw it." \
		01-chapter-one.md
}
check 'git merge, as galley init sets it up' '
	driven a && git merge -q reader -m merged && both'
check 'git rebase' 'driven b && git rebase -q HEAD reader 2>/dev/null && both'
check 'git cherry-pick' 'driven c && git cherry-pick reader >/dev/null && both'
check 'git am -3' '
	driven d && git format-patch -q -1 reader -o ../d.patches &&
	git am -q -3 ../d.patches/*.patch >/dev/null 2>&1 && both'
finished
