#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""House rules for EPUB files that EPUBCheck does not check (or no longer checks).

usage: epub_lint.py [--strict] [--reproducible] FILE.epub...
E = must be fixed (status 1); A = advice (status 1 only with --strict).
"""
import posixpath
import re
import struct
import sys
import urllib.parse
import xml.etree.ElementTree as ET
import zipfile

OPF = '{http://www.idpf.org/2007/opf}'
DC = '{http://purl.org/dc/elements/1.1/}'
XH = '{http://www.w3.org/1999/xhtml}'
OPS = '{http://www.idpf.org/2007/ops}'
XML = '{http://www.w3.org/XML/1998/namespace}'
CONT = '{urn:oasis:names:tc:opendocument:xmlns:container}'
MAX_XHTML = 260 * 1024      # the limit calibre uses for Adobe Digital Editions
MAX_CSS = 64 * 1024
MAX_BOOK = 50 * 1024 * 1024
MAX_COLUMNS = 4
A11Y_MUST = ('schema:accessMode', 'schema:accessibilityFeature', 'schema:accessibilityHazard')
A11Y_SHOULD = ('schema:accessModeSufficient', 'schema:accessibilitySummary')
BLOCKS = ('figure', 'figcaption', 'section', 'aside', 'nav', 'header', 'footer', 'article')


class Lint:
    def __init__(self, path, reproducible):
        self.path, self.reproducible, self.errors, self.advice = path, reproducible, [], []

    def e(self, msg):
        self.errors.append(msg)

    def a(self, msg):
        self.advice.append(msg)

    def container(self, raw, z):
        infos = z.infolist()
        first = infos[0] if infos else None
        if not first or first.filename != 'mimetype' or first.header_offset != 0:
            self.e('zip: the first entry is not "mimetype"')
        else:
            flags, method, = struct.unpack('<HH', raw[6:10])
            nlen, xlen = struct.unpack('<HH', raw[26:30])
            if method:
                self.e('zip: "mimetype" is compressed (EPUBCheck 5.3.0 does not see this)')
            if xlen:
                self.e('zip: "mimetype" has an extra field')
            if flags & 8:
                self.e('zip: "mimetype" has a data descriptor')
            if not method and raw[30 + nlen + xlen:].startswith(b'application/epub+zip') is False:
                self.e('zip: wrong "mimetype" content')
        seen = {}
        for i in infos:
            n = i.filename
            if n.endswith('/'):
                self.e('zip: folder entry %r' % n)
            if n.lower() in seen:
                self.e('zip: %r and %r differ only in case or not at all' % (n, seen[n.lower()]))
            seen[n.lower()] = n
            if not re.fullmatch(r'[A-Za-z0-9][A-Za-z0-9._/-]*', n):
                self.e('zip: name %r is not plain ASCII without spaces' % n)
            if i.compress_type not in (0, 8):
                self.e('zip: %r uses compression method %d' % (n, i.compress_type))
        if self.reproducible:
            if len({i.date_time for i in infos}) > 1:
                self.e('zip: entries have different timestamps')
            for i in infos:
                if i.extra:
                    self.e('zip: %r has extra fields' % i.filename)
            rest = [i.filename for i in infos[1:]]
            if rest and not rest[0].startswith('META-INF/'):
                self.a('zip: META-INF/container.xml should follow "mimetype"')
        size = len(raw)
        if size > MAX_BOOK:
            self.a('book is %d MB; Send to Kindle has been seen to fail above 50 MB' % (size >> 20))

    def package(self, z):
        names = set(z.namelist())
        root = ET.fromstring(z.read('META-INF/container.xml'))
        rf = root.find('.//%srootfile' % CONT)
        opf_name = rf.get('full-path')
        base = posixpath.dirname(opf_name)
        opf = ET.fromstring(z.read(opf_name))
        if not opf.get(XML + 'lang'):
            self.e('%s: no xml:lang on package' % opf_name)
        if not opf.get('dir'):
            self.a('%s: no dir on package' % opf_name)
        md = opf.find(OPF + 'metadata')
        metas = md.findall(OPF + 'meta')
        props = {}
        for m in metas:
            if m.get('property') and not m.get('refines'):
                props.setdefault(m.get('property'), []).append((m.text or '').strip())
        for p in A11Y_MUST:
            if p not in props:
                self.e('%s: no %s' % (opf_name, p))
        for p in A11Y_SHOULD:
            if p not in props:
                self.a('%s: no %s' % (opf_name, p))
        ids = {m.get('refines', '')[1:] for m in metas if m.get('property') == 'file-as'}
        for tag in ('title', 'creator'):
            for el in md.findall(DC + tag)[:1]:
                if el.get('id') not in ids:
                    self.a('%s: dc:%s has no file-as' % (opf_name, tag))
        if not md.findall(DC + 'creator'):
            self.a('%s: no dc:creator' % opf_name)
        if not md.findall(DC + 'date'):
            self.a('%s: no dc:date' % opf_name)
        items = {}
        for it in opf.find(OPF + 'manifest'):
            href = urllib.parse.unquote(it.get('href'))
            items[it.get('id')] = (posixpath.normpath(posixpath.join(base, href)), it.get('media-type'),
                                   (it.get('properties') or '').split())
        listed = {v[0] for v in items.values()}
        for n in sorted(names - listed - {'mimetype', opf_name}):
            if not n.startswith('META-INF/'):
                self.e('%s: in the zip but not in the manifest' % n)
        covers = [k for k, v in items.items() if 'cover-image' in v[2]]
        if not covers:
            self.a('%s: no cover-image' % opf_name)
        elif not [m for m in metas if m.get('name') == 'cover' and m.get('content') in covers]:
            self.a('%s: no <meta name="cover"> for older readers' % opf_name)
        if not [v for v in items.values() if v[1] == 'application/x-dtbncx+xml']:
            self.a('%s: no NCX; MuPDF and EPUB 2 readers show no table of contents' % opf_name)
        nav = [v[0] for v in items.values() if 'nav' in v[2]]
        if nav:
            self.nav(nav[0], ET.fromstring(z.read(nav[0])))
        spine = [items[r.get('idref')][0] for r in opf.find(OPF + 'spine')]
        blocks = set()
        for name, mtype, _ in items.values():
            if name not in names:
                continue
            data = z.read(name)
            if mtype == 'application/xhtml+xml':
                self.xhtml(name, data, name in spine, blocks)
            elif mtype == 'text/css':
                if len(data) > MAX_CSS:
                    self.a('%s: %d bytes of CSS' % (name, len(data)))
        css = b'\n'.join(z.read(v[0]) for v in items.values() if v[1] == 'text/css' and v[0] in names).decode('utf-8', 'replace')
        self.css(css, blocks)

    def nav(self, name, root):
        kinds = {}
        for n in root.iter(XH + 'nav'):
            for t in (n.get(OPS + 'type') or '').split():
                kinds[t] = n
        if 'landmarks' not in kinds:
            self.a('%s: no landmarks' % name)
        if 'toc' in kinds and kinds['toc'].get('role') != 'doc-toc':
            self.a('%s: toc nav has no role="doc-toc"' % name)
        depth = 0

        def walk(el, d):
            nonlocal depth
            for c in el:
                if c.tag == XH + 'ol':
                    depth = max(depth, d + 1)
                    walk(c, d + 1)
                else:
                    walk(c, d)
        if 'toc' in kinds:
            walk(kinds['toc'], 0)
        if depth > 3:
            self.a('%s: table of contents nests %d deep; readers show 2 or 3' % (name, depth))

    def xhtml(self, name, data, in_spine, blocks):
        if len(data) > MAX_XHTML:
            self.e('%s: %d KB, more than %d' % (name, len(data) >> 10, MAX_XHTML >> 10))
        if not name.endswith('.xhtml'):
            self.a('%s: name should end in .xhtml' % name)
        try:
            root = ET.fromstring(data)
        except ET.ParseError as err:
            self.e('%s: %s' % (name, err))
            return
        if root.get(XML + 'lang') != root.get('lang') or not root.get('lang'):
            self.e('%s: html needs equal lang and xml:lang' % name)
        if b'<!--' in data:
            self.a("%s: XML comment; Kindle's converter has refused books over them" % name)
        heads = []
        for el in root.iter():
            if not isinstance(el.tag, str):
                continue
            tag = el.tag.rsplit('}', 1)[-1]
            blocks.update({tag} & set(BLOCKS))
            if tag in ('script', 'form', 'iframe', 'style'):
                self.a('%s: <%s>' % (name, tag))
            if el.get('style'):
                self.a('%s: inline style on <%s>' % (name, tag))
            if tag == 'img' and el.get('alt') is None:
                self.e('%s: <img> without alt' % name)
            if tag == 'table' and el.find('.//%sth' % XH) is None:
                self.a('%s: table without th' % name)
            if tag == 'tr' and sum(int(c.get('colspan') or 1) for c in el) > MAX_COLUMNS:
                self.a('%s: table with more than %d columns' % (name, MAX_COLUMNS))
            if re.fullmatch('h[1-6]', tag):
                heads.append(int(tag[1]))
            types = (el.get(OPS + 'type') or '').split()
            if 'noteref' in types and (tag != 'a' or el.get('role') != 'doc-noteref'):
                self.e('%s: noteref must be <a role="doc-noteref">' % name)
            if 'noteref' in types and len(el):
                self.a('%s: noteref has child elements; Apple Books then shows no popup' % name)
            if ({'footnote', 'endnote'} & set(types)) and not el.get('id'):
                self.e('%s: note without id' % name)
            if el.get('role') == 'doc-endnote':
                self.e('%s: role doc-endnote is deprecated' % name)
            if tag == 'a' and (el.get('href') or '').startswith('mailto:') and len(el.get('href')) > 1900:
                self.e('%s: mailto link of %d characters; Chromium on Windows drops more than 2046'
                       % (name, len(el.get('href'))))
        for x, y in zip([0] + heads, heads):
            if y > x + 1 and x:
                self.e('%s: heading level jumps from h%d to h%d' % (name, x, y))
        title = root.find('%shead/%stitle' % (XH, XH))
        if in_spine and (title is None or not (title.text or '').strip()):
            self.e('%s: empty title' % name)

    def css(self, css, blocks):
        css = re.sub(r'/\*.*?\*/', '', css, flags=re.S)
        shown = ' '.join(sel for sel, body in re.findall(r'([^{}]+)\{([^{}]*)\}', css) if re.search(r'display\s*:\s*block', body))
        for b in sorted(blocks):
            if not re.search(r'(?<![\w.#-])%s(?![\w-])' % b, shown):
                self.a('css: <%s> is used but never given display: block (old engines lay it out inline)' % b)
        if re.search(r'@namespace|\[\s*epub\s*\|', css):
            self.a('css: namespaced attribute selectors; old engines drop the rule, use classes')
        for sel, body in re.findall(r'([^{}]+)\{([^{}]*)\}', css):
            if re.search(r'(^|[\s,])(html|body|p)([\s,]|$)', sel.strip()) and re.search(r'(^|[;\s])(color|background(-color)?)\s*:', body):
                self.a('css: colour fixed on %s breaks night mode' % sel.strip())
        if re.search(r'(^|[;{\s])--[\w-]+\s*:|var\(', css):
            self.a("css: custom properties; Kindle's converter has refused books over them")
        if re.search(r'position\s*:\s*(fixed|absolute)', css):
            self.a('css: position fixed or absolute')
        if re.search(r'url\(\s*["\']?https?:', css):
            self.e('css: remote resource')
        media = re.search(r'@media\s+[^{]*\([^{]*\)', css)
        if media and css.find('}', css.rfind('@media')) != -1:
            tail = re.split(r'@media[^{]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}', css)[-1]
            if tail.strip():
                self.a('css: rules follow an @media query with features; old engines may drop them')


def main(argv):
    strict, repro, files = False, False, []
    for a in argv:
        if a == '--strict':
            strict = True
        elif a == '--reproducible':
            repro = True
        else:
            files.append(a)
    bad = 0
    for f in files:
        lint = Lint(f, repro)
        try:
            with open(f, 'rb') as fh:
                raw = fh.read()
            with zipfile.ZipFile(f) as z:
                lint.container(raw, z)
                lint.package(z)
        except (zipfile.BadZipFile, KeyError, AttributeError, ET.ParseError) as err:
            lint.e('cannot be read: %r' % err)
        for kind, msgs in (('E', lint.errors), ('A', lint.advice)):
            if kind == 'A' and not strict:
                continue
            done = {}
            for m in msgs:
                done[m] = done.get(m, 0) + 1
            for m, n in done.items():
                print('%s: %s %s%s' % (f, kind, m, ' (%d times)' % n if n > 1 else ''))
        if lint.errors or (strict and lint.advice):
            bad = 1
    return bad


if __name__ == '__main__':
    sys.exit(main(sys.argv[1:]))
