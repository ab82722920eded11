//! Keeps nothing: nothing is there to read or to delete, and nothing can be saved.

use async_trait::async_trait;
use tracing::warn;

use super::{Left, Storage, StorageError, Whose};
use crate::domain::outcome::Forgotten;
use crate::domain::request::TourPosition;
use crate::domain::situation::Tally;

/// No storage.
#[derive(Debug)]
pub(super) struct Nowhere {
    /// Why nothing is kept, for the operator.
    pub(super) reason: String,
}

#[async_trait]
impl Storage for Nowhere {
    async fn check(&self) -> Result<(), StorageError> {
        warn!("progress in tours is not kept: {}", self.reason);
        Ok(())
    }

    async fn position(&self, _: Whose, _: Option<&str>) -> Result<Option<TourPosition>, StorageError> {
        Ok(None)
    }

    async fn save(&self, _: Whose, _: &TourPosition, _: bool, _: i64) -> Result<(), StorageError> {
        Err(StorageError::new("nothing is kept"))
    }

    async fn count(&self, _: u64, _: &str, _: bool) -> Result<(), StorageError> {
        Ok(())
    }

    async fn tally(&self, _: u64) -> Result<Tally, StorageError> {
        Ok(Tally::default())
    }

    async fn forget(&self, _: u64) -> Result<Forgotten, StorageError> {
        Ok(Forgotten::default())
    }

    async fn leave(&self, _: u64) -> Result<Left, StorageError> {
        Ok(Left::default())
    }

    async fn servers(&self) -> Result<Vec<u64>, StorageError> {
        Ok(Vec::new())
    }

    async fn registered(&self) -> Result<Vec<u64>, StorageError> {
        Ok(Vec::new())
    }

    async fn note_registered(&self, _: &[u64]) -> Result<(), StorageError> {
        Err(StorageError::new("nothing is kept"))
    }

    async fn close(&self) {}
}
