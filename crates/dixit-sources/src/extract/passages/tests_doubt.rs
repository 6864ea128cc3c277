//! Words that nobody is shown to have said, and pronouns and names that could be more than one person's:
//! none of them may come out as a fact.

use super::*;

/// Below this a speaker is shown with a question mark.
const SURE: f64 = 0.8;

/// Who is surely said to have said what, in the order of the text.
pub(super) fn sure(text: &str) -> Vec<(String, String)> {
    let found = find(text).into_iter().filter_map(|passage| {
        let speaker = passage.speaker.filter(|speaker| speaker.confidence >= SURE)?;
        let name = speaker.value.name.or(speaker.value.as_written)?;
        Some((name, text[passage.content].to_owned()))
    });
    found.collect()
}

pub(super) fn check(cases: &[(&str, &[(&str, &str)])]) {
    for (text, expected) in cases {
        let found = sure(text);
        let found: Vec<_> = found.iter().map(|(who, said)| (who.as_str(), said.as_str())).collect();
        assert_eq!(found, *expected, "{text}");
    }
}

#[test]
fn what_is_supposed_denied_or_made_up_is_no_fact() {
    for text in [
        "Rumours that Jane Roe had said “the plan is dead and buried” were false.",
        "The ministry denied a claim by Jane Roe that the bridge was unsafe.",
        "Jane Roe denied that the bridge was unsafe.",
        "If Minister Jane Roe says the port is open, ships will come.",
        "In a fabricated clip, Jane Roe says “I hate this town and all in it.”",
        "A doctored video in which Jane Roe says “I hate this town” was shared.",
        "Jane Roe allegedly said that the plan was dead.",
        "Jane Roe reportedly told aides that the plan was dead.",
        "It is not true that Jane Roe said “the plan is dead and gone”.",
        "There is no evidence that Jane Roe said “I will close every school.”",
        "Had Jane Roe said “the plan is dead”, nobody would have come.",
        "Imagine Jane Roe said “the plan is dead”.",
        "Gerüchte, wonach Minister Jonas Roh sagte, die Brücke sei unsicher, sind falsch.",
        "Wenn Minister Jonas Roh sagt, dass die Brücke sicher sei, öffnen wir sie.",
        "Minister Jonas Roh bestritt, dass die Brücke unsicher sei.",
        "Es stimmt nicht, dass Minister Jonas Roh sagte: „Wir schließen alle Brücken.“",
        "Si le ministre Marc Roux affirme que le pont est fermé, nous partirons.",
        "Il est faux que le ministre Marc Roux a déclaré : « Le pont restera fermé. »",
        "« Le pont est fermé », aurait déclaré le ministre Marc Roux.",
        "Es falso que el ministro Pablo Lin dijo: “El puente queda cerrado”.",
        "El ministro Pablo Lin habría dicho que el puente estaba cerrado.",
        "It was widely reported that Minister Jane Roe said the dam would fail.",
        "Should Minister Jane Roe say that the port is open, ships will sail.",
        "In a dream, Minister Jane Roe said “the dam is a fish”.",
        "Selon une rumeur, la ministre Rose Vial a dit que le plan était mort.",
        "Según rumores, la ministra Rosa Vial dijo que el plan había muerto.",
        "Kanzlerin Rita Fels wies Berichte zurück, sie habe gesagt: „Der Plan ist tot.“",
        "据传交通部长李小红表示，桥梁不安全。",
        "如果交通部长李小红表示，桥梁不安全，我们就离开。",
        "交通部长李小红从未表示，桥梁不安全。",
    ] {
        assert_eq!(sure(text), [], "{text}");
    }
    // Denied or heard of, and yet told: the source is kept, with a question mark.
    let found = find("Minister Jane Roe reportedly said that the plan was dead.");
    let speaker = found[0].speaker.as_ref().unwrap();
    assert_eq!(speaker.value.name.as_deref(), Some("Jane Roe"));
    check(&[
        ("Jane Roe said that rumours were false.", &[("Jane Roe", "rumours were false")]),
        (
            "Slamming fake news, Minister Jane Roe said that the port was open.",
            &[("Jane Roe", "the port was open")],
        ),
    ]);
}

#[test]
fn words_of_somebody_else_are_not_the_source_s() {
    let text = "Jane Roe quoted Lincoln: “A house divided cannot stand.”";
    let found = find(text);
    assert_eq!(found[0].source.clone().map(|source| &text[source]), Some("Lincoln"));
    assert!(found[0].speaker.is_none());
    check(&[
        ("Jane Roe, quoting Max Tann, said “the river takes what it wants.”", &[]),
        ("Mayor Bo Finch repeated the words of Ada Quill: “Fog has no friends.”", &[]),
        (
            "According to Jane Roe, Minister John Doe said the plan was dead.",
            &[("Jane Roe", "Minister John Doe said the plan was dead")],
        ),
        (
            "John Doe noted that Jane Roe had said the plan was dead.",
            &[("John Doe", "Jane Roe had said the plan was dead")],
        ),
        (
            "John Doe noted that prices fell, and Jane Roe said the plan was dead.",
            &[("John Doe", "prices fell"), ("Jane Roe", "the plan was dead")],
        ),
    ]);
}

#[test]
fn a_pronoun_that_the_text_contradicts_is_nobody_s() {
    check(&[
        (
            "Kim Ardley said that she would resign. “The time has come,” he said.",
            &[("Kim Ardley", "she would resign")],
        ),
        ("Governor Dana Cole defended her record. “I did my part,” he said.", &[]),
        (
            "Terry Moss arrived with his daughter. “It is late,” Moss said. “I am tired,” she said.",
            &[("Terry Moss", "It is late,")],
        ),
        (
            "Ollie Trent signed. She told reporters that it was closed. “It will open,” he added.",
            &[("Ollie Trent", "it was closed")],
        ),
        ("Actress Jo Fenn left early. “I am done,” he said.", &[]),
        ("Außenministerin Kim Lund reiste ab. „Das war gut“, sagte er.", &[]),
        ("La ministre Claude Rue est arrivée. « Nous attendrons », a-t-il déclaré.", &[]),
        // Once a pronoun was hers, one of the other sort is not.
        ("Kim Ardley spoke. “We wait,” she said. “We go,” he said.", &[("Kim Ardley", "We wait,")]),
        // Somebody else explains it.
        (
            "Jane Roe came with her aides. Governor Dana Cole stayed away. “I am busy,” he said.",
            &[("Dana Cole", "I am busy,")],
        ),
    ]);
}

#[test]
fn names_that_are_words_and_names_turned_around() {
    check(&[
        ("Minister Bill Hart said that it held.", &[("Bill Hart", "it held")]),
        ("Mayor Helen Park said that it held.", &[("Helen Park", "it held")]),
        (
            "Park Min-jun said that it held. Park said “it will hold for years.”",
            &[("Park Min-jun", "it held"), ("Park Min-jun", "it will hold for years.")],
        ),
        ("Mr. Law said that it held.", &[("Law", "it held")]),
        ("Mrs. House said that it held.", &[("House", "it held")]),
        // A dean, or a man called so.
        ("Dean Bridges said that it held.", &[]),
        ("Chancellor Bridges said that it held.", &[("Bridges", "it held")]),
        (
            "Minister Wang Li met Ambassador Li Wang. “We agreed,” Wang Li said. “We are glad,” Wang said.",
            &[("Wang Li", "We agreed,")],
        ),
    ]);
    let found = find("The House Foreign Affairs Committee said that it held.");
    assert_eq!(found[0].speaker.as_ref().unwrap().rule, "body");
}

#[test]
fn of_several_in_chinese_the_last_who_spoke_goes_on() {
    check(&[
        (
            "外交部发言人王明说，会谈顺利。德国总理施密特说，谈判还需时间。他还说，双方将继续会谈。",
            &[("王明", "会谈顺利"), ("施密特", "谈判还需时间"), ("施密特", "双方将继续会谈")],
        ),
        // Without `还` it is not sure.
        (
            "外交部发言人王明说，会谈顺利。德国总理施密特说，谈判还需时间。他说，双方将继续会谈。",
            &[("王明", "会谈顺利"), ("施密特", "谈判还需时间")],
        ),
        (
            "外交部发言人王明说，会谈顺利，德国总理施密特说，谈判还需时间。",
            &[("王明", "会谈顺利"), ("施密特", "谈判还需时间")],
        ),
        // Somebody else came on stage.
        (
            "外交部发言人王明说：“会谈顺利。”德国总理施密特随后会见了记者。他说，双方将继续会谈。",
            &[("王明", "会谈顺利。")],
        ),
        ("外交部发言人王芳女士表示，会谈顺利。他指出，大门始终敞开。", &[("王芳", "会谈顺利")]),
    ]);
}

#[test]
fn a_dateline_is_nobody_s_words() {
    check(&[
        (
            "NORPORT — Exports have grown, Minister Jane Roe said.",
            &[("Jane Roe", "Exports have grown")],
        ),
        (
            "PARIS, le 3 mars 2023 — Le pont est sûr, a déclaré le ministre Marc Roux.",
            &[("Marc Roux", "Le pont est sûr")],
        ),
        (
            "MADRID, 3 de marzo de 2023 (Agencia) — El puente es seguro, dijo el ministro Pablo Lin.",
            &[("Pablo Lin", "El puente es seguro")],
        ),
        (
            "BERLIN, 3 March (Norland Agency) — Exports have grown, according to Minister Jane Roe.",
            &[("Jane Roe", "Exports have grown")],
        ),
    ]);
}
