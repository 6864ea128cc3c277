//! Queries that other engines fell over, and their kin here. The bench `queries` asks them too.

pub(crate) fn queries() -> Vec<String> {
    let prefixes: Vec<String> = ('a'..='c')
        .flat_map(|a| {
            ('a'..='c').flat_map(move |b| "abc7éж".chars().map(move |c| format!("{a}{b}{c}*")))
        })
        .collect();
    let loose: Vec<String> = (0..10)
        .map(|n| format!("\"{}{}\"~1000", "a b ".repeat(n + 1), "a ".repeat(30 - 2 * n)))
        .collect();
    vec![
        "- *".into(),
        "a:(^".into(),
        "?*".into(),
        "/(a+)+$/".into(),
        "/.{1000}{1000}/".into(),
        "a~9".into(),
        "abab~9".into(),
        format!("{}~9", "a".repeat(3_000)),
        "date:9999999".into(),
        "date:9999-12-31 since:0001 until:9999".into(),
        "date:\"9999 decades ago\"".into(),
        "a\0b \u{1}\u{7f}\u{9b}".into(),
        "\u{202e}speaker:\u{2066}lind\u{2069} \u{feff}".into(),
        "(".repeat(1_000_000),
        ")".repeat(1_000_000),
        "-(".repeat(100_000),
        "a OR ".repeat(100_000),
        "a* ".repeat(1_000),
        "ab* ".repeat(1_000),
        prefixes.join(" OR "),
        prefixes.join(" "),
        "a?b*".repeat(1_000),
        "a*b*a*b*a*b*c ".repeat(100),
        "a???????*b ".repeat(100),
        "ab~2 OR ".repeat(1_000),
        "\"a a a\"~1000 ".repeat(300),
        format!("\"{}\"~1000", "a ".repeat(32)),
        format!("\"{}\"~1000", "a b ".repeat(16)),
        loose.join(" OR "),
        format!("-{}", loose.join(" -")),
        "(\"a b a b\"~9 OR a OR b) NEAR/1000 ".repeat(8),
        format!("\"{}\"", "a b ".repeat(1_000)),
        "a NEAR/1000 ".repeat(1_000),
        "(a OR b*) NEAR ".repeat(200),
        "\"a b\"~1000 NEAR/1000 ".repeat(200),
        "a NEAR/99999999999999999999 b".into(),
        "NEAR ".repeat(1_000),
        "said:(a NEAR ".repeat(200),
        "x".repeat(1 << 20),
        format!("{}*", "x".repeat(4_000)),
        "界".repeat(1 << 20),
        "界* ".repeat(300),
        "-a ".repeat(300),
        "speaker:* ".repeat(300),
        "id:* OR ".repeat(300),
        "text:* OR source:* -said:* -title:*".into(),
        "text:* OR id:a* OR source:a*".into(),
        "source:a~1 -source:?? ".repeat(100),
        "topic:a/b/c/d ".repeat(100),
        "reference:a~2 reference:(a NEAR b)".into(),
        "\u{301}\u{301}\u{301} a\u{301}\u{301}~1".into(),
    ]
}
