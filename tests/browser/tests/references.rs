//! Twenty replies as pictures, compared with those that are kept. A picture that differs is written beside, and the kept one stays.

use versus_browser::pictures::{ACCEPT, difference};
use versus_browser::replies::REPLIES;
use versus_browser::{Look, PHONE, Page, root};

#[tokio::test]
async fn replies_look_as_they_did() {
    let page = Page::open(Look::SAMPLE).await;
    let (kept, new) = (root().join("tests/browser/references"), root().join("target/pictures"));
    let mut differences = Vec::new();
    for reply in REPLIES {
        page.be(PHONE, reply.scheme).await;
        page.show(&reply).await;
        let picture = page.picture("#channel > li:last-child").await;
        differences.extend(difference(reply.name, &picture, &kept, &new));
    }
    let remedy = format!("look at each; {ACCEPT}=1 tests/browser/run replies keeps the new ones");
    assert!(differences.is_empty(), "{}\n{remedy}", differences.join("\n"));
    page.close().await;
}
