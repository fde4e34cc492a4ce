"""Which spellings are one, which people of one name are two, and what people say of it."""

from __future__ import annotations

import pytest

from conftest import attendee, change, decision, funding, meeting, parsed, rows
from protoparse import as_rows, ingest, said, store
from protoparse.entities import entities
from protoparse.mentioned import Mention
from protoparse.names import board, key, owner_in
from protoparse.persons import accents_left_out, initial_of, middle_left_out
from protoparse.resolve import resolve
from protoparse.rules import RuleError


def joined(kind, *spellings, told=None, titles=()):
    """The spellings in groups, and the pairs that are unsure."""
    found = [it if isinstance(it, Mention) else Mention(kind, it, f"d{n}", "2026") for n, it in enumerate(spellings)]
    given, unsure = entities(found, titles, told)
    groups: dict[str, list[str]] = {}
    for one in found:
        groups.setdefault(given[one.place].id, []).append(one.name)
    return sorted(sorted(names) for names in groups.values()), unsure


def person(name, party="", organization="", role="", document="d"):
    return Mention("person", name, document, "2026", 1, party, organization, role)


# --- one thing under its spellings


@pytest.mark.parametrize(
    ("kind", "spellings"),
    [
        ("organ", ["samordnande grupp Unga", "samordnade grupp Unga", "den samordnade gruppen Unga"]),
        ("organ", ["Strandrådet Syd", "Strandrådet Syd i samverkan mellan kommunerna och regionen"]),
        ("organ", ["Regionstyrelsen", "regionstyrelsens sammanträde"]),
        ("organ", ["tillgänglighetsrådet", "tillgänglighets rådet"]),
        ("service", ["Trygg Väg (TV2)", "TV2", "TV2-projektet", "projektet TV2", "Trygg väg"]),
        ("service", ["Nattlotsen", "nattlotsens", "länets nattlots", "den nattlotsen"]),
        ("service", ["Språkkafé", "språk-kafé", "Språk kafé"]),
        ("service", ["Familjehuset Fyren", "Familjehuset Fyren i Norrby"]),
        ("service", ["Nattlotsen", "Nattlotsens fortsatta verksamhet", "Lägesbild Nattlotsen", "Nattlotsen – avtalet"]),
        ("service", ["Kustlinjen", "Kustlinjen – närtrafik"]),
        ("service", ["föreningen Öppet Hus", "Öppet Hus"]),
        ("person", ["Farida Nouri-Ek", "Farida Nouri Ek", "farida nouri–ek"]),
        ("person", ["Hans-Göran Tall", "Hans Göran Tall"]),
        ("person", ["Mirja Kettunäs", "Mirja Kettunas"]),
        ("person", ["Božena Ek", "Bozena Ek"]),
        ("person", ["Maria Elisabet Vall Krok", "Maria Vall Krok"]),
    ],
)
def test_one_under_its_spellings(kind, spellings):
    assert joined(kind, *spellings)[0] == [sorted(spellings)]


@pytest.mark.parametrize(
    ("kind", "one", "other"),
    [
        ("organ", "temagrupp Vardag", "arbetsgrupp Vardag"),
        ("organ", "temagrupp Vardag", "delgrupp Vardag"),
        ("organ", "Socialnämnden", "Skolnämnden"),
        ("organ", "Socialnämnden i Granås", "Socialnämnden i Norrvalla"),
        ("organ", "Kommunstyrelsen", "Kommunstyrelsens arbetsutskott"),
        ("service", "Närteamet i Hällby", "Närteamet i Sillvik"),
        ("service", "Lotsen – barn", "Lotsen – äldre"),
        ("service", "Barnlotsen", "Äldrelotsen"),
        ("person", "Hans Berg", "Han Berg"),
        ("person", "Märta Ek", "Mårta Ek"),
        ("person", "Anna Ek", "Anna Al"),
        ("organization", "Region Norr", "Region Söder"),
    ],
)
def test_near_misses_stay_two_and_are_not_listed(kind, one, other):
    groups, unsure = joined(kind, one, other)
    assert len(groups) == 2
    assert kind == "person" or unsure == []


def test_a_subtitle_joins_only_where_it_is_the_only_one():
    assert len(joined("service", "Lotsen", "Lotsen – barn", "Lotsen – äldre")[0]) == 3


def test_a_board_is_one_for_every_municipality():
    own = Mention("organ", "Socialnämnden", "a", "2026", owner="Granås kommun", organ="Socialnämnden")
    other = Mention("organ", "socialnämnden", "b", "2026", owner="Norrvalla kommun", organ="Kommunfullmäktige")
    third = Mention("organ", "Socialnämnden i Granås", "c", "2026")
    assert joined("organ", own, other, third)[0] == [["Socialnämnden", "Socialnämnden i Granås"], ["socialnämnden"]]
    given, _ = entities([own, other])
    assert {entity.name for entity in given.values()} == {
        "Socialnämnden (Granås kommun)",
        "Socialnämnden (Norrvalla kommun)",
    }


def test_where_only_one_municipality_is_known_its_boards_need_no_name():
    own = Mention("organ", "Socialnämnden", "a", "2026", owner="Granås kommun", organ="Socialnämnden")
    assert len(joined("organ", own, Mention("organ", "socialnämnden", "b", "2026"))[0]) == 1


def test_a_bare_group_belongs_to_the_organ_of_its_document():
    first = Mention("organ", "arbetsgruppen", "a", "2026", organ="Länsrådet")
    again = Mention("organ", "arbetsgruppen", "b", "2026", organ="Länsrådet")
    other = Mention("organ", "arbetsgruppen", "c", "2026", organ="Folkhälsorådet")
    given, _ = entities([first, again, other])
    assert given[first.place].id == given[again.place].id != given[other.place].id


def test_boards_and_their_owners():
    assert board("Socialnämnden i Granås") == (key("organ", "socialnämnden"), "Granås kommun")
    assert board("Kommunstyrelsens arbetsutskott") == (key("organ", "kommunstyrelsens arbetsutskott"), None)
    assert board("styrgruppen för hjälpmedel") is None
    assert owner_in("Protokoll\nPlats Granås kommunhus, sal 1\nEkermo kommun har svarat.") == "Granås kommun"
    assert owner_in("Plats och tid Kommunhuset Ekermo, lilla salen") == "Ekermo kommun"
    assert owner_in("Ekermo kommun har svarat. Hällby kommun också.") is None
    assert owner_in("Plats Alsalen, kommunhuset i Ekermo, kl. 13") == "Ekermo kommun"
    assert owner_in("Plats Kommunhuset, Alsalen, kl. 13") is None
    assert owner_in("Ekermo kommun · Socialnämnden\nProtokoll") == "Ekermo kommun"
    assert owner_in("Ekermo kommun Socialnämnden\nProtokoll") == "Ekermo kommun"


# --- people


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (person("Eva Ek", "S"), person("Eva Ek", "S", document="e"), True),
        (person("Eva Ek", "S"), person("Eva Ek", "M", document="e"), False),
        (person("Eva Ek", "", "Hällby kommun"), person("Eva Ek", "", "Region Norr", document="e"), False),
        (person("Eva Ek", "", "Enheten Syd, Region Norr"), person("Eva Ek", "", "Region Norr", document="e"), True),
        (person("Eva Ek", "S"), person("Eva Ek", "", "Region Norr", "enhetschef", "e"), False),
        (person("Eva Ek", "", "Region Norr"), person("Eva Ek", "", "Region", document="e"), True),
        (person("Eva Ek", "S"), person("Eva Ek", document="e"), True),
        (person("Anna Maria Ek", "S"), person("Anna Ek", "S", document="e"), True),
        (person("Anna Maria Ek", "S"), person("Anna Ek", "M", document="e"), False),
        (person("Anna Maria Ek", "S"), person("Anna Ek", document="e"), False),
        (person("Anna Ek", "S"), person("A. Ek", "S", document="e"), True),
        (person("Anna Ek", "S"), person("A. Ek", document="e"), False),
    ],
)
def test_people_of_one_name(one, other, same):
    groups, unsure = joined("person", one, other)
    assert (len(groups) == 1) == same
    assert bool(unsure) == (not same)  # what is not joined is listed


def test_a_middle_name_is_left_out_only_of_one():
    found = [person("Anna Maria Ek", "S"), person("Anna Lisa Ek", "S"), person("Anna Ek", "S")]
    groups, unsure = joined("person", *found)
    assert len(groups) == 3
    assert len(unsure) == 2


@pytest.mark.parametrize(
    ("name", "organ", "same"),
    [
        ("rådet", "Hamnrådet", True),
        ("Gruppen", "Styrgruppen för kajer", True),
        ("utskottet", "Hamnstyrelsens kajutskott", True),
        ("styrelsen", "Hamnstyrelsens kajutskott", False),
        ("styrgruppen", "Kajgruppen", False),
        ("styrelsen", "Föreningen Kajens vänner", False),
        ("styrelsen", "Styrelsen", False),
    ],
)
def test_a_bare_group_may_be_the_organ_itself(name, organ, same):
    said = Mention("organ", name, "a", "2026", times=9, organ=organ)
    given, _ = entities([said, Mention("organ", organ, "a", "2026", organ=organ)])
    found = {it.name: it for it in given.values()}
    assert (len(found) == 1) == (same or name.casefold() == organ.casefold())
    assert organ in found


def test_a_bare_name_is_the_one_of_its_document():
    found = [
        person("Eva Ek", "S", document="a"),
        person("Eva Ek", "", "Region Norr", "chef", "b"),
        person("Eva Ek", document="b"),
    ]
    given, _ = entities(found)
    assert given[found[1].place].id == given[found[2].place].id != given[found[0].place].id
    assert {given[it.place].name for it in found} == {"Eva Ek (S)", "Eva Ek (Region Norr)"}


def test_spellings_of_persons():
    assert accents_left_out("bozena ek", "božena ek")
    assert not accents_left_out("märta ek", "mårta ek")
    assert not accents_left_out("asa åberg", "åsa aberg")
    assert middle_left_out("maria vall krok", "maria elisabet vall krok")
    assert not middle_left_out("maria krok", "eva maria krok")
    assert initial_of("a ek", "anna ek")
    assert not initial_of("b ek", "anna ek")


# --- what people say


def test_what_people_say_wins():
    told = said.Said.of(
        same=[["Nattlinjen", "Jouren Syd"]], not_same=[["Lotsen", "Lots"], ["Barnhuset", "Barnhusen A"]]
    )
    assert joined("service", "Nattlinjen", "Jouren Syd", told=told)[0] == [["Jouren Syd", "Nattlinjen"]]
    assert joined("service", "Lotsen", "Lots", told=told)[0] == [["Lots"], ["Lotsen"]]
    assert joined("service", "Barnhuset", "Barnhusen A")[1] != []
    assert joined("service", "Barnhuset", "Barnhusen A", told=told)[1] == []


def test_what_people_say_of_namesakes():
    found = [person("Eva Ek", "S"), person("Eva Ek", "", "Region Norr", "chef", "b")]
    told = said.Said.of(same=[["Eva Ek (S)", "Eva Ek, Region Norr"]])
    assert len(joined("person", *found)[0]) == 2
    assert len(joined("person", *found, told=told)[0]) == 1
    married = [person("Eva Ek", "S"), person("Eva Lund", "S", document="b"), person("Eva Ek", "M", document="c")]
    told = said.Said.of(same=[["Eva Ek (S)", "Eva Lund"]])
    given, _ = entities(married, (), told)
    assert given[married[0].place].id == given[married[1].place].id != given[married[2].place].id


@pytest.mark.parametrize(
    "text", ["same: [a]", "same: {a: b}", "- x", "other: []", "same: [[a]]", "same: [", "not_same: 3"]
)
def test_a_file_that_cannot_be_read_is_refused(tmp_path, text):
    (tmp_path / "names.yml").write_text(text, encoding="utf-8")
    with pytest.raises(RuleError, match=r"names\.yml"):
        said.read(tmp_path / "protoparse.db")


def test_where_the_file_may_lie(tmp_path):
    database = tmp_path / "output" / "protoparse.db"
    assert said.read(database) == (said.Said(), "")
    for folder in (tmp_path / "corrections", database.parent / "corrections", database.parent):
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "names.yml").write_text(f"same: [[A, {folder.name}]]", encoding="utf-8")
        assert said.read(database)[0].same == (("A", folder.name),)


# --- in the database


def test_rows_point_to_the_right_namesake(db):
    people = [
        attendee("Eva Ek", party="S"),
        attendee("Eva Ek", organization="Region Norr", role="chef", category="other"),
    ]
    changes = [change("Eva Ek (S) ersätter Bo Al (S)", incoming="Eva Ek", incoming_party="S", outgoing="Bo Al")]
    store.write_document(db, rows(attendance=people, roster_changes=changes, decisions=[decision("Ja.")]))
    resolve(db)
    politician, official = (row["person"] for row in db.query("SELECT person FROM attendance ORDER BY ordinal"))
    assert politician != official
    assert next(db["roster_changes"].rows)["incoming_person"] == politician
    (pair,) = db["possible_same"].rows
    assert {pair["one"], pair["other"]} == {politician, official}
    assert db.execute("PRAGMA foreign_key_check(possible_same)").fetchall() == []


def test_a_file_beside_the_database_counts(db, tmp_path):
    store.write_document(db, rows(meeting=meeting(), funding=[funding("Ja.", "Nattlinjen"), funding("Nej.", "Jouren")]))
    resolve(db)
    assert db["services"].count == 2
    (tmp_path / "names.yml").write_text("same: [[Nattlinjen, Jouren]]", encoding="utf-8")
    resolve(db)
    assert db["services"].count == 1


def test_a_changed_file_is_heeded_without_new_documents(tmp_path, in_this_process):
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "a.pdf").write_bytes(b"a")
    database = tmp_path / "protoparse.db"

    def run():
        ingest.run([tmp_path / "corpus"], database, jobs=1, say=lambda line: None, read=_read)
        found = store.connect(database)
        return found.execute("SELECT count(*) FROM services").fetchone()[0]

    assert run() == 2
    (tmp_path / "names.yml").write_text("same: [[Nattlinjen, Jouren]]", encoding="utf-8")
    assert run() == 1
    (tmp_path / "names.yml").write_text("same: 3", encoding="utf-8")
    with pytest.raises(RuleError):
        run()
    (tmp_path / "names.yml").unlink()
    assert run() == 2


def _read(task):
    return as_rows.rows_of(task.source, parsed(funding=[funding("Ja.", "Nattlinjen"), funding("Nej.", "Jouren")]))
