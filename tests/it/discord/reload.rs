//! The data folder is reloaded while the bot runs, at SIGHUP.

use std::fs;
use std::os::unix::fs::symlink;
use std::path::Path;
use std::process::Command;

use expect_test::{Expect, expect};

use super::scene::{LOUD, Scene, TEA_AND_COFFEE};
use super::sent::{text as text_of, values};
use crate::bot::Bot;
use crate::folder::Folder;
use crate::standin::events::{Origin, autocomplete, focused, slash, text};
use crate::standin::record::{Recorded, command_list};
use crate::standin::{Standin, token};

const TASTE: &str = "topics/taste.toml";
const CAFFEINE: &str = "topics/caffeine.toml";
const OLD: &str = "Coffee wakes you up faster.";
const NEW: &str = "Tea keeps you awake for longer.";

/// A topic that is not in the folder yet.
const PRICE: &str = r#"
title = "Price"
category = "cup"
takeaway = "Leaves are cheap."
leaning = "tea"
strength = "slight"
reason = "A cup costs less."
checked = 2026-11-01
related = ["taste"]

[[sides.tea]]
text = "A few leaves make a pot."
sources = ["leaf"]

[[sides.coffee]]
text = "Beans are dear."
sources = ["bean"]

[ask]
words = ["price", "expensive", "cheap", "money"]
questions = [
  "which is cheaper?",
  "what does it cost",
  "is coffee expensive",
  "how much money is a cup of each",
]
"#;

/// A bot with a data folder of its own, which a test can change.
struct Reloading {
    folder: Folder,
    scene: Scene,
}

impl Reloading {
    async fn start() -> Self {
        let folder = Folder::new();
        copy(Path::new(TEA_AND_COFFEE.1), folder.path());
        let standin = Standin::start().await;
        let (token, url) = (token(), standin.url());
        let database = format!("sqlite:{}", standin.database().display());
        let own = [("DISCORD_TOKEN", &*token), ("DISCORD_API_URL", &*url), ("DATABASE_URL", &*database)];
        let data = folder.path().to_str().expect("the folder's name is UTF-8");
        let bot = Bot::run(&["--data", data], &[&own, LOUD.as_slice()].concat());
        Self { scene: Scene::ready(standin, bot).await, folder }
    }

    /// Puts one text in the place of another.
    #[track_caller]
    fn change(&self, file: &str, old: &str, new: &str) {
        let path = self.folder.path().join(file);
        let before = fs::read_to_string(&path).expect("the file can be read");
        assert!(before.contains(old), "{before}");
        fs::write(path, before.replace(old, new)).expect("the file can be written");
    }

    /// Signals the bot to read the folder, and waits until it says what came of it.
    async fn reload(&self, said: &str) {
        self.scene.bot.signal("HUP").await;
        self.scene.bot.logged(said).await;
    }

    /// Whether the answer about caffeine has this text.
    async fn says(&self, takeaway: &str) -> bool {
        let event = slash(&Origin::guild(), "compare", &[text("topic", "caffeine")]);
        text_of(&self.scene.interact(&event).await).contains(takeaway)
    }

    /// Stops the bot, and compares what it logged besides what it always logs.
    async fn finish(self, expected: Expect) {
        let (standin, complaints) = self.scene.stop().await;
        let folder = self.folder.path().display().to_string();
        let lines: String = complaints.iter().map(|line| line.replace(&folder, "DATA") + "\n").collect();
        expected.assert_eq(&lines);
        standin.finish();
    }
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder can be made");
    for entry in fs::read_dir(from).expect("the folder can be read") {
        let (path, name) = entry.map(|entry| (entry.path(), entry.file_name())).expect("the folder can be read");
        match path.is_dir() {
            true => copy(&path, &to.join(name)),
            false => drop(fs::copy(&path, to.join(name)).expect("a file can be copied")),
        }
    }
}

#[tokio::test]
async fn a_changed_takeaway_is_in_the_next_answer() {
    let reloading = Reloading::start().await;
    reloading.change(CAFFEINE, OLD, NEW);
    assert!(reloading.says(OLD).await, "nothing is read before the signal");
    reloading.reload("the knowledge was reloaded").await;
    assert!(reloading.says(NEW).await);
    reloading
        .finish(expect![[r#"
        INFO SIGHUP received, the knowledge was reloaded
    "#]])
        .await;
}

#[tokio::test]
async fn a_topic_that_is_added_is_offered_and_answered() {
    let reloading = Reloading::start().await;
    fs::write(reloading.folder.path().join("topics/price.toml"), PRICE).expect("the file can be written");
    reloading.reload("the knowledge was reloaded").await;
    let typed = autocomplete(&Origin::guild(), "compare", &[focused("topic", "pri")]);
    assert_eq!(values(&reloading.scene.interact(&typed).await), ["price"]);
    let event = slash(&Origin::guild(), "compare", &[text("topic", "price")]);
    assert!(text_of(&reloading.scene.interact(&event).await).contains("Leaves are cheap."));
    reloading
        .finish(expect![[r#"
        INFO SIGHUP received, the knowledge was reloaded
    "#]])
        .await;
}

#[tokio::test]
async fn commands_whose_texts_change_are_registered_again() {
    let reloading = Reloading::start().await;
    reloading.change("comparison.toml", "Coffee", "Espresso");
    reloading.reload("the knowledge was reloaded").await;
    let names_it = |request: &Recorded| command_list(request) && request.body.to_string().contains("Espresso");
    reloading.scene.standin.next(names_it).await;
    reloading.reload("commands are registered already").await;
    reloading
        .finish(expect![[r#"
        INFO SIGHUP received, the knowledge was reloaded
        INFO SIGHUP received, the knowledge was reloaded
    "#]])
        .await;
}

#[tokio::test]
async fn a_broken_file_is_named_and_the_old_knowledge_stays_until_it_is_fixed() {
    let reloading = Reloading::start().await;
    reloading.change(CAFFEINE, OLD, NEW);
    reloading.change(TASTE, "\"even\"", "\"sideways\"");
    reloading.reload("the old one stays in use").await;
    assert!(reloading.says(OLD).await, "also of the files that are right");
    reloading.change(TASTE, "\"sideways\"", "\"even\"");
    reloading.reload("the knowledge was reloaded").await;
    assert!(reloading.says(NEW).await);
    reloading.finish(expect![[r#"
        ERROR DATA/topics/taste.toml:4: `leaning` cannot be `sideways`, expected tea, coffee, even or depends
        ERROR versus: the knowledge in DATA has 1 problem; correct the lines above; README.md in the data folder explains the format
        ERROR SIGHUP received, but the new knowledge has faults; the old one stays in use
        INFO SIGHUP received, the knowledge was reloaded
    "#]]).await;
}

#[tokio::test]
async fn a_folder_that_is_not_found_is_reported_and_the_old_knowledge_stays() {
    let reloading = Reloading::start().await;
    fs::remove_dir_all(reloading.folder.path()).expect("the folder can be removed");
    reloading.reload("the old one stays in use").await;
    assert!(reloading.says(OLD).await);
    reloading.finish(expect![[r#"
        ERROR versus: DATA cannot be read: No such file or directory (os error 2); give --data or VERSUS_DATA a readable data folder, or none for the compiled-in knowledge
        ERROR SIGHUP received, but the new knowledge has faults; the old one stays in use
    "#]]).await;
}

/// A pipe is never opened, and what else lies in the folder is not looked at.
#[tokio::test]
async fn a_pipe_in_the_folder_does_not_block_reloading() {
    let reloading = Reloading::start().await;
    let data = reloading.folder.path().to_owned();
    let pipe = |name: &str| Command::new("mkfifo").arg(data.join(name)).status().expect("there is mkfifo");
    assert!(pipe("topics/pipe.toml").success() && pipe("notes").success());
    symlink(".", data.join("again")).expect("it can be linked");
    symlink("nobody@nowhere.1:2", data.join("topics/.#taste.toml")).expect("it can be linked");
    reloading.reload("the old one stays in use").await;
    fs::remove_file(data.join("topics/pipe.toml")).expect("it can be removed");
    reloading.change(CAFFEINE, OLD, NEW);
    reloading.reload("the knowledge was reloaded").await;
    assert!(reloading.says(NEW).await);
    reloading.finish(expect![[r#"
        ERROR DATA/topics/pipe.toml:1: it is not a file, expected one
        ERROR versus: the knowledge in DATA has 1 problem; correct the lines above; README.md in the data folder explains the format
        ERROR SIGHUP received, but the new knowledge has faults; the old one stays in use
        INFO SIGHUP received, the knowledge was reloaded
    "#]]).await;
}

#[tokio::test]
async fn a_log_does_not_list_thousands_of_problems() {
    let reloading = Reloading::start().await;
    for number in 0..60 {
        fs::write(reloading.folder.path().join(format!("topics/t{number}.toml")), "").expect("it can be written");
    }
    reloading.reload("the old one stays in use").await;
    assert!(reloading.scene.bot.log().contains("and 10 more problems, which `versus check` lists"));
    let (standin, complaints) = reloading.scene.stop().await;
    assert_eq!(complaints.len(), 53, "{complaints:?}");
    standin.finish();
}

#[tokio::test]
async fn without_a_folder_there_is_nothing_to_read_and_the_bot_goes_on() {
    let scene = Scene::start_with_real_data().await;
    scene.bot.signal("HUP").await;
    scene.bot.logged("SIGHUP received").await;
    let event = slash(&Origin::guild(), "compare", &[text("topic", "speed")]);
    assert_eq!(super::sent::line(&scene.interact(&event).await), "answers everyone: Speed");
    scene
        .finish_after_faults(expect![[r#"
        WARN SIGHUP received, but the knowledge is compiled in; start with --data to reload a folder
    "#]])
        .await;
}
