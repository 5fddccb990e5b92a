"""Different words do not find each other, though a stemmer takes one for a form of the other; and each finds itself."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.text.analysis import analyser
from search.text.languages import lines, listed
from search.text.synonyms import parse, read_default

LANGUAGES = ("fr", "en", "es", "de")
# Different words that share a stem, or nearly. Found by grouping the words of the pages by their stems, and by thinking
# of neighbours in a dictionary.
PAIRS = {
    "fr": """
        foyer foie, foi foyer, France français, départ département, environ environnement, format formation,
        donner données, cours courant, assister assistante, adaptation adaptateur, direct directive, direct direction,
        monter montant, organe organisme, part partie, public publication, préparer préparateur, repas repère,
        serai série, sortir sorte, habiter habitant, habits habitant, Mer mère, base bas, case cas, port porte,
        univers université, universel université, général générer, médecin médicament, hôpital hospitalité,
        interne internet, interne international, loyer loi, stage stagiaire, généraliste général,
        communauté communication, commune communication, opération opéra,
        opérateur opération, vent vente, Tours tour, Loir Loire
    """,
    "en": """
        universe university, universe universal, universal university, train training, author authority,
        author authorisation, authority authorisation, apart apartment, direct directive, direct directions,
        engine engineering, medical medication, nation nationality, object objective, object objection,
        public publication, park parking, hospital hospitality, experience experiment, import important, major majority,
        minor minority, organ organic, organ organisation, person personal, refer reference, severe several,
        contract contraction, anime animal, commune communal, community communication, physical physics,
        intern internal, intern international, internal international, intern internship, depart department,
        resident residence, doctor doctorate, inform informal, operation opera, operation operator, polite political,
        compete competition, Tours tour
    """,
    "es": """
        universo universidad, universal universidad, sala salir, coma comer, médico medicación, número numeroso,
        paso paseo, saber sábado, bloque bloquear, móvil movilidad, casa caso, puerta puerto, cuenta cuento,
        libro libre, banco banca, medio media, moda modo, punta punto, general género, generoso general,
        hospital hospitalidad,
        seguro seguridad, adaptar adaptador, parte parto, plaza plazo, interno internista, comunidad comunicación,
        común comunidad, órgano organismo, objeto objetivo, autor autoridad, importar importante, mes mesa, plan plano,
        público publicación, doctor doctorado, operar ópera
    """,
    "de": """
        Universität Universum, Universität universell, Reis Reise, Eis Eisen, Bus Busen, mehr mehrere, studieren Studie,
        recht rechts, Not Note, Post Posten, Rat Rate, Bericht Berichtigung, Organ Organisation, Interne Internet,
        intern international, Verein Vereinbarung, Krankenhaus Haus, neue nun
    """,
}
# What typography puts beside a word: narrow, thin and fixed spaces, apostrophes, quotes, stops, invisible signs.
SIGNS = list("\u202f\u2009\u00a0\u2003 ’'«»“”„‟‹›;:!?¿¡…,.()[]—–\u200b\ufeff\u00ad\n\t/")


@pytest.mark.parametrize("language", LANGUAGES)
def test_different_words_do_not_find_each_other(language):
    read = analyser(language)
    pairs = [pair.split() for pair in PAIRS[language].replace("\n", " ").split(",")]
    assert [pair for pair in pairs if set(read.terms(pair[0])) & set(read.terms(pair[1]))] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_forms_of_a_word_that_stands_apart_find_each_other_and_nothing_else(language):
    read = analyser(language)
    families = [line.split() for line in lines(listed("apart", language))]
    stems = [{term for form in forms for term in read.terms(form)} for forms in families]
    assert all(len(stem) == 1 for stem in stems)
    assert len(set.union(*stems)) == len(families), "two lines are one word"
    listed_forms = {term for forms in families for form in forms for term in read.words(form)}
    others = parse(read_default(language), read).words - listed_forms
    taken = set.union(*stems)
    assert [word for word in others if taken & set(read.terms(word))] == []


@pytest.mark.parametrize("language", LANGUAGES)
@given(word=st.text(st.characters(categories=("L",), max_codepoint=0x24F), min_size=3, max_size=20), data=st.data())
@settings(max_examples=60, deadline=None)
def test_signs_around_a_word_never_change_what_it_is_found_by(language, word, data):
    read = analyser(language)
    before, behind = (data.draw(st.text(st.sampled_from(SIGNS), max_size=3)) for _side in "ab")
    word = unicodedata.normalize("NFC", word)
    assert read.terms(f"un {before} {word}{behind} zwei")[-2:-1] == read.terms(word)[-1:] or not read.terms(word)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_of_the_lists_finds_itself_however_it_is_typed(language):
    read = analyser(language)
    synonyms = parse(read_default(language), read)
    for word in sorted(filter(read.terms, synonyms.words)):
        typed = unicodedata.normalize("NFD", word).upper()
        (group, *_more) = synonyms.expand(typed)
        assert set(group.alternatives) & {(term,) for term in read.terms(word)} or word in synonyms.asking, word
