/* SPDX-License-Identifier: MIT */
/*
 * What mail programs put above a quote, in the languages they speak: one
 * sentence that ends in a colon, or a few lines of headers.
 */
#include "mail_reply_private.h"
#include "utf8.h"

/* Small letters where they are ASCII; else as they are written. */
static const char *const verbs[] = {
	"wrote", "writes", "a écrit", "schrieb", "geschrieben", "escribió",
	"escribio", "ha scritto", "scrive", "escreveu", "schreef", "skrev",
	"skrifaði", "kirjoitti", "napisał", "napsal", "napísal", "napisao",
	"napisala", "írta", "a scris", "пишет", "написал", "писал", "написав",
	"пише", "написа", "yazdı", "έγραψε", "כתב", "كتب", "نوشت", "書きました",
	"のメッセージ", "写道", "寫道", "님이 작성", "작성:", "đã viết",
	"menulis", "เขียนว่า", "va escriure",
	"rašė", "rakstīja", "kirjutas", "ने लिखा",
	"said"
};

static const char *const starts[] = {
	"on ", "le ", "am ", "el ", "il ", "em ", "op ", "den ", "på ", "pe ",
	"dnia ", "dne ", "dňa ", "w dniu ", "dana ", "στις ", "в ", "ב", "في ",
	"vào ", "pada ", "ti ", "lör", "mon", "tue", "wed", "thu", "fri",
	"sat", "sun", "lun", "mar", "mié", "jue", "vie", "sáb", "dom", "mo.",
	"di.", "mi.", "do.", "fr.", "sa.", "so.", "mer", "jeu", "ven", "sam",
	"dim", "пн", "вт", "ср", "чт", "пт", "сб", "вс", "ma ", "to ", "ke ",
	"pe ", "la ", "su ", "quoting", "в письме", "at ", "--- on "
};

static bool has_one_of(struct slice s, const char *const *phrases, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (reply_has(s, phrases[i]))
			return true;
	return false;
}

static bool has_digit(struct slice s)
{
	for (size_t i = 0; i < s.len; i++)
		if (s.ptr[i] >= '0' && s.ptr[i] <= '9')
			return true;
	return false;
}

static bool has_year(struct slice s)
{
	for (size_t i = 0; i + 4 <= s.len; i++)
		if ((s.ptr[i] == '1' || s.ptr[i] == '2') &&
		    (s.ptr[i + 1] == '9' || s.ptr[i + 1] == '0') &&
		    s.ptr[i + 2] >= '0' && s.ptr[i + 2] <= '9' &&
		    s.ptr[i + 3] >= '0' && s.ptr[i + 3] <= '9')
			return true;
	return false;
}

bool reply_starts_attribution(struct slice line)
{
	line = slice_trim(line);
	if (line.len && *line.ptr >= '0' && *line.ptr <= '9')
		return true;
	for (size_t i = 0; i < sizeof(starts) / sizeof(*starts); i++)
		if (reply_starts(line, starts[i]))
			return true;
	return false;
}

bool reply_is_attribution(struct slice line, bool sure)
{
	bool address, verb;

	line = slice_trim(line);
	if (line.len < 8 || line.len > 400)
		return false;
	if (!slice_ends_with(line, SLICE(":")) &&
	    !slice_ends_with(line, SLICE("：")))
		return false;
	address = slice_find(line, '@') < line.len;
	verb = has_one_of(line, verbs, sizeof(verbs) / sizeof(*verbs));
	if (sure)
		return verb && reply_starts_attribution(line) &&
		       has_digit(line) && (address || has_year(line));
	if (address && has_digit(line) &&
	    (slice_ends_with(line, SLICE(">:")) ||
	     slice_ends_with(line, SLICE("]:"))))
		return true;
	return verb && (address || has_digit(line) ||
			reply_count_words(line) <= 6);
}

/* ---- headers above a quote --------------------------------------------- */

/* Without the colon. */
static const char *const headers[] = {
	"From", "Sent", "To", "Cc", "Subject", "Date", "Reply-To",
	"Von", "Gesendet", "An", "Betreff", "Datum",
	"De", "Envoyé", "À", "Objet", "Date",
	"Enviado", "Enviado el", "Para", "Asunto", "Fecha", "CC",
	"Da", "Inviato", "A", "Oggetto", "Data",
	"Enviada em", "Assunto", "Van", "Verzonden", "Aan", "Onderwerp",
	"Från", "Skickat", "Till", "Ämne", "Fra", "Sendt", "Til", "Emne",
	"Lähettäjä", "Lähetetty", "Vastaanottaja", "Aihe",
	"Od", "Wysłano", "Do", "Temat", "Odesláno", "Komu", "Předmět",
	"Predmet", "Feladó", "Elküldve", "Címzett", "Tárgy",
	"De la", "Trimis", "Către", "Subiect",
	"От", "От кого", "Отправлено", "Кому", "Тема", "Дата", "Від",
	"Надіслано", "Kimden", "Gönderildi", "Kime", "Konu",
	"Από", "Στάλθηκε", "Προς", "Θέμα",
	"差出人", "送信日時", "宛先", "件名", "发件人", "发送时间", "收件人",
	"主题", "寄件者", "寄件日期", "收件者", "主旨",
	"보낸 사람", "보낸 날짜", "받는 사람", "제목", "מאת", "נשלח", "אל",
	"נושא", "من", "تم الإرسال", "إلى", "الموضوع"
};

static struct slice without_stars(struct slice line)
{
	line = slice_trim(line);
	while (line.len && *line.ptr == '*')
		line = slice_sub(line, 1, line.len);
	return line;
}

bool reply_is_header(struct slice line)
{
	size_t colon;
	struct slice name;

	line = without_stars(line);
	colon = slice_find(line, ':');
	if (colon == line.len) {
		colon = slice_find_slice(line, SLICE("："));
		if (colon == line.len)
			return false;
	}
	name = slice_trim_end(slice_sub(line, 0, colon));
	/* French sets a no-break space there */
	if (slice_ends_with(name, SLICE("\u00A0")))
		name.len -= 2;
	while (name.len && name.ptr[name.len - 1] == '*')
		name.len--;
	for (size_t i = 0; i < sizeof(headers) / sizeof(*headers); i++)
		if (slice_eq_str(name, headers[i]))
			return true;
	return false;
}

bool reply_is_ruler(struct slice line)
{
	size_t n = 0, end;
	char c;

	line = slice_trim(line);
	if (line.len < 8)
		return false;
	c = *line.ptr;
	if (c != '-' && c != '_')
		return false;
	while (n < line.len && line.ptr[n] == c)
		n++;
	if (n == line.len)
		return c == '_' && n >= 20;
	for (end = line.len; end > n && line.ptr[end - 1] == c; end--)
		;
	return c == '-' && n >= 4 && line.len - end >= 4 && end - n > 4 &&
	       end - n < 60;
}
