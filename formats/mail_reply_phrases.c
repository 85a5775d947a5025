/* SPDX-License-Identifier: MIT */
/* What people and programs write around what is to be said. */
#include <string.h>

#include "mail_reply_private.h"

static char small(char c)
{
	return (char)(c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c);
}

bool reply_starts(struct slice s, const char *phrase)
{
	size_t i = 0;

	for (; phrase[i]; i++)
		if (i >= s.len || small(s.ptr[i]) != phrase[i])
			return false;
	return true;
}

bool reply_has(struct slice s, const char *phrase)
{
	for (size_t i = 0; i < s.len; i++)
		if (small(s.ptr[i]) == *phrase &&
		    reply_starts(slice_sub(s, i, s.len), phrase))
			return true;
	return false;
}

size_t reply_count_words(struct slice s)
{
	size_t count = 0;
	bool in = false;

	for (size_t i = 0; i < s.len; i++) {
		bool blank = (unsigned char)s.ptr[i] <= ' ';

		count += !blank && !in;
		in = !blank;
	}
	return count;
}

static bool starts_with_one_of(struct slice s, const char *const *phrases)
{
	for (; *phrases; phrases++)
		if (reply_starts(s, *phrases))
			return true;
	return false;
}

static bool has_one_of(struct slice s, const char *const *phrases)
{
	for (; *phrases; phrases++)
		if (reply_has(s, *phrases))
			return true;
	return false;
}

/* The word that a phrase starts with ends with it. */
static bool is_opened_by(struct slice s, const char *const *phrases)
{
	for (; *phrases; phrases++) {
		size_t n = strlen(*phrases);

		if (!reply_starts(s, *phrases))
			continue;
		if (n == s.len || (unsigned char)s.ptr[n] >= 0x80 ||
		    !((s.ptr[n] >= 'a' && s.ptr[n] <= 'z') ||
		      (s.ptr[n] >= 'A' && s.ptr[n] <= 'Z')))
			return true;
	}
	return false;
}

/* ---- devices and footers ----------------------------------------------- */

static const char *const devices[] = {
	"sent from my", "sent from mobile", "sent from yahoo",
	"sent from proton", "sent with proton", "sent with [proton",
	"sent from outlook",
	"sent from mail for", "sent from a ", "sent from gmail", "sent via ",
	"get outlook for", "von meinem", "gesendet von", "gesendet mit",
	"diese nachricht wurde von", "envoyé de mon", "envoyé depuis",
	"envoyé à partir", "envoyé avec", "enviado desde", "enviado do meu",
	"enviado de mi", "enviado a partir", "enviat des", "inviato da",
	"verstuurd van", "verzonden van", "skickat från", "sendt fra",
	"lähetetty", "Отправлено с", "отправлено с", "Отправлено из",
	"отправлено из", "Надіслано з", "надіслано з", "wysłane z",
	"wysłano z", "odesláno z", "odoslané z", "poslano z", "küldve",
	"elküldve", "trimis de pe", "Στάλθηκε από", "στάλθηκε από", "נשלח מ",
	"أرسلت من", "تم الإرسال من", "发自我的", "發自我的", "從我的", "从我的",
	"나의 iphone", "内の iphone", "gửi từ", "dikirim dari", "ส่งจาก", NULL
};
static const char *const device_ends[] = {
	"から送信", "에서 보냄", "dan gönderildi", "den gönderildi",
	"-ról", NULL
};

bool reply_is_device(struct slice line)
{
	line = slice_trim(line);
	if (line.len > 100 || line.len < 6 || reply_count_words(line) > 10)
		return false;
	return starts_with_one_of(line, devices) ||
	       has_one_of(line, device_ends);
}

static const char *const footers[] = {
	"this e-mail and any", "this email and any", "this e-mail message",
	"this message and any attach", "this message is intended",
	"this email is intended", "this e-mail is intended",
	"this message contains confidential", "confidentiality notice",
	"this communication is confidential",
	"the information contained in this", "the content of this email",
	"diese e-mail enthält", "diese nachricht enthält vertraul",
	"der inhalt dieser e-mail", "ce message et toutes",
	"ce message est confidentiel", "ce courriel et", "este mensaje y",
	"este correo electr", "esta mensagem", "questo messaggio",
	"dit bericht is", "please consider the environment",
	"virus-free", "this email has been checked for viruses",
	"you received this message because", "to unsubscribe from this",
	"you are receiving this", "mailing list -- ", "--~--~", NULL
};

bool reply_is_footer(struct slice line)
{
	line = slice_trim(line);
	while (line.len && (*line.ptr == '*' || *line.ptr == '_'))
		line = slice_sub(line, 1, line.len);
	return starts_with_one_of(line, footers);
}

/* ---- talk --------------------------------------------------------------- */

static const char *const greetings[] = {
	"hi", "hello", "hey", "dear", "good morning", "good evening",
	"good afternoon", "greetings", "hallo", "liebe", "lieber",
	"sehr geehrte", "sehr geehrter", "guten tag", "guten morgen", "moin",
	"servus", "grüß", "bonjour", "bonsoir", "cher", "chère", "salut",
	"coucou", "hola", "estimado", "estimada", "querido", "querida",
	"buenos", "ciao", "caro", "cara", "gentile", "buongiorno", "olá",
	"oi", "bom dia", "hoi", "beste", "hej", "kära", "kære", "kjære",
	"cześć", "ahoj", "привет", "Привет", "здравствуйте",
	"Здравствуйте", "γεια", "مرحبا", "أهلا", "السلام عليكم", "عزيزي",
	"عزيزتي", "שלום", "merhaba", "こんにちは", "お世話になって", "你好",
	"您好", "안녕하세요", NULL
};
static const char *const farewells[] = {
	"best", "all the best", "best wishes", "warm wishes",
	"with kind", "with warm", "with love", "kind regards", "best regards",
	"warm regards", "regards", "warmly", "cheers", "sincerely",
	"yours", "love", "take care", "see you", "bye", "thanks again",
	"with best", "lg", "vg", "mfg", "viele grüße", "viele grüsse",
	"liebe grüße", "herzliche grüße", "herzlichen gruß", "herzlichst",
	"herzlich", "beste grüße",
	"schöne grüße", "mit freundlichen", "mit besten", "gruß", "grüße",
	"bis bald", "tschüss", "cordialement", "bien à", "amicalement",
	"amitiés", "bises", "à bientôt", "bonne journée", "saludos",
	"un saludo", "un abrazo", "abrazos", "atentamente", "saluti",
	"cordiali", "un abbraccio", "a presto", "abraços", "atenciosamente",
	"groeten", "groetjes", "met vriendelijke", "mvh", "hälsningar",
	"vänliga", "hilsen", "venlig", "pozdrawiam", "s pozdravem",
	"с уважением", "С уважением", "تحياتي", "مع تحياتي",
	"مع أطيب التحيات", "よろしくお願い", "敬具", "此致", "祝好", NULL
};
static const char *const thanks[] = {
	"thanks", "thank you", "many thanks", "thx", "danke", "vielen dank",
	"besten dank", "merci", "gracias", "muchas gracias", "grazie",
	"obrigado", "obrigada", "bedankt", "dank", "tack", "tak", "takk",
	"kiitos", "dziękuję", "děkuji", "спасибо", "Спасибо", "ありがとう",
	"شكرا", "谢谢", "謝謝", "감사합니다", "teşekkür", NULL
};
static const char *const subjects_of_talk[] = {
	"typo", "comment", "note", "correction", "remark", "thought",
	"feedback", "anmerkung", "kommentar", "tippfehler", "remarque",
	"commentaire", "notas", "comentario", "osservazion", NULL
};

static const char *const places[] = {
	"below", "inline", "in-line", "in line", "in red", "in blue",
	"in green", "in colo", "between the lines", "in the text",
	"in your mail", "unten", "im text", "in rot", "in blau", "farbig",
	"ci-dessous", "en rouge", "en bleu", "en rojo", "abajo", "in rosso",
	"qui sotto", "hieronder", "in het rood", NULL
};

static const char *const buts[] = {
	" but ", "but ", " however", " though", "aber ", "mais ", "pero ",
	" però", "maar ", " ma ", " men ", "jedoch", NULL
};

/* The phrase is all there is, or goes on after a comma. */
static bool is_phrase_alone(struct slice line, const char *const *phrases)
{
	for (; *phrases; phrases++) {
		size_t n = strlen(*phrases);

		if (!reply_starts(line, *phrases))
			continue;
		if (n == line.len || strchr(",.!", line.ptr[n]))
			return true;
		/* "Mit freundlichen …": nothing else starts so */
		if (strchr(*phrases, ' ') && line.ptr[n] == ' ')
			return true;
	}
	return false;
}

static bool has_digit(struct slice s)
{
	for (size_t i = 0; i < s.len; i++)
		if (s.ptr[i] >= '0' && s.ptr[i] <= '9')
			return true;
	return false;
}

/* オルラ様: a name and what it is called by in Japanese. */
static bool is_called(struct slice line)
{
	return line.len <= 40 && (slice_ends_with(line, SLICE("様")) ||
				  slice_ends_with(line, SLICE("さん")) ||
				  slice_ends_with(line, SLICE("先生")));
}

static bool is_talk_line(struct slice line)
{
	size_t words;
	char last;

	if (line.len > 200)
		return false;
	words = reply_count_words(line);
	if (!words)
		return true;
	last = line.ptr[line.len - 1];
	if (is_called(line))
		return true;
	if (is_opened_by(line, greetings) &&
	    ((words <= 3 && last != '.') ||
	     (words <= 5 && strchr(",!:", last))))
		return true;
	if (words <= 7 && (is_phrase_alone(line, farewells) ||
			   (last == ',' && is_opened_by(line, farewells))))
		return true;
	if (has_digit(line) || has_one_of(line, buts))
		return false;
	if (words <= 14 && is_opened_by(line, thanks))
		return true;
	if (words <= 12 && last == ':')
		return has_one_of(line, subjects_of_talk) ||
		       has_one_of(line, places);
	return words <= 6 && last != '?' && has_one_of(line, places) &&
	       has_one_of(line, subjects_of_talk);
}

#define ELSEWHERE 25	/* words */

bool reply_is_elsewhere(struct slice words)
{
	return reply_count_words(words) <= ELSEWHERE &&
	       has_one_of(words, places);
}

bool reply_is_name(struct slice paragraph)
{
	size_t words = reply_count_words(paragraph);

	paragraph = slice_trim(paragraph);
	if (!words || words > 3 || paragraph.len > 60 ||
	    slice_find(paragraph, '\n') < paragraph.len)
		return false;
	for (size_t i = 0; i < paragraph.len; i++) {
		char c = paragraph.ptr[i];
		bool first = !i || paragraph.ptr[i - 1] == ' ';

		if (first && c >= 'a' && c <= 'z')
			return false;
		if ((unsigned char)c < 0x80 && !(small(c) >= 'a' &&
						 small(c) <= 'z') &&
		    !strchr(" .,-", c))
			return false;
		if (c == '.' && i + 1 == paragraph.len && i > 1 &&
		    paragraph.ptr[i - 2] != ' ')
			return false; /* "Good." */
	}
	return true;
}

bool reply_is_talk(struct slice paragraph)
{
	struct slice rest = slice_trim(paragraph), line, joined = rest;
	bool first = true;

	if (is_talk_line(joined) && slice_find(joined, '\n') == joined.len)
		return true;
	while (slice_next_line(&line, &rest)) {
		line = slice_trim(line);
		/* "Best,\nTom", "Hi Ada,\nthanks for the draft" */
		if (!is_talk_line(line) && (first || !reply_is_name(line)))
			return false;
		first = false;
	}
	return true;
}
