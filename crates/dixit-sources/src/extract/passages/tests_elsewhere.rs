//! Attribution in other languages than English, sentence by sentence.

use super::tests::{self, Case};
use super::*;

/// Form, speaker and content of each passage.
fn check(cases: &[Case<'_, Form>]) {
    tests::check(cases, |passage| passage.form);
}

const QUOTED: Form = Form::Direct;
const RETOLD: Form = Form::Indirect;

#[test]
fn german() {
    check(&[
        (
            "„Wir warten ab“, sagte Ministerin Jana Roh am Montag. „Danach sehen wir weiter.“",
            &[
                (QUOTED, "Jana Roh", "Wir warten ab"),
                (QUOTED, "Jana Roh", "Danach sehen wir weiter."),
            ],
        ),
        (
            "»Das ist ein guter Anfang«, erklärte Bürgermeister Max Tann.",
            &[(QUOTED, "Max Tann", "Das ist ein guter Anfang")],
        ),
        (
            "Die Bundeskanzlerin Petra Lind betonte, dass die Brücke sicher sei.",
            &[(RETOLD, "Petra Lind", "die Brücke sicher sei")],
        ),
        (
            "Verkehrsministerin Petra Lind sprach. Sie kündigte an, dass die Brücke bald öffnet.",
            &[(RETOLD, "Petra Lind", "die Brücke bald öffnet")],
        ),
        (
            "Laut Außenminister Jonas Roh ist die Brücke sicher.",
            &[(RETOLD, "Jonas Roh", "ist die Brücke sicher")],
        ),
        (
            "Nach Angaben der Polizei wurden drei Brücken gesperrt.",
            &[(RETOLD, "der Polizei", "wurden drei Brücken gesperrt")],
        ),
        (
            "Der Sprecher des Verkehrsministeriums, Karl Lind, erklärte: „Wir bauen ab Mai.“",
            &[(QUOTED, "Karl Lind", "Wir bauen ab Mai.")],
        ),
        (
            "Die Gespräche seien gescheitert, sagte Außenminister Jonas Roh.",
            &[(RETOLD, "Jonas Roh", "Die Gespräche seien gescheitert")],
        ),
        (
            "Minister Jonas Roh sagte, die Gespräche seien gescheitert.",
            &[(RETOLD, "Jonas Roh", "die Gespräche seien gescheitert")],
        ),
        (
            "Minister Jonas Roh warnte vor einem Scheitern der Gespräche.",
            &[(RETOLD, "Jonas Roh", "einem Scheitern der Gespräche")],
        ),
        ("Der „große“ Wurf blieb aus. Sie las „Die alte Brücke“ vor.", &[]),
        ("Die sogenannte „Brücke der Freundschaft“ ist gesperrt.", &[]),
        ("Minister Jonas Roh sagte nicht, dass die Brücke sicher sei.", &[]),
    ]);
}

#[test]
fn french() {
    check(&[
        (
            "« Nous attendrons », a déclaré la ministre Jeanne Rue. « Ensuite nous verrons. »",
            &[
                (QUOTED, "Jeanne Rue", "Nous attendrons"),
                (QUOTED, "Jeanne Rue", "Ensuite nous verrons."),
            ],
        ),
        (
            "La ministre des Transports, Jeanne Rue, a affirmé que le pont était sûr. « C’est un début », \
             a-t-elle souligné.",
            &[
                (RETOLD, "Jeanne Rue", "le pont était sûr"),
                (QUOTED, "Jeanne Rue", "C’est un début"),
            ],
        ),
        (
            "La ministre Jeanne Rue est venue. « Le pont est sûr », explique-t-elle.",
            &[(QUOTED, "Jeanne Rue", "Le pont est sûr")],
        ),
        (
            "Le président Marc Roux a indiqué qu’il attendrait la réponse.",
            &[(RETOLD, "Marc Roux", "il attendrait la réponse")],
        ),
        (
            "Selon le ministre Paul Lin, le pont est sûr.",
            &[(RETOLD, "Paul Lin", "le pont est sûr")],
        ),
        (
            "« Le pont est sûr », selon le ministre Paul Lin.",
            &[(QUOTED, "Paul Lin", "Le pont est sûr")],
        ),
        (
            "D’après la police, trois ponts sont fermés.",
            &[(RETOLD, "la police", "trois ponts sont fermés")],
        ),
        (
            "Le président Marc Roux a annoncé : « Les travaux commencent en mai. »",
            &[(QUOTED, "Marc Roux", "Les travaux commencent en mai.")],
        ),
        (
            "Le vieux pont de bois, a précisé le maire Marc Roux, reste fermé jusqu’au printemps.",
            &[
                (RETOLD, "Marc Roux", "Le vieux pont de bois"),
                (RETOLD, "Marc Roux", "reste fermé jusqu’au printemps"),
            ],
        ),
        (
            "Le ministre Marc Roux a critiqué le retard des travaux et a demandé plus d’argent.",
            &[
                (RETOLD, "Marc Roux", "le retard des travaux"),
                (RETOLD, "Marc Roux", "plus d’argent"),
            ],
        ),
        ("Elle a lu « Le Vieux Pont » hier soir. Le « grand » projet est mort.", &[]),
        ("Le ministre Paul Lin n’a pas dit que le pont était sûr.", &[]),
    ]);
}

#[test]
fn spanish() {
    check(&[
        (
            "«Vamos a esperar», dijo la ministra Juana Rus. «Después veremos».",
            &[(QUOTED, "Juana Rus", "Vamos a esperar"), (QUOTED, "Juana Rus", "Después veremos")],
        ),
        (
            "La ministra de Transportes, Juana Rus, afirmó que el puente era seguro. Ella añadió que \
             las obras empezarían pronto.",
            &[
                (RETOLD, "Juana Rus", "el puente era seguro"),
                (RETOLD, "Juana Rus", "las obras empezarían pronto"),
            ],
        ),
        (
            "Según el ministro Pablo Lin, el puente es seguro.",
            &[(RETOLD, "Pablo Lin", "el puente es seguro")],
        ),
        (
            "«El puente es seguro», según el ministro Pablo Lin.",
            &[(QUOTED, "Pablo Lin", "El puente es seguro")],
        ),
        (
            "De acuerdo con la policía, tres puentes están cerrados.",
            &[(RETOLD, "la policía", "tres puentes están cerrados")],
        ),
        (
            "El presidente Marcos Rojo anunció: “Las obras empiezan en mayo”.",
            &[(QUOTED, "Marcos Rojo", "Las obras empiezan en mayo")],
        ),
        (
            "El presidente Marcos Rojo habló. “Es un comienzo”, señaló Rojo.",
            &[(QUOTED, "Marcos Rojo", "Es un comienzo")],
        ),
        (
            "El alcalde Marcos Rojo criticó el retraso de las obras y pidió más dinero.",
            &[
                (RETOLD, "Marcos Rojo", "el retraso de las obras"),
                (RETOLD, "Marcos Rojo", "más dinero"),
            ],
        ),
        (
            "La ministra Juana Rus ha declarado que el puente está cerrado.",
            &[(RETOLD, "Juana Rus", "el puente está cerrado")],
        ),
        ("Ella leyó «El puente viejo» anoche. El «gran» proyecto ha muerto.", &[]),
        ("El ministro Pablo Lin no dijo que el puente fuera seguro.", &[]),
    ]);
}

#[test]
fn chinese() {
    check(&[
        ("外交部发言人张三丰表示，会谈进展顺利。", &[(RETOLD, "张三丰", "会谈进展顺利")]),
        (
            "外交部发言人张三丰表示，会谈进展顺利。他指出，大门始终敞开。",
            &[(RETOLD, "张三丰", "会谈进展顺利"), (RETOLD, "张三丰", "大门始终敞开")],
        ),
        ("交通部长李小红说：“我们将等待结果。”", &[(QUOTED, "李小红", "我们将等待结果。")]),
        ("“我们将等待结果，”北国总统王大明说。", &[(QUOTED, "王大明", "我们将等待结果，")]),
        ("「我們會等待結果」，總統陳大文說。", &[(QUOTED, "陳大文", "我們會等待結果")]),
        ("交通部长李小红在记者会上指出，桥梁是安全的。", &[(RETOLD, "李小红", "桥梁是安全的")]),
        ("交通部长李小红告诉记者：“桥梁是安全的。”", &[(QUOTED, "李小红", "桥梁是安全的。")]),
        ("据外交部消息，会谈将于五月举行。", &[(RETOLD, "外交部", "会谈将于五月举行")]),
        ("所谓“友谊之桥”已经关闭。他读了《旧桥》。", &[]),
    ]);
}
