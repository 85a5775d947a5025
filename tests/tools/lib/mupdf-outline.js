// SPDX-License-Identifier: MIT
// Run by mutool: prints the number of pages and of outline entries.
var doc = new Document(scriptArgs[0]);
var n = 0;
function count(list) { for (var i = 0; list && i < list.length; ++i) { ++n; count(list[i].down); } }
count(doc.loadOutline());
print('pages ' + doc.countPages());
print('outline ' + n);
