"""VR16: co-payments follow the stays within a tertial. VR31: gross and net cost grow alike."""

import pytest


def told(**figures):
    """Tertials as t20181=money/days; the days of stays are of one kind."""
    lines = []
    for tertial, pair in figures.items():
        money, days = pair.split("/")
        period = f"{tertial[1:5]}-T{tertial[5]}"
        lines += [f"bufetat 0729 {period} egenandel {money}"] if money else []
        lines += [f"bufetat 0729 {period} oppholdsdager {days} measure=institusjon"] if days else []
    return "\n".join(lines)


# VR16

@pytest.mark.parametrize("text", [
    told(t20181="2663/262", t20182="1233/318", t20183="1524/371"),
    told(t20181="0/90", t20182="800/0"),                                # invoiced in the tertial after
    told(t20181="500/90", t20182="0/0"), told(t20181="0/0", t20182="0/0"),
    told(t20181="900/0"), told(t20181="900/", t20182="900/0"),         # the tertial before is not told
    told(t20181="0/0", t20182="900/"), told(t20181="0/0", t20182="900/.."),
    told(t20181="0/90", t20182="../0"), told(t20181="0/90", t20182="/0"),
    told(t20173="0/90", t20181="800/0", t20182="0/0"),                  # over the turn of the year
    told(t20181="0/0", t20182="900/0") + "\nbufetat 0729 2018-T2 oppholdsdager 40 measure=fosterhjem",
])
def test_money_and_stays_within_a_tertial_of_each_other_are_innocent(places, text):
    assert places("VR16", text) == []


@pytest.mark.parametrize(("text", "period", "told_of", "missing"), [
    (told(t20181="0/0", t20182="900/0"), "2018-T2", "900 tusen kroner", "oppholdsdager"),
    (told(t20173="0/0", t20181="900/0"), "2018-T1", "900 tusen kroner", "oppholdsdager"),
    (told(t20173="700/80", t20181="900/0", t20182="500/0"), "2018-T2", "500 tusen kroner", "oppholdsdager"),
    (told(t20181="0/90", t20182="0/0"), "2018-T1", "90 oppholdsdager", "egenandeler"),
    (told(t20181="500/90", t20182="0/60", t20183="0/0"), "2018-T2", "60 oppholdsdager", "egenandeler"),
    (told(t20183="0/90", t20191="0/0"), "2018-T3", "90 oppholdsdager", "egenandeler"),
    (told(t20181="0/1", t20182="0/0"), "2018-T1", "1 oppholdsdag", "egenandeler"),
    (told(t20183="0/90", t20191="0/0", t20192="0/0"), "2018-T3", "90 oppholdsdager", "egenandeler"),
])
def test_money_without_stays_and_stays_without_money_are_a_warning(places, text, period, told_of, missing):
    assert places("VR16", text) == [("advarsel", "0729", period, told_of, missing)]


def test_the_message_names_both_tertials_and_the_lag(found):
    (finding,) = found("VR16", told(t20181="0/0", t20182="900/0"))
    for words in ("Færder, 2018-T2", "900 tusen kroner", "andre tertial 2018 eller første tertial 2018",
                  "bufetat_region_alle.csv",
                  "linje 3", "høyst ett tertial"):
        assert words in finding.message


# VR31: gross is species 010 here; net is gross less refunds (species 700 is outside gross, 810 too)

def cost(*years, unit="2012", first=2016):
    """Each year as gross/refunds in thousand kroner."""
    lines = []
    for year, pair in enumerate(years, first):
        gross, refunds = pair.split("/")
        lines += [f"account {unit} {year} 252 010 {gross}", f"account {unit} {year} 252 810 {-int(refunds)}"]
        lines += [f"delivered kostra_accounts {unit} {year}"]
    return "\n".join(lines)


@pytest.mark.parametrize("text", [
    cost("53800/5600", "55400/2900", "75100/900"),                      # Alta in the demo
    cost("1000/0", "1000/0"), cost("1000/500", "1100/550"), cost("1000/500"),
    cost("1000/0", "1150/150"),                                         # exactly 15 points: 15 % against 0
    cost("1000/500", "1000/425"),                                       # 0 against 15 %
    cost("1000/0", "2000/0", first=2016).replace("2017", "2018"),       # years apart
    cost("1000/1000", "1000/500"),                                      # no net to grow from
])
def test_gross_and_net_that_grow_alike_are_innocent(places, text):
    assert places("VR31", text) == []


@pytest.mark.parametrize(("text", "gross", "net"), [
    (cost("1000/0", "1160/160"), "16,0 %", "0,0 %"),
    (cost("1000/500", "1000/420"), "0,0 %", "16,0 %"),
    (cost("1000/200", "1300/700"), "30,0 %", "-25,0 %"),
    (cost("1000/800", "1000/900"), "0,0 %", "-50,0 %"),
    (cost("1000/800", "10000/900"), "900,0 %", "4 450,0 %"),            # a digit too many
    (cost("1000/100", "1000/-100"), "0,0 %", "22,2 %"),                 # the sign of the refunds is lost
    (cost("1000/500", "1300/500"), "30,0 %", "60,0 %"),
    (cost("1000/500", "1300/500", unit="0627", first=2017), "30,0 %", "60,0 %"),
])
def test_gross_and_net_that_part_are_a_warning(places, text, gross, net):
    ((level, _, _, found, expected),) = places("VR31", text)
    assert (level, found, expected) == ("advarsel", gross, net)


def test_the_message_tells_both_stories_and_what_to_look_for(found):
    (finding,) = found("VR31", cost("1000/200", "1300/700"))
    for words in ("Alta, 2017", "1\u00a0000 til 1\u00a0300 tusen kroner", "(800 til 600)", "55,0 prosentpoeng",
                  "kostra_accounts_2012_2017.csv", "refusjonene", "bruk netto"):
        assert words in finding.message
