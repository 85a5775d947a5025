/* SPDX-License-Identifier: MIT */
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "html_escape.h"
#include "strbuf.h"
#include "strings.h"

static const char *const english[STRING_COUNT] = {
	[STRING_CONTENTS] = "Contents",
	[STRING_NOTES] = "Notes",
	[STRING_COVER] = "Cover",
	[STRING_COVER_ALT] = "Cover: %s, by %s",
	[STRING_COVER_ALT_TITLE] = "Cover: %s",
	[STRING_BY] = "by %s",
	[STRING_TITLE_PAGE] = "Title page",
	[STRING_ABOUT] = "About this draft",
	[STRING_BACK_TO_NOTE] = "Back to note %s",
	[STRING_NOTE] = "Note %s",
	[STRING_NEXT] = "Next",
	[STRING_PREVIOUS] = "Previous",
	[STRING_PARAGRAPHS] = "Paragraphs",
	[STRING_LANDMARKS] = "Landmarks",
	[STRING_START] = "Start of the text",
	[STRING_FOR_REVIEW] = "draft for review",
	[STRING_NOT_WRITTEN] = "not written yet",
	[STRING_MADE_FROM] = "Made from commit %s on %s.",
	[STRING_HOW_TO_COMMENT] =
		"To comment, name the paragraph by the small number beside "
		"it, as in 3.14, or quote a few of its words, and say what "
		"you think.",
	[STRING_WRITE_TO] = "Write to %s",
	[STRING_SKIP] = "Skip to the text",
	[STRING_SEARCH] = "Search",
	[STRING_SEARCH_BOOK] = "Search the book",
	[STRING_NOTHING_FOUND] = "Nothing found",
	[STRING_RESULTS] = "Places found: %s",
	[STRING_CLOSE] = "Close",
	[STRING_APPEARANCE] = "Text and colours",
	[STRING_LIGHT] = "Light",
	[STRING_DARK] = "Dark",
	[STRING_AUTOMATIC] = "As the device",
	[STRING_COLOURS] = "Colours",
	[STRING_TEXT_SIZE] = "Size of the text",
	[STRING_SMALLER] = "Smaller",
	[STRING_LARGER] = "Larger",
	[STRING_LINE_WIDTH] = "Width of the lines",
	[STRING_NARROWER] = "Narrower",
	[STRING_WIDER] = "Wider",
	[STRING_CHAPTERS] = "Chapters",
	[STRING_WORDS_LEFT] = "Words left in this chapter: %s",
	[STRING_CONTINUE] = "Go on where you were",
	[STRING_NO_SCRIPT] =
		("All of the book is here. Search and settings need "
		"JavaScript."),
	[STRING_BEGIN] = "Begin reading",
};

static const char *const german[STRING_COUNT] = {
	[STRING_CONTENTS] = "Inhalt",
	[STRING_NOTES] = "Anmerkungen",
	[STRING_COVER] = "Umschlag",
	[STRING_COVER_ALT] = "Umschlag: %s, von %s",
	[STRING_COVER_ALT_TITLE] = "Umschlag: %s",
	[STRING_BY] = "von %s",
	[STRING_TITLE_PAGE] = "Titelseite",
	[STRING_ABOUT] = "Über diese Fassung",
	[STRING_BACK_TO_NOTE] = "Zurück zu Anmerkung %s",
	[STRING_NOTE] = "Anmerkung %s",
	[STRING_NEXT] = "Weiter",
	[STRING_PREVIOUS] = "Zurück",
	[STRING_PARAGRAPHS] = "Absätze",
	[STRING_LANDMARKS] = "Orientierungspunkte",
	[STRING_START] = "Beginn des Textes",
	[STRING_FOR_REVIEW] = "Entwurf zum Gegenlesen",
	[STRING_NOT_WRITTEN] = "noch nicht geschrieben",
	[STRING_MADE_FROM] = "Aus Commit %s vom %s.",
	[STRING_HOW_TO_COMMENT] =
		"Zum Kommentieren nennen Sie den Absatz mit der kleinen "
		"Zahl daneben, etwa 3.14, oder zitieren Sie einige seiner "
		"Worte, und sagen Sie, was Sie meinen.",
	[STRING_WRITE_TO] = "Schreiben Sie an %s",
	[STRING_SKIP] = "Zum Text springen",
	[STRING_SEARCH] = "Suchen",
	[STRING_SEARCH_BOOK] = "Im Buch suchen",
	[STRING_NOTHING_FOUND] = "Nichts gefunden",
	[STRING_RESULTS] = "Fundstellen: %s",
	[STRING_CLOSE] = "Schließen",
	[STRING_APPEARANCE] = "Schrift und Farben",
	[STRING_LIGHT] = "Hell",
	[STRING_DARK] = "Dunkel",
	[STRING_AUTOMATIC] = "Wie das Gerät",
	[STRING_COLOURS] = "Farben",
	[STRING_TEXT_SIZE] = "Schriftgröße",
	[STRING_SMALLER] = "Kleiner",
	[STRING_LARGER] = "Größer",
	[STRING_LINE_WIDTH] = "Zeilenbreite",
	[STRING_NARROWER] = "Schmaler",
	[STRING_WIDER] = "Breiter",
	[STRING_CHAPTERS] = "Kapitel",
	[STRING_WORDS_LEFT] = "Wörter bis zum Ende des Kapitels: %s",
	[STRING_CONTINUE] = "Weiterlesen, wo Sie waren",
	[STRING_NO_SCRIPT] =
		("Das ganze Buch ist da. Suche und Einstellungen brauchen "
		"JavaScript."),
	[STRING_BEGIN] = "Zu lesen beginnen",
};

static const char *const french[STRING_COUNT] = {
	[STRING_CONTENTS] = "Table des matières",
	[STRING_NOTES] = "Notes",
	[STRING_COVER] = "Couverture",
	[STRING_COVER_ALT] = "Couverture : %s, de %s",
	[STRING_COVER_ALT_TITLE] = "Couverture : %s",
	[STRING_BY] = "de %s",
	[STRING_TITLE_PAGE] = "Page de titre",
	[STRING_ABOUT] = "À propos de cette épreuve",
	[STRING_BACK_TO_NOTE] = "Retour à la note %s",
	[STRING_NOTE] = "Note %s",
	[STRING_NEXT] = "Suivant",
	[STRING_PREVIOUS] = "Précédent",
	[STRING_PARAGRAPHS] = "Paragraphes",
	[STRING_LANDMARKS] = "Repères",
	[STRING_START] = "Début du texte",
	[STRING_FOR_REVIEW] = "épreuve à relire",
	[STRING_NOT_WRITTEN] = "pas encore écrit",
	[STRING_MADE_FROM] = "Tirée du commit %s, %s.",
	[STRING_HOW_TO_COMMENT] =
		"Pour commenter, indiquez le paragraphe par le petit "
		"numéro qui est à côté, comme 3.14, ou citez-en quelques "
		"mots, et dites ce que vous en pensez.",
	[STRING_WRITE_TO] = "Écrivez à %s",
	[STRING_SKIP] = "Aller au texte",
	[STRING_SEARCH] = "Rechercher",
	[STRING_SEARCH_BOOK] = "Rechercher dans le livre",
	[STRING_NOTHING_FOUND] = "Rien trouvé",
	[STRING_RESULTS] = "Passages trouvés : %s",
	[STRING_CLOSE] = "Fermer",
	[STRING_APPEARANCE] = "Texte et couleurs",
	[STRING_LIGHT] = "Clair",
	[STRING_DARK] = "Sombre",
	[STRING_AUTOMATIC] = "Comme l’appareil",
	[STRING_COLOURS] = "Couleurs",
	[STRING_TEXT_SIZE] = "Taille du texte",
	[STRING_SMALLER] = "Plus petit",
	[STRING_LARGER] = "Plus grand",
	[STRING_LINE_WIDTH] = "Largeur des lignes",
	[STRING_NARROWER] = "Plus étroit",
	[STRING_WIDER] = "Plus large",
	[STRING_CHAPTERS] = "Chapitres",
	[STRING_WORDS_LEFT] = "Mots restant dans ce chapitre : %s",
	[STRING_CONTINUE] = "Reprendre la lecture",
	[STRING_NO_SCRIPT] =
		("Tout le livre est là. La recherche et les réglages "
		"demandent JavaScript."),
	[STRING_BEGIN] = "Commencer la lecture",
};

static const char *const spanish[STRING_COUNT] = {
	[STRING_CONTENTS] = "Índice",
	[STRING_NOTES] = "Notas",
	[STRING_COVER] = "Cubierta",
	[STRING_COVER_ALT] = "Cubierta: %s, de %s",
	[STRING_COVER_ALT_TITLE] = "Cubierta: %s",
	[STRING_BY] = "de %s",
	[STRING_TITLE_PAGE] = "Portada",
	[STRING_ABOUT] = "Sobre este borrador",
	[STRING_BACK_TO_NOTE] = "Volver a la nota %s",
	[STRING_NOTE] = "Nota %s",
	[STRING_NEXT] = "Siguiente",
	[STRING_PREVIOUS] = "Anterior",
	[STRING_PARAGRAPHS] = "Párrafos",
	[STRING_LANDMARKS] = "Puntos de referencia",
	[STRING_START] = "Comienzo del texto",
	[STRING_FOR_REVIEW] = "borrador para revisión",
	[STRING_NOT_WRITTEN] = "aún sin escribir",
	[STRING_MADE_FROM] = "Hecho a partir del commit %s, %s.",
	[STRING_HOW_TO_COMMENT] =
		"Para comentar, nombre el párrafo por el número pequeño "
		"que tiene al lado, como 3.14, o cite algunas de sus "
		"palabras, y diga lo que piensa.",
	[STRING_WRITE_TO] = "Escriba a %s",
	[STRING_SKIP] = "Ir al texto",
	[STRING_SEARCH] = "Buscar",
	[STRING_SEARCH_BOOK] = "Buscar en el libro",
	[STRING_NOTHING_FOUND] = "No se encontró nada",
	[STRING_RESULTS] = "Pasajes encontrados: %s",
	[STRING_CLOSE] = "Cerrar",
	[STRING_APPEARANCE] = "Texto y colores",
	[STRING_LIGHT] = "Claro",
	[STRING_DARK] = "Oscuro",
	[STRING_AUTOMATIC] = "Como el dispositivo",
	[STRING_COLOURS] = "Colores",
	[STRING_TEXT_SIZE] = "Tamaño del texto",
	[STRING_SMALLER] = "Más pequeño",
	[STRING_LARGER] = "Más grande",
	[STRING_LINE_WIDTH] = "Ancho de las líneas",
	[STRING_NARROWER] = "Más estrecho",
	[STRING_WIDER] = "Más ancho",
	[STRING_CHAPTERS] = "Capítulos",
	[STRING_WORDS_LEFT] = "Palabras que quedan en este capítulo: %s",
	[STRING_CONTINUE] = "Seguir leyendo",
	[STRING_NO_SCRIPT] =
		("Todo el libro está aquí. La búsqueda y los ajustes "
		"necesitan JavaScript."),
	[STRING_BEGIN] = "Empezar a leer",
};

static const char *const italian[STRING_COUNT] = {
	[STRING_CONTENTS] = "Indice",
	[STRING_NOTES] = "Note",
	[STRING_COVER] = "Copertina",
	[STRING_COVER_ALT] = "Copertina: %s, di %s",
	[STRING_COVER_ALT_TITLE] = "Copertina: %s",
	[STRING_BY] = "di %s",
	[STRING_TITLE_PAGE] = "Frontespizio",
	[STRING_ABOUT] = "Su questa bozza",
	[STRING_BACK_TO_NOTE] = "Torna alla nota %s",
	[STRING_NOTE] = "Nota %s",
	[STRING_NEXT] = "Avanti",
	[STRING_PREVIOUS] = "Indietro",
	[STRING_PARAGRAPHS] = "Paragrafi",
	[STRING_LANDMARKS] = "Punti di riferimento",
	[STRING_START] = "Inizio del testo",
	[STRING_FOR_REVIEW] = "bozza da rileggere",
	[STRING_NOT_WRITTEN] = "non ancora scritto",
	[STRING_MADE_FROM] = "Tratta dal commit %s, %s.",
	[STRING_HOW_TO_COMMENT] =
		"Per commentare, indicate il paragrafo con il piccolo "
		"numero che gli sta accanto, come 3.14, o citatene alcune "
		"parole, e dite che cosa ne pensate.",
	[STRING_WRITE_TO] = "Scrivete a %s",
	[STRING_SKIP] = "Vai al testo",
	[STRING_SEARCH] = "Cerca",
	[STRING_SEARCH_BOOK] = "Cerca nel libro",
	[STRING_NOTHING_FOUND] = "Nessun risultato",
	[STRING_RESULTS] = "Passi trovati: %s",
	[STRING_CLOSE] = "Chiudi",
	[STRING_APPEARANCE] = "Testo e colori",
	[STRING_LIGHT] = "Chiaro",
	[STRING_DARK] = "Scuro",
	[STRING_AUTOMATIC] = "Come il dispositivo",
	[STRING_COLOURS] = "Colori",
	[STRING_TEXT_SIZE] = "Dimensione del testo",
	[STRING_SMALLER] = "Più piccolo",
	[STRING_LARGER] = "Più grande",
	[STRING_LINE_WIDTH] = "Larghezza delle righe",
	[STRING_NARROWER] = "Più stretto",
	[STRING_WIDER] = "Più largo",
	[STRING_CHAPTERS] = "Capitoli",
	[STRING_WORDS_LEFT] = "Parole rimaste in questo capitolo: %s",
	[STRING_CONTINUE] = "Riprendi la lettura",
	[STRING_NO_SCRIPT] =
		("Tutto il libro è qui. La ricerca e le impostazioni "
		"richiedono JavaScript."),
	[STRING_BEGIN] = "Inizia a leggere",
};

static const char *const portuguese[STRING_COUNT] = {
	[STRING_CONTENTS] = "Sumário",
	[STRING_NOTES] = "Notas",
	[STRING_COVER] = "Capa",
	[STRING_COVER_ALT] = "Capa: %s, de %s",
	[STRING_COVER_ALT_TITLE] = "Capa: %s",
	[STRING_BY] = "de %s",
	[STRING_TITLE_PAGE] = "Folha de rosto",
	[STRING_ABOUT] = "Sobre esta prova",
	[STRING_BACK_TO_NOTE] = "Voltar à nota %s",
	[STRING_NOTE] = "Nota %s",
	[STRING_NEXT] = "Seguinte",
	[STRING_PREVIOUS] = "Anterior",
	[STRING_PARAGRAPHS] = "Parágrafos",
	[STRING_LANDMARKS] = "Pontos de referência",
	[STRING_START] = "Início do texto",
	[STRING_FOR_REVIEW] = "prova para revisão",
	[STRING_NOT_WRITTEN] = "ainda por escrever",
	[STRING_MADE_FROM] = "Feita a partir do commit %s, %s.",
	[STRING_HOW_TO_COMMENT] =
		"Para comentar, indique o parágrafo pelo pequeno número ao "
		"lado, como 3.14, ou cite algumas das suas palavras, e "
		"diga o que pensa.",
	[STRING_WRITE_TO] = "Escreva para %s",
	[STRING_SKIP] = "Ir para o texto",
	[STRING_SEARCH] = "Procurar",
	[STRING_SEARCH_BOOK] = "Procurar no livro",
	[STRING_NOTHING_FOUND] = "Nada encontrado",
	[STRING_RESULTS] = "Passagens encontradas: %s",
	[STRING_CLOSE] = "Fechar",
	[STRING_APPEARANCE] = "Texto e cores",
	[STRING_LIGHT] = "Claro",
	[STRING_DARK] = "Escuro",
	[STRING_AUTOMATIC] = "Como o dispositivo",
	[STRING_COLOURS] = "Cores",
	[STRING_TEXT_SIZE] = "Tamanho do texto",
	[STRING_SMALLER] = "Menor",
	[STRING_LARGER] = "Maior",
	[STRING_LINE_WIDTH] = "Largura das linhas",
	[STRING_NARROWER] = "Mais estreito",
	[STRING_WIDER] = "Mais largo",
	[STRING_CHAPTERS] = "Capítulos",
	[STRING_WORDS_LEFT] = "Palavras restantes neste capítulo: %s",
	[STRING_CONTINUE] = "Continuar a leitura",
	[STRING_NO_SCRIPT] =
		("O livro está todo aqui. A procura e as definições "
		"precisam de JavaScript."),
	[STRING_BEGIN] = "Começar a ler",
};

static const char *const japanese[STRING_COUNT] = {
	[STRING_CONTENTS] = "目次",
	[STRING_NOTES] = "注",
	[STRING_COVER] = "表紙",
	[STRING_COVER_ALT] = "表紙:%s(%s)",
	[STRING_COVER_ALT_TITLE] = "表紙:%s",
	[STRING_BY] = "%s",
	[STRING_TITLE_PAGE] = "扉",
	[STRING_ABOUT] = "この草稿について",
	[STRING_BACK_TO_NOTE] = "注%sに戻る",
	[STRING_NOTE] = "注%s",
	[STRING_NEXT] = "次へ",
	[STRING_PREVIOUS] = "前へ",
	[STRING_PARAGRAPHS] = "段落",
	[STRING_LANDMARKS] = "目印",
	[STRING_START] = "本文の始まり",
	[STRING_FOR_REVIEW] = "校閲用草稿",
	[STRING_NOT_WRITTEN] = "未執筆",
	[STRING_MADE_FROM] = "コミット%s(%s)より作成。",
	[STRING_HOW_TO_COMMENT] =
		"ご意見は、段落のそばの小さな番号(3.14など)を挙げるか、その言葉をいくつか引用してお寄せください。",
	[STRING_WRITE_TO] = "宛先:%s",
	[STRING_SKIP] = "本文へ移動",
	[STRING_SEARCH] = "検索",
	[STRING_SEARCH_BOOK] = "本の中を検索",
	[STRING_NOTHING_FOUND] = "見つかりません",
	[STRING_RESULTS] = "見つかった箇所:%s",
	[STRING_CLOSE] = "閉じる",
	[STRING_APPEARANCE] = "文字と色",
	[STRING_LIGHT] = "明るい",
	[STRING_DARK] = "暗い",
	[STRING_AUTOMATIC] = "端末に合わせる",
	[STRING_COLOURS] = "色",
	[STRING_TEXT_SIZE] = "文字の大きさ",
	[STRING_SMALLER] = "小さく",
	[STRING_LARGER] = "大きく",
	[STRING_LINE_WIDTH] = "行の幅",
	[STRING_NARROWER] = "狭く",
	[STRING_WIDER] = "広く",
	[STRING_CHAPTERS] = "章",
	[STRING_WORDS_LEFT] = "この章の残りの語数:%s",
	[STRING_CONTINUE] = "続きから読む",
	[STRING_NO_SCRIPT] = "本の全文がここにあります。検索と設定にはJavaScriptが必要です。",
	[STRING_BEGIN] = "読み始める",
};

static const struct {
	const char *language;
	const char *const *strings;
} table[] = {
	{ "en", english }, { "de", german }, { "fr", french },
	{ "es", spanish }, { "it", italian }, { "pt", portuguese },
	{ "ja", japanese }
};

static char lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
}

static bool is_language(const char *tag, const char *language)
{
	return lower(tag[0]) == language[0] && lower(tag[1]) == language[1] &&
	       (!tag[2] || strchr("-_", tag[2]));
}

static size_t find(const char *tag)
{
	size_t i = sizeof(table) / sizeof(*table);

	while (tag && *tag && i-- > 0)
		if (is_language(tag, table[i].language))
			return i;
	return SIZE_MAX;
}

const char *string_get(const char *language, enum string_id id)
{
	size_t i = find(language);

	return table[i == SIZE_MAX ? 0 : i].strings[id];
}

const char *string_language(const char *language)
{
	return find(language) == SIZE_MAX ? " lang=\"en\" dir=\"ltr\"" : "";
}

void string_add(struct strbuf *out, const char *language, enum string_id id,
		const char *first, const char *second)
{
	const char *words = string_get(language, id), *gap;

	while ((gap = strstr(words, "%s"))) {
		html_escape(out, (struct slice){
					 words, (size_t)(gap - words) });
		html_escape_str(out, first ? first : "");
		first = second;
		words = gap + 2;
	}
	html_escape_str(out, words);
}
