//! Keeps nothing: nothing is there to read or to delete, and nothing can be saved.

use async_trait::async_trait;
use tracing::warn;

use super::database::{Answer, Database, Kind, Statement};
use super::{REMEDY, StorageError};

/// No storage.
#[derive(Debug)]
pub(super) struct Nowhere {
    /// Why nothing is kept, for the operator.
    pub(super) reason: String,
}

#[async_trait]
impl Database for Nowhere {
    async fn run(&self, statements: Vec<Statement>) -> Result<Vec<Answer>, StorageError> {
        if statements.iter().any(|statement| matches!(statement.kind, Kind::Write | Kind::Once)) {
            return Err(StorageError::new("nothing is kept"));
        }
        Ok(statements.iter().map(|_| Answer::default()).collect())
    }

    fn lock(&self, _: u64) -> Option<Statement> {
        None
    }

    async fn check(&self) -> Result<(), StorageError> {
        warn!("progress in tours is not kept: {}", self.reason);
        Ok(())
    }

    async fn examine(&self) -> Result<Vec<String>, StorageError> {
        Ok(Vec::new())
    }

    fn remedy(&self) -> &'static str {
        REMEDY
    }

    async fn close(&self) {}
}
