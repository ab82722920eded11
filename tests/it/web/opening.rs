//! `versus web --open`: the page is opened in a browser, which a script stands for here. On Linux, where the
//! library looks the browser up by its name.

use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::thread;

use tokio::sync::oneshot;
use tokio::time::timeout;

use super::{ANY_PORT, Page, TEA_AND_COFFEE};
use crate::bot::Bot;
use crate::data_folder;
use crate::folder::Folder;
use crate::standin::TIME_OUT;

/// The page, where nothing can be started but what lies in a folder.
async fn open_with(programs: &Path) -> Page {
    let path = programs.to_str().expect("it is UTF-8");
    Page::of(Bot::run(&["web", "--listen", ANY_PORT, "--open"], &[TEA_AND_COFFEE, ("PATH", path)])).await
}

#[tokio::test]
async fn the_page_is_opened_in_a_browser_and_served_before_that_ends() {
    let folder = Folder::new();
    let pipe = folder.path().join("opened");
    data_folder::pipe(&pipe);
    let browser = folder.path().join("xdg-open");
    // It ends when what it writes is read.
    fs::write(&browser, format!("#!/bin/sh\necho \"$1\" > '{}'\n", pipe.display())).expect("it can be written");
    fs::set_permissions(&browser, Permissions::from_mode(0o755)).expect("it may be made a program");
    let page = open_with(folder.path()).await;
    assert_eq!(page.get("").await.status, 200);
    let (sender, opened) = oneshot::channel();
    // The end of the test does not wait for this thread, as it would for one of the runtime's.
    thread::spawn(|| sender.send(fs::read_to_string(pipe)));
    let opened = timeout(TIME_OUT, opened).await.expect("it was opened");
    assert_eq!(opened.expect("the thread sends it").expect("it is text").trim_end(), page.url);
    page.close().await;
}

#[tokio::test]
async fn where_no_browser_is_found_the_address_is_named() {
    let folder = Folder::new();
    let page = open_with(folder.path()).await;
    page.bot.logged("no browser can be opened: ").await;
    page.bot.logged(&format!("; open {} yourself", page.url)).await;
    assert_eq!(page.get("").await.status, 200);
    let (code, log) = page.bot.stop().await;
    assert_eq!(code, Some(0), "{log}");
}
