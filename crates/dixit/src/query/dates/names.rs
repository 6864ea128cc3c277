//! Names of months and days, as they are typed: in lower case and without accents.

use std::collections::HashMap;
use std::sync::LazyLock;

use jiff::civil::Weekday;

use super::table;

/// English, German, French, Spanish, Italian, Portuguese, Dutch, Polish, Hungarian, Turkish and Russian, in the
/// cases that stand in dates.
const MONTHS: [&str; 12] = [
    "january jan januar janner janvier janv enero ene gennaio janeiro januari stycznia styczen \
     styczniu januarban januarjaban ocak января январь январе",
    "february feb februar feber fevrier fevr febrero febbraio fevereiro februari lutego luty \
     lutym februarban februarjaban subat февраля февраль феврале",
    "march mar marz maerz mars marzo marco maart marca marzec marcu marcius marciusban \
     marciusaban marciusi mart марта март марте",
    "april apr avril avr abril abr aprile kwietnia kwiecien kwietniu aprilis aprilisban \
     aprilisaban aprilisi nisan апреля апрель апреле",
    "may mai mayo maggio maio mei maja maj maju majus majusban majusaban majusi mayis мая маи \
     мае",
    "june jun juni juin junio giugno junho czerwca czerwiec czerwcu junius juniusban juniusaban \
     juniusi haziran июня июнь июне",
    "july jul juli juillet juil julio luglio julho lipca lipiec lipcu julius juliusban \
     juliusaban juliusi temmuz июля июль июле",
    "august aug aout agosto ago augustus sierpnia sierpien sierpniu augusztus augusztusban \
     augusztusaban augusztusi agustos августа август августе",
    "september sept sep septembre septiembre setiembre settembre setembro wrzesnia wrzesien \
     wrzesniu szeptember szeptemberben szeptembereben szeptemberi eylul сентября сентябрь \
     сентябре",
    "october oct oktober okt octobre octubre ottobre outubro pazdziernika pazdziernik \
     pazdzierniku oktoberben oktobereben oktoberi ekim октября октябрь октябре",
    "november nov novembre noviembre novembro listopada listopad listopadzie novemberben \
     novembereben novemberi kasim ноября ноябрь ноябре",
    "december dec dezember dez decembre diciembre dic dicembre dezembro grudnia grudzien \
     grudniu decemberben decembereben decemberi aralik декабря декабрь декабре",
];

/// Languages whose names are taken as they are written, since they begin like others'.
const MORE_MONTHS: [&str; 12] = [
    "ledna leden lednu ianuarie tammikuuta tammikuu січня січень січні ιανουαριου ιανουαριος \
     gener xaneiro يناير",
    "unora unor unoru februarie helmikuuta helmikuu лютого лютии лютому φεβρουαριου φεβρουαριος \
     febreiro فبراير",
    "marts brezna brezen breznu martie maaliskuuta maaliskuu березня березень березні μαρτιου \
     μαρτιος maret مارس",
    "dubna duben dubnu aprilie huhtikuuta huhtikuu квітня квітень квітні απριλιου απριλιος \
     ابريل",
    "kvetna kveten kvetnu toukokuuta toukokuu травня травень травні μαιου μαιος maig مايو",
    "cervna cerven cervnu iunie kesakuuta kesakuu червня червень червні ιουνιου ιουνιος juny \
     xuno يونيو يونيه",
    "cervence cervenec cervenci iulie heinakuuta heinakuu липня липень липні ιουλιου ιουλιος \
     juliol xullo يوليو يوليه",
    "augusti srpna srpen srpnu elokuuta elokuu серпня серпень серпні αυγουστου αυγουστος \
     agustus اغسطس",
    "zari septembrie syyskuuta syyskuu вересня вересень вересні σεπτεμβριου σεπτεμβριος \
     setembre سبتمبر",
    "rijna rijen rijnu octombrie lokakuuta lokakuu жовтня жовтень жовтні οκτωβριου οκτωβριος \
     اكتوبر",
    "listopadu noiembrie marraskuuta marraskuu листопада листопад листопаді νοεμβριου νοεμβριος \
     نوفمبر",
    "prosince prosinec prosinci decembrie joulukuuta joulukuu грудня грудень грудні δεκεμβριου \
     δεκεμβριος desember desembre decembro ديسمبر",
];

const WEEKDAYS: [(Weekday, &str); 7] = [
    (
        Weekday::Monday,
        "monday montag lundi lunes lunedi segunda-feira segunda maandag poniedzialek hetfo \
     pazartesi понедельник mandag pondeli понеділок",
    ),
    (
        Weekday::Tuesday,
        "tuesday tues dienstag mardi martes martedi terca-feira terca dinsdag wtorek kedd sali \
     вторник tisdag tirsdag utery вівторок",
    ),
    (
        Weekday::Wednesday,
        "wednesday mittwoch mercredi miercoles mercoledi quarta-feira quarta woensdag sroda srode \
     szerda carsamba среда среду onsdag streda середа",
    ),
    (
        Weekday::Thursday,
        "thursday thurs thur donnerstag jeudi jueves giovedi quinta-feira quinta donderdag czwartek \
     csutortok persembe четверг torsdag ctvrtek четвер",
    ),
    (
        Weekday::Friday,
        "friday freitag vendredi viernes venerdi sexta-feira sexta vrijdag piatek pentek cuma \
     пятница пятницу fredag patek п'ятниця",
    ),
    (
        Weekday::Saturday,
        "saturday samstag sonnabend samedi sabado sabato zaterdag sobota sobote szombat cumartesi \
     суббота субботу lordag lørdag субота",
    ),
    (
        Weekday::Sunday,
        "sunday sonntag dimanche domingo domenica zondag niedziela niedziele vasarnap pazar \
     воскресенье sondag søndag nedele неділя",
    ),
];

/// The month of a name, or of three and more letters that begin no other.
pub(super) fn month(text: &str) -> Option<i8> {
    static MONTH_OF: LazyLock<HashMap<&str, Option<i8>>> = LazyLock::new(|| {
        let named = |list: [&'static str; 12]| table((1..).zip(list));
        let mut months = HashMap::new();
        for (name, month) in named(MONTHS) {
            for (at, _) in name.char_indices().skip(3) {
                let one = months.entry(&name[..at]).or_insert(Some(month));
                // What begins two months names none.
                *one = one.filter(|other| *other == month);
            }
        }
        let whole = named(MONTHS).into_iter().chain(named(MORE_MONTHS));
        months.extend(whole.map(|(name, month)| (name, Some(month))));
        months
    });
    MONTH_OF.get(text.trim_end_matches('.')).copied().flatten()
}

/// The day of the week of a name, or of the three letters that English has for it.
pub(super) fn weekday(text: &str) -> Option<Weekday> {
    static WEEKDAY_OF: LazyLock<HashMap<&str, Weekday>> = LazyLock::new(|| {
        let mut days = table(WEEKDAYS);
        days.extend(WEEKDAYS.map(|(day, names)| (&names[..3], day)));
        days
    });
    WEEKDAY_OF.get(text.trim_end_matches('.')).copied()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn months_have_their_names_and_beginnings() {
        for (text, expected) in [
            ("december", Some(12)),
            ("dez.", Some(12)),
            ("dic", Some(12)),
            ("sept", Some(9)),
            ("mar", Some(3)),
            ("mai", Some(5)),
            ("juil", Some(7)),
            ("янв", Some(1)),
            ("gen", Some(1)),
            ("jui", None),
            ("ma", None),
            ("ма", None),
            ("decemberly", None),
            ("", None),
        ] {
            assert_eq!(month(text), expected, "{text}");
        }
    }

    #[test]
    fn no_name_is_that_of_another_month_or_never_typed() {
        for list in [MONTHS, MORE_MONTHS] {
            for (at, names) in list.iter().enumerate() {
                for name in names.split(' ') {
                    assert_eq!(month(name), Some(at as i8 + 1), "{name}");
                    assert_eq!(super::super::plain(name), name);
                    assert_eq!(weekday(name), None, "{name}");
                }
            }
        }
        for (day, names) in WEEKDAYS {
            for name in names.split(' ') {
                assert_eq!(weekday(name), Some(day), "{name}");
                assert_eq!(super::super::plain(name), name);
                assert_eq!(month(name), None, "{name}");
            }
        }
        assert_eq!(weekday("tue"), Some(Weekday::Tuesday));
    }
}
