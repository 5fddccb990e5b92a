"""How words are read: what a visitor types and what a page says end in the same terms."""

import time
import unicodedata
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import yaml

from search.text.analysis import LONGEST_TERM, Analyser, Token, analyser, fold
from search.text.languages import SNOWBALL, lines
from search.text.spelling import correct
from search.text.synonyms import MOST_ALTERNATIVES, MOST_GROUPS, Mistake, mistake_in, parse, read_default, read_line

pytestmark = pytest.mark.once

QUERIES = Path(__file__).with_name("queries.yaml")
DEMO = QUERIES.parents[2] / "home" / "demo"
LANGUAGES = ("fr", "en", "es", "de")


def same(language, *words):
    """Say whether all these words are indexed by one and the same term."""
    return len({tuple(reading.token.term for reading in analyser(language).readings(word)) for word in words}) == 1


def seconds(work):
    """The best of five runs: a busy machine is no regression."""
    best = float("inf")
    for _ in range(5):
        start = time.perf_counter()
        work()
        best = min(best, time.perf_counter() - start)
    return best


# --- Letters ----------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("Médecine", "medecine"),
        ("CŒUR", "coeur"),
        ("Straße", "strasse"),
        ("Ärzte", "arzte"),
        ("l’hôpital", "l'hopital"),
        ("Iași, Örebro", "iasi, orebro"),
        ("Søren Łódź", "soren lodz"),
        ("22 m²", "22 m2"),
        ("Blois\u2011Vienne", "blois-vienne"),
        ("stage", "stage"),
    ],
)
def test_folding_drops_case_accents_and_ligatures(written, folded):
    assert fold(written) == folded


@pytest.mark.parametrize("language", LANGUAGES)
def test_accents_typed_as_one_sign_or_two_are_the_same(language):
    for word in ("médecine", "práctica", "Ärzte", "hôpital"):
        assert same(language, word, unicodedata.normalize("NFD", word))


# --- Words ------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("fr", "médecine medecine MÉDECINE médecin médecins"),
        ("fr", "hôpital hopital hôpitaux hopitaux Hopital"),
        ("fr", "stage stages STAGES"),
        ("fr", "urgence urgences"),
        ("fr", "infirmier infirmière infirmiers infirmieres"),
        ("fr", "étranger étrangère etrangeres"),
        ("fr", "réservé réservée réservés reservees"),
        ("fr", "vélo vélos velos"),
        ("fr", "château châteaux chateaux"),
        ("fr", "lieu lieux"),
        ("fr", "cœur coeur COEUR"),
        ("fr", "logement logements"),
        ("en", "GP GPs gp"),
        ("en", "placement placements"),
        ("en", "midwife midwives"),
        ("en", "university universities"),
        ("en", "child children child's"),
        ("en", "paediatrics pediatrics"),
        ("en", "anaesthesia anesthesia"),
        ("en", "organise organize organised"),
        ("en", "centre center centres"),
        ("en", "programme program"),
        ("en", "practice practise practices"),
        ("es", "práctica prácticas practica practicas"),
        ("es", "médico médica médicos medicos"),
        ("es", "habitación habitaciones habitacion"),
        ("es", "hospital hospitales"),
        ("es", "pediatría pediatria"),
        ("de", "Praktikum Praktika praktika Praktikums"),
        ("de", "Krankenhaus Krankenhäuser krankenhauser Krankenhaeuser Krankenhäusern"),
        ("de", "Arzt Ärzte aerzte AERZTE Ärztin Ärztinnen"),
        ("de", "Hausarzt Hausärzte Hausärztin hausaerztin"),
        ("de", "Unterkunft Unterkünfte Unterkuenfte"),
        ("de", "Gesundheitszentrum Gesundheitszentren"),
        ("de", "Schloss Schlösser schloesser"),
        ("de", "Apotheker Apothekerin Apothekerinnen"),
        ("de", "Kreißsaal Kreissaal"),
        ("de", "Europäer Europaeer"),
        ("de", "füllen fuellen"),
    ],
)
def test_a_word_is_found_in_all_its_forms_with_and_without_accents(language, words):
    assert same(language, *words.split())


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("fr", "Loir", "Loire"),  # two rivers of the département
        ("fr", "Tours", "tour"),
        ("en", "Tours", "tour"),
        ("fr", "loyer", "loi"),
        ("fr", "stage", "stagiaire"),
        ("fr", "interne", "international"),
        ("fr", "généraliste", "général"),
        ("de", "Krankenhaus", "Haus"),
        ("de", "neue", "nun"),
        ("de", "Medizin", "Mediz"),
    ],
)
def test_words_that_only_look_alike_stay_apart(language, one, other):
    assert not same(language, one, other)


@pytest.mark.parametrize(
    ("language", "text", "terms"),
    [
        ("fr", "l’hôpital", ["hopital"]),
        ("fr", "l'hopital d'urgence", ["hopital", "urgenc"]),
        ("fr", "Qu’est-ce qu’une convention ?", ["convent"]),
        ("fr", "jusqu'à l'été", ["ete"]),
        ("en", "Rendez-vous de l’histoire", ["rendez", "vous", "de", "histoir"]),
        ("en", "the student's room", ["student", "room"]),
        ("es", "¿Qué es una práctica?", ["practic"]),
        ("de", "für die Ärzte", ["arzt"]),
        ("de", "fuer die Aerzte", ["arzt"]),
        ("fr", "Loir-et-Cher", ["loir", "cher"]),
        ("fr", "Orléans–Blois–Tours", ["orlean", "blois", "tours"]),
        ("fr", "Erasmus+ B2", ["erasmu", "b2"]),
    ],
)
def test_elisions_and_small_words_are_dropped(language, text, terms):
    assert analyser(language).terms(text) == terms


def test_the_season_and_the_coach_are_no_small_words():
    """Common lists of French stopwords have “été” and “car”: here one is the summer and the other a bus."""
    assert analyser("fr").terms("été car") == ["ete", "car"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_reference_is_found_as_a_whole_and_by_its_parts(language):
    assert analyser(language).terms("LC41-2027-001") == ["lc412027001", "lc41", "2027", "001"]
    assert "lc412027001" in analyser(language).terms("lc412027001")


@pytest.mark.parametrize("typed", ["A&E", "a&e", "A & E", "A.E.", "ae"])
def test_an_abbreviation_is_one_term_however_it_is_dotted(typed):
    assert analyser("en").terms(typed) == ["ae"]


# --- Compounds --------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("compound", "found_by"),
    [
        ("Praktikumsplatz", "Praktikum Platz"),
        ("Praktikumszuschüsse", "Praktikum Zuschuss"),
        ("Krankenhauspharmazie", "Krankenhaus Pharmazie"),
        ("Krankenhausapotheke", "Krankenhaus Apotheke"),
        ("Landarztpraxis", "Landarzt Arzt Praxis"),
        ("Hausärztin", "Arzt"),
        ("Gesundheitszentren", "Gesundheit Zentrum"),
        ("Hebammenstudierende", "Hebamme Studierende"),
        ("Sommermonat", "Sommer Monat"),
        ("Auslandspraktika", "Praktikum"),
        ("WG-Zimmer", "WG Zimmer"),
    ],
)
def test_a_german_compound_is_found_by_its_parts(compound, found_by):
    german = analyser("de")
    assert set(german.terms(found_by)) <= set(german.terms(compound))


@pytest.mark.parametrize(
    ("word", "not_by"),
    [("Krankenhaus", "Haus"), ("Abgeschlossen", "Schloss"), ("Medizin", "Zins"), ("Station", "Ion"), ("Team", "Tee")],
)
def test_a_german_word_is_not_taken_apart_where_it_is_one(word, not_by):
    german = analyser("de")
    assert not set(german.terms(not_by)) & set(german.terms(word))


def test_the_parts_of_a_compound_stand_where_the_whole_stands():
    assert analyser("de").tokens("Ein Praktikumsplatz") == [
        Token("praktikumsplatz", 4, 19),
        Token("praktikum", 4, 19),
        Token("platz", 4, 19),
    ]


# --- Places in the text -----------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("language", "text", "marked"),
    [
        ("fr", "Le cœur de l’Hôpital, à Blois", ["cœur", "Hôpital", "Blois"]),
        ("fr", "réf. LC41-2027-001.", ["réf", "LC41-2027-001", "LC41", "2027", "001"]),
        ("en", "the student’s A&E", ["student", "A&E"]),
        ("de", "Straße der Ärzte", ["Straße", "Ärzte"]),
        ("es", "¡Prácticas\u00a0ya!", ["Prácticas"]),
    ],
)
def test_offsets_name_the_words_of_the_original_text(language, text, marked):
    assert [text[token.start : token.end] for token in analyser(language).tokens(text)] == marked


@pytest.mark.parametrize("language", [*LANGUAGES, "ro", "ru", "ar", "xx", "pt-br", ""])
def test_offsets_stay_inside_any_text(language):
    for text in NONSENSE:
        for token in analyser(language).tokens(text):
            assert token.term.isalnum()
            assert 0 <= token.start < token.end <= len(text)


# --- Languages --------------------------------------------------------------------------------------------------
def test_a_language_is_prepared_once():
    assert analyser("fr") is analyser("fr")


def test_romanian_is_stemmed_and_an_unknown_language_is_only_folded():
    assert same("ro", "farmacie", "farmacii")
    assert analyser("xx").terms("Șanțuri stages") == ["santuri", "stages"]


def test_threads_read_the_same():
    """A web server has several, and Snowball's stemmers are not made for that: ours take turns."""
    words = [f"{letter}{word}" for word in ("Krankenhäuser", "Praktika", "Ärztinnen") for letter in "abcdefghijklm"]
    alone = [Analyser("de").terms(word) for word in words]
    shared = Analyser("de")
    with ThreadPoolExecutor(8) as pool:
        for found in pool.map(lambda _: [shared.terms(word) for word in words], range(32)):
            assert found == alone


def test_regional_codes_are_their_language():
    assert analyser("pt-br").terms("estágios") == analyser("pt").terms("estagios")


def test_other_scripts_are_stemmed_with_their_marks():
    assert same("ru", "больница", "больницы")


def test_every_named_stemmer_exists():
    import Stemmer

    assert set(SNOWBALL.values()) <= set(Stemmer.algorithms())


def test_a_text_is_read_at_200000_words_a_second():
    text = " ".join(entry["q"] for entry in yaml.safe_load(QUERIES.read_text(encoding="utf-8"))) * 50
    words = len(text.split())
    for language in LANGUAGES:
        reader = analyser(language)
        assert words / seconds(lambda reader=reader: reader.tokens(text)) > 200_000


# --- Synonyms ---------------------------------------------------------------------------------------------------
@pytest.fixture(scope="module")
def synonyms():
    """The synonyms of each language of the site."""
    return {language: parse(read_default(language), analyser(language)) for language in LANGUAGES}


@pytest.mark.parametrize(
    ("language", "typed", "finds"),
    [
        ("fr", "MG", "médecine générale"),
        ("fr", "médecin généraliste", "médecine générale"),
        ("fr", "kine", "kinésithérapie"),
        ("fr", "SAU", "urgences"),
        ("fr", "Réa", "réanimation"),
        ("fr", "sage femme", "maïeutique"),
        ("fr", "externe", "deuxième cycle"),
        ("fr", "dentiste", "odontologie"),
        ("fr", "coloc", "logement"),
        ("fr", "maître de stage", "MSU"),
        ("en", "GP", "general practice"),
        ("en", "family doctor", "general practice"),
        ("en", "A&E", "emergency department"),
        ("en", "ER", "emergency department"),
        ("en", "physical therapy", "physiotherapy"),
        ("en", "flat", "housing"),
        ("en", "castle", "château"),
        ("es", "fisio", "fisioterapia"),
        ("es", "médico de cabecera", "medicina de familia"),
        ("es", "MIR", "residente"),
        ("es", "piso", "alojamiento"),
        ("de", "PJ", "Praktikum"),
        ("de", "Famulatur", "Praktikum"),
        ("de", "WG", "Unterkunft"),
        ("de", "Krankenschwester", "Pflege"),
        ("de", "Kinderarzt", "Pädiatrie"),
    ],
)
def test_a_word_of_the_field_finds_its_synonyms_both_ways(synonyms, language, typed, finds):
    for one, other in ((typed, finds), (finds, typed)):
        (group,) = synonyms[language].expand(one)
        assert tuple(reading.token.term for reading in analyser(language).readings(other)) in group.alternatives


def test_a_query_becomes_the_things_it_asks_for(synonyms):
    groups = synonyms["fr"].expand("stage en médecine générale à Blois")
    assert [group.typed for group in groups] == ["stage", "médecine générale", "Blois"]
    assert [group.alternatives[0] for group in groups] == [("stag",), ("medecin", "general"), ("blois",)]
    assert ("mg",) in groups[1].alternatives


def test_the_longest_name_wins():
    own = parse("pharmacie, officine\npharmacie hospitalière, PUI", analyser("fr"))
    (group,) = own.expand("pharmacie hospitaliere")
    assert group.alternatives == (("pharmac", "hospitali"), ("pui",))


def test_synonyms_do_not_chain():
    own = parse("a1, b1\nb1, c1", analyser("en"))
    assert own.expand("a1")[0].alternatives == (("a1",), ("b1",))
    assert own.expand("b1")[0].alternatives == (("b1",), ("a1",), ("c1",))


def test_a_compound_is_also_found_by_its_parts_together(synonyms):
    (group,) = synonyms["de"].expand("Kardiologiepraktikum")
    assert group.alternatives == (("kardiologiepraktikum",), ("kardiologi", "praktikum"))


def test_a_listed_compound_is_not_widened_to_its_kind(synonyms):
    """A page about a Zahnarzt is no page about a Hausarzt."""
    (group,) = synonyms["de"].expand("Hausarzt")
    assert ("arzt",) not in group.alternatives


def test_a_reference_is_one_thing(synonyms):
    (group,) = synonyms["fr"].expand("LC41-2027-001")
    assert group[:2] == ("LC41-2027-001", (("lc412027001",), ("lc41", "2027", "001")))


def test_nothing_typed_asks_for_nothing(synonyms):
    for query in ("", "  ", "?!", '* - "', "le la les", "\x00"):
        assert synonyms["fr"].expand(query) == []


def test_a_word_typed_twice_is_asked_for_once(synonyms):
    assert len(synonyms["fr"].expand("stage stages STAGE")) == 1


NONSENSE = [
    "a" * 10_000,
    "é" * 10_000,
    "a'" * 5_000,
    "l'" * 5_000,
    "a-1" * 3_333,
    "\u0301" * 10_000,
    "x\u0301" * 5_000,
    "\x00\x01\x1f\x7f stage \x00",
    "🩺🏥👩‍⚕️ stage 🩺",
    "مستشفى בית חולים \u202eegats\u202c",
    '" OR 1=1 -- * NEAR/3 (stage) [x] {y} ^2 ~3 : + - && || ! \\ %_',
    "stage*" * 1_666,
    "日本語の病院" * 1_600,
    "ﷺ ½ Ⅻ 𝐌𝐆 ﬁn İstanbul",
    "\ud800 stage \udfff",
    " ".join(f"mot{number}" for number in range(1_500)),
    "krankenhaus" * 900,
    "er" * 5_000,
    "\u00ad\u200b\u2060",
]


@pytest.mark.parametrize("query", NONSENSE, ids=range(len(NONSENSE)))
@pytest.mark.parametrize("language", LANGUAGES)
def test_nonsense_is_answered_at_once(synonyms, language, query):
    groups = synonyms[language].expand(query)
    assert len(groups) <= MOST_GROUPS
    for group in groups:
        assert 1 <= len(group.alternatives) <= MOST_ALTERNATIVES
        assert all(term.isalnum() for terms in group.alternatives for term in terms)
    assert seconds(lambda: synonyms[language].expand(query)) < 0.02


def test_a_long_group_is_cut():
    own = parse(",".join(f"w{number}" for number in range(100)), analyser("en"))
    assert len(own.expand("w5")[0].alternatives) == MOST_ALTERNATIVES
    assert own.expand("w5")[0].alternatives[0] == ("w5",)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_synonym_files_are_well_formed(language):
    """Each line is a group of at least two things that the analyser tells apart, none of them lost as a small word."""
    reader = analyser(language)
    for line in lines(read_default(language)):
        assert mistake_in(line, reader) is None, line
        for phrases in set(read_line(line)):
            assert len(phrases) == len(set(phrases)), f"twice in: {line}"
            assert all(reader.terms(phrase) for phrase in phrases), f"nothing left of a term in: {line}"


@pytest.mark.parametrize(
    ("line", "mistake"),
    [
        ("kiné, physio", None),
        ("heart => cardiology", None),
        ("kiné", Mistake.ALONE),
        ("chat, Chats, CHAT", Mistake.ALONE),
        ("le, la", Mistake.ALONE),
        ("stage =>", Mistake.ALONE),
        ("<b>gras</b>, maigre", Mistake.MARKS),
        (",".join(f"w{number}" for number in range(25)), Mistake.TOO_MANY),
    ],
)
def test_a_line_that_would_count_for_nothing_is_a_mistake(line, mistake):
    assert mistake_in(line, analyser("fr")) is mistake


@pytest.mark.parametrize("text", ["\ufdfa." * 100, "A." * 2_100, "İ" * 400, "x" * 5_000])
def test_no_term_is_longer_than_an_engine_takes(text):
    assert max(map(len, analyser("fr").terms(text)), default=0) <= LONGEST_TERM
    groups = parse("", analyser("fr")).expand(text)
    assert all(len(term) <= LONGEST_TERM for group in groups for way in group.alternatives for term in way)


def test_an_arrow_goes_one_way():
    own = parse("heart => cardiology", analyser("en"))
    assert own.expand("heart")[0].alternatives == (("heart",), ("cardiolog",))
    assert own.expand("cardiology")[0].alternatives == (("cardiolog",),)


def test_phrases_and_compounds_can_be_read_word_by_word():
    french = parse("date limite, échéance\nlimite, fin", analyser("fr"))
    assert [group.typed for group in french.expand("date limite")] == ["date limite"]
    apart = french.expand("date limite", apart=True)
    assert [group.alternatives for group in apart] == [(("dat",),), (("limit",), ("fin",))]
    german = parse("Pflege, Krankenpflege", analyser("de"))
    assert [group.alternatives[0] for group in german.expand("Pflegepraktikum", apart=True)] == [
        ("pfleg",),
        ("praktikum",),
    ]


def test_a_language_without_a_file_has_no_synonyms():
    assert read_default("xx") == read_default("../fr") == ""
    assert parse("", analyser("xx")).expand("stage")[0].alternatives == (("stage",),)


# --- Spelling ---------------------------------------------------------------------------------------------------
VOCABULARY = {
    "logement": 40,
    "logements": 12,
    "medecine": 90,
    "hopital": 60,
    "hopitaux": 9,
    "stage": 200,
    "stages": 80,
    "plage": 1,
    "etage": 5,
    "kinesitherapie": 6,
    "psychiatrie": 7,
    "mer": 3,
}


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("logemnt", ["logement", "logements"]),  # a letter missing; the nearer word first
        ("lhopital", ["hopital"]),  # one too many
        ("medceine", ["medecine"]),  # two swapped
        ("kinesiterapi", ["kinesitherapie"]),  # two mistakes in a long word
        ("stagr", ["stage"]),
        ("stge", ["stage"]),
        ("Hôpitl", ["hopital"]),  # typed with accents and capitals
        ("xtage", ["stage", "etage"]),  # equally near: the more frequent first
    ],
)
def test_a_mistake_is_corrected_by_a_word_of_the_site(typed, meant):
    assert correct(typed, VOCABULARY) == meant


def test_two_mistakes_leave_the_first_letter_as_it_is():
    assert correct("surgery", {"burger": 3}) == []
    assert correct("kinesiterapi", {"kinesitherapie": 1}) == ["kinesitherapie"]


@pytest.mark.parametrize("typed", ["stage", "mre", "zzzzzzzz", "stxxe", "LC41-2027-001", "", "\x00", "a" * 10_000])
def test_a_known_word_a_short_one_and_a_strange_one_are_left_alone(typed):
    assert correct(typed, VOCABULARY) == []


def test_at_most_three_corrections_are_offered():
    vocabulary = {f"stage{letter}": number for number, letter in enumerate("abcdefg")}
    assert correct("stagez", vocabulary) == ["stageg", "stagef", "stagee"]


def test_the_vocabulary_is_words_as_they_are_written_but_folded(synonyms):
    reader = analyser("fr")
    assert reader.words("L’hôpital de Mer, 41500 : les stages d’été (B2)") == ["hopital", "mer", "stages", "ete"]
    assert "hebergement" in synonyms["fr"].words


def test_correcting_is_quick_among_20000_words():
    vocabulary = {f"{a}{b}{c}{d}tion": 1 for a in "abcdefghijkl" for b in "aeiou" for c in "lmnrstvdpc" for d in VARIED}
    assert len(vocabulary) >= 20_000
    assert seconds(lambda: correct("dalwatiom", vocabulary)) < 0.005


VARIED = [x + y for x in "aeiouy" for y in "bcdfgh"]


# --- The suite of queries ---------------------------------------------------------------------------------------
def test_the_suite_of_queries_asks_for_pages_of_the_demo_in_every_language():
    known = set()
    for name in ("contenu", "pages", "institution"):
        for records in yaml.safe_load((DEMO / f"{name}.yaml").read_text(encoding="utf-8")).values():
            if isinstance(records, list):
                known |= {record.get("reference") or record.get("id") for record in records}
    entries = yaml.safe_load(QUERIES.read_text(encoding="utf-8"))
    assert len(entries) >= 90
    assert {entry["language"] for entry in entries} == set(LANGUAGES)
    for entry in entries:
        assert entry.keys() - {"among"} == {"q", "language", "expect", "rule"}
        assert set(entry["expect"]) <= known, entry
    assert len({(entry["q"], entry["language"]) for entry in entries}) == len(entries)
