//! What is offered while somebody types a topic.

use super::scene::Scene;
use super::sent::values;
use crate::standin::events::{Origin, autocomplete, focused, slash, text};
use crate::standin::record::Recorded;

async fn offered(scene: &Scene, typed: &str) -> Recorded {
    scene.interact(&autocomplete(&Origin::guild(), "compare", &[focused("topic", typed)])).await
}

/// What is typed, and the id of what is offered first.
async fn check_first(scene: &Scene, cases: &[(&str, &str)]) {
    for (typed, first) in cases {
        let ids = values(&offered(scene, typed).await);
        assert_eq!(ids.first().map(String::as_str), Some(*first), "{typed:?} offers {ids:?}");
    }
}

#[tokio::test]
async fn the_topics_of_the_real_knowledge_are_offered() {
    let scene = Scene::start_with_real_data().await;
    let list = scene.interact(&slash(&Origin::guild(), "topics", &[])).await;
    let options = list.controls()[0]["options"].as_array().cloned().expect("a menu comes first");
    let listed: Vec<String> = options.iter().filter_map(|option| option["value"].as_str()).map(str::to_owned).collect();
    let sent = offered(&scene, "").await;
    let named: Vec<String> = values(&sent).iter().map(|id| format!("topic:{id}")).collect();
    assert_eq!((named.len(), &named), (25, &listed), "without a text, as they are listed");
    for (option, (name, _)) in options.iter().zip(sent.choices()) {
        let title = option["label"].as_str().expect("an option has a label");
        assert!(name.starts_with(&format!("{title} – ")), "{name}");
    }
    assert_eq!(values(&offered(&scene, "  \n ").await), values(&sent));
    check_first(&scene, &[("speed", "speed"), ("Spe", "speed"), ("is python slow", "speed")]).await;
    check_first(&scene, &[("asyn", "async"), ("assync", "async"), ("memry", "memory"), ("data sc", "data-science")])
        .await;
    // Tools come after the topics.
    let offered_to = values(&offered(&scene, "pri").await);
    assert!(offered_to.contains(&"prisma".to_owned()), "{offered_to:?}");
    check_first(&scene, &[("prisma", "databases"), ("sqlal", "databases")]).await;
    check_first(&scene, &[("  **Types** ", "typing"), ("c++ ((", "integration")]).await;
    scene.finish().await;
}

#[tokio::test]
async fn no_text_breaks_it() {
    let scene = Scene::start().await;
    let hostile = [
        "c++ ((",
        "[a-z",
        "(?i)",
        "\\",
        "*",
        "🦀",
        "é",
        "日",
        "\u{301}",
        "\u{202e}",
        "a\u{0}b",
        "<@1>",
        "@everyone",
        "%",
        "'; drop",
    ];
    let long = ["🦀".repeat(6000), "a ".repeat(3000), "speed".repeat(1200)];
    for typed in hostile.into_iter().chain(long.iter().map(String::as_str)) {
        let sent = offered(&scene, typed).await;
        assert_eq!((sent.callback_type(), sent.answered), (Some(8), Some(204)), "{typed:?}");
        assert!(values(&sent).len() <= 25, "{typed:?}");
    }
    scene.finish().await;
}

#[tokio::test]
async fn it_works_beside_other_options_and_for_commands_of_another_version() {
    let scene = Scene::start().await;
    let guild = Origin::guild();
    let beside = autocomplete(&guild, "compare", &[text("visibility", "private"), focused("topic", "caf")]);
    let foreign = autocomplete(&guild, "quiz", &[focused("level", "caf")]);
    let direct = autocomplete(&Origin::direct(), "compare", &[focused("topic", "caf")]);
    let private = autocomplete(&Origin::private(), "compare", &[focused("topic", "caf")]);
    for event in [beside, foreign, direct, private] {
        let sent = scene.interact(&event).await;
        assert_eq!((sent.callback_type(), sent.answered), (Some(8), Some(204)), "{event}");
        assert_eq!(values(&sent), ["caffeine"], "{event}");
    }
    scene.finish().await;
}
