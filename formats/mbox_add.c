/* SPDX-License-Identifier: MIT */
#include "calendar.h"
#include "mbox.h"
#include "strbuf.h"

/* "Fri Jan  2 03:04:05 2026", UTC (RFC 4155, A; asctime(3)) */
static void add_time(struct strbuf *out, int64_t when)
{
	static const char *const days[] = { "Thu", "Fri", "Sat", "Sun", "Mon",
					    "Tue", "Wed" };
	static const char *const months[] = { "Jan", "Feb", "Mar", "Apr",
		"May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };
	int64_t seconds = calendar_clamp(when);
	int64_t day = calendar_days_in(seconds);
	struct calendar_date date = calendar_date(day);
	int rest = (int)(seconds - day * 86400);

	strbuf_addf(out, "%s %s %2d %02d:%02d:%02d %d",
		    days[(day % 7 + 7) % 7], months[date.month - 1],
		    (int)date.day, rest / 3600, rest / 60 % 60, rest % 60,
		    (int)date.year);
}

static bool is_from(struct slice line)
{
	size_t n = 0;

	while (n < line.len && line.ptr[n] == '>')
		n++;
	return slice_starts_with(slice_sub(line, n, line.len),
				 SLICE("From "));
}

void mbox_add(struct strbuf *out, struct slice mail, const char *sender,
	      int64_t when)
{
	struct slice line;

	strbuf_addf(out, "From %s ", sender);
	add_time(out, when);
	strbuf_addch(out, '\n');
	while (slice_next_line(&line, &mail)) {
		if (is_from(line))
			strbuf_addch(out, '>');
		strbuf_add_slice(out, slice_chomp(line));
		strbuf_addch(out, '\n');
	}
	strbuf_addch(out, '\n');
}
