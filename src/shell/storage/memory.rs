//! What is kept of one person and one team, as the road reads and changes it.

use std::sync::Arc;

use tokio::spawn;

use super::{Store, Whose};
use crate::domain::outcome::{Became, Done, Effect, TeamEffect};
use crate::domain::situation::{Needs, Situation, Stored};
use crate::shell::road::Memory;

/// What is kept for one person, read and changed as a request needs it.
pub(in crate::shell) struct MemoryOf {
    pub(in crate::shell) store: Arc<Store>,
    pub(in crate::shell) whose: Whose,
}

impl Memory for MemoryOf {
    async fn read(&self, needs: Needs) -> Situation {
        // Most answers need nothing, and ask no database.
        let Self { store, whose } = self;
        let team = store.team(whose.server, needs.team).await;
        let counts = if needs.counts { store.counts(whose.server).await } else { Stored::Absent };
        let gaps = if needs.gaps { store.gaps(whose.server).await } else { Stored::Absent };
        let decisions = store.decisions(whose.server, &needs.decisions).await;
        let needs = Needs { position: needs.position, tally: needs.tally, ..Needs::default() };
        let read = match needs == Needs::default() {
            true => Situation::default(),
            false => store.read(*whose, &needs).await,
        };
        Situation { team, counts, gaps, decisions, ..read }
    }

    async fn carry_out(&self, effects: &[Effect]) -> Done {
        let Self { store, whose } = self;
        let mut done = Done::default();
        for effect in effects {
            match effect {
                Effect::SavePosition { position, is_last } => {
                    done.saved = Became::from(store.save(*whose, position, *is_last).await);
                }
                Effect::Forget => done.forgotten = Became::from(store.forget(*whose).await),
                Effect::Team(TeamEffect::Count(of)) => store.count_asked(whose.server, of),
                Effect::Team(TeamEffect::KeepQuestion(question)) => {
                    let (store, server, question) = (Arc::clone(store), whose.server, question.clone());
                    // No reply says what became of it, so that nobody waits for it.
                    if let Ok(permit) = Arc::clone(&store.background).try_acquire_owned() {
                        spawn(async move {
                            store.keep_question(server, &question).await;
                            drop(permit);
                        });
                    }
                }
                Effect::Decision(effect) => {
                    done.decided = Became::from(store.change_decision(whose.server, effect).await);
                }
                Effect::Team(effect) => done.team = Became::from(store.change_team(*whose, effect).await),
                Effect::CountAnswer { question, missed } => {
                    let (store, whose) = (Arc::clone(store), *whose);
                    let (question, missed) = (question.clone(), *missed);
                    // No reply says what became of it, so that nobody waits for it.
                    if let Ok(permit) = Arc::clone(&store.background).try_acquire_owned() {
                        spawn(async move {
                            store.count(whose, &question, missed).await;
                            drop(permit);
                        });
                    }
                }
            }
        }
        done
    }
}
