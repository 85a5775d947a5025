/* SPDX-License-Identifier: MIT */
#include <strings.h>

#include "book_role.h"
#include "utf8.h"

struct name {
	const char *word;
	enum book_role role;
};

static const struct name classes[] = {
	{ "prologue", ROLE_PROLOGUE },
	{ "epilogue", ROLE_EPILOGUE },
	{ "foreword", ROLE_FOREWORD },
	{ "preface", ROLE_PREFACE },
	{ "introduction", ROLE_INTRODUCTION },
	{ "dedication", ROLE_DEDICATION },
	{ "epigraph", ROLE_EPIGRAPH },
	{ "acknowledgments", ROLE_ACKNOWLEDGMENTS },
	{ "acknowledgements", ROLE_ACKNOWLEDGMENTS },
	{ "afterword", ROLE_AFTERWORD },
	{ "appendix", ROLE_APPENDIX },
	{ "colophon", ROLE_COLOPHON },
	{ "glossary", ROLE_GLOSSARY },
	{ "bibliography", ROLE_BIBLIOGRAPHY },
	{ "conclusion", ROLE_CONCLUSION },
	{ "copyright", ROLE_COPYRIGHT },
};

/* Compared without regard to the case of ASCII letters. */
static const struct name titles[] = {
	{ "prologue", ROLE_PROLOGUE }, { "prolog", ROLE_PROLOGUE },
	{ "prólogo", ROLE_PROLOGUE }, { "prologo", ROLE_PROLOGUE },
	{ "プロローグ", ROLE_PROLOGUE }, { "序章", ROLE_PROLOGUE },
	{ "epilogue", ROLE_EPILOGUE }, { "epilog", ROLE_EPILOGUE },
	{ "épilogue", ROLE_EPILOGUE }, { "Épilogue", ROLE_EPILOGUE },
	{ "epílogo", ROLE_EPILOGUE }, { "epilogo", ROLE_EPILOGUE },
	{ "エピローグ", ROLE_EPILOGUE }, { "終章", ROLE_EPILOGUE },
	{ "foreword", ROLE_FOREWORD }, { "vorwort", ROLE_FOREWORD },
	{ "geleitwort", ROLE_FOREWORD }, { "avant-propos", ROLE_FOREWORD },
	{ "prefacio", ROLE_FOREWORD }, { "prefazione", ROLE_FOREWORD },
	{ "prefácio", ROLE_FOREWORD }, { "はじめに", ROLE_FOREWORD },
	{ "preface", ROLE_PREFACE }, { "préface", ROLE_PREFACE },
	{ "introduction", ROLE_INTRODUCTION },
	{ "einleitung", ROLE_INTRODUCTION },
	{ "einführung", ROLE_INTRODUCTION },
	{ "introducción", ROLE_INTRODUCTION },
	{ "introduzione", ROLE_INTRODUCTION },
	{ "introdução", ROLE_INTRODUCTION },
	{ "dedication", ROLE_DEDICATION }, { "widmung", ROLE_DEDICATION },
	{ "dédicace", ROLE_DEDICATION }, { "dedicatoria", ROLE_DEDICATION },
	{ "epigraph", ROLE_EPIGRAPH }, { "épigraphe", ROLE_EPIGRAPH },
	{ "acknowledgments", ROLE_ACKNOWLEDGMENTS },
	{ "acknowledgements", ROLE_ACKNOWLEDGMENTS },
	{ "danksagung", ROLE_ACKNOWLEDGMENTS }, { "dank", ROLE_ACKNOWLEDGMENTS },
	{ "remerciements", ROLE_ACKNOWLEDGMENTS },
	{ "agradecimientos", ROLE_ACKNOWLEDGMENTS },
	{ "ringraziamenti", ROLE_ACKNOWLEDGMENTS },
	{ "agradecimentos", ROLE_ACKNOWLEDGMENTS },
	{ "謝辞", ROLE_ACKNOWLEDGMENTS },
	{ "afterword", ROLE_AFTERWORD }, { "nachwort", ROLE_AFTERWORD },
	{ "postface", ROLE_AFTERWORD }, { "postfacio", ROLE_AFTERWORD },
	{ "postfazione", ROLE_AFTERWORD }, { "posfácio", ROLE_AFTERWORD },
	{ "あとがき", ROLE_AFTERWORD },
	{ "colophon", ROLE_COLOPHON }, { "kolophon", ROLE_COLOPHON },
	{ "impressum", ROLE_COLOPHON }, { "colofón", ROLE_COLOPHON },
	{ "glossary", ROLE_GLOSSARY }, { "glossar", ROLE_GLOSSARY },
	{ "glossaire", ROLE_GLOSSARY }, { "glosario", ROLE_GLOSSARY },
	{ "glossario", ROLE_GLOSSARY }, { "glossário", ROLE_GLOSSARY },
	{ "用語集", ROLE_GLOSSARY },
	{ "bibliography", ROLE_BIBLIOGRAPHY },
	{ "literatur", ROLE_BIBLIOGRAPHY },
	{ "literaturverzeichnis", ROLE_BIBLIOGRAPHY },
	{ "bibliographie", ROLE_BIBLIOGRAPHY },
	{ "bibliografía", ROLE_BIBLIOGRAPHY },
	{ "bibliografia", ROLE_BIBLIOGRAPHY },
	{ "conclusion", ROLE_CONCLUSION }, { "schluss", ROLE_CONCLUSION },
	{ "conclusión", ROLE_CONCLUSION }, { "conclusione", ROLE_CONCLUSION },
	{ "copyright", ROLE_COPYRIGHT },
};

/* "Appendix B", "Anhang: Gezeiten": the word, then no letter. */
static const char *const appendix[] = { "appendix",  "anhang", "annexe",
					"apéndice", "appendice",
					"apêndice", "付録" };

static bool same_letters(struct slice a, const char *b)
{
	struct slice s = slice_of(b);

	return a.len == s.len && !strncasecmp(a.ptr, s.ptr, s.len);
}

static enum book_role find(const struct name *names, size_t count,
			   struct slice word)
{
	for (size_t i = 0; i < count; i++)
		if (same_letters(word, names[i].word))
			return names[i].role;
	return ROLE_CHAPTER;
}

enum book_role book_role_of_class(struct slice name)
{
	return find(classes, sizeof(classes) / sizeof(*classes), name);
}

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c & 0x80);
}

enum book_role book_role_of_title(struct slice title)
{
	struct slice word = slice_trim(title);
	size_t colon;

	for (size_t i = 0; i < sizeof(appendix) / sizeof(*appendix); i++) {
		struct slice a = slice_of(appendix[i]);

		if (word.len >= a.len &&
		    same_letters(slice_sub(word, 0, a.len), appendix[i]) &&
		    (word.len == a.len || !is_letter(word.ptr[a.len])))
			return ROLE_APPENDIX;
	}
	/* "Prologue: The Storm", "Epilogue." */
	colon = slice_find(word, ':');
	if (colon < word.len)
		word.len = colon;
	while (word.len && word.ptr[word.len - 1] == '.')
		word.len--;
	return find(titles, sizeof(titles) / sizeof(*titles),
		    slice_trim(word));
}

enum book_matter book_matter_of(enum book_role role, enum outline_kind kind,
				bool body_begun)
{
	switch (role) {
	case ROLE_PROLOGUE:
	case ROLE_EPILOGUE:
	case ROLE_CONCLUSION:
	case ROLE_PART:
		return MATTER_BODY;
	case ROLE_FOREWORD:
	case ROLE_PREFACE:
	case ROLE_DEDICATION:
	case ROLE_EPIGRAPH:
	case ROLE_COPYRIGHT:
		return body_begun ? MATTER_BODY : MATTER_FRONT;
	case ROLE_AFTERWORD:
	case ROLE_ACKNOWLEDGMENTS:
	case ROLE_APPENDIX:
	case ROLE_COLOPHON:
	case ROLE_GLOSSARY:
	case ROLE_BIBLIOGRAPHY:
		return body_begun ? MATTER_BACK : MATTER_FRONT;
	case ROLE_INTRODUCTION:
	case ROLE_CHAPTER:
		break;
	}
	if (kind == OUTLINE_PREFIX)
		return MATTER_FRONT;
	return kind == OUTLINE_SUFFIX ? MATTER_BACK : MATTER_BODY;
}
